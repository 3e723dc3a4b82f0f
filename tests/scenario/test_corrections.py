"""Somebody says that an answer is wrong: a person looks, and those who were told it are told."""

from __future__ import annotations

import pytest

from bot.brand.promises import ON_TIME
from bot.model import Person, State
from bot.model import events as e
from bot.record.correction import CorrectionDecision, CorrectionOutcome
from bot.record.entry import EntryKind
from handlers.service.record import recorded_entries as shelf
from handlers.service.rows.correction_rows import count_breaches
from handlers.store import repository
from tests.scenario.conftest import Shop
from tests.scenario.visiting import desk
from tests.shop import ADA, MILAN, NOOR

ASK = "Can I still return boots I bought three weeks ago?"
RIGHT = "You can return unworn items within 60 days of delivery."


async def told(shop: Shop, who: str, ask: str = ASK, body: str = "") -> str:
    """Somebody asks and gets an answer; the address of its entry."""
    await shop.write(ask, who=who)
    answer = await (shop.edit(body, who) if body else shop.approve(who))
    assert answer.done, answer.words
    await shop.wait(25)
    assert shop.card(who).state is State.SENT
    return shop.card(who).entry_url.rpartition("/")[2]


def wrong_things(shop: Shop, key: str, *words: str) -> tuple[str, ...]:
    """The keys of what an answer told somebody, those with these words in them."""
    disputed = next(it for it in shop.app.service.disputed() if it.correction.key == key)
    return tuple(k for k, said in disputed.binds if any(word in said for word in words))


def entries(shop: Shop, address: str) -> list[EntryKind]:
    found = shop.app.store.read(lambda tx: shelf.at_address(tx, address))
    return [it.entry.kind for it in found]


async def call_wrong(shop: Shop, entry: str) -> str:
    key = await shop.app.service.correction(entry, "It was 45 days in the shop.")
    assert key is not None
    return key


async def test_those_who_were_told_the_same_are_told_what_is_right_and_nobody_else(
    shop: Shop,
) -> None:
    entry = await told(shop, "Jonas")
    await told(shop, "Mara", "How many days do I have to return an order?")
    await told(shop, "Timo", "What are your opening hours in Munich?")
    key = await call_wrong(shop, entry)
    said = CorrectionDecision(
        CorrectionOutcome.WRONG,
        "We left out the receipt.",
        wrong_things(shop, key, "60 day"),
        {"en": RIGHT},
    )
    answer = await shop.app.service.dispose(key, ADA, said)
    await shop.app.service.quiet()
    assert answer.words == "2 cards to approve, in the queue."
    cards = {card.customer: card for card in shop.cards()}
    assert set(cards) == {"Jonas", "Mara"}
    assert all(card.body == RIGHT for card in cards.values())
    assert all(card.state is State.WAITING for card in cards.values())
    assert len(shop.said("Jonas")) == 1  # nothing goes out by itself

    card = cards["Jonas"]
    event = e.Approved(shop.clock.now(), ADA, card.digest)
    assert (await shop.app.service.decide(card.engagement, event)).done
    await shop.app.service.quiet()
    await shop.wait(25)
    new = shop.said("Jonas")[-1]
    assert RIGHT in new.text
    assert f"/record/{entry}" in new.text  # it says what it corrects
    assert entries(shop, entry)[-3:] == [
        EntryKind.CORRECTION,
        EntryKind.CORRECTED,
        EntryKind.CORRECTED,
    ]
    found = shop.app.store.read(lambda tx: shelf.at_address(tx, entry))
    assert new.reply is not None
    assert found[-1].entry.refers == new.reply.entry
    assert found[-1].public


async def test_what_was_found_wrong_holds_no_new_answer_back(shop: Shop) -> None:
    """The old figure is taken from the shelf that new answers are compared with."""
    entry = await told(shop, "Jonas")
    key = await call_wrong(shop, entry)
    things = wrong_things(shop, key, "60 day")
    said = CorrectionDecision(CorrectionOutcome.WRONG, "It is otherwise now.", things, {})
    await shop.app.service.dispose(key, ADA, said)
    shelves = shop.app.store.read(lambda tx: [row["said"] for row in tx.table("precedents")])
    assert not any(said["entry"] == entry for shelf in shelves for said in shelf)


async def test_without_words_the_customer_waits_for_a_person(shop: Shop) -> None:
    entry = await told(shop, "Jonas")
    key = await call_wrong(shop, entry)
    await shop.app.service.dispose(
        key, ADA, CorrectionDecision(CorrectionOutcome.WRONG, "It was 45 days.")
    )
    (card,) = shop.cards()
    assert card.state is State.PERSON
    assert "puts it right" in card.why


async def test_an_answer_that_stands_says_why_and_changes_nothing(shop: Shop) -> None:
    entry = await told(shop, "Jonas")
    key = await call_wrong(shop, entry)
    said = CorrectionDecision(CorrectionOutcome.STANDS, "The shop's sign was from last year.")
    assert (await shop.app.service.dispose(key, ADA, said)).done
    assert not shop.cards()
    found = shop.app.store.read(lambda tx: shelf.at_address(tx, entry))
    assert found[-1].entry.kind is EntryKind.STANDS
    assert found[-1].words["why"] == "The shop's sign was from last year."


@pytest.mark.parametrize(
    ("first", "person", "words"),
    [(True, MILAN, "Ada has decided"), (False, NOOR, "may look, but not decide")],
)
async def test_one_person_decides_who_may(
    shop: Shop, first: bool, person: Person, words: str
) -> None:
    key = await call_wrong(shop, await told(shop, "Jonas"))
    said = CorrectionDecision(CorrectionOutcome.STANDS, "It is right.")
    if first:
        await shop.app.service.dispose(key, ADA, said)
    answer = await shop.app.service.dispose(key, person, said)
    assert not answer.done
    assert words in answer.words


async def test_a_correction_is_judged_like_any_reply(shop: Shop) -> None:
    entry = await told(shop, "Jonas")
    key = await call_wrong(shop, entry)
    said = CorrectionDecision(
        CorrectionOutcome.WRONG, "Wrong.", (), {"en": "You can return items for 400 days."}
    )
    await shop.app.service.dispose(key, ADA, said)
    (card,) = shop.cards()
    assert {mark.word for mark in card.marks} & {"blocked", "held"}


async def test_a_broken_promise_is_counted(shop: Shop) -> None:
    entry = await told(shop, "Jonas")
    key = await call_wrong(shop, entry)
    said = CorrectionDecision(CorrectionOutcome.WRONG, "Wrong.", (), {}, "every-claim-has-a-source")
    await shop.app.service.dispose(key, ADA, said)
    assert shop.app.store.read(count_breaches) == {"every-claim-has-a-source": 1}


async def test_a_time_that_passed_is_a_broken_promise_once(shop: Shop) -> None:
    await shop.write("asdf jkl qwer", who="Jonas")
    await shop.wait(3 * 24 * 3600)
    await shop.decide(e.TakenOver(shop.clock.now(), ADA))
    assert shop.app.store.read(count_breaches) == {ON_TIME: 1}


async def test_nobody_who_waits_for_a_correction_is_told_that_it_takes_longer(shop: Shop) -> None:
    key = await call_wrong(shop, await told(shop, "Jonas"))
    await shop.app.service.dispose(key, ADA, CorrectionDecision(CorrectionOutcome.WRONG, "Wrong."))
    before = len(shop.said("Jonas"))
    await shop.wait(3 * 24 * 3600)
    assert len(shop.said("Jonas")) == before


async def test_the_room_asks_for_a_reason_keeps_what_was_written_and_opens_the_cards(
    shop: Shop,
) -> None:
    entry = await told(shop, "Jonas")
    key = await call_wrong(shop, entry)
    things = wrong_things(shop, key, "60 day")
    fields = {"outcome": "wrong", "wrong-1": things[0], "body-en": RIGHT, "promise": ""}
    async with desk(shop, "ada") as ada:
        page = await ada.get("/desk/corrections")
        assert "It was 45 days in the shop." in page.text
        without = await ada.post(f"/desk/corrections/{key}", fields)
        assert without.status == 400
        assert "Give the reason" in without.text
        assert RIGHT in without.text  # what was written is kept
        done = await ada.post(f"/desk/corrections/{key}", {**fields, "reason": "It was unclear."})
        assert done.status == 200
        assert "1 card to approve" in done.text
    await shop.app.service.quiet()
    assert [card.body for card in shop.cards()] == [RIGHT]


async def test_we_can_begin_a_correction_ourselves_by_an_entrys_address(shop: Shop) -> None:
    entry = await told(shop, "Jonas")
    async with desk(shop, "ada") as ada:
        await ada.get("/desk/corrections")
        fields = {"entry": f"http://shop.example/record/{entry}", "words": "The figure is old."}
        begun = await ada.post("/desk/corrections", fields)
        assert begun.status == 200
        assert "The figure is old." in begun.text
        nothing = await ada.post("/desk/corrections", {**fields, "entry": "elsewhere"})
        assert nothing.status == 404
    async with desk(shop, "noor") as noor:
        await noor.get("/desk/corrections")
        assert (await noor.post("/desk/corrections", fields)).status == 403


async def test_what_we_told_somebody_otherwise_leads_to_its_correction(shop: Shop) -> None:
    """A card that contradicts the record names the entry, and the way to put it right."""
    entry = await told(shop, "Jonas")
    await shop.write(ASK, who="Mara")
    await shop.edit("You can return unworn items within 30 days of delivery.", "Mara")
    marks = shop.card("Mara").marks
    assert entry in {mark.entry for mark in marks}
    async with desk(shop, "ada") as ada:
        page = await ada.get(f"/desk/{shop.card('Mara').engagement}")
        assert f"/desk/corrections?entry={entry}" in page.text


async def test_who_was_told_twice_is_told_once_what_is_right(shop: Shop) -> None:
    await told(shop, "Mara")
    await told(shop, "Mara", "How many days do I have to return an order?")
    entry = await told(shop, "Jonas")
    key = await call_wrong(shop, entry)
    said = CorrectionDecision(
        CorrectionOutcome.WRONG, "Wrong.", wrong_things(shop, key, "60 day"), {"en": RIGHT}
    )
    await shop.app.service.dispose(key, ADA, said)
    assert sorted(card.customer for card in shop.cards()) == ["Jonas", "Mara"]


async def test_a_correction_from_before_they_were_decided_on_can_be(shop: Shop) -> None:
    """A store that an earlier version wrote."""
    entry = await told(shop, "Jonas")
    at = shop.clock.now().isoformat()
    row = {"entry": entry, "words": "It was 45.", "contact": "", "at": at, "open": True}
    await shop.app.store.write(lambda tx: repository.put_row(tx, "corrections", "old", row))
    assert [it.correction.words for it in shop.app.service.disputed()] == ["It was 45."]
    said = CorrectionDecision(CorrectionOutcome.STANDS, "It is right.")
    assert (await shop.app.service.dispose("old", ADA, said)).done
