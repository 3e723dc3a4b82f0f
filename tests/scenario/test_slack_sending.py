"""Replies on their way to Slack: at most once, as fast as Slack allows, never with mark-up."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio

from bot.model import Delivery, DeliveryState, Envelope, Origin, Place, Reply, Source
from handlers.channels.slack.channel import SlackChannel
from handlers.ports.channel_port import Absent, Posted, Refused, Unknown
from tests.fakes.slack import Fault, seen
from tests.slackside import (
    DIRECT,
    HELP,
    JONAS,
    RETURN,
    SlackSide,
    env,
    eventually,
    passing,
    slack_side,
)


@pytest_asyncio.fixture
async def side(tmp_path: Path) -> AsyncIterator[SlackSide]:
    async with slack_side(tmp_path, review="") as opened:
        yield opened


def delivery(
    side: SlackSide, body: str = "Within 60 days.", id: str = "d1", **place: str
) -> Delivery:
    where = Place("slack-community", **{"room": HELP, **place})
    reply = Reply(
        where,
        (),
        "en",
        Origin.SOFTWARE,
        body,
        Envelope(
            "Trailhead · drafted by software",
            sources=(
                Source("R&D <policy>", "https://trailhead.example/r?a=1&b=2", date(2026, 10, 1)),
            ),
            links=(("why this answer?", "http://localhost:8300/record/x"),),
        ),
    )
    payload = side.channel.render(reply, id)
    return Delivery(id, "e1", reply, payload, "digest", DeliveryState.SENDING, 0.0)


async def test_the_bytes_that_were_approved_are_the_bytes_that_slack_gets(side: SlackSide) -> None:
    sent = delivery(side, "Ünïcode, 🥾 and “quotes”")
    await side.channel.send(sent)
    assert side.slack.of("chat.postMessage")[0].raw == sent.payload.encode()


async def test_only_the_links_of_the_envelope_are_links(side: SlackSide) -> None:
    hostile = "<!channel> <@U8JONAS> <https://evil.example|here> https://evil.example *b* &lt;"
    await side.channel.send(delivery(side, hostile))
    [post] = side.slack.posted(HELP)
    shown = seen(post.blocks)
    assert shown.mentions == []
    assert shown.links == [
        ("R&D <policy>", "https://trailhead.example/r?a=1&b=2"),
        ("why this answer?", "http://localhost:8300/record/x"),
    ]
    assert hostile in shown.text


async def test_screen_readers_get_all_of_it_and_slack_unfurls_nothing(side: SlackSide) -> None:
    from tests.fakes.slack.rules import Seen, parsed

    sent = delivery(side, "<!channel> & <b>")
    await side.channel.send(sent)
    body = side.slack.of("chat.postMessage")[0].body
    aloud = Seen()
    assert parsed(body["text"], aloud) == sent.reply.text
    assert (aloud.mentions, aloud.links) == ([], [])
    assert (body["unfurl_links"], body["unfurl_media"], body["parse"]) == (False, False, "none")


@pytest.mark.parametrize("length", [2_999, 3_001, 9_000, 12_500])
async def test_a_long_body_is_split_and_arrives_whole(side: SlackSide, length: int) -> None:
    body = ("All about boots. " * 1000)[:length].strip()
    assert isinstance(await side.channel.send(delivery(side, body)), Posted)
    [post] = side.slack.posted(HELP)
    assert " ".join(seen(post.blocks).text.split()).startswith(body)


async def test_what_slack_would_refuse_is_refused_before_the_call(side: SlackSide) -> None:
    outcome = await side.channel.send(delivery(side, "boots " * 3_000))
    assert isinstance(outcome, Refused) and not outcome.again
    assert "at most 13,200" in outcome.why
    assert side.slack.tried["chat.postMessage"] == 0


async def test_a_second_post_in_a_room_comes_a_second_later(side: SlackSide) -> None:
    await side.channel.send(delivery(side, id="d1"))
    second = asyncio.ensure_future(side.channel.send(delivery(side, id="d2")))
    elsewhere = await side.channel.send(delivery(side, id="d3", room=DIRECT))
    assert isinstance(elsewhere, Posted)  # another room has its own turn
    await side.clock.advance(0.9)
    assert len(side.slack.posted(HELP)) == 1
    await side.clock.advance(0.1)
    assert isinstance(await second, Posted)


async def test_after_retry_after_nobody_posts_there_too_soon(side: SlackSide) -> None:
    side.slack.break_call("chat.postMessage", Fault.LIMITED, wait=30)
    first = await side.channel.send(delivery(side))
    assert first == Refused("Slack asks us to slow down.", again=True, wait=30.0)
    async with asyncio.timeout(5):
        early = await side.channel.send(delivery(side))
    assert isinstance(early, Refused) and early.again and 29 <= early.wait <= 30
    assert side.slack.tried["chat.postMessage"] == 1
    await side.clock.advance(30)
    assert isinstance(await side.channel.send(delivery(side)), Posted)


@pytest.mark.parametrize(
    ("fault", "there"),
    [
        (Fault.DROP_BEFORE, False),
        (Fault.DROP_AFTER, True),
        (Fault.FAIL, False),
        (Fault.FAIL_AFTER, True),
        ("fatal_error", False),
        ("internal_error", False),
    ],
)
async def test_an_unknown_end_is_looked_up(
    side: SlackSide, fault: Fault | str, there: bool
) -> None:
    sent = delivery(side)
    side.slack.break_call("chat.postMessage", fault)
    assert isinstance(await side.channel.send(sent), Unknown)
    looked = await side.channel.look(sent)
    assert isinstance(looked, Posted if there else Absent)
    assert side.slack.tried["chat.postMessage"] == 1


async def test_an_answer_that_does_not_come_is_unknown(tmp_path: Path) -> None:
    async with slack_side(tmp_path, review="") as side:
        app, ours = side.app, side.app.library.knowledge.brand
        hasty = SlackChannel.create(
            lambda: ours, env(side.slack), app.service, app.store, side.clock, timeout=0.1
        )
        await hasty.start()
        await eventually(lambda: hasty.ready)
        side.slack.break_call("chat.postMessage", Fault.SLOW)
        sent = delivery(side)
        assert isinstance(await hasty.send(sent), Unknown)
        assert isinstance(await hasty.look(sent), Posted)
        await hasty.stop()


async def test_a_slack_that_cannot_be_reached_has_certainly_not_got_it(side: SlackSide) -> None:
    from handlers.channels.slack.api.client import Later, SlackApi, new_session

    async with new_session() as session:
        api = SlackApi("t", session, "http://127.0.0.1:9/api/")
        outcome = await api.post("chat.postMessage", {})
    assert isinstance(outcome, Later)


@pytest.mark.parametrize(
    "word",
    ["channel_not_found", "not_in_channel", "is_archived", "msg_too_long", "invalid_auth", "odd"],
)
async def test_a_definite_refusal_is_for_good_and_in_words(side: SlackSide, word: str) -> None:
    side.slack.break_call("chat.postMessage", word)
    outcome = await side.channel.send(delivery(side))
    assert isinstance(outcome, Refused) and not outcome.again
    assert " " in outcome.why and outcome.why[0].isupper()


# looking


@pytest.mark.parametrize("thread", [True, False])
async def test_found_by_block_id_where_metadata_may_not_be_read(
    side: SlackSide, thread: bool
) -> None:
    question = side.people.post(JONAS, RETURN, HELP)
    side.slack.manifest["oauth_config"]["scopes"]["bot"].remove("metadata.message:read")
    sent = delivery(side, thread=question.ts if thread else "")
    posted = await side.channel.send(sent)
    assert "metadata" not in side.slack.posted(HELP)[0].as_json(with_metadata=False)
    assert await side.channel.look(sent) == posted


async def test_found_by_metadata_where_slack_has_changed_the_block_ids(side: SlackSide) -> None:
    sent = delivery(side)
    posted = await side.channel.send(sent)
    side.slack.posted(HELP)[0].blocks[0]["block_id"] = "Xy1z"
    assert await side.channel.look(sent) == posted


async def test_found_on_a_later_page_of_small_pages(side: SlackSide) -> None:
    """For some apps Slack gives 15 posts a page."""
    side.slack.history_page = 15
    sent = delivery(side)
    posted = await side.channel.send(sent)
    for number in range(40):
        side.people.post(JONAS, f"chat {number}", HELP)
    assert await side.channel.look(sent) == posted


async def test_a_look_goes_back_no_further_than_the_question(side: SlackSide) -> None:
    for number in range(30):
        side.people.post(JONAS, f"chat {number}", HELP)
    question = side.people.post(JONAS, RETURN, HELP)
    sent = delivery(side)
    reply = replace(sent.reply, answers=(f"slack:T1:{HELP}:{question.ts}@0",))
    assert await side.channel.look(replace(sent, reply=reply)) == Absent()
    assert side.slack.of("conversations.history")[0].body["oldest"] == question.ts


async def test_a_limited_look_waits_as_asked_and_looks_again(side: SlackSide) -> None:
    sent = delivery(side)
    posted = await side.channel.send(sent)
    side.slack.break_call("conversations.history", Fault.LIMITED, wait=60)
    looking = asyncio.ensure_future(side.channel.look(sent))
    assert await passing(side, looking, 60) == posted


@pytest.mark.parametrize("fault", [Fault.FAIL, Fault.DROP_BEFORE, "missing_scope", "ratelimited"])
async def test_what_cannot_be_looked_up_is_unknown_never_absent(
    side: SlackSide, fault: Fault | str
) -> None:
    sent = delivery(side)
    await side.channel.send(sent)
    side.slack.break_call("conversations.history", fault, times=5)
    looking = asyncio.ensure_future(side.channel.look(sent))
    assert isinstance(await passing(side, looking, 1), Unknown)


async def test_a_customer_cannot_pretend_that_we_answered(side: SlackSide) -> None:
    """The id of a delivery in a post of somebody else's is no answer of ours."""
    sent = delivery(side)
    forged = json.loads(sent.payload)
    post = side.people.post(JONAS, "ha", HELP)
    post.blocks, post.metadata = forged["blocks"], forged["metadata"]
    assert await side.channel.look(sent) == Absent()


async def test_a_thread_that_is_gone_holds_no_answer(side: SlackSide) -> None:
    assert await side.channel.look(delivery(side, thread="1.000001")) == Absent()
