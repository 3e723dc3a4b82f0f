"""Just before the call: each guard alone keeps back what is no longer as it was approved.

What “the verdict has changed” means, and who may have approved: ../test_verdict_changes.py.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.engagement.judging import notice_to
from bot.engagement.sending.recheck import reason_not_to_send
from bot.knowledge import Knowledge
from bot.model import Delivery, DeliveryState, Engagement, Reason, Reply, State, Why
from bot.model.reply import digest
from tests.unit.engagement.building import (
    KNOWLEDGE,
    NOW,
    PLACES,
    approved,
    ask,
    in_state,
    with_brand,
    with_rules,
)


def on_its_way(it: Engagement, reply: Reply | None = None, **more: Any) -> Delivery:
    reply = reply or it.proposal.candidate
    assert reply is not None
    known = Delivery(
        *(it.proposal.delivery, it.id, reply, "bytes", digest(reply)),
        state=DeliveryState.DUE,
        undo=20.0,
        approver="ada",
    )
    return replace(known, **more)


def notice(body: str = "A person answers.", **more: Any) -> Delivery:
    reply, _ = notice_to(PLACES["web"], ("m1@0",), "no-draft", "en", "key", KNOWLEDGE, "today")
    assert reply is not None
    reply = replace(reply, body=body)
    known = Delivery(
        *("n1", "e1", reply, "bytes", digest(reply)),
        state=DeliveryState.DUE,
        undo=0.0,
        notice="no-draft",
    )
    return replace(known, **more)


def checked(
    delivery: Delivery,
    engagement: Engagement | None,
    knowledge: Knowledge = KNOWLEDGE,
    payload: str = "bytes",
) -> Reason | None:
    return reason_not_to_send(delivery, payload, engagement, knowledge, NOW)


# a reply


def test_what_is_as_it_was_approved_goes_out() -> None:
    it = approved()
    assert checked(on_its_way(it), it) is None
    sending = replace(it, state=State.SENDING)
    assert checked(on_its_way(it), sending) is None


def test_a_reply_without_its_card_does_not() -> None:
    it = approved()
    for delivery in (on_its_way(it), on_its_way(it, engagement="")):
        assert checked(delivery, None) == Reason(Why.CARD_GONE)


def test_what_answers_nobody_does_not() -> None:
    it = approved()
    assert it.proposal.candidate is not None
    nobody = replace(it.proposal.candidate, answers=())
    assert checked(on_its_way(it, nobody), it) == Reason(Why.ANSWERS_NOBODY)


def test_one_changed_byte_does_not() -> None:
    """Neither in the reply, nor in what the channel is given, nor in the digest."""
    it = approved()
    assert it.proposal.candidate is not None
    other = replace(it.proposal.candidate, body="You can return boots!")
    differ = Reason(Why.BYTES_DIFFER)
    assert checked(replace(on_its_way(it), reply=other), it) == differ
    assert checked(on_its_way(it), it, payload="Bytes") == differ
    assert checked(on_its_way(it, digest="another"), it) == differ


def test_what_cannot_be_judged_again_does_not() -> None:
    """The channel is gone from config.yaml."""
    it = approved()
    why = checked(on_its_way(it), it, with_brand(channels={}))
    assert why == Reason(Why.NOT_JUDGED_AGAIN, {"error": "'web'"})


def test_an_error_without_words_is_named_by_its_kind() -> None:
    class Gone(dict):
        def __getitem__(self, key: str) -> None:
            raise RuntimeError

    it = approved()
    why = checked(on_its_way(it), it, with_brand(channels=Gone()))
    assert why == Reason(Why.NOT_JUDGED_AGAIN, {"error": "RuntimeError"})


def test_a_reply_is_judged_again_with_what_was_asked() -> None:
    """Not as a text of nobody's: rules may look at the ask."""
    asking = with_rules(
        "- {id: asked, on: reply, then: hold, because: Asked.,"
        " when: 'asked.text.contains(\"boots\")'}"
    )
    it = approved()
    why = checked(on_its_way(it), it, asking)
    assert why == Reason(Why.RULES_NOW_SAY, {"rule": "house/asked"})


@pytest.mark.parametrize("state", State)
def test_only_what_is_approved_or_being_sent_goes_out(state: State) -> None:
    it = replace(approved(), state=state)
    expected = None if state in (State.APPROVED, State.SENDING) else Why.APPROVAL_WITHDRAWN
    why = checked(on_its_way(it), it)
    assert (why and why.why) == expected


def test_a_delivery_that_was_replaced_does_not() -> None:
    """Undone and approved again: the first one is not the one that was approved last."""
    it = approved()
    assert checked(on_its_way(it, id="earlier"), it) == Reason(Why.APPROVAL_WITHDRAWN)


def test_without_an_approval_nothing_goes_out() -> None:
    it = approved()
    bare = replace(it, proposal=it.proposal.withdraw().plan(it.proposal.delivery))
    assert checked(on_its_way(it), bare) == Reason(Why.NEEDS_ANOTHER)


# a notice


@pytest.mark.parametrize("state", State)
def test_a_notice_goes_out_whoever_has_the_ask(state: State) -> None:
    assert checked(notice(), in_state(state)) is None


@pytest.mark.parametrize(
    ("body", "outcome", "rule"),
    [
        ("It is risky.", "hold", "house/risky"),
        ("It is forbidden.", "block", "house/forbidden"),
        ("It is forbidden and risky.", "block", "house/forbidden"),
    ],
)
def test_a_notice_that_the_rules_hold_does_not(body: str, outcome: str, rule: str) -> None:
    """Nobody reads it before it is sent: so a hold is enough."""
    held = Reason(Why.NOTICE_HELD, {"outcome": outcome, "rule": rule})
    assert checked(notice(body), ask()) == held
    assert checked(notice(body, engagement=""), None) == held


def test_a_note_does_not_keep_a_notice_back() -> None:
    assert checked(notice("It is remarkable."), ask()) is None
    assert checked(notice("It is remarkable.", engagement=""), None) is None


def test_a_notice_that_belongs_to_no_ask_goes_out_by_itself() -> None:
    assert checked(notice(engagement=""), None) is None


def test_a_notice_of_an_ask_that_is_gone_does_not() -> None:
    assert checked(notice(), None) == Reason(Why.CARD_GONE)


def test_a_notice_is_held_against_its_bytes_like_a_reply() -> None:
    assert checked(notice(), ask(), payload="Bytes") == Reason(Why.BYTES_DIFFER)
    nobody = replace(notice().reply, answers=())
    delivery = notice(reply=nobody, digest=digest(nobody))
    assert checked(delivery, ask()) == Reason(Why.ANSWERS_NOBODY)


def test_rules_in_force_judge_a_notice() -> None:
    stricter = with_rules('- {id: person, on: reply, then: hold, find: [person], because: "Hm."}')
    why = checked(notice(), ask(), stricter)
    assert why == Reason(Why.NOTICE_HELD, {"outcome": "hold", "rule": "house/person"})
