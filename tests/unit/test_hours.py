"""By when a person answers: in open time only, and never promised earlier than it is due."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brand.business_hours import BusinessHours, answer_due_at, is_open_at, write_due_time

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = {day: ((time(9), time(18)),) for day in range(5)} | {5: ((time(10), time(16)),)}
HOURS = BusinessHours(
    BERLIN, WEEK, timedelta(hours=4), frozenset({date(2026, 12, 25), date(2026, 12, 26)})
)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("2026-11-23 10:00", "2026-11-23 14:00"),  # within the day
        ("2026-11-23 14:00", "2026-11-23 18:00"),  # the last moment counts
        ("2026-11-23 14:01", "2026-11-24 09:01"),
        ("2026-11-27 17:00", "2026-11-28 13:00"),  # Friday evening into Saturday
        ("2026-11-28 15:00", "2026-11-30 12:00"),  # over Sunday
        ("2026-11-22 03:00", "2026-11-23 13:00"),  # closed when asked
        ("2026-12-24 16:00", "2026-12-28 11:00"),  # over holidays and a Sunday
        ("2026-10-24 15:30", "2026-10-26 12:30"),  # over the end of summer time
        ("2027-03-27 15:30", "2027-03-29 12:30"),  # over its beginning
    ],
)
def test_only_open_time_counts(asked: str, answered: str) -> None:
    assert answer_due_at(berlin(asked), HOURS) == berlin(answered)


@pytest.mark.parametrize(
    ("at", "now", "en", "de"),
    [
        ("2026-11-23 17:00", "2026-11-23 10:00", "today 17:00", "heute 17:00 Uhr"),
        ("2026-11-24 10:00", "2026-11-23 17:59", "tomorrow 10:00", "morgen 10:00 Uhr"),
        ("2026-11-30 10:00", "2026-11-27 17:00", "Monday 10:00", "Montag 10:00 Uhr"),
        ("2026-12-07 10:00", "2026-11-30 10:00", "7 December 10:00", "7. Dezember 10:00 Uhr"),
        ("2026-11-23 12:01", "2026-11-23 10:00", "today 12:05", "heute 12:05 Uhr"),
    ],
)
def test_a_due_time_in_words(at: str, now: str, en: str, de: str) -> None:
    assert write_due_time(berlin(at), berlin(now), HOURS, "en") == en
    assert write_due_time(berlin(at), berlin(now), HOURS, "de-AT") == de


def test_the_clock_is_named_where_config_names_it() -> None:
    named = BusinessHours(BERLIN, WEEK, timedelta(hours=1), place={"en": "Berlin time"})
    at = berlin("2026-11-23 17:00")
    assert write_due_time(at, at, named, "en") == "today 17:00 (Berlin time)"


moments = st.integers(0, 2 * 365 * 24 * 3600).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


@given(moments, st.timedeltas(timedelta(minutes=1), timedelta(days=3)))
def test_due_is_later_and_in_open_hours(asked: datetime, within: timedelta) -> None:
    hours = BusinessHours(BERLIN, WEEK, within, HOURS.holidays)
    answered = answer_due_at(asked, hours)
    assert answered >= asked + within
    assert is_open_at(answered - timedelta(microseconds=1), hours)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_words_never_promise_more_than_is_so(asked: datetime, wait: timedelta) -> None:
    """The time said is at or after the time that is due."""
    at = asked + wait
    clock = write_due_time(at, asked, HOURS, "en").rsplit(" ", 1)[1]
    there = at.astimezone(BERLIN)
    said = there.replace(hour=int(clock[:2]), minute=int(clock[3:]), second=0, microsecond=0)
    late = said - there
    assert timedelta(0) <= late < timedelta(minutes=5) or said.hour == 0


def test_a_brand_that_is_never_open_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="open at some time"):
        BusinessHours(BERLIN, {0: ((time(9), time(9)),)}, timedelta(hours=1))
