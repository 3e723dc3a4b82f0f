"""A customer asks in Slack, a person approves there, the answer goes out and is on the record: the
shipped brand, the real store, rules and models, over both of Slack's transports."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.model import State
from tests.fakes.slack import Fault, seen
from tests.slackside import (
    ADA,
    ADA_ID,
    DIRECT,
    HELP,
    JONAS,
    MILAN_ID,
    RETURN,
    REVIEW,
    SlackSide,
    eventually,
    slack_side,
)

HELLO = "<@UBOT> "


@pytest.fixture(params=["http", "socket"])
async def shop(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SlackSide]:
    async with slack_side(tmp_path, request.param) as opened:
        yield opened


async def test_asked_in_a_channel_approved_on_the_card_answered_in_the_thread(
    shop: SlackSide,
) -> None:
    question = await shop.people.says(JONAS, HELLO + RETURN, HELP)
    card = await shop.card("Approve")
    assert "60 days" in seen(card.blocks).text
    await shop.people.clicks(ADA_ID, "Approve", card)
    await shop.card("Undo")
    assert [p for p in shop.answers(HELP) if "60 days" in str(p.blocks)] == []
    await shop.wait(21)
    await shop.card("sent just now")
    [answer] = [p for p in shop.answers(HELP) if "60 days" in str(p.blocks)]
    assert answer.thread_ts == question.ts
    shown = seen(answer.blocks)
    assert "software" in shown.text and "a community manager" in shown.text
    assert any("/record/" in url for _, url in shown.links)
    await shop.slack.until(lambda: shop.app.service.queue(ADA, "done"))
    [it] = shop.app.service.queue(ADA, "done")
    assert it.state is State.SENT
    assert len(shop.slack.posted(REVIEW)) == 1


async def test_overheard_in_a_channel_is_left_alone(shop: SlackSide) -> None:
    await shop.people.says(JONAS, "Has anyone tried Trailhead boots?", HELP)
    await shop.app.service.quiet()
    [it] = shop.app.service.queue(ADA, "overheard")
    assert it.state is State.OVERHEARD
    await shop.people.says(JONAS, RETURN, DIRECT)
    await shop.card("Approve")
    assert shop.answers(HELP) == [] and len(shop.slack.posted(REVIEW)) == 1


async def test_unclear_goes_to_a_person_who_writes_in_a_modal(shop: SlackSide) -> None:
    await shop.people.says(JONAS, "asdf jkl", DIRECT)
    card = await shop.card("Write")
    await shop.wait(1)
    [notice] = await shop.slack.until(lambda: shop.answers(DIRECT))
    assert "person" in seen(notice.blocks).text
    await shop.people.clicks(MILAN_ID, "Write", card)
    await shop.slack.until(lambda: shop.slack.modals)
    await shop.people.submits(MILAN_ID, body="Hello! What can we do for you?")
    await shop.card("Undo")
    await shop.wait(21)
    await shop.slack.until(lambda: len(shop.answers(DIRECT)) == 2)
    assert "What can we do for you?" in seen(shop.answers(DIRECT)[-1].blocks).text


async def test_an_unpublished_offer_is_blocked_in_the_modal(shop: SlackSide) -> None:
    await shop.people.says(JONAS, RETURN, DIRECT)
    card = await shop.card("Approve")
    await shop.people.clicks(ADA_ID, "Edit", card)
    await shop.slack.until(lambda: shop.slack.modals)
    await shop.people.submits(ADA_ID, body="Take 30% off, just for you.")
    view = shop.people.modal(ADA_ID)
    assert "30% off" in seen(view.body["blocks"]).text
    await shop.wait(60)
    assert shop.answers(DIRECT) == []


async def test_lost_during_the_send_is_looked_up_and_sent_once(shop: SlackSide) -> None:
    await shop.people.says(JONAS, RETURN, DIRECT)
    card = await shop.card("Approve")
    await shop.people.clicks(ADA_ID, "Approve", card)
    await shop.card("Undo")
    shop.slack.break_call("chat.postMessage", Fault.DROP_AFTER)
    await shop.wait(21)
    await eventually(lambda: shop.slack.tried["chat.postMessage"] == 2 and shop.answers(DIRECT))
    await shop.wait(61)  # whatever was on its way has landed; now it is looked for
    await shop.card("sent just now")
    assert len(shop.answers(DIRECT)) == 1


async def test_edited_after_the_approval_nothing_stale_goes_out(shop: SlackSide) -> None:
    question = await shop.people.says(JONAS, RETURN, DIRECT)
    card = await shop.card("Approve")
    await shop.people.clicks(ADA_ID, "Approve", card)
    await shop.card("Undo")
    await shop.clock.advance(1)
    await shop.people.edits(question, "What are your opening hours?")
    await shop.wait(60)
    assert [p for p in shop.answers(DIRECT) if "60 days" in str(p.blocks)] == []
    await shop.card("Approve", "hours")


async def test_an_edit_that_was_overtaken_by_a_later_one_changes_nothing(shop: SlackSide) -> None:
    question = await shop.people.says(JONAS, "What are your opening hours?", DIRECT)
    await shop.card("Approve")
    await shop.clock.advance(1)
    early = {"user": JONAS, "ts": shop.slack.ts()}
    before = {**question.as_json(), "text": "What were your opening hours?", "edited": early}
    await shop.clock.advance(1)
    await shop.people.edits(question, RETURN)
    late = {
        "type": "message",
        "subtype": "message_changed",
        "channel": DIRECT,
        "channel_type": "im",
    }
    await shop.people.event({**late, "ts": early["ts"], "message": before}, retry=1)
    await shop.card("Approve", RETURN)


async def test_a_colleague_talks_and_takes_their_words_back(shop: SlackSide) -> None:
    question = await shop.people.says(JONAS, HELLO + RETURN, HELP)
    await shop.card("Approve")
    spoken = await shop.people.says(ADA_ID, "I'll look.", HELP, question.ts)
    await shop.card("With Ada")
    assert (await shop.people.edits(spoken, "I'll look into it.")).ok
    assert (await shop.people.deletes(spoken)).ok
    assert shop.answers(HELP) == []
