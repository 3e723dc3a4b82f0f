"""The hand-over: the packet, whose it is, who takes it, what the customer hears and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.brand.business_hours import BusinessHours
from bot.brand.teams import Team
from bot.model import Engagement, Person, Role, State
from bot.model import events as e
from handlers.store import repository
from tests.fakes.clock import VirtualClock
from tests.scenario.conftest import Shop, open_shop, place_of

BOOTS = "Can I still return boots I bought three weeks ago?"
LAWYER = "My lawyer will call you about these boots."
LEAD = Person("ada", "Ada", frozenset({Role.APPROVER, Role.LEAD}))
PLAIN = Person("milan", "Milan", frozenset({Role.APPROVER}))


def stored(shop: Shop, who: str = "Jonas") -> Engagement:
    found = shop.app.store.read(
        lambda tx: repository.load_engagement(tx, shop.card(who).engagement)
    )
    assert found is not None
    return found


async def test_the_packet_holds_what_a_person_needs(shop: Shop) -> None:
    await shop.write(BOOTS)
    await shop.approve()
    await shop.wait(25)
    await shop.write("I want to talk to a real person about returning boots")
    it = stored(shop)
    packet = it.handling.packet
    assert packet is not None
    assert packet.missing == ()
    assert packet.cause == "wants-person"
    assert len(packet.asks) == 1
    assert len(packet.turns) == 3  # the first ask, our answer, and this
    assert "returns.window" in packet.facts
    assert any("60 days" in promised.words for promised in packet.promised)
    assert [finding.rule for finding in packet.rules] == [
        "handoff/wants-person",
        "handoff/asked-before",  # a note: the same was asked, and answered
    ]
    assert packet.rules[0].instead
    assert packet.language == "en"
    assert packet.due == it.clock.due


async def test_a_look_up_that_fails_makes_the_packet_incomplete_and_loud(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    """A person still has it, the customer still hears so; card, desk and log say what is wrong."""

    def broken(tx: object) -> None:
        row = {
            "conversation": "web::chat-Jonas",
            "live_in": "",
            "sent": "not a time",
            "it": {"notice": ""},
        }
        repository.put_row(tx, "deliveries", "damaged", row)  # type: ignore[arg-type]

    await shop.app.store.write(broken)
    await shop.write("I want to talk to a real person please")
    it = stored(shop)
    assert it.state is State.PERSON
    assert it.handling.packet is not None
    assert "promised" in {part.about["part"] for part in it.handling.packet.missing}
    handed = shop.card().handed
    assert handed is not None
    assert any("promised before" in missing for missing in handed.missing)
    assert any("incomplete" in words for words in shop.app.service.banners())
    assert any("incomplete" in line.what for line in shop.card().timeline)
    assert any("incomplete" in record.message for record in caplog.records)


async def until_due(shop: Shop, who: str = "Jonas") -> None:
    """A minute past the time that the card names."""
    left = datetime.fromisoformat(shop.card(who).due_at) - shop.clock.now()
    await shop.wait(left.total_seconds() + 60)


async def test_each_ask_goes_to_the_team_that_takes_it(shop: Shop) -> None:
    for who, text, team in (
        ("Jonas", BOOTS, "Orders and returns"),
        ("Mia", LAWYER, "Safety and rights"),
        ("Ben", "I want to talk to a real person please", "Customer care"),
    ):
        await shop.write(text, who=who)
        assert shop.card(who).team == team


async def test_what_needs_a_lead_is_decided_on_by_leads_alone(shop: Shop) -> None:
    await shop.write(LAWYER)
    card = shop.card(viewer=PLAIN)
    assert card.actions == ()
    assert "needs the role lead" in card.refused
    answer = await shop.decide(e.TakenOver(shop.clock.now(), PLAIN))
    assert not answer.done
    assert (await shop.decide(e.TakenOver(shop.clock.now(), LEAD))).done


async def test_of_two_who_reach_for_it_one_wins_and_the_other_learns_who(shop: Shop) -> None:
    await shop.write("I want to talk to a real person please")
    assert (await shop.decide(e.TakenOver(shop.clock.now(), LEAD))).done
    second = await shop.decide(e.TakenOver(shop.clock.now(), PLAIN))
    assert not second.done
    assert "Ada was first" in second.words
    assert shop.card().owner == "Ada"
    knowing = await shop.decide(e.TakenOver(shop.clock.now(), PLAIN, seen="ada"))
    assert knowing.done  # a colleague who sees whose it is may step in


async def test_a_claim_is_given_back_and_others_see_it_again(shop: Shop) -> None:
    await shop.write("I want to talk to a real person please")
    await shop.decide(e.TakenOver(shop.clock.now(), PLAIN))
    assert [card.customer for card in shop.cards("mine", PLAIN)] == ["Jonas"]
    before = shop.card().due_at
    await shop.decide(e.Released(shop.clock.now(), PLAIN))
    card = shop.card()
    assert (card.owner, card.state, card.due_at) == ("", State.PERSON, before)
    assert shop.cards("mine", PLAIN) == []
    assert [card.customer for card in shop.cards("team", PLAIN)] == ["Jonas"]


async def test_passing_on_brings_it_before_the_leads_with_the_reason(shop: Shop) -> None:
    await shop.write("I want to talk to a real person please")
    await shop.decide(e.TakenOver(shop.clock.now(), PLAIN))
    await shop.decide(e.Escalated(shop.clock.now(), PLAIN, "They speak of a recall."))
    card = shop.card()
    assert (card.owner, card.escalated) == (
        "",
        "Milan passed it to the leads: They speak of a recall.",
    )
    assert [card.customer for card in shop.cards("mine", LEAD)] == ["Jonas"]
    assert any("before the leads" in words for words in shop.app.service.banners())
    assert "recall" in card.timeline[-1].what
    await shop.decide(e.TakenOver(shop.clock.now(), LEAD))
    assert shop.card().escalated == ""
    assert not any("before the leads" in words for words in shop.app.service.banners())


async def test_passing_on_to_another_team_stays_when_the_customer_writes_again(shop: Shop) -> None:
    await shop.write(BOOTS)
    await shop.decide(e.Escalated(shop.clock.now(), PLAIN, "It smells burnt.", "safety-and-rights"))
    assert shop.card().team == "Safety and rights"
    await shop.write("Hello? Can I return them?")
    assert shop.card().team == "Safety and rights"


async def test_a_claim_left_untouched_is_brought_before_the_leads_and_never_sent(
    shop: Shop,
) -> None:
    await shop.write("I want to talk to a real person please")
    await shop.decide(e.TakenOver(shop.clock.now(), PLAIN))
    said = len(shop.said())
    await until_due(shop)
    card = shop.card()
    assert "Milan has it" in card.escalated
    assert card.late
    assert [card.customer for card in shop.cards("mine", LEAD)] == ["Jonas"]
    assert [turn.reply.origin for turn in shop.said()[said:] if turn.reply] == ["notice"]
    assert card.state is State.PERSON


async def test_a_second_promise_that_is_broken_is_escalated_once_and_nags_nobody(
    shop: Shop,
) -> None:
    await shop.write("I want to talk to a real person please")
    assert len(shop.said()) == 1
    await until_due(shop)
    assert len(shop.said()) == 2  # “it takes longer”, with another time
    assert shop.card().escalated == ""
    await until_due(shop)
    assert "second time" in shop.card().escalated
    version = shop.card().version
    await shop.wait(3 * 24 * 3600)
    assert len(shop.said()) == 2
    assert shop.card().version == version
    assert shop.card().late


async def test_while_a_person_talks_the_software_is_silent(shop: Shop) -> None:
    await shop.write(BOOTS)
    place = place_of("web", "Jonas").conversation
    await shop.app.service.staff_spoke(place, PLAIN, "s1")
    await shop.app.service.quiet()
    await shop.wait(60)
    await shop.write("My lawyer says you must take them back!")
    card = shop.card()
    assert (card.state, card.owner) == (State.PERSON, "Milan")
    await shop.wait(3 * 24 * 3600)
    assert shop.said() == []
    assert shop.card().late  # people see that the customer waits


async def test_who_was_answered_in_the_channel_does_not_wait(shop: Shop) -> None:
    await shop.write(BOOTS)
    await shop.wait(60)
    await shop.app.service.staff_spoke(place_of("web", "Jonas").conversation, PLAIN, "s1")
    await shop.wait(3 * 24 * 3600)
    assert shop.said() == []
    assert not shop.card().late
    assert shop.app.service.banners() == []


async def test_a_closed_case_opens_again_when_the_customer_writes(shop: Shop) -> None:
    await shop.write(BOOTS)
    await shop.decide(e.Ignored(shop.clock.now(), LEAD, "Settled on the phone"))
    await shop.wait(3600)
    await shop.write("I want to talk to a real person please")
    card = shop.app.service.card(shop.card().engagement, LEAD)
    assert card is not None
    assert card.state is State.PERSON
    assert BOOTS in card.before
    assert "closed without a reply" in card.before
    assert "Settled on the phone" in card.before


async def test_the_due_time_is_by_the_hours_of_the_team_that_takes_it(tmp_path: Path) -> None:
    """A team in Denver is there when Berlin sleeps; the customer is told that team's time."""
    async with open_shop(tmp_path, VirtualClock(datetime(2026, 11, 23, 20, tzinfo=UTC))) as shop:
        library = shop.app.library
        denver = BusinessHours(
            ZoneInfo("America/Denver"),
            {day: ((time(9), time(17)),) for day in range(5)},
            timedelta(hours=2),
            place={"en": "Denver time"},
        )
        us = Team("us", "US", ("ada",), hours=denver)
        library.knowledge = replace(
            library.knowledge, brand=replace(library.knowledge.brand, teams=(us,))
        )
        await shop.write("I want to talk to a real person please")
        assert shop.card().due_at == "2026-11-23T22:00:00+00:00"
        assert "today 15:00 (Denver time)" in shop.said()[-1].text


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-11-27T22:00", "2026-11-30T17:00"),  # Friday 15:00 in Denver: Monday 10:00
        ("2026-12-24T22:00", "2026-12-28T17:00"),  # over a holiday and a weekend
        ("2026-10-30T21:00", "2026-11-02T17:00"),  # summer time ends: still 10:00 there
        ("2027-03-12T22:00", "2027-03-15T16:00"),  # it begins: still 10:00 there
    ],
)
async def test_over_weekends_holidays_and_clock_changes(
    tmp_path: Path, asked: str, due: str
) -> None:
    start = datetime.fromisoformat(asked).replace(tzinfo=UTC)
    async with open_shop(tmp_path, VirtualClock(start)) as shop:
        library = shop.app.library
        denver = BusinessHours(
            ZoneInfo("America/Denver"),
            {day: ((time(9), time(17)),) for day in range(5)},
            timedelta(hours=3),
            frozenset({date(2026, 12, 25)}),
        )
        us = Team("us", "US", ("ada",), hours=denver)
        library.knowledge = replace(
            library.knowledge, brand=replace(library.knowledge.brand, teams=(us,))
        )
        await shop.write("I want to talk to a real person please")
        assert shop.card().due_at == f"{due}:00+00:00"


async def test_the_least_busy_is_given_it_by_name(shop: Shop) -> None:
    library = shop.app.library
    team = Team("care", "Care", ("milan", "ada"), least_busy=True)
    library.knowledge = replace(
        library.knowledge, brand=replace(library.knowledge.brand, teams=(team,))
    )
    for who, owner in (("Jonas", "Milan"), ("Mia", "Ada"), ("Ben", "Milan")):
        await shop.write("I want to talk to a real person please", who=who)
        assert shop.card(who).owner == owner
        assert len(shop.said(who)) == 1  # the customer hears of it all the same
