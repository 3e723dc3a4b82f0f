"""A text on its way: nothing begins that may not, and what became of it is kept in one piece."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.engagement import effects
from bot.engagement.effects import AppendDelivery, Effect, Tell
from bot.engagement.sending.send_guards import Brake, Hold
from bot.model import Delivery, DeliveryState, State
from bot.model import events as e
from bot.model.errors import StoreError
from handlers.service.commands.decisions.decide import decide
from handlers.service.commands.sending.pause_sending import Stop, pause_sending
from handlers.service.commands.sending.record_delivery import record_delivery
from handlers.service.commands.sending.start_sending import start_sending
from handlers.service.commands.steps.carry_out import EFFECTS
from handlers.service.commands.steps.step_delivery import save_delivery
from handlers.store import repository
from tests.shop import ADA, NOW
from tests.unit.commands.conftest import Bench

UNDO_OVER = NOW + timedelta(minutes=1)


def approved(bench: Bench) -> str:
    """The id of an approved reply's delivery, whose undo window has ended."""
    draft = bench.draft()
    assert bench.run(decide, draft.id, e.Approved(NOW, ADA, draft.proposal.digest)).done
    key = bench.engagement(draft.id).proposal.delivery
    assert bench.run(record_delivery, key, e.UndoElapsed(UNDO_OVER)) is not None
    return key


def delivery(bench: Bench, key: str) -> Delivery:
    found = bench.store.read(lambda tx: repository.load_delivery(tx, key))
    assert found is not None
    return found


def test_sending_begins_once(bench: Bench) -> None:
    key = approved(bench)
    started = bench.run(start_sending, key)
    assert isinstance(started, Delivery) and started.state is DeliveryState.SENDING
    assert bench.engagement(started.engagement).state is State.SENDING
    assert bench.run(start_sending, key) is None
    assert bench.run(start_sending, "unknown") is None
    assert [row["kind"] for row in bench.rows("record")] == ["intended"]


def test_a_reply_within_its_undo_window_does_not_begin(bench: Bench) -> None:
    draft = bench.draft()
    bench.run(decide, draft.id, e.Approved(NOW, ADA, draft.proposal.digest))
    assert bench.run(start_sending, bench.engagement(draft.id).proposal.delivery) is None


def test_what_is_paused_is_held_as_it_is(bench: Bench) -> None:
    key = approved(bench)
    bench.run(pause_sending, Stop("Ada", "a lead", reason="A recall."))
    before = delivery(bench, key)
    hold = bench.run(start_sending, key)
    assert isinstance(hold, Hold) and hold.brake is Brake.PAUSED
    assert delivery(bench, key) == before
    assert bench.unit is not None and bench.unit.owing == set() and bench.unit.changes
    assert not bench.run(decide, before.engagement, e.SendNow(NOW, ADA)).done
    bench.run(pause_sending, Stop("Ada", "a lead", go_on=True))
    assert isinstance(bench.run(start_sending, key), Delivery)


def test_a_pause_needs_a_reason_and_a_channel_that_is_there(bench: Bench) -> None:
    for stop in (Stop("Ada", "a lead"), Stop("Ada", "a lead", "no-such-channel", "A recall.")):
        with pytest.raises(StoreError):
            bench.run(pause_sending, stop)
    assert bench.rows("pauses") == []


def test_bytes_that_are_not_as_approved_go_back(bench: Bench) -> None:
    key = approved(bench)
    changed = replace(delivery(bench, key), payload="something else")
    bench.run(lambda unit: save_delivery(unit, changed, NOW))
    assert bench.run(start_sending, key) is None
    assert delivery(bench, key).state is DeliveryState.CANCELLED
    assert bench.engagement(changed.engagement).state is State.WAITING


def test_what_became_of_a_call_is_kept_for_the_text_and_for_its_ask(bench: Bench) -> None:
    key = approved(bench)
    bench.run(start_sending, key)
    sent = bench.run(record_delivery, key, e.Delivered(UNDO_OVER, "receipt"))
    assert sent is not None and sent.state is DeliveryState.SENT
    assert bench.engagement(sent.engagement).state is State.SENT
    assert bench.run(record_delivery, key, e.Delivered(UNDO_OVER, "again")) is None
    assert bench.run(record_delivery, "unknown", e.Delivered(UNDO_OVER, "receipt")) is None
    assert {row["kind"] for row in bench.rows("record")} == {"intended", "sent"}
    assert all(row["public"] for row in bench.rows("record"))


def test_a_call_that_was_refused_is_owed_again(bench: Bench) -> None:
    key = approved(bench)
    bench.run(start_sending, key)
    failed = e.SendFailed(UNDO_OVER, "busy", again=True)
    after = bench.run(record_delivery, key, failed)
    assert after is not None and after.state is DeliveryState.DUE
    assert bench.unit is not None and list(bench.unit.owing) == [after.reply.place.conversation]
    assert bench.rows("sends") == []  # it certainly did not go out


def test_every_effect_is_carried_out() -> None:
    """Tell is for the person who decided, AppendDelivery a delivery's own: neither comes here."""
    kinds = {it for it in vars(effects).values() if isinstance(it, type) and issubclass(it, Effect)}
    assert set(EFFECTS) == kinds - {Effect, Tell, AppendDelivery}
