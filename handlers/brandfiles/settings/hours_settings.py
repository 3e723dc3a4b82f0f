"""Opening hours in config.yaml: the brand's, and a team's own."""

from __future__ import annotations

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
import re2

from bot.brand.business_hours import BusinessHours
from bot.model.errors import BrandError, did_you_mean
from handlers.brandfiles.documents.yaml_document import Document, Step

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_SPAN = re2.compile(r"([0-9]{2}):([0-9]{2}) ?[-–] ?([0-9]{2}):([0-9]{2})")
_WITHIN = re2.compile(r"(?:([0-9]{1,3})h)? ?(?:([0-9]{1,3})m)?")


class HoursShape(msgspec.Struct, frozen=True):
    zone: str
    open: dict[str, str | tuple[str, ...]]
    answer_within: str
    holidays: tuple[date, ...] = ()
    place: dict[str, str] = {}


def read_hours(
    shape: HoursShape, document: Document, problems: list[BrandError], *path: Step
) -> BusinessHours | None:
    """The hours at `path` of a file; None if they cannot be used, and `problems` says why."""
    found = len(problems)
    try:
        zone = ZoneInfo(shape.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problem = f"“{shape.zone}” is not a time zone."
        mend = "Write it like Europe/Berlin."
        problems.append(document.error(problem, mend, *path, "zone"))
        zone = ZoneInfo("UTC")
    open_: dict[int, tuple[tuple[time, time], ...]] = {}
    for day, said in shape.open.items():
        if day not in DAYS:
            mend = did_you_mean(day, DAYS)
            problems.append(document.error(f"“{day}” is not a day.", mend, *path, "open", day))
            continue
        spans = [_span(text) for text in ((said,) if isinstance(said, str) else said)]
        if None in spans:
            problem = f"“{said}” is not a time that we are open."
            mend = "Write it like 09:00-18:00, with the end after the start."
            problems.append(document.error(problem, mend, *path, "open", day))
            continue
        open_[DAYS.index(day)] = tuple(sorted(span for span in spans if span))
    if not any(open_.values()) and len(problems) == found:
        mend = "Give at least one day, e.g. mon: 09:00-18:00."
        problems.append(document.error("Nobody is ever there.", mend, *path, "open"))
    within = _within(shape.answer_within)
    if within is None:
        problem = f"“{shape.answer_within}” is not a time to answer within."
        mend = "Write it like 4h, 90m or 2h 30m."
        problems.append(document.error(problem, mend, *path, "answer_within"))
    if len(problems) > found or within is None:
        return None
    return BusinessHours(zone, open_, within, frozenset(shape.holidays), shape.place)


def _span(text: str) -> tuple[time, time] | None:
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        return None
    start_hour, start_minute, end_hour, end_minute = (int(part) for part in match.groups())
    try:
        start = time(start_hour, start_minute)
        end = time.max if (end_hour, end_minute) == (24, 0) else time(end_hour, end_minute)
    except ValueError:
        return None
    return (start, end) if end > start else None


def _within(text: str) -> timedelta | None:
    match = _WITHIN.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        return None
    hours, minutes = (int(part or 0) for part in match.groups())
    return timedelta(hours=hours, minutes=minutes) or None
