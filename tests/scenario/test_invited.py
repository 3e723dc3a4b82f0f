"""“Invited, or not”: the rows of that checklist that are kept, and the scenario that holds each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from importlib import import_module

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.brand.advocates import Advocate
from bot.brand.limits import SendLimits
from bot.brand.response_rate import ResponseTarget
from bot.brand.settings import UNHEARD
from bot.cards.decisions import Action
from bot.model import State
from bot.model import events as e
from bot.policy.pack import OUTCOMES
from bot.understanding import signals
from tests.scenario.conftest import Shop
from tests.shop import ADA

BOOTS = "Can I still return boots I bought three weeks ago?"
HERE, WAY = "tests.scenario.test_invited", "tests.scenario.test_the_whole_way"
LINKS = "tests.scenario.test_links"
STOPPING, PEERS = "tests.scenario.test_stopping", "tests.scenario.test_peers_first"

ROWS = {
    "5": (HERE, "test_where_nobody_listens_nothing_is_drafted_and_it_is_said_before_and_after"),
    "6": (HERE, "test_a_channel_that_rarely_answers_is_shown_as_one_way_in_practice"),
    "19": (HERE, "test_whatever_is_sent_answers_a_message_of_that_conversation"),
    "27": (HERE, "test_among_peers_we_speak_only_when_spoken_to"),
    "44": (HERE, "test_criticism_is_never_hidden_by_a_rule"),
    "44 listen-only": (HERE, "test_where_we_only_listen_nothing_is_drafted"),
    "45": (PEERS, "test_an_addressed_question_waits_and_is_drafted_when_nobody_answers"),
    "48": (HERE, "test_among_peers_we_speak_only_when_spoken_to"),
    "57": (WAY, "test_what_is_overheard_is_never_answered_and_soon_forgotten"),
    "58 pause": (STOPPING, "test_one_command_stops_the_running_server"),
    "58 rate": (STOPPING, "test_above_the_rate_nothing_goes_out_until_there_is_room"),
    "58 loop": (STOPPING, "test_the_same_words_a_third_time_are_a_persons"),
    "58 circuit": (STOPPING, "test_failures_in_a_row_rest_the_channel_and_one_call_tries"),
    "60": (HERE, "test_buying_interest_is_a_note_and_a_pitch_is_held"),
    "34 consent": (LINKS, "test_passed_on_or_in_a_sentence_it_is_no_consent_and_is_spent"),
    "74": (HERE, "test_a_persons_attention_has_an_end_and_a_question_is_answered_all_the_same"),
    "75": (PEERS, "test_a_peers_answer_is_shown_and_no_draft_is_pushed"),
    "77": (HERE, "test_whoever_credits_an_advocate_says_that_they_are_one"),
    "89": (HERE, "test_where_nobody_listens_nothing_is_drafted_and_it_is_said_before_and_after"),
}


@pytest.mark.parametrize("row", ROWS)
def test_every_row_has_its_scenario(row: str) -> None:
    module, name = ROWS[row]
    assert callable(getattr(import_module(module), name, None))


async def test_whatever_is_sent_answers_a_message_of_that_conversation(shop: Shop) -> None:
    """There is no way to write to somebody who has not written to us there."""
    await shop.write(BOOTS)
    await shop.approve()
    await shop.write("I want to talk to a real person please", who="Lena")
    await shop.write("asdf jkl", who="Mira")
    await shop.wait(9 * 3600)  # it takes longer: they are told
    sent = shop.app.store.read(lambda tx: tx.table("deliveries").all())
    assert len(sent) >= 4
    for row in sent:
        answers = row["it"]["reply"]["answers"]
        assert answers
        for key in answers:
            id = key.rpartition("@")[0]
            message = shop.app.store.read(lambda tx, id=id: tx.table("messages").get(doc_id=id))
            assert message["conversation"] == row["conversation"]


@pytest.mark.parametrize(
    "text",
    [
        "Has anyone tried the boots of Trailhead?",
        "My neighbour's tent from Trailhead broke, he said.",
        "ugh, trailhead again",
    ],
)
async def test_among_peers_we_speak_only_when_spoken_to(shop: Shop, text: str) -> None:
    await shop.write(text, channel="slack-community")
    await shop.wait(3600)
    card = shop.card()
    assert card.state is State.OVERHEARD
    assert card.as_sent == ""
    assert Action.APPROVE not in card.actions
    assert shop.app.store.read(lambda tx: tx.table("deliveries").all()) == []
    await shop.decide(e.TakenOver(shop.clock.now(), ADA))  # a person chooses to enter
    assert shop.card().state is State.PERSON


@pytest.mark.parametrize(
    "text",
    [
        "Your boots are rubbish and your prices are a joke.",
        "I complain about this shop: never again, and I tell everybody.",
        "Eure Stiefel taugen nichts, das ist mein Fazit nach zwei Jahren.",
    ],
)
async def test_criticism_is_never_hidden_by_a_rule(shop: Shop, text: str) -> None:
    """A rule on messages can note or hand over, and nothing else. Closing is a person's, with a
    reason that stands on the record."""
    assert set(OUTCOMES["message"]) == {"note", "handoff"}
    await shop.write(text)
    assert shop.card().state not in (State.CLOSED, State.OVERHEARD)
    refused = await shop.decide(e.Ignored(shop.clock.now(), ADA, " "))
    assert not refused.done
    assert shop.card().state is not State.CLOSED
    assert (await shop.decide(e.Ignored(shop.clock.now(), ADA, "an opinion, not a question"))).done
    entries = shop.app.store.read(lambda tx: tx.table("record").all())
    assert [row for row in entries if row["kind"] == "closed"]


async def test_where_we_only_listen_nothing_is_drafted(shop: Shop) -> None:
    library = shop.app.library
    brand = library.knowledge.brand
    listening = replace(brand.channels["web"], mode=brand.modes["listen-only"])
    brand = replace(brand, channels={**brand.channels, "web": listening})
    library.knowledge = replace(library.knowledge, brand=brand)
    await shop.write(BOOTS)
    card = shop.card()
    assert card.state is State.PERSON
    assert card.as_sent == ""


async def page(shop: Shop, path: str, language: str = "en") -> str:
    """A page as anybody reads it."""
    async with TestClient(TestServer(shop.app.site)) as browser:
        return await (await browser.get(path, params={"lang": language})).text()


async def test_where_nobody_listens_nothing_is_drafted_and_it_is_said_before_and_after(
    shop: Shop,
) -> None:
    library = shop.app.library
    brand = library.knowledge.brand
    assert all(brand.find_person(channel.listener) for channel in brand.channels.values())
    assert "not monitored" not in await page(shop, "/chat")
    unheard = replace(brand.channels["web"], mode=UNHEARD, listener="")
    brand = replace(brand, channels={**brand.channels, "web": unheard})
    library.knowledge = replace(library.knowledge, brand=brand)
    assert "Replies here are not monitored." in await page(shop, "/chat")
    assert "Antworten werden hier nicht gelesen." in await page(shop, "/chat", "de")
    await shop.write(BOOTS)
    card = shop.card()
    assert card.state is State.PERSON
    assert card.as_sent == ""
    assert "Nobody is named who listens" in card.why
    held = await shop.edit("You can return unworn items within 60 days of delivery.")
    assert not held.done  # nobody converses here, unless a lead says why
    assert shop.said()  # the notice that a person has it
    assert all("Replies here are not monitored." in turn.text for turn in shop.said())


async def test_a_channel_that_rarely_answers_is_shown_as_one_way_in_practice(shop: Shop) -> None:
    library = shop.app.library
    brand = replace(library.knowledge.brand, observed=ResponseTarget(answered=0.5, asks=3))
    library.knowledge = replace(library.knowledge, brand=brand)
    await shop.write(BOOTS)
    await shop.approve()
    await shop.wait(60)
    await shop.write(BOOTS, who="Lena")
    await shop.wait(5 * 86_400)  # nobody answers her
    told = await page(shop, "/channels")
    assert "1 of 2 questions (50%)" in told
    assert "One-way in practice" not in told  # too few to tell
    await shop.write(BOOTS, who="Mira")
    ignored = e.Ignored(shop.clock.now(), ADA, "no time")
    assert (await shop.decide(ignored, "Mira")).done
    told = await page(shop, "/channels")
    assert "1 of 3 questions (33%)" in told
    assert told.count("One-way in practice") == 1
    assert "a community manager" in told and "Ada" not in told
    assert "In der Praxis einseitig" in await page(shop, "/channels", "de")
    assert "/channels" in await page(shop, "/rules")


async def test_whoever_credits_an_advocate_says_that_they_are_one(shop: Shop) -> None:
    library = shop.app.library
    today = shop.clock.now().date()
    sam = Advocate("Sam Ortiz", "slack-community", "U1", today)
    lena = Advocate("Lena Berg", "slack-community", "U2", today + timedelta(days=1))
    brand = replace(library.knowledge.brand, advocates=(sam, lena))
    library.knowledge = replace(library.knowledge, brand=brand)
    await shop.write(BOOTS)
    answer = "You can return unworn items within 60 days of delivery"
    assert not (await shop.edit(f"{answer}, as Sam Ortiz wrote.")).done
    assert any(mark.rule.endswith("/advocate-undisclosed") for mark in shop.card().marks)
    await shop.edit(f"{answer}, as Lena Berg wrote.")  # she isn't one yet
    assert not any(mark.rule.endswith("/advocate-undisclosed") for mark in shop.card().marks)
    await shop.edit(f"{answer}, as Sam Ortiz, one of our advocates, wrote.")
    assert not any(mark.rule.endswith("/advocate-undisclosed") for mark in shop.card().marks)


async def test_buying_interest_is_a_note_and_a_pitch_is_held(shop: Shop) -> None:
    assert any(
        s.kind == "buying" for s in signals.find_signals("I would like to buy a tent for two")
    )
    await shop.write(BOOTS)
    answer = "You can return unworn items within 60 days of delivery."
    pitch = f"{answer} While you are here, check out our new tents!"
    held = await shop.edit(pitch)
    assert not held.done
    assert any(mark.rule.endswith("/selling") for mark in shop.card().marks)
    await shop.wait(60)
    assert shop.said() == []


def used_up(shop: Shop) -> bool:
    return any(mark.rule.endswith("/attention") for mark in shop.card().marks)


async def test_a_persons_attention_has_an_end_and_a_question_is_answered_all_the_same(
    shop: Shop,
) -> None:
    library = shop.app.library
    brand = replace(library.knowledge.brand, limits=SendLimits(to_one_person=1))
    library.knowledge = replace(library.knowledge, brand=brand)
    await shop.write(BOOTS)
    assert not used_up(shop)
    await shop.approve()
    await shop.wait(60)
    assert len(shop.said()) == 1
    await shop.write("I want to return my boots.")
    assert used_up(shop)
    assert "Messages of ours to this person lately: 1." in " ".join(
        m.because for m in shop.card().marks
    )
    await shop.decide(e.Ignored(shop.clock.now(), ADA, "nothing to add"))
    await shop.wait(60)
    await shop.write("And can I return a tent as well?")
    assert not used_up(shop)
    await shop.decide(e.Ignored(shop.clock.now(), ADA, "nothing to add"))
    await shop.wait(60)
    await shop.write("I want to talk to a real person please")
    assert len(shop.said()) == 1  # no notice beyond it; a person has it
    assert shop.card().state is State.PERSON
    await shop.decide(e.Ignored(shop.clock.now(), ADA, "seen"))
    await shop.wait(60)
    await shop.write("The stove caught fire and burned my hand.")
    assert len(shop.said()) == 2  # safety is worth anybody's attention
    await shop.wait(25 * 3600)
    await shop.write("I want to return my boots.")
    assert not used_up(shop)  # a new day
