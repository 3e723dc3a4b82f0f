"""Business hours: by when a person answers, and how to say so. Pure: the time comes in as a value.

`answer_within` counts open time only: four hours from Friday 17:00, in a shop that opens from 9 to
18 on weekdays, end on Monday at 12:00. A clock change moves no opening time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton

UTC = ZoneInfo("UTC")
Opening = tuple[time, time]


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """When people are there. `open` is by weekday, Monday 0; `place` names the clock, by locale."""

    zone: ZoneInfo
    open: Mapping[int, tuple[Opening, ...]]
    answer_within: timedelta
    holidays: frozenset[date] = frozenset()
    place: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not any(until > start for spans in self.open.values() for start, until in spans):
            raise ValueError("hours must be open at some time of the week")


def opening_spans(day: date, hours: BusinessHours) -> tuple[tuple[datetime, datetime], ...]:
    """The open spans of one local day, as moments in UTC."""
    if day in hours.holidays:
        return ()
    moments = (
        (_utc_moment(day, start, hours.zone), _utc_moment(day, until, hours.zone))
        for start, until in hours.open.get(day.weekday(), ())
    )
    return tuple((start, until) for start, until in moments if until > start)


def is_open_at(at: datetime, hours: BusinessHours) -> bool:
    """Whether somebody is there at this moment. `at` must know its zone."""
    day = at.astimezone(hours.zone).date()
    return any(start <= at < until for start, until in opening_spans(day, hours))


def local_day(at: datetime, hours: BusinessHours) -> date:
    """The day that it is where the brand is: what is dated begins and ends there."""
    return at.astimezone(hours.zone).date()


def answer_due_at(at: datetime, hours: BusinessHours) -> datetime:
    """The moment, in UTC, when `answer_within` of open time has passed since `at` (zone-aware)."""
    left = hours.answer_within
    now = at.astimezone(UTC)
    for start, until in _iterate_spans_after(now, hours):
        begin = max(start, now)
        if begin + left <= until:
            return begin + left
        left -= until - begin
    raise AssertionError("unreachable: an open day always comes")


def write_due_time(moment: datetime, now: datetime, hours: BusinessHours, locale: str) -> str:
    """A due time as people say it: “today 17:00”, “Monday 10:00”, “24 December 10:00”.

    Rounded up to five minutes, so that it never promises more than `moment` does. The language of
    the locale must be one of `LANGUAGES`; others are said in English.
    """
    there = moment.astimezone(hours.zone)
    late = timedelta(
        minutes=-there.minute % 5, seconds=-there.second, microseconds=-there.microsecond
    )
    if there.minute % 5 == 0 and (there.second or there.microsecond):
        late += timedelta(minutes=5)
    there += late
    language = locale if locale in LANGUAGES else locale.partition("-")[0]
    words = LANGUAGES.get(language) or LANGUAGES["en"]
    days = (there.date() - now.astimezone(hours.zone).date()).days
    if days == 0:
        day = words.today
    elif days == 1:
        day = words.tomorrow
    elif 1 < days < 7:
        day = format_date(there.date(), "EEEE", words.locale)
    else:
        day = format_skeleton("MMMMd", there, locale=words.locale)
    said = words.at.format(day=day, time=f"{there:%H:%M}")
    place = hours.place.get(locale, "")
    return f"{said} ({place})" if place else said


@dataclass(frozen=True, slots=True)
class _DueWords:
    """What CLDR has no words for; the days and months it has, by the name of its locale."""

    locale: str
    today: str
    tomorrow: str
    at: str


LANGUAGES: Mapping[str, _DueWords] = MappingProxyType(
    {
        "en": _DueWords("en_GB", "today", "tomorrow", "{day} {time}"),
        "de": _DueWords("de", "heute", "morgen", "{day} {time} Uhr"),
    }
)


def _utc_moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    if clock == time.max:  # “24:00”
        day, clock = day + timedelta(days=1), time.min
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _iterate_spans_after(
    now: datetime, hours: BusinessHours
) -> Iterator[tuple[datetime, datetime]]:
    day = now.astimezone(hours.zone).date()
    while True:
        yield from (span for span in opening_spans(day, hours) if span[1] > now)
        day += timedelta(days=1)
