"""Advances conversations: joins what came, has asks read and drafted, has texts sent.

Rows are the truth; a wake-up only says “look at this conversation”. Advancing reads what came, in
a worker thread, and makes one short transaction of all that follows from it until a person has to
do something. It can be done any number of times, and never raises. What is owed follows
from the rows (handlers/service/queries/owed_work.py), so a restart finds it.
"""

from __future__ import annotations

import asyncio
import logging

from bot.model import events as e
from handlers.brandfiles.loading import Library
from handlers.ports.clock import Clock
from handlers.ports.store_port import Store
from handlers.service.commands.messages.advance_asks import advance_asks
from handlers.service.engine.delivery_runner import DeliveryRunner
from handlers.service.engine.tasks import Tasks
from handlers.service.queries.owed_work import list_owing, read_owed_work
from handlers.service.read_and_draft import Unread, read_ask
from handlers.service.unit_of_work import Commands

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

    def start(self) -> None:
        """Wake every conversation that owes something."""
        for conversation in self._store.read(list_owing):
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
        self._awake[conversation] = False  # what is read now has seen every wake-up
        owed = self._store.read(lambda tx: read_owed_work(tx, conversation))
        if owed.asks:
            readings = {it: await asyncio.to_thread(self._read, it) for it in owed.unread}
            owed_still = await self._commands.execute(advance_asks, conversation, readings)
            self._awake[conversation] |= owed_still or bool(owed.deliveries)  # time has passed
            return
        for delivery in owed.deliveries:
            if (work := self._deliveries.work_on(delivery)) is not None:
                await work
                self._awake[conversation] = True
                return

    def _read(self, unread: Unread) -> e.Understood | e.NotUnderstood:
        """What an ask says. In a worker thread: a model may take milliseconds."""
        at = self._clock.now()
        try:
            return read_ask(unread, self._library.reader, at)
        except Exception as error:
            log.exception("an ask could not be read; a person has it")
            return e.NotUnderstood(at, type(error).__name__)
