"""Among peers the brand is a humble participant: it waits, and prefers crediting to posting."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model import State
from bot.model import events as e
from tests.fakes.clock import VirtualClock
from tests.scenario.conftest import Shop, open_shop
from tests.scenario.test_stopping import Failing
from tests.shop import ADA, NOW

PLACE = "slack-community"
ASKS = "Can I still return boots I bought three weeks ago?"
ANSWER = "Yes, you have sixty days for that, I did it last month."
MINUTES = 60.0


def hold_off(shop: Shop, minutes: int = 15) -> None:
    library = shop.app.library
    brand = library.knowledge.brand
    channel = replace(brand.channels[PLACE], hold_off=timedelta(minutes=minutes))
    brand = replace(brand, channels={**brand.channels, PLACE: channel})
    library.knowledge = replace(library.knowledge, brand=brand)


@pytest.fixture
async def community(tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(tmp_path, extra={PLACE: Failing(name=PLACE)}) as shop:  # type: ignore[dict-item]
        hold_off(shop)
        yield shop


async def asks(shop: Shop, text: str = ASKS, who: str = "Jonas") -> None:
    await shop.write(text, who=who, channel=PLACE, mention=who == "Jonas")


async def test_an_addressed_question_waits_and_is_drafted_when_nobody_answers(
    community: Shop,
) -> None:
    await asks(community)
    card = community.card()
    assert card.state is State.PEERS
    assert card.as_sent == ""
    assert "Among peers" in card.why
    await community.wait(14 * MINUTES)
    assert community.card().state is State.PEERS
    await community.wait(2 * MINUTES)
    card = community.card()
    assert card.state is State.WAITING
    assert "60 days" in card.body
    assert card.due_at > (NOW + timedelta(hours=4)).isoformat()  # the clock ran from then on
    assert community.said(channel=PLACE) == []


async def test_a_peers_answer_is_shown_and_no_draft_is_pushed(community: Shop) -> None:
    await asks(community)
    await community.wait(60)
    await asks(community, ANSWER, "Sam")
    await community.wait(16 * MINUTES)
    card = community.card()
    assert card.state is State.PERSON
    assert card.why.startswith("Sam answered.") and "prefer crediting" in card.why
    assert card.peers == (("Sam", ANSWER),)
    assert card.as_sent == ""
    assert community.said(channel=PLACE) == []  # not even a notice
    answer = await community.decide(e.Redraft(community.clock.now(), ADA))
    assert answer.done  # a person chooses: a draft is one click away
    assert community.card().state is State.WAITING


async def test_another_question_beside_it_is_no_answer(community: Shop) -> None:
    await asks(community)
    await asks(community, "I wonder the same, does anybody know?", "Sam")
    await community.wait(16 * MINUTES)
    assert community.card().state is State.WAITING


@pytest.mark.parametrize("thanks", ["Thanks Sam!", "Thank you so much, Sam", "Danke Sam!"])
async def test_thanks_to_a_peer_close_it_and_the_silence_is_logged(
    community: Shop, thanks: str
) -> None:
    await asks(community)
    await asks(community, ANSWER, "Sam")
    await community.wait(60)
    await asks(community, thanks)
    card = community.card()
    assert card.state is State.CLOSED
    assert "thanked Sam" in card.why
    kinds = [r["kind"] for r in community.app.store.read(lambda tx: tx.table("record").all())]
    assert "closed" in kinds


@pytest.mark.parametrize("more", ["Thanks Sam, but that did not work", "Thanks, and in Austria?"])
async def test_thanks_and_more_are_still_an_ask(community: Shop, more: str) -> None:
    await asks(community)
    await asks(community, ANSWER, "Sam")
    await community.wait(60)
    await asks(community, more)
    assert community.card().state is not State.CLOSED


async def test_thanks_without_a_peers_answer_close_nothing_here(community: Shop) -> None:
    await asks(community)
    await community.wait(60)
    await asks(community, "Thanks Sam!")
    assert community.card().state is not State.CLOSED


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("the stove caught fire and burned my hand", State.PERSON),
        ("my lawyer will be in touch", State.PERSON),
        ("I want to talk to a real person please", State.PERSON),
        ("are you a bot?", State.WAITING),
        ("where is my order?", State.WAITING),
    ],
)
async def test_what_peers_cannot_answer_does_not_wait(
    community: Shop, text: str, state: State
) -> None:
    await asks(community, text)
    assert community.card().state is state


async def test_a_person_can_take_it_at_once(community: Shop) -> None:
    await asks(community)
    assert (await community.decide(e.TakenOver(community.clock.now(), ADA))).done
    assert community.card().state is State.PERSON
    await community.wait(16 * MINUTES)
    assert community.card().as_sent == ""
    assert not community.card().late  # the time for an answer began when she took it


async def test_new_words_of_the_asker_wait_no_longer_than_the_first(community: Shop) -> None:
    await asks(community)
    await community.wait(10 * MINUTES)
    await asks(community, "they are unworn")
    await community.wait(6 * MINUTES)
    assert community.card().state is not State.PEERS


async def test_the_waiting_survives_a_restart(tmp_path: Path) -> None:
    clock = VirtualClock(NOW)
    for minutes, state in ((10, State.PEERS), (6, State.WAITING)):
        channel = Failing(name=PLACE)
        async with open_shop(tmp_path, clock, extra={PLACE: channel}) as shop:  # type: ignore[dict-item]
            hold_off(shop)
            if minutes == 10:
                await asks(shop)
            await shop.wait(minutes * MINUTES)
            assert shop.card().state is state


async def test_what_a_peer_takes_back_is_gone_from_the_card(community: Shop) -> None:
    await asks(community)
    await community.write(ANSWER, who="Sam", channel=PLACE, key="sam-1")
    assert community.card().peers
    await community.app.service.delete("sam-1")
    assert community.card().peers == ()
