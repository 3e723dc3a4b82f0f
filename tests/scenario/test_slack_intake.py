"""What people write in Slack, and what the service hears of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.model import Place, State
from tests.slackside import (
    ADA_ID,
    DIRECT,
    HELP,
    JONAS,
    MIRA,
    OUTSIDER,
    RETURN,
    REVIEW,
    SECRETS,
    SlackSide,
    eventually,
    slack_side,
)
from tests.stored import list_engagements


@pytest_asyncio.fixture
async def side(tmp_path: Path) -> AsyncIterator[SlackSide]:
    async with slack_side(tmp_path, review="") as opened:
        yield opened


def only(side: SlackSide):  # type: ignore[no-untyped-def]
    [message] = side.messages()
    return message


async def test_a_post_in_a_room_is_a_message_with_its_own_thread(side: SlackSide) -> None:
    post = await side.says(JONAS, RETURN, HELP)
    message = only(side)
    assert message.id == f"slack:T1:{HELP}:{post.ts}"
    assert message.place == Place("slack-community", HELP, post.ts)
    assert (message.author.id, message.author.name) == (JONAS, "Jonas")
    assert (message.direct, message.mention, message.reply) == (False, False, False)


async def test_a_direct_message_is_one_conversation_and_said_to_us(side: SlackSide) -> None:
    await side.says(JONAS, RETURN, DIRECT)
    message = only(side)
    assert message.place == Place("slack-direct", DIRECT, "")
    assert message.direct


async def test_a_thread_in_a_direct_message_is_answered_in_the_thread(side: SlackSide) -> None:
    first = side.people.post(JONAS, "hello", DIRECT)
    await side.says(JONAS, RETURN, DIRECT, first.ts)
    assert only(side).place == Place("slack-direct", DIRECT, first.ts)


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 1, 1, 0)])
async def test_a_mention_comes_twice_and_is_one_message(
    side: SlackSide, order: tuple[int, ...]
) -> None:
    post = side.people.post(JONAS, f"<@{side.slack.bot_user}> {RETURN}", HELP)
    events = side.people.events_of(post)
    assert [event["type"] for event in events] == ["message", "app_mention"]
    for index in order:
        assert (await side.people.event(events[index])).ok
    message = only(side)
    assert message.mention
    assert message.text == RETURN  # the mention in front is not part of what they ask


async def test_the_same_event_id_three_times_at_once_is_one_message(side: SlackSide) -> None:
    post = side.people.post(JONAS, RETURN, HELP)
    [event] = side.people.events_of(post)
    acks = await asyncio.gather(*(side.people.event(event, id="Ev1") for _ in range(3)))
    assert all(ack.ok for ack in acks)
    assert len(side.messages()) == 1


async def test_slack_is_acknowledged_only_after_the_commit(side: SlackSide) -> None:
    """Bolt would acknowledge an event before its listener runs."""
    with side.disk.slow():
        delivery = asyncio.ensure_future(side.people.says(JONAS, RETURN, HELP))
        await eventually(lambda: side.disk.waiting)
        for _ in range(50):
            await asyncio.sleep(0)
        assert not delivery.done()
    await delivery
    assert only(side).text == RETURN


async def test_a_retry_is_stored_like_a_first_delivery(side: SlackSide) -> None:
    """Never dropped by its retry header: the first attempt may be the one that was lost."""
    post = side.people.post(JONAS, RETURN, HELP)
    [event] = side.people.events_of(post)
    side.disk.full = True
    assert (await side.people.event(event)).status == 500
    side.disk.full = False
    assert (await side.people.event(event, retry=1)).ok
    assert only(side).text == RETURN


async def test_events_out_of_order_are_all_there(side: SlackSide) -> None:
    first = side.people.post(JONAS, "I bought boots.", HELP)
    second = side.people.post(JONAS, RETURN, HELP, first.ts)
    for post in (second, first):
        for event in side.people.events_of(post):
            assert (await side.people.event(event)).ok
    assert sorted(m.text for m in side.messages()) == [RETURN, "I bought boots."]


async def test_an_edit_that_overtakes_its_post_is_what_counts(side: SlackSide) -> None:
    post = side.people.post(JONAS, "Can I return them?", HELP)
    [original] = side.people.events_of(post)
    await side.clock.advance(2)
    await side.people.edits(post, RETURN)
    assert (await side.people.event(original, retry=2)).ok
    assert only(side).text == RETURN


async def test_a_deletion_that_overtakes_its_post_is_what_counts(side: SlackSide) -> None:
    post = side.people.post(JONAS, RETURN, HELP)
    [original] = side.people.events_of(post)
    await side.people.deletes(post)
    assert (await side.people.event(original, retry=1)).ok
    assert side.messages() == []


async def test_editing_an_old_post_opens_nothing(side: SlackSide) -> None:
    """A typo mended in a post from before our time is no new question."""
    post = side.people.post(JONAS, "Can I retrun them?", HELP)
    await side.clock.advance(3600)
    assert (await side.people.edits(post, RETURN)).ok
    assert side.messages() == []


async def test_a_link_that_slack_unfurls_is_no_edit(side: SlackSide) -> None:
    post = await side.says(JONAS, RETURN, HELP)
    version = side.drawn().version
    changed = {
        "type": "message",
        "subtype": "message_changed",
        "channel": HELP,
        "channel_type": "channel",
        "ts": side.slack.ts(),
        "message": {**post.as_json(), "attachments": [{"title": "a page"}]},
        "previous_message": post.as_json(),
    }
    assert (await side.people.event(changed)).ok
    assert side.drawn().version == version


async def test_an_edit_and_a_deletion_reach_the_engagement(side: SlackSide) -> None:
    post = await side.says(JONAS, "Can I return boots?", HELP)
    await side.clock.advance(1)
    await side.people.edits(post, "What are your hours?")
    assert side.drawn().asked == "What are your hours?"
    await side.people.deletes(post)
    assert side.drawn().state is State.CLOSED


async def test_the_parent_of_a_thread_is_deleted_by_a_tombstone(side: SlackSide) -> None:
    post = await side.says(JONAS, RETURN, HELP)
    tombstone = {
        "type": "message",
        "subtype": "message_changed",
        "channel": HELP,
        "channel_type": "channel",
        "ts": side.slack.ts(),
        "message": {"type": "message", "subtype": "tombstone", "ts": post.ts, "user": "USLACKBOT"},
        "previous_message": post.as_json(),
    }
    assert (await side.people.event(tombstone)).ok
    assert side.messages() == []


@pytest.mark.parametrize(
    ("subtype", "kept"),
    [
        ("", True),
        ("file_share", True),
        ("thread_broadcast", True),
        ("me_message", True),
        ("channel_join", False),
        ("channel_topic", False),
        ("bot_message", False),
        ("reminder_add", False),
    ],
)
async def test_what_counts_as_somebody_writing(side: SlackSide, subtype: str, kept: bool) -> None:
    await side.says(JONAS, RETURN, HELP, subtype=subtype)
    assert bool(side.messages()) is kept


async def test_a_broadcast_of_a_thread_is_the_message_in_the_thread(side: SlackSide) -> None:
    parent = side.people.post(MIRA, "Boots?", HELP)
    post = side.people.post(JONAS, RETURN, HELP, parent.ts)
    for subtype in ("", "thread_broadcast"):
        for event in side.people.events_of(post, subtype=subtype):
            assert (await side.people.event(event)).ok
    assert only(side).place.thread == parent.ts


async def test_a_file_is_named(side: SlackSide) -> None:
    files = [{"id": "F1", "name": "torn seam.jpg"}]
    await side.says(JONAS, "Look at this", HELP, subtype="file_share", files=files)
    assert only(side).text == "Look at this\n📎 torn seam.jpg"


async def test_software_and_we_ourselves_are_not_heard(side: SlackSide) -> None:
    post = side.people.post(JONAS, RETURN, HELP)
    [event] = side.people.events_of(post)
    for more in (
        {"bot_id": "BOTHER"},
        {"bot_id": side.slack.bot_id, "user": side.slack.bot_user},
        {"user": side.slack.bot_user},
        {"user": "USLACKBOT"},
        {"user": None},
    ):
        assert (await side.people.event({**event, **more})).ok
    assert side.messages() == []


async def test_rooms_that_config_does_not_name_are_not_heard(side: SlackSide) -> None:
    side.slack.room("C2RANDOM", "random")
    await side.says(JONAS, RETURN, "C2RANDOM")
    assert side.messages() == []


async def test_a_private_room_is_heard(side: SlackSide) -> None:
    await side.says(JONAS, RETURN, SECRETS)
    assert only(side).place.room == SECRETS


async def test_a_colleague_in_a_thread_is_a_person_talking_not_a_customer(side: SlackSide) -> None:
    question = await side.says(JONAS, RETURN, HELP)
    await side.says(ADA_ID, "I'll look into it.", HELP, question.ts)
    assert only(side).text == RETURN
    assert side.drawn().state is State.PERSON
    assert side.drawn().owner == "Ada"


async def test_a_colleague_in_a_direct_message_asks_like_anybody(side: SlackSide) -> None:
    """There nobody else could be meant; it is also how somebody tries it out."""
    await side.says(ADA_ID, RETURN, DIRECT)
    assert only(side).text == RETURN


async def test_words_in_a_thread_after_our_answer_are_said_to_us(side: SlackSide) -> None:
    question = await side.asks(RETURN)
    await side.approve()
    await side.sent()
    await side.says(JONAS, "And without the box?", HELP, question.ts)
    await side.says(MIRA, "I wonder too", HELP, question.ts)
    answers = {m.text: m.reply for m in side.messages()}
    assert answers == {RETURN: False, "And without the box?": True, "I wonder too": False}


async def test_a_thread_that_began_with_us_is_said_to_us(side: SlackSide) -> None:
    ours = side.people.post(side.slack.bot_user, "We are open on Sunday.", HELP)
    await side.says(JONAS, "Until when?", HELP, ours.ts)
    assert only(side).reply


async def test_somebody_from_outside_is_a_customer_known_by_id_alone(side: SlackSide) -> None:
    side.slack.rooms[HELP].shared = True
    await side.says(OUTSIDER, RETURN, HELP)
    assert only(side).author.id == OUTSIDER
    assert only(side).author.name == ""
    assert side.slack.of("users.info") == []


async def test_an_outsider_with_a_colleagues_id_is_no_colleague(side: SlackSide) -> None:
    question = await side.asks(RETURN)
    side.slack.users[ADA_ID].team = "T2"
    await side.says(ADA_ID, "I'll look into it.", HELP, question.ts)
    states = [it.state for it in list_engagements(side.app.store)]
    assert states == [State.WAITING, State.OVERHEARD]  # one who asked, and one of the others there
    assert len(side.messages()) == 2


async def test_a_name_is_asked_for_once_and_never_waited_for_long(side: SlackSide) -> None:
    await side.says(JONAS, "one", HELP)
    await side.says(JONAS, "two", HELP)
    assert side.slack.tried["users.info"] == 1


async def test_a_message_does_not_wait_for_its_authors_name(tmp_path: Path) -> None:
    from tests.fakes.slack import Fault

    async with slack_side(tmp_path, review="") as side:
        side.slack.break_call("users.info", Fault.SLOW)
        saying = asyncio.ensure_future(side.people.says(JONAS, RETURN, HELP))
        await side.slack.until(lambda: side.slack.of("users.info"))
        await side.clock.advance(1)
        await saying
        assert only(side).author.name == ""


async def test_other_mentions_read_as_names(side: SlackSide) -> None:
    text = f"<@{MIRA}> said <#C2|gear> and <!here>: <https://trailhead.example/x?a=1&amp;b=2|this>"
    await side.says(MIRA, "hello", HELP)
    await side.says(JONAS, text, HELP)
    message = side.messages()[-1]
    assert message.text == "@Mira said #gear and @here: this (https://trailhead.example/x?a=1&b=2)"


async def test_nothing_in_the_review_channel_is_a_customers(tmp_path: Path) -> None:
    async with slack_side(tmp_path) as side:
        card_thread = side.people.post(side.slack.bot_user, "a card", REVIEW)
        await side.says(JONAS, RETURN, REVIEW)
        await side.says(ADA_ID, "Say 60 days.", REVIEW, card_thread.ts)
        await side.says(ADA_ID, f"<@{side.slack.bot_user}> send it", REVIEW)
        assert side.messages() == []
        assert side.app.store.read(lambda tx: tx.table("messages").all()) == []
