"""Figures with what they count: money, percentages, periods, counts, and ranges of them.

Promises: one walk over the figures of a text, each token looked at a bounded number of times.
Left to others: comparators, directions, conditions (`surroundings`), dates (`dates`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.detect.claims.stemming import stem_word
from bot.detect.commitments import numerals
from bot.detect.commitments.lexicon import Role
from bot.detect.commitments.marks import Marks
from bot.detect.commitments.money import add_cents, currency_after, currency_before
from bot.detect.commitments.numerals import Number
from bot.model import CommitmentKind as Kind


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount of something, in the tokens `begin` to `end`; a bare figure has no kind."""

    value: Decimal
    begin: int
    end: int
    kind: Kind | None = None
    unit: str = ""
    until: Decimal | None = None
    direction: str = ""
    sign: bool = False  # the unit stands in front


def find_quantities(marks: Marks, taken: set[int], limit: int) -> list[Quantity]:
    """Quantities outside the tokens already `taken` (by dates), theirs are added; first `limit`."""
    found: list[Quantity] = []
    done = 0
    for index in marks.figures[: 4 * limit]:
        if index < done or index in taken:
            continue
        first = _read_quantity(marks, index, done)
        if first is None:
            continue
        both = _read_range(marks, first)
        whole = both or first
        done = max(done, whole.end if whole.kind else first.end)
        if whole.kind:
            found.append(whole)
            taken.update(range(whole.begin, whole.end))
            if len(found) == limit:
                break
    found.extend(_find_unnumbered(marks, taken, limit))
    return found


def _read_quantity(marks: Marks, index: int, floor: int) -> Quantity | None:
    """The figure at a token with its own unit, if it has one."""
    words, language = marks.tokens.words, marks.lexicon.language
    number = numerals.read_number(words, index, language, language.decimal)
    if number is None or _names_something(marks, number):
        return None
    number = _skip_repetition(marks, number)
    negative = _is_negative(marks, number.begin)
    if negative:
        number = replace(number, value=-number.value, begin=number.begin - 1)
    prefix = None if negative else currency_before(marks, number, floor)
    if prefix and prefix.sure:
        number = replace(number, value=number.value * prefix.factor)
        return _make_money(marks, number, prefix.code, prefix.begin, prefix.end, sign=True)
    for reader in _READERS:
        if found := reader(marks, number):
            return found
    if prefix:
        return _make_money(marks, number, prefix.code, prefix.begin, prefix.end, sign=True)
    return _read_count(marks, number) or Quantity(number.value, number.begin, number.end)


def _skip_repetition(marks: Marks, number: Number) -> Number:
    """The number with its own repetition in brackets: `sixty (60) days`."""
    words, end, language = marks.tokens.words, number.end, marks.lexicon.language
    if words[end : end + 1] != ["("] or words[end + 2 : end + 3] != [")"]:
        return number
    again = numerals.read_number(words, end + 1, language, language.decimal)
    if again is None or (again.value, again.end) != (number.value, end + 2):
        return number
    return replace(number, end=end + 3)


def _names_something(marks: Marks, number: Number) -> bool:
    """Whether the digits are an ordinal, a time or a fraction: `1st`, `09:30`, `24/7`."""
    words, tokens, language = marks.tokens.words, marks.tokens, marks.lexicon.language
    end = number.end
    if end < len(words):
        if words[end] in language.ordinals and tokens.touches_previous(end):
            return True
        if words[end] in language.clock or (words[end] == ":" and tokens.touches_previous(end)):
            return True
        if words[end] == "/" and tokens.touches_previous(end) and _is_figure(marks, end + 1):
            return True
    before = words[number.begin - 1] if number.begin > 1 else ""
    return (
        before in (":", "/")
        and tokens.touches_previous(number.begin)
        and words[number.begin - 2][0].isdigit()
    )


def _is_negative(marks: Marks, begin: int) -> bool:
    words, tokens = marks.tokens.words, marks.tokens
    if not begin:
        return False
    if words[begin - 1] in marks.lexicon.language.minus:
        return True
    hangs = begin == 1 or not tokens.touches_previous(begin - 1)
    return words[begin - 1] == "-" and tokens.touches_previous(begin) and hangs


def _unit_start(marks: Marks, end: int) -> int:
    """Where a unit begins: past the hyphen of `30-day`."""
    words = marks.tokens.words
    return end + 1 if end + 1 < len(words) and words[end] == "-" else end


def _read_percent(marks: Marks, number: Number) -> Quantity | None:
    found = marks.mark_at(Role.PERCENT, _unit_start(marks, number.end))
    if found is None:
        of = marks.mark_before(Role.PERCENT_OF, number.begin)
        if of is None:
            return None
        return Quantity(number.value, of[0], number.end, Kind.PERCENT, "percent")
    return Quantity(number.value, number.begin, found[0], Kind.PERCENT, "percent")


def _read_period(marks: Marks, number: Number) -> Quantity | None:
    words, language = marks.tokens.words, marks.lexicon.language
    at = _unit_start(marks, number.end)
    business = at < len(words) and words[at] in language.business
    if business:
        at = _unit_start(marks, at + 1)
    elif at < len(words) and words[at] in language.fillers and words[at] not in language.articles:
        at += 1
    found = marks.mark_at(Role.PERIOD, at)
    if found is None:
        return None
    return _make_period(marks, number.value, number.begin, found, business)


def _make_period(
    marks: Marks, value: Decimal, begin: int, found: tuple[int, tuple[str, str]], business: bool
) -> Quantity:
    end, (factor, unit) = found
    if half := numerals.read_half_behind(marks.tokens.words, end, marks.lexicon.language):
        value, end = value + half[0], half[1]
    unit = "business day" if business and unit == "day" else unit
    return Quantity(value * Decimal(factor), begin, end, Kind.PERIOD, unit)


def _read_money(marks: Marks, number: Number) -> Quantity | None:
    found = currency_after(marks, number)
    if found is None:
        return None
    value = number.value * found.factor
    return _make_money(marks, replace(number, value=value), found.code, number.begin, found.end)


def _make_money(
    marks: Marks, number: Number, code: str, begin: int, end: int, *, sign: bool = False
) -> Quantity:
    """Money, with the cents that may follow."""
    value, end = add_cents(marks, number.value, end, sign=sign)
    return Quantity(value, begin, end, Kind.MONEY, code, sign=sign)


_READERS: tuple[Callable[[Marks, Number], Quantity | None], ...] = (
    _read_percent,
    _read_period,
    _read_money,
)


def _read_count(marks: Marks, number: Number) -> Quantity | None:
    """A whole number of things, by the next word that can be a thing."""
    words, language = marks.tokens.words, marks.lexicon.language
    if number.value != number.value.to_integral_value() or not language.not_counted:
        return None
    before = words[number.begin - 1] if number.begin else ""
    if before in language.labels or before[:1].isdigit() or _is_zero_padded(words[number.begin]):
        return None
    at, free = _unit_start(marks, number.end), False
    if number.spelt and number.value == 1 and at > number.end:
        return None  # `one-time`
    for _ in range(3):
        if at < len(words) and words[at] in language.modifiers:
            free = free or marks.mark_at(Role.FREE, at) is not None
            at += 1
    if at >= len(words) or words[at] in language.not_counted or marks.mark_at(Role.MONTH, at):
        return None
    noun = words[at]
    if len(noun) < 2 or not noun[0].isalpha():
        return None
    if at + 1 < len(words) and words[at + 1][0].isdigit() and marks.tokens.touches_previous(at + 1):
        return None  # `3 USD50 cards`
    unit, direction = stem_word(noun, language), "free" if free else ""
    return Quantity(number.value, number.begin, at + 1, Kind.COUNT, unit, direction=direction)


def _is_zero_padded(word: str) -> bool:
    """Whether digits begin with a zero, as parts of phone numbers and ids do."""
    return word[0] == "0" and len(word) > 1


def _read_range(marks: Marks, first: Quantity) -> Quantity | None:
    """`first` and the figure behind it as one range, where a word makes them one."""
    words, language = marks.tokens.words, marks.lexicon.language
    at = first.end
    if at + 1 >= len(words) or words[at] not in language.ranges:
        return None
    before = words[first.begin - 1] if first.begin else ""
    if words[at] in language.joiners and before not in language.between:
        return None
    figure = next((i for i in (at + 1, at + 2, at + 3) if _is_figure(marks, i)), None)
    if figure is None:
        return None
    second = _read_quantity(marks, figure, at + 1)
    if second is None or second.begin != at + 1 or second.value < first.value:
        return None
    bare_first = first.kind is None and second.kind is not None and not second.sign
    same = (first.kind, first.unit) == (second.kind, second.unit)
    if not (bare_first or (first.kind and same) or (first.sign and second.kind is None)):
        return None
    of = second if bare_first else first
    direction = first.direction or second.direction
    return Quantity(first.value, first.begin, second.end, of.kind, of.unit, second.value, direction)


def _is_figure(marks: Marks, index: int) -> bool:
    words = marks.tokens.words
    return index < len(words) and (
        words[index][0].isdigit() or words[index] in marks.lexicon.language.numbers
    )


def _find_unnumbered(marks: Marks, taken: set[int], limit: int) -> list[Quantity]:
    """Periods without a figure (`another week`, `a couple of days`) and halves (`half price`)."""
    found: list[Quantity] = []
    for index, (end, payload) in marks.marks_of_role(Role.PERIOD):
        if index not in taken and (one := _read_unit_as_one(marks, index, (end, payload))):
            found.append(one)
            if len(found) == limit:
                break
    for index, (end, (value, direction)) in marks.marks_of_role(Role.HALF):
        if index not in taken:
            half = Quantity(Decimal(value), index, end, Kind.PERCENT, "percent")
            found.append(replace(half, direction=direction))
    for one in found:
        taken.update(range(one.begin, one.end))
    return found


def _read_unit_as_one(
    marks: Marks, index: int, unit: tuple[int, tuple[str, str]]
) -> Quantity | None:
    """The unit at a token as one, or as a couple, if the words before it make it that."""
    words, language = marks.tokens.words, marks.lexicon.language
    at = index - 1
    business = at >= 0 and words[at] in language.business
    at -= business
    at -= at >= 0 and words[at] == "-"
    if at >= 1 and words[at - 1] in language.paired:
        value, begin = language.paired[words[at - 1]], at - 1
    elif at >= 0 and words[at] in language.paired:
        value, begin = language.paired[words[at]], at
    elif at >= 0 and (words[at] in language.wholes or words[at] in language.articles):
        value, begin = 1, at
    else:
        return None
    if value > 1 and begin and words[begin - 1] in language.articles:
        begin -= 1
    return _make_period(marks, Decimal(value), begin, unit, bool(business))
