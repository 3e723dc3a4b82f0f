"""Amounts written alike: two weeks are 14 days, half a year is 6 months, 3 pm is 15:00.

Business days are nothing but business days, and a month is no number of days.
"""

from __future__ import annotations

from decimal import Decimal

from bot.model import Commitment
from bot.model import CommitmentKind as Kind

_SAME = {"week": ("day", 7), "hour": ("minute", 60), "day": ("minute", 1440), "year": ("month", 12)}
_NOON = 12


def normalize_amounts(one: Commitment) -> tuple[str, frozenset[Decimal]]:
    """The amounts of a commitment that has some (both ends of a range) in its smallest equal unit,
    and that unit; nothing is counted of no unit, and a count of what it counts by itself."""
    unit, factor = one.unit, 1
    while unit in _SAME:
        unit, step = _SAME[unit]
        factor *= step
    values = (one.value, one.until) if one.until else (one.value,)
    named = "" if one.kind is Kind.COUNT or one.value == "0" else unit
    return named, frozenset(Decimal(value) * factor for value in values)


def normalize_clock_time(words: str) -> str:
    """A time of day as its minutes since midnight, `3 pm` and `15:00` alike; the words themselves
    if they are none. Any `str`."""
    folded = words.casefold().replace(".", ":").strip(": ")
    digits = folded.rstrip("apm: uhr'oclk")
    hour, _, minute = digits.strip().partition(":")
    parts = (hour, minute or "0")
    if not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in parts):
        return folded
    if int(hour) > 24 or int(minute or 0) > 59:
        return folded
    at = int(hour)
    half = folded[len(digits) :].replace(":", "").strip()
    if half == "pm" and at < _NOON:
        at += _NOON
    elif half == "am" and at == _NOON:
        at = 0
    return str(at * 60 + int(minute or 0))
