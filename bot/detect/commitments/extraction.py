"""Text to commitments: the order of the readers, and how their findings become one list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import islice, pairwise

from bot.detect.commitments.conditions import (
    FAR,
    Clause,
    find_clauses,
    find_comparator,
    find_condition,
    find_nearest_payload,
    find_period_anchor,
    is_negated,
    is_undone,
    is_withheld,
)
from bot.detect.commitments.dates import find_dates, is_clock_time
from bot.detect.commitments.lexer import tokenize
from bot.detect.commitments.lexicon import Role, lexicon_for
from bot.detect.commitments.marks import Marks, mark_tokens
from bot.detect.commitments.numerals import plain_decimal
from bot.detect.commitments.promise_verbs import find_promises
from bot.detect.commitments.quantities import Quantity, find_quantities
from bot.model import Commitment, Comparator, Span
from bot.model import CommitmentKind as Kind

#: After so many commitments, or four times as many bare figures, the rest of a text is not read;
#: `find_bare_figures` then says `unread`, so that nobody takes it for harmless.
LIMIT = 500
_SHORTEST_REFERENCE, _LONGEST_REFERENCE = 5, 40  # characters


_GIVEN = frozenset({"off", "credit", "back"})


@lru_cache(maxsize=16)
def mark_text(text: str, locale: str) -> Marks:
    """The marks of a text, kept for those who read it next; nobody changes them."""
    return mark_tokens(tokenize(text), lexicon_for(locale))


def extract_commitments(text: str, locale: str, today: date) -> tuple[Commitment, ...]:
    """Every commitment in a text, in order of place. Total: any str gives an answer.

    `locale` says how numbers and words are read (`en`, `de-AT`); `today` is what “tomorrow” is
    counted from. At most `LIMIT`.
    """
    marks = mark_text(text, locale)
    return tuple(_drop_overlapping(_read_commitments(marks, today)))[:LIMIT]


def _drop_overlapping(found: Iterator[Commitment]) -> list[Commitment]:
    return sorted(found, key=lambda one: (one.start, one.end, one.kind))


def _read_commitments(marks: Marks, today: date) -> Iterator[Commitment]:
    conditions = find_clauses(marks)
    verbs = list(islice(find_promises(marks), LIMIT))
    promised = {marks.sentence_at(index)[0] for index, _, _ in verbs}
    taken: set[int] = set()
    for day in find_dates(marks, today, promised, taken, LIMIT):
        yield _build_commitment(
            marks, conditions, Kind.DATE, day.day.isoformat(), day.begin, day.end
        )
    for one in find_quantities(marks, taken, LIMIT):
        yield _commitment_of_quantity(marks, conditions, one)
    for begin, end, direction in islice(_find_free(marks, taken), LIMIT):
        subject = find_nearest_payload(marks, Role.SUBJECT, begin, end, FAR)
        yield _build_commitment(
            marks, conditions, Kind.MONEY, "0", begin, end, direction=direction or subject
        )
    for begin, end, verb in verbs:
        if begin not in taken:
            yield _build_commitment(marks, conditions, Kind.PROMISE, verb, begin, end)


def _commitment_of_quantity(marks: Marks, conditions: list[Clause], one: Quantity) -> Commitment:
    direction = one.direction or find_nearest_payload(marks, Role.DIRECTION, one.begin, one.end)
    if one.kind in (Kind.PERIOD, Kind.COUNT) and direction not in ("extra", "free"):
        direction = ""
    assert one.kind is not None
    return _build_commitment(
        marks,
        conditions,
        one.kind,
        plain_decimal(one.value),
        one.begin,
        one.end,
        unit=one.unit,
        direction=direction,
        until="" if one.until is None else plain_decimal(one.until),
    )


def _build_commitment(
    marks: Marks,
    conditions: list[Clause],
    kind: Kind,
    value: str,
    begin: int,
    end: int,
    *,
    unit: str = "",
    direction: str = "",
    until: str = "",
) -> Commitment:
    comparator, first = Comparator.EXACTLY, begin
    if kind is not Kind.PROMISE:
        comparator, first = find_comparator(marks, begin, end)
        if until and comparator is Comparator.AT_LEAST:
            comparator = Comparator.EXACTLY  # “from 3 to 5 days” is the range, no more
    condition = find_condition(marks, conditions, begin, end)
    if kind is Kind.PERIOD:
        anchor = find_period_anchor(marks, end)
        condition = "; ".join(part for part in (anchor, condition) if part)
    start, stop = marks.tokens.starts[begin], marks.tokens.end_of_token(end - 1)
    return Commitment(
        kind=kind,
        value=value,
        unit=unit,
        comparator=comparator,
        direction=direction,
        condition=condition,
        until=until,
        negated=_is_denied(marks, kind, direction, first, end),
        start=start,
        end=stop,
        words=marks.tokens.text[start:stop],
    )


def _is_denied(marks: Marks, kind: Kind, direction: str, first: int, end: int) -> bool:
    """Whether a `not` is part of what is said: beside it, at the verb of giving, or behind."""
    if is_negated(marks, first):
        return True
    if kind is Kind.PROMISE and is_undone(marks, first, end):
        return True
    given = kind is Kind.PROMISE or direction in _GIVEN
    return given and is_withheld(marks, first)


def _find_free(marks: Marks, taken: set[int]) -> Iterator[tuple[int, int, str]]:
    """What costs nothing: `free`, `kostenlos`; not `feel free`, and not within another figure."""
    tokens, done = marks.tokens, 0
    for index, (end, direction) in marks.marks_of_role(Role.FREE):
        if index < done:
            continue
        done = end
        hangs = index > 0 and tokens.words[index - 1] == "-" and tokens.touches_previous(index)
        if direction is not None and index not in taken and not hangs:
            yield index, end, direction


def find_vague_amounts(text: str, locale: str) -> tuple[Span, ...]:
    """Amounts that are named without a figure: `a percentage`, `several days`, `some dollars`.

    Kind `percent`, `period` or `money`. They commit to nothing that could be checked.
    """
    marks = mark_text(text, locale)
    taken: set[int] = set()
    find_quantities(marks, taken, LIMIT)
    language, words = marks.lexicon.language, marks.tokens.words
    found: list[tuple[int, int, str]] = []
    for index, (end, _) in marks.marks_of_role(Role.PERCENT):
        found.append((index, end, "percent"))
    for index, (end, _) in marks.marks_of_role(Role.PERIOD):
        if index and words[index - 1] in language.vague:
            found.append((index - 1, end, "period"))
    for index, (end, _) in marks.marks_of_role(Role.MONEY):
        if index and words[index - 1] in language.vague:
            found.append((index - 1, end, "money"))
    return tuple(
        _span_of_tokens(marks, begin, end, kind)
        for begin, end, kind in sorted(found)
        if not taken.intersection(range(begin, end))
    )


def _span_of_tokens(marks: Marks, begin: int, end: int, kind: str) -> Span:
    start, stop = marks.tokens.starts[begin], marks.tokens.end_of_token(end - 1)
    return Span(start, stop, kind, marks.tokens.text[start:stop])


def find_bare_figures(
    text: str, locale: str, commitments: tuple[Commitment, ...]
) -> tuple[Span, ...]:
    """Every figure of a text that no commitment holds: kind `figure`, or `time` for 09:30.

    Digits in any form, and number words from two up. Numbers of a list (`1.` at the start of a
    line) are left out. Where `extract_commitments` stopped at its limit, the rest is one span
    `unread`.
    """
    marks = mark_text(text, locale)
    held = [(one.start, one.end) for one in commitments]
    found: list[Span] = []
    place = 0
    done = 0
    for index, word in enumerate(marks.tokens.words):
        if index < done or not _is_figure(marks, index):
            continue
        done = index + 1
        start = marks.tokens.starts[index]
        while place < len(held) and held[place][1] <= start:
            place += 1
        if any(low <= start < high for low, high in held[place : place + 3]):
            continue  # what hangs on behind (`$5B7`) is looked at by itself
        while done < len(marks.tokens.words) and _continues_figure(marks, done):
            done += 1
        if marks.tokens.words[done : done + 1] and (
            marks.tokens.words[done] in marks.lexicon.language.clock
        ):
            done += 1  # `3 pm` is one figure
        if _is_in_reference(text, start):
            continue
        if not (word.isdigit() and _numbers_a_list(marks, index)):
            found.append(
                _span_of_tokens(
                    marks, index, done, "time" if is_clock_time(marks, index) else "figure"
                )
            )
            if len(found) == LIMIT:
                break
    if len(commitments) >= LIMIT or len(found) == LIMIT:
        start = min(held[-1][1] if held else len(text), found[-1].end if found else len(text))
        found.append(Span(start, len(text), "unread", text[start : start + 40]))
    return tuple(found)


def _is_figure(marks: Marks, index: int) -> bool:
    word, language = marks.tokens.words[index], marks.lexicon.language
    sign = word[0].isnumeric() and not word[0].isalpha()  # digits, and ½
    return sign or language.numbers.get(word, 0) > 1


def _is_in_reference(text: str, place: int) -> bool:
    """Whether the place is in a reference (`XEHM4B`, `59XX6W`): capitals and digits that change
    places twice. What does so once (`SAVE20`, `50OFF`) may be an offer."""
    start = end = place
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    run = text[start:end]
    if not _SHORTEST_REFERENCE <= len(run) <= _LONGEST_REFERENCE or run != run.upper():
        return False
    letters = [char.isalpha() for char in run]
    turns = sum(one != other for one, other in pairwise(letters))
    return turns > 1


def _continues_figure(marks: Marks, index: int) -> bool:
    """Whether a figure goes on in this token: `3D`, `09:30`, and the groups of a phone number."""
    tokens = marks.tokens
    word, before = tokens.words[index], tokens.words[index - 1]
    if (
        word.isdigit()
        and before.isdigit()
        and tokens.starts[index] - tokens.end_of_token(index - 1) == 1
    ):
        return True
    if not tokens.touches_previous(index):
        return False
    if word in (":", "-", "/") and index + 1 < len(tokens.words):
        return tokens.touches_previous(index + 1) and tokens.words[index + 1][0].isdigit()
    return word[0].isalnum()


def _numbers_a_list(marks: Marks, index: int) -> bool:
    tokens = marks.tokens
    if index + 1 >= len(tokens.words) or tokens.words[index + 1] not in (".", ")"):
        return False
    return len(tokens.words[index]) <= 2 and (index == 0 or tokens.words[index - 1] == "\n")


CommitmentEssence = tuple[str, str, str, str, str, str, bool]


@lru_cache(maxsize=4096)
def commitment_essence(one: Commitment) -> CommitmentEssence:
    """What a commitment says, without the words of any language: equal in all locales of a fact.

    Kind, value, unit, comparator, direction, upper end, negation. The noun of a count, what is free
    and the condition are words of a language, so they are left out.
    """
    unit = "" if one.kind is Kind.COUNT else one.unit
    direction = "" if (one.kind, one.value) == (Kind.MONEY, "0") else one.direction
    return (one.kind, one.value, unit, one.comparator, direction, one.until, one.negated)
