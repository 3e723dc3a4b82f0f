"""No text is sent twice, and none is lost silently, whatever happens on the way.

Every schedule of faults up to a length is played against a channel that remembers what it has
taken: a crash before or after the call, a lost answer, a refusal, a look that finds, doesn't find,
or can't look, a brake that holds (a pause, the rate, an open circuit:
bot/engagement/sending/send_guards.py)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import product

import pytest

from bot.engagement.effects import AppendDelivery
from bot.engagement.sending.delivery_step import FINAL, step_delivery
from bot.model import Delivery, DeliveryState, Envelope, Origin, Place, Reply
from bot.model import events as e
from bot.record.entry import EntryKind

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
D = DeliveryState
REPLY = Reply(Place("web", "", "t"), (), "en", Origin.SOFTWARE, "Yes.", Envelope("software"))


def planned() -> Delivery:
    return Delivery("d1", "e1", REPLY, "{}", "hash", D.PLANNED, undo=20.0)


@dataclass
class World:
    """The channel's side, and a delivery driven through it, one fault of the schedule a turn."""

    delivery: Delivery = field(default_factory=planned)
    posts: int = 0
    entries: list[EntryKind] = field(default_factory=list)

    def happens(self, event: e.Event) -> None:
        self.delivery, effects = step_delivery(self.delivery, event)
        self.entries += [x.kind for x in effects if isinstance(x, AppendDelivery)]

    def turn(self, fault: str) -> None:
        match self.delivery.state:
            case D.PLANNED:
                self.happens(e.UndoElapsed(AT))
            case D.DUE if fault == "held":
                pass  # a brake holds it: it stays a row, and is asked again
            case D.DUE:
                self.happens(e.SendStarted(AT))
                self.call(fault)
            case D.SENDING:  # a restart finds it so
                self.happens(e.SendUnknown(AT, "restarted"))
            case D.UNKNOWN:
                self.look(fault)

    def call(self, fault: str) -> None:
        if fault in ("fine", "answer lost", "crash after call"):
            self.posts += 1
        match fault:
            case "fine":
                self.happens(e.Delivered(AT, "ts1"))
            case "answer lost" | "lost on the way":
                self.happens(e.SendUnknown(AT, "connection lost"))
            case "try again":
                self.happens(e.SendFailed(AT, "429", again=True, wait=1.0))
            case "refused":
                self.happens(e.SendFailed(AT, "not in the channel", again=False))
            case "crash before call" | "crash after call":
                pass  # stays SENDING until the restart

    def look(self, fault: str) -> None:
        if fault in ("refused", "try again"):
            self.happens(e.CannotLook(AT, "no rights"))
        elif self.posts:
            self.happens(e.Delivered(AT, "ts1"))
        else:
            self.happens(e.NotFound(AT))


FAULTS = (
    "fine",
    "answer lost",
    "lost on the way",
    "try again",
    "refused",
    "crash before call",
    "crash after call",
    "held",
)


@pytest.mark.slow
def test_every_schedule_of_faults_ends_with_one_post_or_says_why_not() -> None:
    for schedule in product(FAULTS, repeat=5):
        world = World()
        for fault in ("fine", *schedule):
            world.turn(fault)
            assert world.posts <= 1, schedule
        for _ in range(6):  # then all goes well
            world.turn("fine")
        state = world.delivery.state
        assert state in FINAL or state is D.UNCERTAIN, schedule
        if state is D.SENT:
            assert world.posts == 1, schedule
        if state is D.REFUSED:
            assert world.posts == 0, schedule


def test_the_record_holds_the_intention_once_and_before_the_outcome() -> None:
    for schedule in product(FAULTS, repeat=4):
        world = World()
        for fault in ("fine", *schedule, *["fine"] * 6):
            world.turn(fault)
        assert world.entries[0] is EntryKind.INTENDED, schedule
        assert world.entries.count(EntryKind.INTENDED) == 1, schedule
        assert len(world.entries) == 2, schedule


@pytest.mark.parametrize("state", list(D))
def test_an_event_that_is_not_on_the_way_changes_nothing(state: DeliveryState) -> None:
    delivery = replace(planned(), state=state)
    after, effects = step_delivery(delivery, e.DuePassed(AT))
    assert after is delivery
    assert effects == ()


@pytest.mark.parametrize("again", [True, False])
def test_an_undo_stops_what_has_not_been_sent_and_nothing_else(again: bool) -> None:
    undone = e.Undone(AT, person=None)  # type: ignore[arg-type]
    assert step_delivery(planned(), undone)[0].state is D.CANCELLED
    sent = step_delivery(planned(), e.UndoElapsed(AT))[0]
    sent = step_delivery(sent, e.SendStarted(AT))[0]
    assert step_delivery(sent, undone)[0].state is D.SENDING


def test_a_channel_that_always_asks_to_wait_is_given_up_on_at_last() -> None:
    world = World()
    for _ in range(30):
        world.turn("try again")
    assert world.delivery.state is D.REFUSED
    assert world.posts == 0
