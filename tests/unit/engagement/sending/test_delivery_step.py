"""A delivery's table, pair by pair: on the way it goes on, off it nothing changes.

That no schedule of faults sends twice is played through in tests/unit/core/test_deliver.py.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.engagement.effects import AppendDelivery
from bot.engagement.sending.delivery_step import FINAL, MOST_ATTEMPTS, WAY, step_delivery
from bot.model import Delivery, Envelope, Origin, Place, Reason, Reply, Why
from bot.model import DeliveryState as D
from bot.model import events as e
from bot.record.entry import EntryKind
from tests.unit.engagement.building import ADA, EVENTS, NOW

REPLY = Reply(Place("web", "", "t"), ("m1@0",), "en", Origin.SOFTWARE, "Yes.", Envelope("us"))
RETURNED = Reason(Why.BYTES_DIFFER)
FAILED = e.SendFailed(NOW, "No.", again=True)
GONE = e.SendFailed(NOW, "No.", again=False)
LOOKED, ABSENT = e.Resolved(NOW, ADA, arrived=True), e.Resolved(NOW, ADA, arrived=False)


def at(stands: D, **more: object) -> Delivery:
    known = Delivery("d1", "e1", REPLY, "bytes", "hash", stands, undo=20.0, receipt="r0")
    return replace(known, **{"attempts": 1, **more})


NO = Reason(Why.CHANNEL_REFUSED, {"detail": "No."})

#: from, what happens, to, the entry on the record, why
STEPS: list[tuple[D, e.Event, D, EntryKind | None, Reason | None]] = [
    (D.PLANNED, e.UndoElapsed(NOW), D.DUE, None, None),
    (D.PLANNED, e.SendNow(NOW, ADA), D.DUE, None, None),
    (D.PLANNED, e.Undone(NOW, ADA), D.CANCELLED, None, None),
    (D.DUE, e.Undone(NOW, ADA), D.CANCELLED, None, None),
    (D.DUE, e.SendStarted(NOW), D.SENDING, None, None),
    (D.DUE, e.SendReturned(NOW, RETURNED), D.CANCELLED, None, RETURNED),
    (D.SENDING, e.Delivered(NOW, "r1"), D.SENT, EntryKind.SENT, None),
    (
        *(D.SENDING, e.SendUnknown(NOW, "Lost."), D.UNKNOWN, None),
        Reason(Why.CALL_LOST, {"detail": "Lost."}),
    ),
    (D.SENDING, FAILED, D.DUE, None, NO),
    (D.SENDING, GONE, D.REFUSED, EntryKind.NOT_SENT, NO),
    (D.UNKNOWN, e.Delivered(NOW, "r1"), D.SENT, EntryKind.SENT, None),
    (D.UNKNOWN, e.NotFound(NOW), D.DUE, None, None),
    (
        *(D.UNKNOWN, e.CannotLook(NOW, "No rights."), D.UNCERTAIN, EntryKind.UNCERTAIN),
        Reason(Why.CANNOT_LOOK, {"detail": "No rights."}),
    ),
    (D.UNCERTAIN, e.Delivered(NOW, "r1"), D.SENT, EntryKind.SENT, None),
    (D.UNCERTAIN, LOOKED, D.SENT, EntryKind.SENT, None),
    (D.UNCERTAIN, ABSENT, D.CANCELLED, EntryKind.NOT_SENT, None),
]


@pytest.mark.parametrize("case", STEPS, ids=lambda case: f"{case[0]}-{type(case[1]).__name__}")
def test_each_step_on_the_way(case: tuple[D, e.Event, D, EntryKind | None, Reason | None]) -> None:
    state, event, to, kind, why = case
    after, effects = step_delivery(at(state), event)
    started = isinstance(event, e.SendStarted)
    receipt = "r1" if isinstance(event, e.Delivered) else "r0"
    expected = at(state, state=to, why=why, receipt=receipt)
    assert after == replace(expected, attempts=2 if started else 1)
    assert effects == (() if kind is None else (AppendDelivery(kind, after),))


@pytest.mark.parametrize("kind", EVENTS)
@pytest.mark.parametrize("state", D)
def test_what_is_not_on_the_way_changes_nothing(state: D, kind: type[e.Event]) -> None:
    before = at(state)
    after, effects = step_delivery(before, EVENTS[kind])
    if (state, kind) not in WAY:
        assert after is before
        assert effects == ()
    else:
        assert after != before


def test_the_table_is_all_that_is_tested() -> None:
    assert {(state, type(event)) for state, event, *_ in STEPS} == set(WAY)
    assert all(state not in FINAL for state, _ in WAY)


def test_an_intention_is_on_the_record_once() -> None:
    """The first call says that it is intended; a later try of the same says nothing new."""
    first, effects = step_delivery(at(D.DUE, attempts=0), e.SendStarted(NOW))
    assert effects == (AppendDelivery(EntryKind.INTENDED, first),)
    _, again = step_delivery(at(D.DUE, attempts=1), e.SendStarted(NOW))
    assert again == ()


@pytest.mark.parametrize(
    ("attempts", "to"), [(MOST_ATTEMPTS - 1, D.DUE), (MOST_ATTEMPTS, D.REFUSED)]
)
def test_it_is_tried_so_often_and_no_more(attempts: int, to: D) -> None:
    after, _ = step_delivery(at(D.SENDING, attempts=attempts), FAILED)
    assert after.state is to


def test_only_what_was_looked_for_is_not_sent_on_the_record() -> None:
    """Undone before any call: nothing was intended, nothing is said."""
    for state, event in ((D.PLANNED, e.Undone(NOW, ADA)), (D.DUE, e.SendReturned(NOW, RETURNED))):
        assert step_delivery(at(state), event)[1] == ()
