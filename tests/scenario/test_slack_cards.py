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
from bot.model import events as e
from bot.model.errors import StoreError
from handlers.channels.slack.cards.card_store import CardPlace, CardStore
from tests.fakes.slack import Fault, Post, seen
from tests.fakes.slack.rules import Seen, parsed
from tests.slackside import (
    ADA,
    ADA_ID,
    HELP,
    JONAS,
    MILAN,
    MILAN_ID,
    MIRA,
    NOOR_ID,
    OUTSIDER,
    RETURN,
    REVIEW,
    Side,
    eventually,
    slack_side,
)


@pytest_asyncio.fixture
async def side(tmp_path: Path) -> AsyncIterator[Side]:
    async with slack_side(tmp_path) as opened:
        yield opened


async def asked(side: Side, text: str = RETURN) -> Post:
    """A customer asks; the card of it."""
    before = len(side.cards())
    if before:
        await side.clock.advance(1)  # a post a second in one room
    await side.people.says(JONAS, text, HELP)
    return await side.card(count=before + 1)


async def shows(side: Side, card: Post, words: str) -> None:
    await side.slack.until(lambda: words in seen(card.blocks).text)


async def test_a_card_says_what_is_asked_then_the_draft_then_the_findings(side: Side) -> None:
    card = await asked(side)
    shown = seen(card.blocks)
    first, *_ = shown.text.splitlines()
    assert RETURN in first and "slack-community" in first
    order = ["You can return unworn items", "is an offer that is on the public list"]
    places = [shown.text.index(words) for words in order]
    assert places == sorted(places)
    assert shown.buttons == ["Approve", "Edit", "Reject", "Take over", "Details…"]
    assert RETURN in card.text  # for screen readers


async def test_the_marked_words_stand_out_in_the_draft(side: Side) -> None:
    card = await asked(side)
    texts = [leaf for block in card.blocks for leaf in leaves(block)]
    assert {"type": "text", "text": "free", "style": {"bold": True, "code": True}} in texts


def leaves(node: object) -> list[dict[str, object]]:
    if isinstance(node, dict):
        own = [node] if node.get("type") == "text" else []
        return own + [leaf for value in node.values() for leaf in leaves(value)]
    if isinstance(node, list):
        return [leaf for member in node for leaf in leaves(member)]
    return []


async def test_without_a_draft_the_card_says_why_a_person_has_it(side: Side) -> None:
    card = await asked(side, "asdf jkl")
    shown = seen(card.blocks)
    assert "Unclear" in shown.text and "asdf jkl" in shown.text
    assert shown.buttons == ["Write", "Take over", "Details…"]


async def test_approving_sends_what_was_seen_and_the_buttons_go(side: Side) -> None:
    card = await asked(side)
    assert (await side.people.clicks(ADA_ID, "Approve", card)).ok
    assert side.drawn().state is State.APPROVED
    await shows(side, card, "Sends within 20 s")
    assert seen(card.blocks).buttons == ["Send now", "Undo", "Details…"]
    await side.service.elapse("e1")
    await shows(side, card, "sent")
    assert seen(card.blocks).buttons == ["Details…"]
    [answer] = side.slack.posted(HELP)
    assert "within 60 days" in seen(answer.blocks).text
    assert len(side.cards()) == 1


async def test_undo_and_send_now(side: Side) -> None:
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


async def test_a_double_click_decides_once_and_the_second_is_told(side: Side) -> None:
    card = await asked(side)
    acks = await asyncio.gather(
        side.people.clicks(ADA_ID, "Approve", card),
        side.people.clicks(ADA_ID, "Approve", card),
    )
    assert all(ack.ok for ack in acks)
    note = await side.slack.until(lambda: side.slack.ephemerals)
    assert len(note) == 1
    assert [line.what for line in side.drawn().timeline].count("approved") == 1


async def test_of_two_who_reach_for_a_card_one_wins_and_the_other_learns_who(side: Side) -> None:
    card = await asked(side)
    stale = Post(**{**vars(card), "blocks": list(card.blocks)})
    await side.people.clicks(ADA_ID, "Take over", card)
    await side.people.clicks(MILAN_ID, "Take over", stale)
    [note] = await side.slack.until(lambda: side.slack.ephemerals)
    assert "Ada was first" in note["text"]
    assert side.drawn().owner == "Ada"


async def test_the_late_clicker_alone_is_told_who_was_first_and_when(side: Side) -> None:
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


async def test_a_click_on_a_text_that_has_changed_changes_nothing(side: Side) -> None:
    card = await asked(side)
    stale = Post(**{**vars(card), "blocks": list(card.blocks)})
    event = e.Edited(side.clock.now(), MILAN, "Within 60 days.", side.drawn().digest, send=False)
    await side.service.decide("e1", event)
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
    side: Side, user: str, words: str, button: str
) -> None:
    card = await asked(side)
    before = side.drawn()
    assert (await side.people.clicks(user, button, card)).ok
    [note] = await side.slack.until(lambda: side.slack.ephemerals)
    assert words in note["text"] and note["user"] == user
    assert side.drawn() == before


@pytest.mark.parametrize("button", ["Edit", "Reject", "Details…"])
async def test_who_may_not_decide_opens_nothing(side: Side, button: str) -> None:
    card = await asked(side)
    await side.people.clicks(OUTSIDER, button, card)
    await side.slack.until(lambda: side.slack.ephemerals)
    assert side.slack.modals == {}


async def test_an_outsider_with_an_approvers_id_never_approves(side: Side) -> None:
    card = await asked(side)
    side.slack.users[ADA_ID].team = "T2"
    await side.people.clicks(ADA_ID, "Approve", card)
    await side.slack.until(lambda: side.slack.ephemerals)
    assert side.drawn().state is State.WAITING


async def test_a_decision_made_elsewhere_redraws_the_card(side: Side) -> None:
    card = await asked(side)
    await side.service.decide("e1", e.Approved(side.clock.now(), MILAN, side.drawn().digest))
    await shows(side, card, "Milan: approved")
    assert "Approve" not in seen(card.blocks).buttons


async def test_words_in_a_cards_thread_are_never_sent(side: Side) -> None:
    card = await asked(side)
    await side.people.says(ADA_ID, "Tell him he can have 30% off", REVIEW, card.ts)
    await side.people.clicks(ADA_ID, "Approve", card)
    await side.service.elapse("e1")
    [answer] = side.slack.posted(HELP)
    assert "30%" not in seen(answer.blocks).text


async def test_a_decision_that_is_slow_to_store_is_acknowledged_in_time(side: Side) -> None:
    card = await asked(side)
    storing = asyncio.Event()
    decide = side.service.decide

    async def slowly(engagement, event):  # type: ignore[no-untyped-def]
        await storing.wait()
        return await decide(engagement, event)

    side.service.decide = slowly
    stale = Post(**{**vars(card), "blocks": list(card.blocks)})
    await decide("e1", e.TakenOver(side.clock.now(), MILAN))
    click = asyncio.ensure_future(side.people.clicks(ADA_ID, "Approve", stale))
    sleeping = side.clock.sleepers
    await eventually(lambda: side.clock.sleepers > sleeping)
    await side.clock.advance(2.6)
    assert (await click).ok  # the driver fails the test after 3 s
    assert side.slack.ephemerals == []
    storing.set()
    [note] = await side.slack.until(lambda: side.slack.ephemerals)
    assert "Milan: took over" in note["text"]


async def test_a_decision_that_cannot_be_stored_changes_nothing_and_says_so(side: Side) -> None:
    card = await asked(side)

    async def full(engagement, event):  # type: ignore[no-untyped-def]
        raise StoreError("the disk is full")

    side.service.decide = full
    assert (await side.people.clicks(ADA_ID, "Approve", card)).ok
    [note] = await side.slack.until(lambda: side.slack.ephemerals)
    assert "could not be stored" in note["text"]


# one card, whatever happens


async def test_many_changes_are_few_calls(side: Side) -> None:
    card = await asked(side)
    for number in range(20):
        await side.people.says(
            JONAS, f"and {number}?", HELP, side.service.messages and thread(side)
        )
    await shows(side, card, "wrote again")
    assert len(side.cards()) == 1
    assert side.slack.tried["chat.update"] <= 20


def thread(side: Side) -> str:
    return next(iter(side.service.messages.values())).place.thread


async def test_a_card_that_shows_what_it_should_is_not_touched(side: Side) -> None:
    card = await asked(side)
    other = await asked(side, "What are your hours?")
    side.service.poke("e1")
    await shows(side, card, "due in 3 h")  # a second has passed since it was drawn
    await eventually(lambda: row(side))
    await side.service.decide("e2", e.TakenOver(side.clock.now(), ADA))
    await shows(side, other, "With Ada")
    before = side.slack.tried["chat.update"]
    side.service.poke("e1")
    await side.service.decide("e2", e.TakenOver(side.clock.now(), MILAN, seen="ada"))
    await shows(side, other, "With Milan")
    assert side.slack.tried["chat.update"] == before + 1


async def test_after_a_restart_the_cards_are_the_same_cards(side: Side) -> None:
    card = await asked(side)
    await side.channel.stop()
    await side.service.decide("e1", e.TakenOver(side.clock.now(), MILAN))
    await restart(side)
    await shows(side, card, "With Milan")
    assert len(side.cards()) == 1


async def restart(side: Side) -> None:
    side.channel = side.make()
    await side.channel.start()
    await eventually(lambda: side.channel.ready)


@pytest.mark.parametrize("fault", [Fault.DROP_AFTER, Fault.FAIL_AFTER])
async def test_a_card_whose_post_was_lost_is_found_not_repeated(side: Side, fault: Fault) -> None:
    side.slack.break_call("chat.postMessage", fault)
    resting = side.clock.sleepers
    await side.people.says(JONAS, RETURN, HELP)
    await eventually(lambda: side.clock.sleepers > resting)
    assert side.cards() and row(side) == ""
    await side.clock.advance(31)
    await eventually(lambda: row(side))
    await side.service.decide("e1", e.TakenOver(side.clock.now(), ADA))
    await shows(side, side.cards()[0], "With Ada")
    assert len(side.cards()) == 1


def row(side: Side) -> str | None:
    """The timestamp that is kept of the card of e1; None if nothing is."""
    place = CardStore(side.store).get("e1")
    return None if place is None else place.ts


async def test_a_crash_between_post_and_store_leaves_one_card(side: Side) -> None:
    """As if the process had died after Slack took the card and before its row was complete."""
    card = await asked(side)
    await eventually(lambda: row(side))
    await side.channel.stop()
    shelf = CardStore(side.store)
    place = shelf.get("e1")
    assert place is not None
    await shelf.put(replace(place, ts="", drawn=""))
    await restart(side)
    await eventually(lambda: row(side) == card.ts)
    assert len(side.cards()) == 1


async def test_a_crash_before_the_post_still_makes_the_card(tmp_path: Path) -> None:
    async with slack_side(tmp_path, start=False) as side:
        at = side.clock.now()
        place = Place("slack-community", HELP, "1.000001")
        await side.service.receive(Message("slack:1", place, Author(JONAS), RETURN, at))
        begun = f"{int(at.timestamp())}.000000"
        await CardStore(side.store).put(CardPlace("e1", REVIEW, begun))
        await side.channel.start()
        await side.card(RETURN)
        await eventually(lambda: row(side))
        assert len(side.cards()) == 1
        await side.channel.stop()


async def test_a_card_that_somebody_removed_is_posted_again(side: Side) -> None:
    card = await asked(side)
    await eventually(lambda: row(side))
    side.slack.posts.remove(card)
    await side.service.decide("e1", e.TakenOver(side.clock.now(), ADA))
    await side.clock.advance(1)
    assert (await side.card("With Ada")).ts != card.ts


@pytest.mark.parametrize("fault", [Fault.LIMITED, Fault.DROP_BEFORE, Fault.FAIL])
async def test_a_redraw_that_fails_is_made_later(side: Side, fault: Fault) -> None:
    card = await asked(side)
    side.slack.break_call("chat.update", fault, wait=10)
    resting = side.clock.sleepers
    await side.service.decide("e1", e.TakenOver(side.clock.now(), ADA))
    await eventually(lambda: side.clock.sleepers > resting)
    assert side.slack.tried["chat.update"] == 1
    assert "With Ada" not in seen(card.blocks).text
    await side.clock.advance(10)
    await shows(side, card, "With Ada")


async def test_due_times_go_on_without_any_event(side: Side) -> None:
    card = await asked(side)
    assert "due in 4 h" in seen(card.blocks).text or "due in 3 h" in seen(card.blocks).text
    await eventually(lambda: row(side))
    for _ in range(5):
        await side.clock.advance(3600)
    await shows(side, card, "🔴")
    assert "late" in seen(card.blocks).text


async def test_samples_and_overheard_posts_make_no_card(side: Side) -> None:
    await asked(side)
    overheard = replace(side.service.engagements["e1"], id="e2", state=State.OVERHEARD)
    sample = replace(side.service.engagements["e1"], id="e3", sample=True)
    side.service.engagements.update(e2=overheard, e3=sample)
    side.service.poke("e2")
    side.service.poke("e3")
    card = await asked(side, "What are your hours?")
    assert "hours" in seen(card.blocks).text  # theirs would have come before it
    assert len(side.cards()) == 2


async def test_hostile_words_are_words_on_a_card(side: Side) -> None:
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


async def test_a_very_long_message_makes_a_card_of_a_phones_height(side: Side) -> None:
    card = await asked(side, "return " * 2_000)
    assert len(seen(card.blocks).text) < 2_500
    assert len(card.blocks) <= 8


async def test_a_very_long_draft_is_cut_and_the_card_says_so(side: Side) -> None:
    card = await asked(side)
    long = "You have 60 days. " * 100
    await side.service.decide(
        "e1", e.Edited(side.clock.now(), ADA, long, side.drawn().digest, send=False)
    )
    await shows(side, card, "the rest of it is behind Details")
    assert len(seen(card.blocks).text) < 1_200


async def test_a_button_says_what_was_seen(side: Side) -> None:
    card = await asked(side)
    [actions] = [block for block in card.blocks if block["type"] == "actions"]
    values = {json.loads(button["value"])["d"] for button in actions["elements"]}
    assert values == {side.drawn().digest}
