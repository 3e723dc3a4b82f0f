"""Cards in the review channel: one an engagement, always as the stored state is."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.model import Author, Message, Place, State
from handlers.channels.slack.cards.card_store import CardPlace, CardStore
from handlers.ports.service_port import Change
from tests.fakes.slack import Fault, Post, seen
from tests.fakes.slack.rules import Seen, parsed
from tests.slackside import (
    ADA,
    ADA_ID,
    DIRECT,
    HELP,
    JONAS,
    MILAN,
    MILAN_ID,
    MIRA,
    NOOR_ID,
    OUTSIDER,
    RETURN,
    REVIEW,
    SlackSide,
    eventually,
    slack_side,
)
from tests.stored import list_engagements


@pytest_asyncio.fixture
async def side(tmp_path: Path) -> AsyncIterator[SlackSide]:
    async with slack_side(tmp_path) as opened:
        yield opened


async def asked(side: SlackSide, text: str = RETURN) -> Post:
    """A customer asks; the card of it."""
    before = len(side.cards())
    if before:
        await side.clock.advance(1)  # a post a second in one room
    await side.asks(text)
    return await side.card(count=before + 1)


async def shows(side: SlackSide, card: Post, words: str) -> None:
    await side.slack.until(lambda: words in seen(card.blocks).text)


async def test_a_card_says_what_is_asked_then_the_draft_then_the_findings(side: SlackSide) -> None:
    card = await asked(side)
    shown = seen(card.blocks)
    first, *_ = shown.text.splitlines()
    assert RETURN in first and "Slack community" in first
    assert shown.buttons == ["Approve", "Edit", "Reject", "Take over", "Details…"]
    await side.draft("You can return unworn items within 45 days.")
    await shows(side, card, "45 days")
    said = seen(card.blocks).text
    order = ["You can return unworn items", "“45 days” has no published source"]
    places = [said.index(words) for words in order]
    assert places == sorted(places)
    assert RETURN in card.text  # for screen readers


async def test_the_marked_words_stand_out_in_the_draft(side: SlackSide) -> None:
    card = await asked(side)
    await side.draft("You have 45 days.")
    await shows(side, card, "45 days")
    texts = [leaf for block in card.blocks for leaf in leaves(block)]
    assert {"type": "text", "text": "45 days", "style": {"bold": True, "code": True}} in texts


def leaves(node: object) -> list[dict[str, object]]:
    if isinstance(node, dict):
        own = [node] if node.get("type") == "text" else []
        return own + [leaf for value in node.values() for leaf in leaves(value)]
    if isinstance(node, list):
        return [leaf for member in node for leaf in leaves(member)]
    return []


async def test_without_a_draft_the_card_says_why_a_person_has_it(side: SlackSide) -> None:
    card = await asked(side, "asdf jkl")
    shown = seen(card.blocks)
    assert "Unclear" in shown.text and "asdf jkl" in shown.text
    assert shown.buttons == ["Write", "Take over", "Details…"]


async def test_approving_sends_what_was_seen_and_the_buttons_go(side: SlackSide) -> None:
    card = await asked(side)
    assert (await side.people.clicks(ADA_ID, "Approve", card)).ok
    assert side.drawn().state is State.APPROVED
    await shows(side, card, "Sends within 20 s")
    assert seen(card.blocks).buttons == ["Send now", "Undo", "Take over", "Details…"]
    await side.wait(21)
    await shows(side, card, "sent")
    assert seen(card.blocks).buttons == ["Details…"]
    [answer] = side.slack.posted(HELP)
    assert "within 60 days" in seen(answer.blocks).text
    assert len(side.cards()) == 1


async def test_undo_and_send_now(side: SlackSide) -> None:
    card = await asked(side)
    await side.people.clicks(ADA_ID, "Approve", card)
    await shows(side, card, "Sends within")
    await side.people.clicks(ADA_ID, "Undo", card)
    await side.slack.until(lambda: "Approve" in seen(card.blocks).buttons)
    assert side.slack.posted(HELP) == []
    await side.people.clicks(MILAN_ID, "Approve", card)
    await side.slack.until(lambda: "Send now" in seen(card.blocks).buttons)
    await side.people.clicks(MILAN_ID, "Send now", card)
    await side.slack.until(lambda: side.slack.posted(HELP))


async def test_a_double_click_decides_once_and_the_second_is_told(side: SlackSide) -> None:
    card = await asked(side)
    acks = await asyncio.gather(
        side.people.clicks(ADA_ID, "Approve", card),
        side.people.clicks(ADA_ID, "Approve", card),
    )
    assert all(ack.ok for ack in acks)
    note = await side.slack.until(lambda: side.slack.ephemerals)
    assert len(note) == 1
    assert [line.what for line in side.drawn().timeline].count("approved") == 1


async def test_of_two_who_reach_for_a_card_one_wins_and_the_other_learns_who(
    side: SlackSide,
) -> None:
    card = await asked(side)
    stale = Post(**{**vars(card), "blocks": list(card.blocks)})
    await side.people.clicks(ADA_ID, "Take over", card)
    await side.people.clicks(MILAN_ID, "Take over", stale)
    [note] = await side.slack.until(lambda: side.slack.ephemerals)
    assert "Ada was first" in note["text"]
    assert side.drawn().owner == "Ada"


async def test_the_late_clicker_alone_is_told_who_was_first_and_when(side: SlackSide) -> None:
    card = await asked(side)
    stale = Post(**{**vars(card), "blocks": list(card.blocks)})
    await side.people.clicks(ADA_ID, "Approve", card)
    await side.clock.advance(120)
    await side.people.clicks(MILAN_ID, "Approve", stale)
    [note] = await side.slack.until(lambda: side.slack.ephemerals)
    assert (note["channel"], note["user"]) == (REVIEW, MILAN_ID)
    assert (
        "Nothing changed" in note["text"] and "Ada" in note["text"] and "2 min ago" in note["text"]
    )


async def test_a_click_on_a_text_that_has_changed_changes_nothing(side: SlackSide) -> None:
    card = await asked(side)
    stale = Post(**{**vars(card), "blocks": list(card.blocks)})
    await side.draft("Within 60 days.")
    await side.people.clicks(ADA_ID, "Approve", stale)
    [note] = await side.slack.until(lambda: side.slack.ephemerals)
    assert "no longer the one you saw" in note["text"]
    assert side.drawn().state is State.WAITING


@pytest.mark.parametrize(
    ("user", "words"),
    [
        (MIRA, "not on the list of people"),
        (NOOR_ID, "may look, but not decide"),
        (OUTSIDER, "Only people of this workspace"),
    ],
)
@pytest.mark.parametrize("button", ["Approve", "Take over"])
async def test_who_may_not_decide_is_told_so(
    side: SlackSide, user: str, words: str, button: str
) -> None:
    card = await asked(side)
    before = side.drawn()
    assert (await side.people.clicks(user, button, card)).ok
    [note] = await side.slack.until(lambda: side.slack.ephemerals)
    assert words in note["text"] and note["user"] == user
    assert side.drawn() == before


@pytest.mark.parametrize("button", ["Edit", "Reject", "Details…"])
async def test_who_may_not_decide_opens_nothing(side: SlackSide, button: str) -> None:
    card = await asked(side)
    await side.people.clicks(OUTSIDER, button, card)
    await side.slack.until(lambda: side.slack.ephemerals)
    assert side.slack.modals == {}


async def test_an_outsider_with_an_approvers_id_never_approves(side: SlackSide) -> None:
    card = await asked(side)
    side.slack.users[ADA_ID].team = "T2"
    await side.people.clicks(ADA_ID, "Approve", card)
    await side.slack.until(lambda: side.slack.ephemerals)
    assert side.drawn().state is State.WAITING


async def test_a_decision_made_elsewhere_redraws_the_card(side: SlackSide) -> None:
    card = await asked(side)
    await side.approve(MILAN)
    await shows(side, card, "Milan: approved")
    assert "Approve" not in seen(card.blocks).buttons


async def test_words_in_a_cards_thread_are_never_sent(side: SlackSide) -> None:
    card = await asked(side)
    await side.says(ADA_ID, "Tell him he can have 30% off", REVIEW, card.ts)
    await side.people.clicks(ADA_ID, "Approve", card)
    assert "30%" not in await side.sent()
    assert len(side.answers(HELP)) == 1


async def test_a_decision_that_is_slow_to_store_is_acknowledged_in_time(side: SlackSide) -> None:
    card = await asked(side)
    stale = Post(**{**vars(card), "blocks": list(card.blocks)})
    await side.take_over(MILAN)
    await shows(side, card, "With Milan")
    await side.wait(0)
    with side.disk.slow():
        sleeping = side.clock.sleepers
        click = asyncio.ensure_future(side.people.clicks(ADA_ID, "Approve", stale))
        await eventually(lambda: side.disk.waiting and side.clock.sleepers > sleeping)
        await side.clock.advance(2.6)
        assert (await click).ok  # the driver fails the test after 3 s
        assert side.slack.ephemerals == []
    [note] = await side.slack.until(lambda: side.slack.ephemerals)
    assert "Milan: took over" in note["text"]


async def test_a_decision_that_cannot_be_stored_changes_nothing_and_says_so(
    side: SlackSide,
) -> None:
    card = await asked(side)
    await eventually(lambda: row(side))
    side.disk.full = True
    assert (await side.people.clicks(ADA_ID, "Approve", card)).ok
    [note] = await side.slack.until(lambda: side.slack.ephemerals)
    assert "could not be stored" in note["text"]
    side.disk.full = False
    assert side.state is State.WAITING


# one card, whatever happens


async def test_many_changes_are_few_calls(side: SlackSide) -> None:
    card = await asked(side)
    thread = side.messages()[0].place.thread
    for number in range(20):
        await side.people.says(JONAS, f"and {number}?", HELP, thread)
    await shows(side, card, "wrote again")
    assert len(side.cards()) == 1
    assert side.slack.tried["chat.update"] <= 20


async def test_a_card_that_shows_what_it_should_is_not_touched(side: SlackSide) -> None:
    card = await asked(side)
    changed = Change(side.engagement().id, side.engagement().place.conversation)
    other = await asked(side, "What are your hours?")
    side.app.engine.changes.publish(changed)
    await shows(side, card, "due in 3 h")  # a second has passed since it was drawn
    await eventually(lambda: row(side))
    await side.take_over(ADA)
    await shows(side, other, "With Ada")
    before = side.slack.tried["chat.update"]
    side.app.engine.changes.publish(changed)
    await side.take_over(MILAN, seen="ada")
    await shows(side, other, "With Milan")
    assert side.slack.tried["chat.update"] == before + 1


async def test_after_a_restart_the_cards_are_the_same_cards(side: SlackSide) -> None:
    card = await asked(side)
    await side.channel.stop()
    await side.take_over(MILAN)
    await side.restart()
    await shows(side, card, "With Milan")
    assert len(side.cards()) == 1


@pytest.mark.parametrize("fault", [Fault.DROP_AFTER, Fault.FAIL_AFTER])
async def test_a_card_whose_post_was_lost_is_found_not_repeated(
    side: SlackSide, fault: Fault
) -> None:
    side.slack.break_call("chat.postMessage", fault)
    resting = side.clock.sleepers
    await side.asks(RETURN)
    await eventually(lambda: side.clock.sleepers > resting)
    assert side.cards() and row(side) == ""
    await side.clock.advance(31)
    await eventually(lambda: row(side))
    await side.take_over(ADA)
    await shows(side, side.cards()[0], "With Ada")
    assert len(side.cards()) == 1


def row(side: SlackSide) -> str | None:
    """The timestamp that is kept of the oldest card; None if nothing is."""
    place = CardStore(side.app.store).get(list_engagements(side.app.store)[0].id)
    return None if place is None else place.ts


async def test_a_crash_between_post_and_store_leaves_one_card(side: SlackSide) -> None:
    """As if the process had died after Slack took the card and before its row was complete."""
    card = await asked(side)
    await eventually(lambda: row(side))
    await side.channel.stop()
    shelf = CardStore(side.app.store)
    place = shelf.get(side.engagement().id)
    assert place is not None
    await shelf.put(replace(place, ts="", drawn=""))
    await side.restart()
    await eventually(lambda: row(side) == card.ts)
    assert len(side.cards()) == 1


async def test_a_crash_before_the_post_still_makes_the_card(tmp_path: Path) -> None:
    async with slack_side(tmp_path) as side:
        await side.channel.stop()
        at, place = side.clock.now(), Place("slack-direct", DIRECT)
        message = Message("slack:1", place, Author(JONAS), RETURN, at, direct=True)
        await side.app.service.receive(message)
        await side.app.service.quiet()
        begun = f"{int(at.timestamp())}.000000"
        await CardStore(side.app.store).put(CardPlace(side.engagement().id, REVIEW, begun))
        await side.restart()
        await side.card(RETURN)
        await eventually(lambda: row(side))
        assert len(side.cards()) == 1


async def test_a_card_that_somebody_removed_is_posted_again(side: SlackSide) -> None:
    card = await asked(side)
    await eventually(lambda: row(side))
    side.slack.posts.remove(card)
    await side.take_over(ADA)
    await side.clock.advance(1)
    assert (await side.card("With Ada")).ts != card.ts


@pytest.mark.parametrize("fault", [Fault.LIMITED, Fault.DROP_BEFORE, Fault.FAIL])
async def test_a_redraw_that_fails_is_made_later(side: SlackSide, fault: Fault) -> None:
    card = await asked(side)
    side.slack.break_call("chat.update", fault, wait=10)
    resting = side.clock.sleepers
    await side.take_over(ADA)
    await eventually(lambda: side.clock.sleepers > resting)
    assert side.slack.tried["chat.update"] == 1
    assert "With Ada" not in seen(card.blocks).text
    await side.clock.advance(10)
    await shows(side, card, "With Ada")


async def test_due_times_go_on_without_any_event(side: SlackSide) -> None:
    card = await asked(side)
    assert "due in 4 h" in seen(card.blocks).text or "due in 3 h" in seen(card.blocks).text
    await eventually(lambda: row(side))
    for _ in range(5):
        await side.clock.advance(3600)
    await shows(side, card, "🔴")
    assert "late" in seen(card.blocks).text


async def test_samples_and_overheard_posts_make_no_card(tmp_path: Path) -> None:
    async with slack_side(tmp_path, samples=True) as side:
        await side.says(JONAS, "Has anyone tried Trailhead boots?", HELP)
        card = await asked(side, "What are your hours?")
        assert "hours" in seen(card.blocks).text  # theirs would have come before it
        assert len(side.cards()) == 1
        engagements = list_engagements(side.app.store)
        assert any(it.sample for it in engagements)
        assert any(it.state is State.OVERHEARD for it in engagements)


async def test_hostile_words_are_words_on_a_card(side: SlackSide) -> None:
    text = (
        "&lt;!channel&gt; *return* &lt;@U1ADA&gt; &amp;lt; {{ x }} &lt;https://evil.example|you&gt;"
    )
    card = await asked(side, text)
    shown = seen(card.blocks)
    assert shown.mentions == [] and shown.links == []
    assert "<!channel> *return* <@U1ADA> &lt;" in shown.text
    aloud = Seen()
    parsed(card.text, aloud)
    assert (aloud.mentions, aloud.links) == ([], [])


async def test_a_very_long_message_makes_a_card_of_a_phones_height(side: SlackSide) -> None:
    card = await asked(side, "return " * 2_000)
    assert len(seen(card.blocks).text) < 2_500
    assert len(card.blocks) <= 8


async def test_a_very_long_draft_is_cut_and_the_card_says_so(side: SlackSide) -> None:
    card = await asked(side)
    long = "You have 60 days. " * 100
    await side.draft(long)
    await shows(side, card, "the rest of it is behind Details")
    assert len(seen(card.blocks).text) < 1_200


async def test_a_button_says_what_was_seen(side: SlackSide) -> None:
    card = await asked(side)
    [actions] = [block for block in card.blocks if block["type"] == "actions"]
    values = {json.loads(button["value"])["d"] for button in actions["elements"]}
    assert values == {side.drawn().digest}
