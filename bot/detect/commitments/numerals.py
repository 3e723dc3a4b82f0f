"""Numbers as people write them, to decimals: `1,234.50`, `1.234,50`, `twenty-five`, `1.5 million`.

Promises: exact decimals, never floats; the locale decides what a lone `1,000` or `1.000` is.
Left to others: what is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.detect.commitments.languages.language_tables import CommitmentLanguage

LONGEST = 18  # digits; a longer run is the name of something, not a quantity


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the tokens that say it, `begin` to `end` (half open)."""

    value: Decimal
    begin: int
    end: int
    spelt: bool = False


def plain_decimal(value: Decimal) -> str:
    """The one way to write a value: no exponent, no trailing zeros."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def parse_digits(word: str, decimal: str) -> Decimal | None:
    """The value of a digit token; `decimal` is the locale's decimal mark. None if it is none.

    With two kinds of mark the last one is the decimal mark. One mark used once is a thousands mark
    only where the locale doesn't use it for decimals and exactly three digits follow.
    """
    digits = sum(char.isdigit() for char in word)
    if not 0 < digits <= LONGEST or not word[0].isdigit():
        return None
    point, comma = word.rfind("."), word.rfind(",")
    if point >= 0 and comma >= 0:
        mark = "." if point > comma else ","
    else:
        mark = "." if point >= 0 else ","
        if word.count(mark) > 1 or _is_group_mark(word, mark, decimal):
            mark = ""
    whole, _, rest = word.rpartition(mark) if mark and mark in word else (word, "", "")
    cleaned = "".join(char for char in whole if char.isdigit())
    return Decimal(f"{cleaned or 0}.{''.join(char for char in rest if char.isdigit()) or 0}")


def _is_group_mark(word: str, mark: str, decimal: str) -> bool:
    """Whether the only mark of a number parts its thousands."""
    head, _, tail = word.partition(mark)
    return mark != decimal and len(tail) == 3 and 1 <= len(head) <= 3 and head[0] != "0"


def read_number(
    words: Sequence[str], at: int, language: CommitmentLanguage, decimal: str
) -> Number | None:
    """The number that begins at token `at`, as long as it goes."""
    word = words[at]
    if word[0].isdigit():
        value = parse_digits(word, decimal)
        if value is None:
            return None
        return _scale_number(words, at, at + 1, value, language, decimal)
    return _read_spelled_number(words, at, language)


def _scale_number(
    words: Sequence[str],
    begin: int,
    end: int,
    value: Decimal,
    language: CommitmentLanguage,
    decimal: str,
) -> Number:
    """Digits with what may follow: a thousands group after a space, or `million`."""
    size = len(words)
    while (
        end < size
        and len(words[end]) >= 3
        and words[end][:3].isdigit()
        and (len(words[end]) == 3 or words[end][3] == decimal)
        and words[end - 1].isdigit()
        and len(words[end - 1]) <= 3
        and words[begin][0] != "0"
    ):
        tail = parse_digits(words[end], decimal)
        if tail is None:
            break
        value = value * 1000 + tail
        end += 1
        if plain_decimal(value).count("") > LONGEST:
            break
    while end < size and words[end] in language.multipliers:
        value *= language.multipliers[words[end]]
        end += 1
        break
    return Number(value, begin, end)


def _read_spelled_number(
    words: Sequence[str], at: int, language: CommitmentLanguage
) -> Number | None:
    """A number in words: `two hundred and five`, `two and a half`, `half a million`.

    It goes on while it falls (`hundred … twenty … five`) and no longer.
    """
    if words[at] in language.fractions:
        return _add_fraction(words, at, at, language.fractions[words[at]], language)
    total, current, ceiling = Decimal(0), Decimal(0), _NONE
    end, seen = at, False
    while end < len(words):
        step = _skip_joiner(words, end, language) if seen else end
        word = words[step] if step < len(words) else ""
        if word in language.numbers and (not seen or language.numbers[word] < ceiling):
            value = Decimal(language.numbers[word])
            current += value
            ceiling = Decimal(10) if 20 <= value < 100 and not value % 10 else Decimal(0)
        elif word in language.multipliers and seen and step == end:
            factor = language.multipliers[word]
            if factor == 100:
                current, ceiling = (current or Decimal(1)) * factor, Decimal(100)
            else:
                total += (current or Decimal(1)) * factor
                current, ceiling = Decimal(0), factor
        else:
            break
        seen, end = True, step + 1
    if not seen:
        return None
    value = total + current
    if end < len(words) and words[end] in language.fractions:
        return _add_fraction(words, at, end, value * language.fractions[words[end]], language)
    return _add_half(words, Number(value, at, end, spelt=True), language)


_NONE = Decimal(10**15)


def _skip_joiner(words: Sequence[str], at: int, language: CommitmentLanguage) -> int:
    """Past an `and` or a hyphen, if a number word follows it."""
    if words[at] in language.joiners or words[at] == "-":
        return at + 1 if at + 1 < len(words) and words[at + 1] in language.numbers else at
    return at


def _add_fraction(
    words: Sequence[str], begin: int, at: int, value: Decimal, language: CommitmentLanguage
) -> Number:
    """A fraction at token `at`, with the `a million` or `an` that may follow."""
    end = at + 1
    if end < len(words) and words[end] == "-":
        end += 1
    if end < len(words) and words[end] in language.articles:
        end += 1
    if end < len(words) and words[end] in language.multipliers:
        return Number(value * language.multipliers[words[end]], begin, end + 1, spelt=True)
    return Number(value, begin, end, spelt=True)


def _add_half(words: Sequence[str], number: Number, language: CommitmentLanguage) -> Number:
    """The number with an `and a half` behind it."""
    added = read_half_behind(words, number.end, language)
    if added is None:
        return number
    return Number(number.value + added[0], number.begin, added[1], spelt=True)


def read_half_behind(
    words: Sequence[str], at: int, language: CommitmentLanguage
) -> tuple[Decimal, int] | None:
    """The fraction of an `and a half` that begins at token `at`, and where it ends."""
    if at >= len(words) or words[at] not in language.joiners:
        return None
    at += 1
    if at < len(words) and words[at] in language.articles:
        at += 1
    if at < len(words) and words[at] in language.fractions:
        return language.fractions[words[at]], at + 1
    return None
