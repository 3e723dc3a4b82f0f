"""Dates, to ISO 8601: `2026-12-24`, `24.12.2026`, `December 24th`, `tomorrow`, `by Friday`.

Promises: a date that exists, resolved against `today` where it leaves something open: a day
without a year is the next such day. A weekday counts only where it names one day (`by Friday`,
`next Monday`) beside a promise: opening hours are no dates. Left to others: times of day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.detect.commitments import numerals
from bot.detect.commitments.lexicon import Role
from bot.detect.commitments.marks import Marks

_MARKS = ("-", "/")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in the tokens `begin` to `end`."""

    day: date
    begin: int
    end: int


def find_dates(
    marks: Marks, today: date, promised: set[int], taken: set[int], limit: int
) -> list[DateMention]:
    """`promised`: where the sentences with a promise begin; theirs go to `taken`. First `limit`."""
    found: list[DateMention] = []
    readers = (_read_numeric_date, _read_day_month, _read_month_day)
    starts = sorted({*marks.figures, *marks.at.get(Role.MONTH, ())})
    for index in starts[: 4 * limit]:
        if index not in taken and (one := _read_first_date(readers, marks, index, today)):
            found.append(one)
            taken.update(range(one.begin, one.end))
            if len(found) == limit:
                break
    for one in (*_find_named_days(marks, today, promised), *_find_weekdays(marks, today, promised)):
        if not taken.intersection(range(one.begin, one.end)):
            found.append(one)
            taken.update(range(one.begin, one.end))
    return found


DateReader = Callable[[Marks, int, date], DateMention | None]


def _read_first_date(
    readers: tuple[DateReader, ...], marks: Marks, index: int, today: date
) -> DateMention | None:
    return next((one for reader in readers if (one := reader(marks, index, today))), None)


def _read_numeric_date(marks: Marks, index: int, today: date) -> DateMention | None:
    """`2026-12-24`, `24/12/2026`, `24.12.26`."""
    words, tokens = marks.tokens.words, marks.tokens
    if words[index].count(".") == 2:
        parts, end = words[index].split("."), index + 1
    elif (
        index + 4 < len(words)
        and words[index + 1] in _MARKS
        and words[index + 3] == words[index + 1]
        and all(tokens.touches_previous(at) for at in range(index + 1, index + 5))
    ):
        parts, end = [words[index], words[index + 2], words[index + 4]], index + 5
    else:
        return None
    if not all(part.isdigit() and len(part) in (1, 2, 4) for part in parts):
        return None
    first, second, third = (int(part) for part in parts)
    if len(parts[0]) == 4:
        return _make_mention(first, second, third, index, end)
    if len(parts[1]) == 4:
        return None
    year = third if len(parts[2]) == 4 else _complete_year(third, today)
    day_first = marks.lexicon.day_first or "." in words[index] or first > 12
    if day_first and second <= 12:
        return _make_mention(year, second, first, index, end)
    return _make_mention(year, first, second, index, end)


def _complete_year(year: int, today: date) -> int:
    """Two digits of a year: within fifty years of today."""
    full = today.year - today.year % 100 + year
    return full - 100 if full > today.year + 50 else full


def _make_mention(year: int, month: int, day: int, begin: int, end: int) -> DateMention | None:
    try:
        return DateMention(date(year, month, day), begin, end)
    except ValueError:
        return None


def _read_day_number(marks: Marks, index: int) -> tuple[int, int] | None:
    """The day of the month at a token, and where its words end: `3`, `3rd`, `3.`."""
    tokens, language = marks.tokens, marks.lexicon.language
    words = tokens.words
    word = words[index] if index < len(words) else ""
    if not (word.isdigit() and len(word) <= 2 and 1 <= int(word) <= 31):
        return None
    end = index + 1
    behind = words[end] if end < len(words) else ""
    if tokens.touches_previous(end) if end < len(words) else False:
        if behind in language.ordinals or behind == ".":
            end += 1
        elif behind[0].isalnum() or behind == "%":
            return None
    return int(word), end


def _read_day_month(marks: Marks, index: int, today: date) -> DateMention | None:
    """`24 December 2026`, `24. Dezember`, `the 24th of December`."""
    words, language = marks.tokens.words, marks.lexicon.language
    day = _read_day_number(marks, index)
    if day is None:
        return None
    at = day[1]
    while at < len(words) and words[at] in language.of_month:
        at += 1
    month = marks.mark_at(Role.MONTH, at)
    if month is None:
        return None
    return _read_year_behind(marks, month[1], day[0], index, month[0], today)


def _read_month_day(marks: Marks, index: int, today: date) -> DateMention | None:
    """`December 24th, 2026`, `Dec. 24`."""
    words, language = marks.tokens.words, marks.lexicon.language
    month = marks.mark_at(Role.MONTH, index)
    if month is None:
        return None
    at = month[0]
    while at < len(words) and (words[at] in language.of_month or words[at] in (".", "-", "/")):
        at += 1
    day = _read_day_number(marks, at)
    if day is None or at - month[0] > 2:
        return None
    end = day[1] - (words[day[1] - 1] == ".")
    return _read_year_behind(marks, month[1], day[0], index, end, today)


def _read_year_behind(
    marks: Marks, month: int, day: int, begin: int, end: int, today: date
) -> DateMention | None:
    words = marks.tokens.words
    at = end
    while at < len(words) and at < end + 2 and words[at] in (",", "."):
        at += 1
    if at < len(words) and words[at].isdigit() and len(words[at]) == 4:
        return _make_mention(int(words[at]), month, day, begin, at + 1)
    for year in range(today.year, today.year + 5):
        found = _make_mention(year, month, day, begin, end)
        if found and found.day >= today:
            return found
    return None


def _find_named_days(marks: Marks, today: date, promised: set[int]) -> list[DateMention]:
    """`tomorrow`; said in passing (`thanks for writing today`) it is no commitment."""
    casual, words = marks.lexicon.language.casual_days, marks.tokens.words
    return [
        DateMention(today + timedelta(days=shift), index, end)
        for index, (end, shift) in marks.marks_of_role(Role.DAY)
        if words[index] not in casual
        or marks.sentence_at(index)[0] in promised
        or marks.mark_before(Role.BEFORE, index)
    ]


def _find_weekdays(marks: Marks, today: date, promised: set[int]) -> list[DateMention]:
    language, words = marks.lexicon.language, marks.tokens.words
    found: list[DateMention] = []
    for index, (end, weekday) in marks.marks_of_role(Role.WEEKDAY):
        before = words[index - 1] if index else ""
        weeks = language.weekday_before.get(before)
        named = weeks is not None or marks.mark_before(Role.BEFORE, index) is not None
        if not named or marks.sentence_at(index)[0] not in promised:
            continue
        ahead = (weekday - today.weekday()) % 7
        if weeks:
            ahead = weekday - today.weekday() + 7 * weeks
        begin = index - 1 if weeks is not None else index
        found.append(DateMention(today + timedelta(days=ahead), begin, end))
    return found


def is_clock_time(marks: Marks, index: int) -> bool:
    """Whether the figure at a token is a time of day: `09:30`, `9 am`, `18 Uhr`."""
    words, tokens = marks.tokens.words, marks.tokens
    number = numerals.parse_digits(words[index], ".")
    if number is None or number >= 61:
        return False
    behind = words[index + 1] if index + 1 < len(words) else ""
    if behind in marks.lexicon.language.clock:
        return True
    if behind == ":" and tokens.touches_previous(index + 1) and index + 2 < len(words):
        return words[index + 2].isdigit()
    before = words[index - 1] if index else ""
    return (
        before == ":"
        and index > 1
        and tokens.touches_previous(index)
        and words[index - 2].isdigit()
    )
