"""Has texts sent: undo windows, what holds them, the calls, and the look after a lost call.

Each delivery is called by one task at a time. What waits is a row; what is kept here is only which
waits run, so a restart begins them anew.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping

from bot.engagement.sending.send_guards import RESTARTED, Brake, Hold
from bot.model import Delivery, DeliveryState
from bot.model import events as e
from bot.model.errors import StoreError
from handlers.ports.channel_port import Channel, Posted, Refused, Unknown
from handlers.ports.clock import Clock
from handlers.service.commands.sending.record_delivery import record_delivery
from handlers.service.commands.sending.start_sending import start_sending
from handlers.service.engine.channel_calls import look_for_delivery, send_delivery
from handlers.service.engine.tasks import Tasks
from handlers.service.unit_of_work import Commands

GRACE = 60.0  # seconds from a lost call to the look: whatever was on its way has landed
STORE_REST = 5.0  # seconds before an outcome that could not be stored is stored again
MOST_WAIT = 60.0  # seconds before a refused call is made again, unless the channel asks for more
ENDS_CALL = (
    e.Delivered,
    e.SendFailed,
    e.SendUnknown,
)  # these close a channel's circuit, or open it
log = logging.getLogger("aboveboard")


class DeliveryRunner:
    """One for a store. `wake` has a conversation looked at again; `probe` is told of the points
    around a call, for the tests that stop the process there."""

    def __init__(
        self,
        commands: Commands,
        channels: Mapping[str, Channel],
        tasks: Tasks,
        clock: Clock,
        *,
        wake: Callable[[str], None],
        probe: Callable[[str], None],
    ) -> None:
        self._commands, self._channels = commands, channels
        self._tasks, self._clock, self._wake, self._probe = tasks, clock, wake, probe
        self._calling: set[str] = set()  # deliveries whose call is on its way
        self._held: dict[str, tuple[Delivery, Hold]] = {}  # what a guard keeps from going out
        self._undo_ends: dict[str, float] = {}  # on the monotonic clock

    def undo_left(self, delivery: str) -> float | None:
        """Seconds until an undo window ends, by the clock that ends it; None if none runs."""
        ends = self._undo_ends.get(delivery)
        return None if ends is None else max(0.0, ends - self._clock.monotonic())

    def begin_undo_window(self, delivery: Delivery) -> None:
        """A window runs as soon as its approval is committed, before anybody is told of that: the
        card that answers the click shows it."""
        if delivery.state is DeliveryState.PLANNED:
            self.work_on(delivery)

    def work_on(self, delivery: Delivery) -> Awaitable[None] | None:
        """What has to be done about a delivery now; None if it is being done, or waits."""
        state, key = delivery.state, delivery.id
        if key in self._calling:
            return None
        if self._tasks.is_waiting(_wait_of(key)):
            if state is not DeliveryState.DUE:
                return None
            self._tasks.cancel_wait(_wait_of(key))  # somebody ended the undo window
            self._undo_ends.pop(key, None)
        if state is DeliveryState.DUE and self._tasks.is_waiting(_retry_of(key)):
            return None
        if key in self._held:
            if self._held[key][0] == delivery:
                return None
            self._release(key)  # a lead has hastened it
        work = _WORK.get(state)
        return work(self, delivery) if work else None

    def let_go(self, brake: Brake | None = None) -> None:
        """A guard (None: any) may have let go: whatever it held asks it again."""
        for key, (_, hold) in list(self._held.items()):
            if brake is None or hold.brake is brake:
                self._let_go_of(key)

    # by the state of the delivery

    def _begin_undo_window(self, delivery: Delivery) -> None:
        self._undo_ends[delivery.id] = self._clock.monotonic() + delivery.undo
        self._work_later(delivery, delivery.undo, self._end_undo_window)

    async def _end_undo_window(self, delivery: Delivery) -> None:
        self._undo_ends.pop(delivery.id, None)
        await self._record(delivery, e.UndoElapsed(self._clock.now()))

    async def _send(self, delivery: Delivery) -> None:
        self._calling.add(delivery.id)
        try:
            started = await self._commands.execute(start_sending, delivery.id)
            if isinstance(started, Hold):
                self._hold(delivery, started)
            if not isinstance(started, Delivery):
                return
            self._probe("before-call")
            answer = await send_delivery(self._channels, started, self._clock)
            self._probe("after-call")
            await self._record(started, self._event_of(answer))
            if isinstance(answer, Refused) and answer.again:
                wait = max(answer.wait, min(MOST_WAIT, 2.0**started.attempts))
                self._tasks.call_later(_retry_of(delivery.id), wait, lambda: self._look_at(started))
        finally:
            self._calling.discard(delivery.id)

    async def _give_up_call(self, delivery: Delivery) -> None:
        """A restart found it on its way: the call may have been made."""
        await self._record(delivery, e.SendUnknown(self._clock.now(), RESTARTED))

    def _begin_grace(self, delivery: Delivery) -> None:
        self._work_later(delivery, GRACE, self._look_for)

    async def _look_for(self, delivery: Delivery) -> None:
        self._calling.add(delivery.id)
        try:
            event = await look_for_delivery(
                self._channels, delivery, self._clock, self._tasks.sleep
            )
            await self._record(delivery, event)
        finally:
            self._calling.discard(delivery.id)

    # what they share

    async def _record(self, delivery: Delivery, event: e.Event) -> None:
        """Commit what became of it. The outcome is known: a full disk may only delay it."""
        while True:
            try:
                await self._commands.execute(record_delivery, delivery.id, event)
                break
            except StoreError as error:
                log.error("an outcome could not be stored yet: %s", error)
                await self._tasks.sleep(STORE_REST)
        if isinstance(event, ENDS_CALL):
            self.let_go(Brake.CIRCUIT)

    def _event_of(self, answer: Posted | Refused | Unknown) -> e.Event:
        at = self._clock.now()
        if isinstance(answer, Posted):
            return e.Delivered(at, answer.receipt)
        if isinstance(answer, Refused):
            return e.SendFailed(at, answer.why, answer.again, answer.wait)
        return e.SendUnknown(at, answer.why)

    def _work_later(
        self, delivery: Delivery, seconds: float, work: Callable[[Delivery], Awaitable[None]]
    ) -> None:
        async def run() -> None:
            await work(delivery)
            self._look_at(delivery)

        self._tasks.call_later(_wait_of(delivery.id), seconds, lambda: self._tasks.spawn(run()))

    def _look_at(self, delivery: Delivery) -> None:
        self._wake(delivery.reply.place.conversation)

    def _hold(self, delivery: Delivery, hold: Hold) -> None:
        """A guard holds it: it waits as a row, until the guard lets go."""
        key = delivery.id
        self._held[key] = (delivery, hold)
        if hold.until is not None:
            wait = max(1.0, (hold.until - self._clock.now()).total_seconds())
            self._tasks.call_later(_hold_of(key), wait, lambda: self._let_go_of(key))

    def _let_go_of(self, key: str) -> None:
        if (delivery := self._release(key)) is not None:
            self._look_at(delivery)

    def _release(self, key: str) -> Delivery | None:
        self._tasks.cancel_wait(_hold_of(key))
        delivery, _ = self._held.pop(key, (None, None))
        return delivery


def _wait_of(delivery: str) -> str:
    """The name of the wait for its undo window's end, or for its grace period's."""
    return f"wait:{delivery}"


def _retry_of(delivery: str) -> str:
    """The name of the wait that a channel asked for, before it is tried again."""
    return f"retry:{delivery}"


def _hold_of(delivery: str) -> str:
    """The name of the wait for a guard that says when it lets go."""
    return f"hold:{delivery}"


_WORK: Mapping[DeliveryState, Callable[[DeliveryRunner, Delivery], Awaitable[None] | None]] = {
    DeliveryState.PLANNED: DeliveryRunner._begin_undo_window,
    DeliveryState.DUE: DeliveryRunner._send,
    DeliveryState.SENDING: DeliveryRunner._give_up_call,
    DeliveryState.UNKNOWN: DeliveryRunner._begin_grace,
}
