"""Advances conversations: joins what came, has asks read and drafted, has texts sent.

Rows are the truth; a wake-up only says “look at this conversation”. Advancing makes one short
transaction a transition, can be done any number of times, and never raises. What is owed follows
from the rows (handlers/service/queries/owed_work.py), so a restart finds it.
"""

from __future__ import annotations

import asyncio
import logging

from bot.model import Engagement, State
from bot.model import events as e
from handlers.brandfiles.loading import Library
from handlers.ports.clock import Clock
from handlers.ports.store_port import Store
from handlers.service.commands.messages.join_messages import join_messages
from handlers.service.commands.understanding.draft_reply import draft_reply
from handlers.service.commands.understanding.record_reading import record_reading
from handlers.service.engine.delivery_runner import DeliveryRunner
from handlers.service.engine.tasks import Tasks
from handlers.service.queries.owed_work import OwedWork, list_owing, read_owed_work
from handlers.service.read_and_draft import read_ask
from handlers.service.unit_of_work import Commands, UnitOfWork
from handlers.store import repository

REST = 5.0  # seconds before a failed pass over a conversation is tried again
log = logging.getLogger("aboveboard")


class ConversationRunner:
    """One for a store. A conversation is advanced by one task at a time."""

    def __init__(
        self,
        store: Store,
        library: Library,
        commands: Commands,
        deliveries: DeliveryRunner,
        tasks: Tasks,
        clock: Clock,
    ) -> None:
        self._store, self._library, self._commands = store, library, commands
        self._deliveries, self._tasks, self._clock = deliveries, tasks, clock
        self._awake: dict[str, bool] = {}  # being advanced -> look again when done
        self._came: set[str] = set()  # where messages came that no ask has
        commands.committed.append(self._note_committed)

    def start(self) -> None:
        """Wake every conversation that owes something."""
        for conversation in self._store.read(list_owing):
            self.wake(conversation)

    def _note_committed(self, unit: UnitOfWork) -> None:
        """A transaction is durable: what it left undone is done."""
        for conversation, came in unit.owing.items():
            if came:
                self._came.add(conversation)
            self.wake(conversation)

    def wake(self, conversation: str) -> None:
        """Look at a conversation, now or as soon as the look that is under way is done."""
        if conversation in self._awake:
            self._awake[conversation] = True
            return
        self._awake[conversation] = True
        self._tasks.spawn(self._attend(conversation))

    async def _attend(self, conversation: str) -> None:
        try:
            while self._awake[conversation]:
                await self._advance(conversation)
        except Exception:
            log.exception("a conversation could not be advanced; trying again in %g s", REST)
            self._tasks.call_later(f"rest:{conversation}", REST, lambda: self.wake(conversation))
        finally:
            self._awake.pop(conversation, None)

    async def _advance(self, conversation: str) -> None:
        """Do what the conversation owes; what that leaves undone wakes it again."""
        owed = await self._find_owed(conversation)
        for engagement in owed.asks:
            await self._think(engagement)
        if owed.asks and owed.deliveries:
            self._awake[conversation] = True  # time has passed: they are looked at anew
            return
        for delivery in owed.deliveries:
            if (work := self._deliveries.work_on(delivery)) is not None:
                await work
                self._awake[conversation] = True
                return

    async def _find_owed(self, conversation: str) -> OwedWork:
        """What is owed, with all new messages given to their asks. It has seen every wake-up."""
        if conversation not in self._came:
            self._awake[conversation] = False
            owed = self._store.read(lambda tx: read_owed_work(tx, conversation))
            if not owed.new:
                return owed
        self._came.discard(conversation)
        owed = await self._commands.execute(join_messages, conversation)
        self._awake[conversation] = conversation in self._came
        return owed

    async def _think(self, engagement: Engagement) -> None:
        """Have an ask read and drafted for, until a person has to do something."""
        thought: Engagement | None = engagement
        while thought is not None and thought.state.value in repository.OWED:
            if thought.state is State.ARRIVED:
                event = await asyncio.to_thread(self._read, thought)
                thought = await self._commands.execute(record_reading, thought, event)
            else:
                thought = await self._commands.execute(draft_reply, thought.id)

    def _read(self, engagement: Engagement) -> e.Understood | e.NotUnderstood:
        """What an ask says. In a worker thread: a model may take milliseconds."""
        at = self._clock.now()
        try:
            return read_ask(engagement, self._library.reader, at)
        except Exception as error:
            log.exception("an ask could not be worked on; a person has it")
            return e.NotUnderstood(at, type(error).__name__)
