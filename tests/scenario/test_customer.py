"""What a customer's past brings to an ask: a person sooner, and all that person needs to know."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model import State
from bot.model import events as e
from handlers.ports.store_port import Transaction
from handlers.service.commands.customers.linking_page_commands import CustomerLinks
from handlers.service.queries.past_for_judging import read_past
from handlers.service.queries.shared_history import CustomerRows
from handlers.store import repository
from tests.fakes.elsewhere import Elsewhere
from tests.scenario.conftest import Shop, open_shop
from tests.scenario.test_links import CHAT, code, posts, send
from tests.shop import ADA, NOOR

BOOTS = "Can I still return boots I bought three weeks ago?"
OPEN = "When do you open on Saturday?"


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    extra = {name: Elsewhere(name) for name in ("slack-direct", "slack-community")}
    async with open_shop(tmp_path, extra=dict(extra)) as shop:
        yield shop


async def answer(shop: Shop, who: str = "Jonas") -> None:
    assert (await shop.approve(who)).done
    await shop.wait(25)
    await shop.app.service.quiet()  # a busy machine may still be storing it
    assert shop.card(who).state is State.SENT


def elsewhere(shop: Shop, who: str, viewer=ADA) -> list[str]:  # type: ignore[no-untyped-def]
    found = shop.app.service.elsewhere(shop.card(who).engagement, viewer)
    return [turn.text for turn in found]


# a customer who writes again and again


async def test_the_third_message_without_an_answer_is_acknowledged_and_a_persons(
    shop: Shop,
) -> None:
    for _ in range(3):
        await shop.write(BOOTS)
        await shop.wait(150)
    card = shop.card()
    assert card.state is State.PERSON
    assert card.past == ("3 messages of theirs are without an answer: 3 on web chat.",)
    assert "had no answer" in shop.said()[-1].text


async def test_lines_that_follow_one_another_closely_are_one_turn(shop: Shop) -> None:
    """People write a question in three lines; nobody has kept them waiting."""
    for line in ("Can I still return boots?", "I bought them three weeks ago.", "Unworn."):
        await shop.write(line)
        await shop.wait(10)
    assert shop.card().past == ()
    assert "without an answer" not in shop.card().why


async def test_messages_without_an_answer_count_across_joined_channels(shop: Shop) -> None:
    await send(shop, await code(shop))
    await shop.write(BOOTS)
    await shop.wait(150)
    await shop.write(OPEN)
    await send(shop, "Hello? Can I return my boots?")
    [line] = [line for line in shop.card("U1").past if "without an answer" in line]
    assert "1 on Slack direct message and 2 on web chat" in line
    assert shop.card("U1").state is State.PERSON


async def test_unjoined_channels_are_strangers_to_each_other(shop: Shop) -> None:
    await shop.write(BOOTS)
    await shop.write(OPEN)
    await send(shop, BOOTS)
    assert shop.card("U1").state is State.WAITING
    assert shop.card("U1").past == ()
    assert elsewhere(shop, "U1") == []


async def test_with_a_person_who_has_it_waiting_is_still_counted_and_said_once(
    shop: Shop,
) -> None:
    await shop.write("I want to talk to a real person please")
    for _ in range(3):
        await shop.wait(150)
        await shop.write("Hello, is anybody there?")
    assert shop.card().past == ("4 messages of theirs are without an answer: 4 on web chat.",)
    assert len([turn for turn in shop.said() if "had no answer" in turn.text]) == 1


async def test_while_a_person_is_talking_no_notice_interrupts(shop: Shop) -> None:
    await shop.write("I want to talk to a real person please")
    await shop.decide(e.TakenOver(shop.clock.now(), ADA))
    before = len(shop.said())
    for _ in range(4):
        await shop.write("Hello, is anybody there?")
    assert len(shop.said()) == before


async def test_an_answer_ends_the_count(shop: Shop) -> None:
    await shop.write(BOOTS)
    await shop.write("I mean walking boots, can I return them?")
    await answer(shop)
    await shop.write(OPEN)
    assert shop.card().state is State.WAITING
    assert not [line for line in shop.card().past if "without an answer" in line]


# the same question back


async def test_the_same_ask_after_our_answer_is_noted_and_the_next_time_a_persons(
    shop: Shop,
) -> None:
    await shop.write(BOOTS)
    await answer(shop)
    await shop.write("So can I return boots after three weeks?")
    card = shop.card()
    assert card.state is State.WAITING
    assert "Asked and answered before, the last time just now on web chat." in card.past
    await answer(shop)
    await shop.write("But can I return the boots or not?")
    card = shop.card()
    assert card.state is State.PERSON
    assert "it was answered 2 times" in card.why
    assert "have not helped" in shop.said()[-1].text


async def test_it_counts_across_joined_channels_and_only_for_some_days(shop: Shop) -> None:
    await send(shop, await code(shop))
    await shop.write(BOOTS)
    await answer(shop)
    await send(shop, BOOTS)
    assert any("on web chat" in line for line in shop.card("U1").past)
    shop.clock.jump(timedelta(days=8))
    await send(shop, "Can I return boots? I bought them a month ago")
    assert not any("answered before" in line for line in shop.card("U1").past)


async def test_another_question_is_no_repetition(shop: Shop) -> None:
    await shop.write(BOOTS)
    await answer(shop)
    await shop.write(OPEN)
    assert not any("answered before" in line for line in shop.card().past)


async def test_a_program_that_answers_ours_is_given_to_a_person_in_silence(shop: Shop) -> None:
    for number in range(5):
        await shop.write(f"Ticket {number}: we have received your mail and will reply, asdf jkl")
        assert shop.card().state is State.PERSON
        await shop.edit("We are looking into it.")
        await shop.decide(e.SendNow(shop.clock.now(), ADA))
        await shop.wait(1)
    said = len(shop.said())
    await shop.write("Ticket 6: we have received your mail and will reply, asdf jkl")
    assert any("is it a program?" in line for line in shop.card().past)
    assert len(shop.said()) == said


# the same, asked in two places


async def test_the_same_words_in_two_places_want_one_answer(shop: Shop) -> None:
    await send(shop, await code(shop))
    await shop.write(BOOTS)
    await send(shop, BOOTS)
    assert any("asked on web chat, where it still waits" in line for line in shop.card("U1").past)


# the timeline


async def test_the_timeline_shows_what_was_said_on_joined_channels(shop: Shop) -> None:
    await send(shop, await code(shop))
    await shop.write(BOOTS)
    await answer(shop)
    await send(shop, OPEN)
    said = elsewhere(shop, "U1")
    assert said[0] == BOOTS
    assert "60 days" in said[1]


async def test_private_turns_are_only_for_those_who_decide(shop: Shop) -> None:
    await send(shop, await code(shop))
    await shop.write(BOOTS)
    await send(shop, OPEN)
    assert elsewhere(shop, "U1", NOOR) == []
    assert elsewhere(shop, "U1") == [BOOTS]


async def test_unlinking_takes_the_timeline_away_at_once(shop: Shop) -> None:
    await send(shop, await code(shop))
    await shop.write(BOOTS)
    await send(shop, OPEN)
    await CustomerLinks(shop.app.store, shop.clock.now, lambda _: 0).part(CHAT)
    assert elsewhere(shop, "U1") == []


async def test_what_was_overheard_joins_no_profile(shop: Shop) -> None:
    await send(shop, await code(shop))
    await send(shop, "My neighbour's tent from Trailhead broke, he said.", "slack-community")
    assert shop.card("U1").state is State.OVERHEARD
    await shop.decide(e.TakenOver(shop.clock.now(), ADA), "U1")  # even when a person enters
    await shop.write(BOOTS)
    assert elsewhere(shop, "Jonas") == []
    assert shop.card().past == ()


async def test_what_is_old_is_not_shown_and_what_is_stale_says_so(shop: Shop) -> None:
    await send(shop, await code(shop))
    await shop.write(BOOTS)
    await answer(shop)
    shop.clock.jump(timedelta(days=60))
    await send(shop, OPEN)
    assert BOOTS in elsewhere(shop, "U1")
    assert "We last spoke 60 days ago: what was so then may have changed." in shop.card("U1").past
    shop.clock.jump(timedelta(days=121))
    await send(shop, BOOTS, who="U1")
    assert BOOTS not in elsewhere(shop, "U1")


# private stays private


async def test_what_was_told_in_private_cannot_surface_where_others_read(shop: Shop) -> None:
    await send(shop, await code(shop))
    await shop.write("My order is TH-48213377 and my name is Wilhelmina Brandvold. Return it?")
    await send(shop, BOOTS, "slack-community", mention=True)
    assert shop.card("U1").where.endswith("members")
    answer = await shop.edit("Your order TH-48213377 can go back within 60 days.", "U1")
    assert not answer.done
    answer = await shop.edit("You can return unworn items within 60 days of delivery.", "U1")
    assert answer.done
    assert "48213377" not in str(posts(shop, "slack-community"))


async def test_unjoined_it_cannot_be_known(shop: Shop) -> None:
    """The other side of the same: nothing joins customers but themselves."""
    await shop.write("My order is TH-48213377. Return it?")
    await send(shop, BOOTS, "slack-community", mention=True)
    key = shop.card("U1").engagement

    def read_private(tx: Transaction) -> tuple[str, ...]:
        ask = repository.load_engagement(tx, key)
        assert ask is not None
        known, now = shop.app.library.knowledge, shop.clock.now()
        return read_past(tx, CustomerRows(tx), ask, (), known, now).past.private

    assert shop.app.store.read(read_private) == ()


async def test_the_answer_goes_where_the_question_was(shop: Shop) -> None:
    await send(shop, await code(shop))
    await shop.write(BOOTS)
    await answer(shop)
    assert len(shop.said()) == 1
    assert len(posts(shop)) == 1  # the notice on linking, and nothing more


# back after long silence


async def test_who_is_back_after_a_year_comes_first_and_is_never_nagged(shop: Shop) -> None:
    await shop.write(BOOTS)
    await answer(shop)
    shop.clock.jump(timedelta(days=400))
    await shop.write("I want to talk to a real person please", who="Mara")
    await shop.wait(60)
    await shop.write(OPEN)
    assert [card.customer for card in shop.cards()] == ["Jonas", "Mara"]
    assert "They write for the first time in 400 days." in shop.card().past
    await answer(shop)
    said = len(shop.said())
    shop.clock.jump(timedelta(days=90))
    await shop.wait(60)
    assert len(shop.said()) == said


async def test_the_first_words_ever_count_among_members_and_not_in_a_chat(shop: Shop) -> None:
    await shop.write(BOOTS)
    assert shop.card().past == ()
    await send(shop, BOOTS, "slack-community", mention=True)
    assert "never written here before" in shop.card("U1").past[0]
    assert shop.cards()[0].customer == "U1"
    await shop.wait(1)
    await send(shop, OPEN, "slack-community", mention=True)
    assert not any("never written" in line for line in shop.card("U1").past)


# it goes on


async def test_whoever_writes_after_the_end_goes_on_from_it(shop: Shop) -> None:
    await shop.write(BOOTS)
    first = shop.card().engagement
    await answer(shop)
    await shop.write(OPEN)
    assert shop.card().follows == first
    assert shop.card().state is State.WAITING  # open again
    second = shop.card().engagement
    await shop.decide(e.Ignored(shop.clock.now(), ADA, "a test"))
    await shop.wait(1)
    await shop.write(OPEN)
    assert shop.card().follows == second


async def test_thanks_after_an_answer_end_it_in_silence_and_on_the_record(shop: Shop) -> None:
    await shop.write(BOOTS)
    await answer(shop)
    said = len(shop.said())
    await shop.write("Thanks a lot, that helped!")
    assert shop.card().state is State.CLOSED
    assert len(shop.said()) == said
    kinds = [row["kind"] for row in shop.app.store.read(lambda tx: tx.table("record").all())]
    assert kinds[-1] == "closed"


async def test_a_complaint_with_thanks_in_it_is_a_persons(shop: Shop) -> None:
    await shop.write("Thanks a lot, but nobody answers my emails and I am disappointed.")
    assert shop.card().state is State.PERSON
