"""Whose a card is: by what is asked and the hour, by the fewest open cards; never by who asks."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.brand.business_hours import BusinessHours
from bot.brand.teams import Team
from bot.handoff.routing import Wanted, find_least_busy, may_decide_for, route
from bot.model import Person, Role

WEEKDAYS = {day: ((time(9), time(17)),) for day in range(5)}
BERLIN = BusinessHours(ZoneInfo("Europe/Berlin"), WEEKDAYS, timedelta(hours=4))
DENVER = BusinessHours(ZoneInfo("America/Denver"), WEEKDAYS, timedelta(hours=4))

SAFETY = Team("safety", "Safety", ("ada",), reasons=frozenset({"safety", "legal"}), role=Role.LEAD)
ORDERS = Team("orders", "Orders", ("milan",), intents=frozenset({"return-item"}))
ORDERS_US = Team("orders-us", "Orders", ("kim",), frozenset({"return-item"}), hours=DENVER)
GERMAN = Team("german", "Deutsch", ("jo",), languages=frozenset({"de"}))
CHAT = Team("chat", "Chat", ("sam",), channels=frozenset({"web"}))
TEAMS = (SAFETY, ORDERS, ORDERS_US, GERMAN, CHAT)

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)  # Monday: Berlin is there
EVENING = datetime(2026, 11, 23, 19, tzinfo=UTC)  # Denver is there
SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)  # nobody is


@pytest.mark.parametrize(
    ("ask", "at", "team"),
    [
        (Wanted("web", "en", "return-item"), MORNING, "orders"),
        (Wanted("web", "en", "return-item"), EVENING, "orders-us"),
        (Wanted("web", "en", "return-item"), SUNDAY, "orders"),  # nobody there: the first that fits
        (Wanted("web", "en", "return-item", "legal"), MORNING, "safety"),
        (Wanted("slack", "de", "gift-card"), MORNING, "german"),
        (Wanted("web", "en", "gift-card"), MORNING, "chat"),
        (Wanted("web", "", "", "gibberish"), MORNING, "chat"),
        (Wanted("slack", "en", "gift-card"), MORNING, None),  # everybody's
    ],
)
def test_the_first_that_takes_it_and_is_there(ask: Wanted, at: datetime, team: str | None) -> None:
    found = route(TEAMS, ask, at, BERLIN)
    assert (found.id if found else None) == team


def test_routing_sees_nothing_of_who_asks() -> None:
    assert {field.name for field in fields(Wanted)} == {"channel", "language", "intent", "reason"}


LEAD = Person("ada", "Ada", frozenset({Role.LEAD}))
APPROVER = Person("milan", "Milan", frozenset({Role.APPROVER}))
READER = Person("noor", "Noor", frozenset({Role.VIEWER}))


@pytest.mark.parametrize(
    ("team", "who", "may"),
    [
        (SAFETY, LEAD, True),
        (SAFETY, APPROVER, False),
        (ORDERS, LEAD, True),  # anybody with the right helps out
        (ORDERS, APPROVER, True),
        (ORDERS, READER, False),
        (None, APPROVER, True),
        (None, READER, False),
    ],
)
def test_a_role_that_a_team_needs(team: Team | None, who: Person, may: bool) -> None:
    assert may_decide_for(team, who) is may


@pytest.mark.parametrize(
    ("load", "person"),
    [
        ((), "milan"),  # nobody has any: who is listed first
        ((("milan", 2), ("ada", 1)), "ada"),
        ((("milan", 1), ("ada", 1)), "milan"),
        ((("milan", 9), ("ada", 8), ("noor", 0)), "ada"),  # Noor has no right to decide
    ],
)
def test_the_fewest_open_cards(load: tuple[tuple[str, int], ...], person: str) -> None:
    team = Team("all", "All", ("noor", "milan", "ada"), least_busy=True)
    found = find_least_busy(team, (LEAD, APPROVER, READER), load)
    assert found is not None
    assert found.id == person


def test_nobody_with_the_right_is_nobody() -> None:
    assert find_least_busy(Team("r", "R", ("noor",), least_busy=True), (READER,), ()) is None
