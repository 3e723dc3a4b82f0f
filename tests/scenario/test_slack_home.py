"""The App Home: mine first, then what nobody has, oldest first; always as the stored state is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.model import Author, Message, Place
from bot.model import events as e
from tests.fakes.slack import Fault, View, seen
from tests.slackside import ADA, ADA_ID, HELP, MILAN, MIRA, RETURN, SlackSide, slack_side


@pytest_asyncio.fixture
async def side(tmp_path: Path) -> AsyncIterator[SlackSide]:
    async with slack_side(tmp_path) as opened:
        yield opened


async def home(side: SlackSide, user: str = ADA_ID) -> View:
    await side.people.opens_home(user)
    return await side.slack.until(lambda: side.slack.homes.get(user))


def words(side: SlackSide, user: str = ADA_ID) -> str:
    return seen(side.slack.homes[user].body["blocks"]).text


async def test_mine_then_unclaimed_by_age(side: SlackSide) -> None:
    for text, taker in (("return A", None), ("return B", ADA), ("return C", MILAN)):
        await side.asks(text)
        if taker is not None:
            await side.take_over(taker)
        await side.wait(60)
    await side.asks("return D")
    await home(side)
    shown = words(side)
    assert "1 yours, 2 waiting for somebody" in shown
    assert [shown.index(f"return {x}") for x in "BAD"] == sorted(
        shown.index(f"return {x}") for x in "BAD"
    )
    assert "return C" not in shown  # Milan has it


async def test_a_decision_elsewhere_redraws_it(side: SlackSide) -> None:
    await side.asks("return A")
    await home(side)
    await side.take_over(ADA)
    await side.slack.until(lambda: "1 yours, 0 waiting" in words(side))


async def test_open_and_take_over_from_home(side: SlackSide) -> None:
    await side.asks("return A")
    view = await home(side)
    await side.people.clicks(ADA_ID, "Open…", view)
    await side.slack.until(lambda: side.slack.modals)
    assert "return A" in seen(side.people.modal(ADA_ID).body["blocks"]).text
    await side.people.clicks(ADA_ID, "Take over", view)
    await side.slack.until(lambda: "1 yours" in words(side))


async def test_a_late_click_at_home_is_answered_in_a_modal(side: SlackSide) -> None:
    await side.asks("return A")
    view = await home(side)
    stale = View(view.id, view.user, view.body, view.hash)
    await side.decide(e.Ignored(side.clock.now(), MILAN, "spam"))
    await side.people.clicks(ADA_ID, "Take over", stale)
    await side.slack.until(lambda: side.slack.modals)
    assert "Nothing changed" in seen(side.people.modal(ADA_ID).body["blocks"]).text


async def test_pages_stay_below_slacks_hundred_blocks(side: SlackSide) -> None:
    for number in range(59):
        place = Place("slack-community", HELP, f"1.{number:06}")
        author, at = Author(f"U{number}"), side.clock.now()
        message = Message(f"slack:{number}", place, author, RETURN, at, mention=True)
        await side.app.service.receive(message)
    await side.app.service.quiet()
    view = await home(side)
    assert len(view.body["blocks"]) <= 100
    assert "Page 1 of 3" in words(side)
    for page in (2, 3):
        await side.people.clicks(ADA_ID, "More", side.slack.homes[ADA_ID])
        await side.slack.until(lambda page=page: f"Page {page} of 3" in words(side))
    assert "More" not in seen(side.slack.homes[ADA_ID].body["blocks"]).buttons
    await side.people.clicks(ADA_ID, "Earlier", side.slack.homes[ADA_ID])
    await side.slack.until(lambda: "Page 2 of 3" in words(side))


async def test_published_with_the_hash_and_again_after_a_conflict(side: SlackSide) -> None:
    await home(side)
    hash = side.slack.homes[ADA_ID].hash
    await side.asks("return A")
    await side.slack.until(lambda: "1 waiting" in words(side))
    assert side.slack.of("views.publish")[-1].body["hash"] == hash
    side.slack.homes[ADA_ID].hash = "somebody-else-was-faster"
    await side.asks("return B")
    await side.slack.until(lambda: "2 waiting" in words(side))


async def test_a_publish_that_fails_is_made_later(side: SlackSide) -> None:
    await home(side)
    for fault in (Fault.LIMITED, Fault.DROP_BEFORE):
        side.slack.break_call("views.publish", fault, wait=3)
        before = side.slack.tried["views.publish"]
        await side.asks(f"return {fault.name}")
        await side.slack.until(lambda before=before: side.slack.tried["views.publish"] > before)
        await side.clock.advance(6)
        await side.slack.until(lambda fault=fault: fault.name in words(side))


async def test_nothing_waits(side: SlackSide) -> None:
    await home(side)
    assert "Nothing waits." in words(side)


async def test_strangers_see_how_to_be_added_and_no_customer(side: SlackSide) -> None:
    await side.asks("return A")
    await home(side, MIRA)
    assert "not on the list" in words(side, MIRA)
    assert "return A" not in words(side, MIRA)


async def test_overheard_posts_are_counted(side: SlackSide) -> None:
    await side.asks("return A")
    await side.says(MIRA, "Has anyone tried Trailhead boots?", HELP)
    await home(side)
    assert "1 overheard" in words(side)


async def test_what_is_wrong_with_slack_is_said_at_the_top(side: SlackSide) -> None:
    side.slack.room("C9REVIEW", "review", member=False)
    await side.people.event({"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}})
    await home(side)
    assert words(side).startswith("Slack: ")


async def test_the_command_says_what_waits(side: SlackSide) -> None:
    await side.asks("return <A>".replace("<", "&lt;").replace(">", "&gt;"))
    ack = await side.people.commands(ADA_ID)
    assert ack.ok
    assert "0 yours, 1 waiting for somebody. The oldest: “return &lt;A&gt;”" in str(ack.body)
    assert "not on the list" in str((await side.people.commands(MIRA)).body)
