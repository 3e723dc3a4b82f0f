"""Modals: a person's own words, a reason, the details. What they typed is never lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.model import State
from tests.fakes.slack import Post, View, seen
from tests.slackside import (
    ADA_ID,
    MILAN,
    MILAN_ID,
    NOOR_ID,
    RETURN,
    SlackSide,
    eventually,
    slack_side,
)


@pytest_asyncio.fixture
async def side(tmp_path: Path) -> AsyncIterator[SlackSide]:
    async with slack_side(tmp_path) as opened:
        yield opened


async def asked(side: SlackSide, text: str = RETURN) -> Post:
    await side.asks(text)
    return await side.card()


async def opened(side: SlackSide, card: Post, button: str, user: str = ADA_ID) -> View:
    assert (await side.people.clicks(user, button, card)).ok
    await side.slack.until(lambda: any(v.user == user for v in side.slack.modals.values()))
    return side.people.modal(user)


def text(view: View) -> str:
    return seen(view.body["blocks"]).text


async def test_the_editor_opens_with_the_draft_and_sends_the_own_version(side: SlackSide) -> None:
    view = await opened(side, await asked(side), "Edit")
    assert "You can return unworn items" in text(view) and RETURN in text(view)
    ack = await side.people.submits(ADA_ID, body="Yes, within 60 days.")
    assert ack.ok and ADA_ID not in [v.user for v in side.slack.modals.values()]
    assert side.drawn().state is State.APPROVED
    assert "Yes, within 60 days." in await side.sent()


async def test_a_held_text_comes_back_with_the_findings_and_can_be_sent_as_it_is(
    side: SlackSide,
) -> None:
    """The rules want a person's eyes on it: who has read the finding may send."""
    view = await opened(side, await asked(side), "Edit")
    await side.people.submits(ADA_ID, body="You have 45 days.")
    assert side.drawn().state is State.WAITING
    assert "has no published source" in text(view)
    assert view.body["blocks"][-2]["element"]["initial_value"] == "You have 45 days."
    await side.people.submits(ADA_ID)
    assert side.drawn().state is State.APPROVED
    assert "You have 45 days." in await side.sent()


async def test_a_blocked_text_comes_back_however_often_and_is_never_sent(side: SlackSide) -> None:
    view = await opened(side, await asked(side), "Edit")
    for _ in range(2):
        await side.people.submits(ADA_ID, body="Take 30% off.")
        assert "not on the public list" in text(view)
        assert "Offer what is published" in text(view)
        assert "Take 30% off." in text(view)
    assert side.drawn().state is State.WAITING
    await side.people.submits(ADA_ID, body="Within 60 days.")
    assert "Within 60 days." in await side.sent()


async def test_who_is_too_late_keeps_their_text(side: SlackSide) -> None:
    view = await opened(side, await asked(side), "Edit")
    await side.approve(MILAN)
    await side.people.submits(ADA_ID, body="My careful words.")
    assert "Milan" in text(view) and "My careful words." in text(view)
    assert "submit" not in view.body


async def test_rights_are_checked_again_when_it_is_submitted(side: SlackSide) -> None:
    view = await opened(side, await asked(side), "Edit")
    side.slack.users[ADA_ID].team = "T2"
    await side.people.submits(ADA_ID, body="Hello.")
    assert "Only people of this workspace" in text(view) and "Hello." in text(view)
    assert side.drawn().state is State.WAITING


async def test_while_somebody_edits_the_card_says_so(side: SlackSide) -> None:
    card = await asked(side)
    await opened(side, card, "Edit")
    await side.slack.until(lambda: "Editing: Ada" in seen(card.blocks).text)
    await side.people.closes(ADA_ID)
    await side.slack.until(lambda: "Editing" not in seen(card.blocks).text)


async def test_an_editor_that_was_left_open_is_forgotten(side: SlackSide) -> None:
    card = await asked(side)
    await opened(side, card, "Edit")
    await side.slack.until(lambda: "Editing: Ada" in seen(card.blocks).text)
    await side.clock.advance(700)
    await side.slack.until(lambda: "Editing" not in seen(card.blocks).text)


async def test_a_text_that_is_slow_to_store_is_acknowledged_and_then_answered(
    side: SlackSide,
) -> None:
    view = await opened(side, await asked(side), "Edit")
    await side.slack.until(lambda: "Editing: Ada" in seen(side.cards()[-1].blocks).text)
    await side.wait(0)
    with side.disk.slow():
        sleeping = side.clock.sleepers
        submitting = asyncio.ensure_future(side.people.submits(ADA_ID, body="Within 60 days."))
        await eventually(lambda: side.disk.waiting and side.clock.sleepers > sleeping)
        await side.clock.advance(2.6)
        assert (await submitting).ok
        assert "being stored" in text(view)
    await side.slack.until(lambda: "Approved." in text(view))


async def test_a_reply_too_long_for_slacks_editor_is_for_the_desk(side: SlackSide) -> None:
    card = await asked(side)
    long = "Within 60 days. " * 250
    await side.draft(long, MILAN)
    await side.slack.until(lambda: "Draft, changed by Milan" in seen(card.blocks).text)
    view = await opened(side, card, "Edit")
    assert "on the desk" in text(view)


async def test_a_rejection_has_a_reason_and_the_card_stays_with_that_person(
    side: SlackSide,
) -> None:
    card = await asked(side)
    await opened(side, card, "Reject")
    await side.people.submits(ADA_ID, reason="Wrong product.")
    assert side.drawn().state is State.PERSON
    await side.slack.until(lambda: "With Ada" in seen(card.blocks).text)
    assert "Wrong product." in seen(card.blocks).text
    assert "Write" in seen(card.blocks).buttons


async def test_a_rejection_says_what_kind_of_wrong_it_is_and_what_was_asked(
    side: SlackSide,
) -> None:
    card = await asked(side)
    await opened(side, card, "Reject")
    values = {"objection": "not-asked", "intent": "-", "reason": "He means a tent."}
    await side.people.submits(ADA_ID, **values)
    await side.slack.until(
        lambda: "Not what they asked. He means a tent." in seen(card.blocks).text
    )


async def test_writing_where_there_is_no_draft(side: SlackSide) -> None:
    await opened(side, await asked(side, "asdf jkl"), "Write")
    await side.people.submits(ADA_ID, body="What can we do for you?")
    assert "What can we do for you?" in await side.sent()


async def test_details_hold_what_the_card_leaves_out(side: SlackSide) -> None:
    view = await opened(side, await asked(side), "Details…")
    shown = text(view)
    for words in (
        RETURN,
        "return an item · 1.00",
        "Drafted by software, approved by a community manager at Trailhead.",
        "Returns policy, as of 1 October 2026",
        "customer: wrote",
    ):
        assert words in shown
    links = dict(seen(view.body["blocks"]).links)
    assert links["Its entry in the public record"] == side.drawn().entry_url


async def test_details_name_the_rule_behind_a_finding(side: SlackSide) -> None:
    card = await asked(side)
    await side.draft("You have 45 days.")
    assert "transparency/no-source" in text(await opened(side, card, "Details…"))


async def test_another_draft_and_giving_it_away_from_the_details(side: SlackSide) -> None:
    card = await asked(side, "asdf jkl")
    view = await opened(side, card, "Details…")
    await side.people.clicks(ADA_ID, "Draft for …", view, "when the shops are open")
    await side.slack.until(lambda: "Drafting." in text(view))
    await side.wait(0)
    assert "Munich" in side.drawn().body
    view = await opened(side, card, "Details…", MILAN_ID)
    await side.people.clicks(MILAN_ID, "Give it to …", view, "Ada")
    await side.slack.until(lambda: "Assigned." in text(view))
    assert side.drawn().owner == "Ada"


async def test_no_reply_needed_asks_why(side: SlackSide) -> None:
    view = await opened(side, await asked(side), "Details…")
    await side.people.clicks(ADA_ID, "No reply needed", view)
    await side.slack.until(lambda: view.body["callback_id"] == "ab:ignore")
    await side.people.submits(ADA_ID, reason="They found it.")
    assert side.drawn().state is State.CLOSED
    assert "They found it." in side.drawn().why


async def test_a_modal_that_opens_too_late_says_so_and_claims_nothing(side: SlackSide) -> None:
    card = await asked(side)
    side.slack.break_call("views.open", "expired_trigger_id")
    await side.people.clicks(ADA_ID, "Edit", card)
    [note] = await side.slack.until(lambda: side.slack.ephemerals)
    assert "click again" in note["text"]
    assert side.channel.board.find_editor(side.engagement().id) == ""


async def test_a_button_from_an_old_card_says_what_is_so(side: SlackSide) -> None:
    card = await asked(side)
    stale = Post(**{**vars(card), "blocks": list(card.blocks)})
    await side.people.clicks(ADA_ID, "Approve", card)
    await side.people.clicks(MILAN_ID, "Reject", stale)
    [note] = await side.slack.until(lambda: side.slack.ephemerals)
    assert "Nothing was changed" in note["text"] and "Ada: approved" in note["text"]


async def test_somebody_who_may_only_look_sees_details_without_decisions(side: SlackSide) -> None:
    view = await opened(side, await asked(side), "Details…", NOOR_ID)
    assert RETURN in text(view)
    assert not [block for block in view.body["blocks"] if block["type"] == "actions"]


@pytest.mark.parametrize("length", [100, 3_000, 12_000, 39_000])
async def test_details_of_anything_fit_into_a_modal(side: SlackSide, length: int) -> None:
    view = await opened(side, await asked(side, ("return <b> & " * 3_000)[:length]), "Details…")
    assert len(view.body["blocks"]) <= 100


async def test_of_two_clicks_in_a_modal_the_first_answer_stays(side: SlackSide) -> None:
    view = await opened(side, await asked(side, "asdf jkl"), "Details…")
    first = View(view.id, view.user, view.body, view.hash)
    await side.people.clicks(ADA_ID, "Draft for …", first, "when the shops are open")
    await side.slack.until(lambda: "Drafting." in text(view))
    await side.people.clicks(ADA_ID, "No reply needed", first)
    await side.slack.until(lambda: side.slack.tried["views.update"] == 2)
    assert "Drafting." in text(view)


async def test_a_button_that_is_not_ours_is_not_logged(
    side: SlackSide, caplog: pytest.LogCaptureFixture
) -> None:
    """Bolt would log the whole payload, customers' words and all."""
    card = await asked(side)
    foreign = Post(**{**vars(card), "blocks": [dict(b) for b in card.blocks]})
    button = {"type": "button", "action_id": "other:x", "text": {"type": "plain_text", "text": "X"}}
    foreign.blocks = [{"type": "actions", "elements": [button]}]
    with caplog.at_level("INFO"):
        ack = await side.people.clicks(ADA_ID, "X", foreign)
    assert ack.status == 404
    assert RETURN not in caplog.text


async def test_a_card_is_given_back_and_passed_on_from_the_details(side: SlackSide) -> None:
    card = await asked(side)
    await side.people.clicks(ADA_ID, "Take over", card)
    await side.slack.until(lambda: side.drawn().owner == "Ada")
    view = await opened(side, card, "Details…")
    await side.people.clicks(ADA_ID, "Give back", view)
    await side.slack.until(lambda: "Given back: Orders and returns can see it again." in text(view))
    assert side.drawn().owner == ""
    view = await opened(side, card, "Details…", MILAN_ID)
    await side.people.clicks(MILAN_ID, "Pass on…", view)
    await side.slack.until(lambda: view.body["callback_id"] == "ab:escalate")
    await side.people.submits(MILAN_ID, team="Customer care", reason="It is about a recall.")
    assert side.drawn().team == "Customer care"
    assert side.drawn().why == "Milan passed it to Customer care: It is about a recall."
