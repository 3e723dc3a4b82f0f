"""Load -> step -> save -> perform -> feed the result back.

Rows are the truth; a wake-up only says “look at this conversation”. `advance(conversation)` makes
one short transaction a transition, can be called any number of times, and never raises. What is
owed (to be understood, drafted, sent, looked up) follows from the rows, so a restart finds it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from tinydb import where

from bot.engagement.sending.send_guards import RESTARTED, Brake, Hold
from bot.model import Delivery, DeliveryState, Engagement, Message, Person, State
from bot.model import events as e
from bot.model.errors import NoDraft, StoreError
from bot.record.correction import Disposition
from handlers.ports.channel_port import Posted, Refused
from handlers.ports.clock import Clock
from handlers.ports.service_port import Answer, Change
from handlers.ports.store_port import Transaction
from handlers.service.change_feed import Changes
from handlers.service.commands.pause_sending import Stop
from handlers.service.commands.transitions import Transitions
from handlers.service.performing import drafted, looked, sent, understood
from handlers.service.queries.ask_context import circumstances
from handlers.service.redraft_on_change import Following
from handlers.store import repository

T = TypeVar("T")
log = logging.getLogger("aboveboard")

GRACE = 60.0  # seconds from a lost call to the look: whatever was on its way has landed
REST = 5.0  # seconds before a failed pass over a conversation is tried again


class Runner:
    """Implements `handlers.ports.service_port.Service`'s acting half;
    `handlers.service.queries.card_queries` reads.
    """

    def __init__(self, transitions: Transitions, clock: Clock) -> None:
        self._transitions, self._clock = transitions, clock
        self._changes = Changes()
        self._tasks: set[asyncio.Task[None]] = set()
        self._timers: dict[str, asyncio.Task[None]] = {}
        self._awake: dict[str, bool] = {}  # conversation -> look again when done
        self._calling: set[str] = set()  # deliveries whose call is on its way
        self._held: dict[str, tuple[Delivery, Hold]] = {}  # what a brake keeps from going out
        self._standing: set[asyncio.Task[None]] = set()  # run for as long as the server does
        self._ends: dict[str, float] = {}  # when an undo window ends, on the monotonic clock
        self._closing = False
        self._following = Following(transitions, clock, self._write)
        self.taught: Callable[[], Coroutine[Any, Any, None]] | None = None  # run after each label

    def undo_left(self, delivery: str) -> float | None:
        """Seconds until an undo window ends, by the clock that ends it; None if none runs."""
        ends = self._ends.get(delivery)
        return None if ends is None else max(0.0, ends - self._clock.monotonic())

    # coming in

    async def receive(self, message: Message) -> bool:
        at = self._clock.now()
        new = await self._write(lambda tx: self._transitions.take(tx, message, at))
        if new:
            self.wake(message.place.conversation)
        return new

    async def edit(self, message: Message) -> bool:
        return bool(
            await self._write(lambda tx: self._transitions.edit(tx, message, self._clock.now()))
        )

    async def delete(self, message: str) -> bool:
        return bool(
            await self._write(lambda tx: self._transitions.delete(tx, message, self._clock.now()))
        )

    async def staff_spoke(self, conversation: str, person: Person, key: str) -> bool:
        at = self._clock.now()
        work = self._transitions.staff_spoke
        return bool(await self._write(lambda tx: work(tx, conversation, person, key, at)))

    async def decide(self, engagement: str, event: e.Event) -> Answer:
        done = await self._write(lambda tx: self._transitions.decide(tx, engagement, event))
        if done is not None and done.engagement is not None and done.engagement.delivery:
            self._begin_undo(done.engagement.delivery)
        return done or Answer(False, "There is no such card any more.", None)

    async def correction(self, entry: str, words: str, contact: str = "") -> str | None:
        at = self._clock.now()
        return await self._write(
            lambda tx: self._transitions.correcting.begin(tx, entry, words, contact, at)
        )

    async def dispose(self, correction: str, person: Person, said: Disposition) -> Answer:
        at = self._clock.now()
        return await self._write(
            lambda tx: self._transitions.correcting.dispose(tx, correction, person, said, at)
        )

    async def files_changed(self) -> None:
        """Other files are in force from now on: the record says so, and what waits follows."""
        at = self._clock.now()
        await self._write(lambda tx: self._transitions.in_force(tx, at))
        self._spawn(self._following.run())

    async def pause(self, stop: Stop) -> str:
        """Stop sending, or go on; what is so now, in words. Raises StoreError with the mend."""
        at = self._clock.now()
        words = await self._write(lambda tx: self._transitions.pause(tx, stop, at))
        self._let_go()
        return words

    def changes(self) -> AsyncIterator[Change]:
        return self._changes.subscribe()

    # the engine

    async def start(self, *beside: Coroutine[Any, Any, None]) -> None:
        """Find everything that is owed, and wake its conversations. `beside` runs until `stop`."""
        store = self._transitions.store
        for engagement in store.read(repository.all_open):
            self._transitions.due.note(engagement)
        for conversation in store.read(_owing):
            self.wake(conversation)
        await self.files_changed()  # perhaps while no server ran
        self._standing = {self._spawn(work) for work in (self._watch_due(), *beside)}

    async def quiet(self) -> None:
        """Return when nothing is being done: all that is left waits for time, or for a person."""
        while busy := self._tasks - {*self._timers.values(), *self._standing}:
            await asyncio.wait(busy)

    async def stop(self) -> None:
        self._closing = True
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._changes.close()

    def wake(self, conversation: str) -> None:
        if self._closing:
            return
        if conversation in self._awake:
            self._awake[conversation] = True
            return
        self._awake[conversation] = False
        self._spawn(self._attend(conversation))

    async def _attend(self, conversation: str) -> None:
        try:
            while True:
                await self.advance(conversation)
                if not self._awake[conversation]:
                    return
        finally:
            self._awake.pop(conversation, None)

    async def advance(self, conversation: str) -> None:
        """Do what the rows of a conversation owe, until they owe nothing that can be done now."""
        try:
            while work := self._next(conversation):
                await work
        except Exception:
            log.exception("a conversation could not be advanced; trying again in %g s", REST)
            self._later(f"rest:{conversation}", REST, lambda: self.wake(conversation))

    def _next(self, conversation: str) -> Awaitable[None] | None:
        self._awake[conversation] = False  # what is read from here on has seen all wake-ups
        new, owed, live = self._transitions.store.read(lambda tx: _of(tx, conversation))
        if new:
            return self._write(lambda tx: self._transitions.join(tx, conversation))
        for engagement in owed:
            return self._think(engagement)
        for delivery in live:
            if (work := self._delivery_work(delivery)) is not None:
                return work
        return None

    async def _think(self, engagement: Engagement) -> None:
        """Understand and draft, a transaction each, until a person has to do something."""
        thought: Engagement | None = engagement
        while thought is not None and thought.state in repository.OWED:
            event = await self._thought(thought)
            work = partial(self._transitions.happen, seen=thought, event=event)
            thought = await self._write(work)

    async def _thought(self, engagement: Engagement) -> e.Event:
        library = self._transitions.library
        try:
            if engagement.state is State.ARRIVED:
                at = self._clock.now()
                event = await asyncio.to_thread(understood, engagement, library, at)
                around = self._transitions.store.read(
                    lambda tx: circumstances(tx, engagement, event.reading, library.knowledge, at)
                )
                return replace(event, circumstances=around)
            return drafted(engagement, library.knowledge, self._clock.now())
        except NoDraft as none:
            return e.CouldNotDraft(self._clock.now(), none.why, none.fact)
        except Exception as error:
            log.exception("an ask could not be worked on; a person has it")
            why = type(error).__name__
            if engagement.state is State.ARRIVED:
                return e.NotUnderstood(self._clock.now(), why)
            return e.CouldNotDraft(self._clock.now(), why)

    # deliveries

    def _delivery_work(self, delivery: Delivery) -> Awaitable[None] | None:
        state, key = delivery.state, delivery.id
        if key in self._calling:
            return None
        if key in self._timers:
            if state is not DeliveryState.DUE:
                return None
            self._timers.pop(key).cancel()  # somebody ended the undo window
            self._ends.pop(key, None)
        if state is DeliveryState.DUE and _again(key) in self._timers:
            return None
        if key in self._held:
            if self._held[key][0] == delivery:
                return None
            self._release(key)  # a lead has hastened it
        if state is DeliveryState.PLANNED:
            self._ends[key] = self._clock.monotonic() + delivery.undo
            self._event_later(delivery, delivery.undo, lambda: self._undo_ends(delivery))
        elif state is DeliveryState.DUE:
            return self._send(delivery)
        elif state is DeliveryState.SENDING:  # a restart: the call may have been made
            return self._outcome(delivery, e.SendUnknown(self._clock.now(), RESTARTED))
        elif state is DeliveryState.UNKNOWN:
            self._event_later(delivery, GRACE, lambda: self._look(delivery))
        return None

    def _begin_undo(self, key: str) -> None:
        """The window runs before anybody is told of the approval: the card that answers has it."""
        delivery = self._transitions.store.read(lambda tx: repository.delivery(tx, key))
        if delivery is not None and delivery.state is DeliveryState.PLANNED:
            self._delivery_work(delivery)

    async def _undo_ends(self, delivery: Delivery) -> None:
        self._ends.pop(delivery.id, None)
        await self._outcome(delivery, e.UndoElapsed(self._clock.now()))

    async def _send(self, delivery: Delivery) -> None:
        self._calling.add(delivery.id)
        try:
            at = self._clock.now()
            started = await self._write(
                lambda tx: self._transitions.start_sending(tx, delivery.id, at)
            )
            if isinstance(started, Hold):
                self._hold(delivery, started)
            if not isinstance(started, Delivery):
                return
            self._transitions.probe("before-call")
            answer = await sent(self._transitions.channels, started, self._clock)
            self._transitions.probe("after-call")
            event = _event_of(answer, self._clock)
            await self._outcome(started, event)
            if isinstance(answer, Refused) and answer.again:
                wait = max(answer.wait, min(60.0, 2.0**started.attempts))
                conversation = started.reply.place.conversation
                self._later(_again(delivery.id), wait, lambda: self.wake(conversation))
        finally:
            self._calling.discard(delivery.id)

    def _hold(self, delivery: Delivery, hold: Hold) -> None:
        """A brake holds it: it waits as a row, until the brake lets go."""
        self._held[delivery.id] = (delivery, hold)
        if hold.until is not None:
            wait = max(1.0, (hold.until - self._clock.now()).total_seconds())
            self._later(_brake(delivery.id), wait, lambda: self._let_go(delivery.id))

    def _release(self, key: str) -> Delivery | None:
        if (timer := self._timers.pop(_brake(key), None)) is not None:
            timer.cancel()
        delivery, _ = self._held.pop(key, (None, None))
        return delivery

    def _let_go(self, only: str = "", brake: Brake | None = None) -> None:
        """A brake may have let go: whatever it held asks it again."""
        for key, (_, hold) in list(self._held.items()):
            if (not only or key == only) and (brake is None or hold.brake is brake):
                delivery = self._release(key)
                if delivery is not None:
                    self.wake(delivery.reply.place.conversation)

    async def _look(self, delivery: Delivery) -> None:
        self._calling.add(delivery.id)
        try:
            event = await looked(self._transitions.channels, delivery, self._clock)
            await self._outcome(delivery, event)
        finally:
            self._calling.discard(delivery.id)

    async def _outcome(self, delivery: Delivery, event: e.Event) -> None:
        """Commit what became of a call. The outcome is known: a full disk may only delay it."""
        while True:
            try:
                await self._write(
                    lambda tx: self._transitions.delivery_happens(tx, delivery.id, event)
                )
                break
            except StoreError as error:
                log.error("an outcome could not be stored yet: %s", error)
                await self._clock.sleep(REST)
        if isinstance(event, ENDS_CALL):
            self._let_go(brake=Brake.CIRCUIT)

    # time

    async def _watch_due(self) -> None:
        """Due times are wall clock; looked at twice a minute, so a jump of it is noticed."""
        while not self._closing:
            at = self._clock.now()
            for key in self._transitions.due.passed(at):
                self._spawn(self._late(key, at))
            await self._clock.sleep(30.0)

    async def _late(self, key: str, at: datetime) -> None:
        with contextlib.suppress(StoreError):  # it is looked at again after the next start
            await self._write(partial(self._transitions.due_passed, key=key, at=at))

    def _event_later(
        self, delivery: Delivery, seconds: float, work: Callable[[], Awaitable[None]]
    ) -> None:
        conversation = delivery.reply.place.conversation

        async def run() -> None:
            await self._clock.sleep(seconds)
            self._timers.pop(delivery.id, None)
            await work()
            self.wake(conversation)

        self._timers[delivery.id] = self._spawn(run())

    def _later(self, key: str, seconds: float, work: Callable[[], None]) -> None:
        async def run() -> None:
            await self._clock.sleep(seconds)
            self._timers.pop(key, None)
            work()

        self._timers[key] = self._spawn(run())

    # plumbing

    async def _write(self, work: Callable[[Transaction], T]) -> T:
        """One transaction; then tell the surfaces, and wake the conversations, that it changed."""
        changed: list[Change] = []

        def collect(tx: Transaction) -> T:
            changed.clear()
            with self._transitions.collecting(changed):
                return work(tx)

        result = await self._transitions.store.write(collect)
        for change in changed:
            self._changes.publish(change)
            self.wake(change.conversation)
        if self.taught is not None and any(change.taught for change in changed):
            self._spawn(self.taught())
        return result

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _again(delivery: str) -> str:
    """The name of the wait that a channel asked for, before it is tried again."""
    return f"again:{delivery}"


def _brake(delivery: str) -> str:
    """The name of the wait for a brake that says when it lets go."""
    return f"brake:{delivery}"


#: How a call ended may close a channel's circuit, or open it.
ENDS_CALL = (e.Delivered, e.SendFailed, e.SendUnknown)


def _owing(tx: Transaction) -> set[str]:
    """The conversations that owe something: what a restart has to look at."""
    new = tx.table("messages").search(where("new_in") >= "!")  # any; those joined have none
    owed = tx.table("engagements").search(where("state").one_of(repository.OWED))
    live = tx.table("deliveries").search(where("state").one_of(repository.LIVE))
    return {row["conversation"] for row in (*new, *owed, *live)}


def _of(tx: Transaction, conversation: str) -> tuple[bool, list[Engagement], list[Delivery]]:
    """What a conversation owes: new messages, asks to think about, deliveries on their way."""
    new = bool(repository.new_messages(tx, conversation))
    found = tx.table("engagements").search(where("open_in") == conversation)
    live = tx.table("deliveries").search(where("live_in") == conversation)
    return (
        new,
        [repository.from_row(row, Engagement) for row in found if row["state"] in repository.OWED],
        [repository.from_row(row, Delivery) for row in live],
    )


def _event_of(answer: object, clock: Clock) -> e.Event:
    at = clock.now()
    if isinstance(answer, Posted):
        return e.Delivered(at, answer.receipt)
    if isinstance(answer, Refused):
        return e.SendFailed(at, answer.why, answer.again, answer.wait)
    return e.SendUnknown(at, getattr(answer, "why", "no answer"))
