"""Which currency a figure is in: by a sign, a code or a name before or behind it.

Promises: ISO 4217 codes. Left to others: reading the figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.detect.commitments import numerals
from bot.detect.commitments.languages.language_tables import word_table
from bot.detect.commitments.lexicon import Role
from bot.detect.commitments.marks import Marks
from bot.detect.commitments.numerals import Number

_DOLLAR_APART = word_table("us u.s c ca can hk nz au nt mex sg")  # `us $ 5`, with a space
_SCALES = {"m": Decimal(10**6), "k": Decimal(1000), "t": Decimal(1000)}  # `30 MUSD`, `5 TEUR`


@dataclass(frozen=True, slots=True)
class CurrencyMention:
    """A currency at a figure: its code and the tokens that the amount covers."""

    code: str
    begin: int
    end: int
    factor: Decimal = Decimal(1)
    sure: bool = True  # a sign or a code; a name in front needs that nothing better stands behind


def currency_before(marks: Marks, number: Number, floor: int) -> CurrencyMention | None:
    """The currency in front of a figure, not before token `floor`."""
    words, begin = marks.tokens.words, number.begin
    if begin <= floor:
        return None
    word = words[begin - 1]
    if word == "$":
        code, start = _read_dollar(marks, begin - 1, floor)
        return _close_prefixed_amount(marks, code, start, number)
    sign = marks.mark_before(Role.MONEY, begin)
    if sign and sign[0] >= floor:
        start, (code, kind) = sign
        if kind == "sign" and (not word.isascii() or _stands_alone(marks, start)):
            return _close_prefixed_amount(marks, code, start, number)
        return CurrencyMention(code, start, number.end, sure=False)
    if found := _read_currency_code(marks, begin - 1):
        code, factor = found
        if words[begin - 1] not in marks.lexicon.language.not_money:
            return _close_prefixed_amount(marks, code, begin - 1, number, factor)
    return None


def _stands_alone(marks: Marks, index: int) -> bool:
    """A sign of plain letters (`kr`, `rs`) has no letter, digit or hyphen stuck before it."""
    return not marks.tokens.touches_previous(index)


def _read_dollar(marks: Marks, index: int, floor: int) -> tuple[str, int]:
    """Which dollar the `$` at a token is, and where it begins: `$`, `US$`, `c $`."""
    written, dollars = marks.tokens.words, marks.lexicon.dollars
    if index - 1 >= floor:
        before = written[index - 1]
        close = marks.tokens.touches_previous(index)
        if before in dollars and (close or before in _DOLLAR_APART or before in ("usd", "mxn")):
            return dollars[before], index - 1
    return "USD", index


def _close_prefixed_amount(
    marks: Marks, code: str, begin: int, number: Number, factor: Decimal = Decimal(1)
) -> CurrencyMention:
    """A prefixed amount, with the code or name that may repeat it: `$10 USD`, `$10 dollars`."""
    words, end = marks.tokens.words, number.end
    repeated = _read_currency_name(marks, end)
    if repeated and not _is_digit_at(marks, repeated[1]) and words[end][0].isalpha():
        other = repeated[0]
        if other == code or (code == "USD" and words[begin] == "$"):
            return CurrencyMention(other, begin, repeated[1], factor)
    return CurrencyMention(code, begin, end, factor)


def _is_digit_at(marks: Marks, index: int) -> bool:
    words = marks.tokens.words
    return index < len(words) and words[index][0].isdigit()


def _read_currency_name(marks: Marks, index: int) -> tuple[str, int] | None:
    """The currency named or coded at a token, and where that ends."""
    if index >= len(marks.tokens.words):
        return None
    if found := marks.mark_at(Role.MONEY, index):
        return found[1][0], found[0]
    if coded := _read_currency_code(marks, index):
        return coded[0], index + 1
    return None


def _read_currency_code(marks: Marks, index: int) -> tuple[str, Decimal] | None:
    """The ISO code at a token, with the scale that finance writes before it."""
    word, lexicon = marks.tokens.words[index], marks.lexicon
    scale = Decimal(1)
    if len(word) == 4 and word[0] in _SCALES:
        scale, word = _SCALES[word[0]], word[1:]
    if len(word) != 3 or word.upper() not in lexicon.codes:
        return None
    start = marks.tokens.starts[index]
    written = marks.tokens.text[start : marks.tokens.end_of_token(index)]
    if written.isupper() or (scale == 1 and word in lexicon.lower_codes):
        return word.upper(), scale
    return None


def currency_after(marks: Marks, number: Number) -> CurrencyMention | None:
    """The currency behind a figure: `5 €`, `12-cent`, `75 USD million`."""
    words, lexicon = marks.tokens.words, marks.lexicon
    at = number.end
    if at + 2 < len(words) and words[at] == "," and words[at + 1] == "-":
        at += 2  # `5,- Euro`
    elif at + 1 < len(words) and words[at] == "-":
        at += 1
    if at >= len(words):
        return None
    cent = marks.mark_at(Role.CENT, at)
    if cent and (
        len(words[at]) > 1 or not words[at].isalpha() or marks.tokens.touches_previous(at)
    ):
        factor, code = cent[1]
        return CurrencyMention(code, number.begin, cent[0], Decimal(factor))
    if words[at] == "$" and _is_digit_at(marks, at + 1) and marks.tokens.touches_previous(at + 1):
        return None
    dollar = lexicon.dollars.get(words[at])
    if (
        dollar
        and at + 1 < len(words)
        and words[at + 1] == "$"
        and marks.tokens.touches_previous(at + 1)
    ):
        return CurrencyMention(dollar, number.begin, at + 2)
    found = _read_currency_name(marks, at)
    if found is None:
        return None
    code, end = found
    if (
        _is_digit_at(marks, end)
        and marks.tokens.touches_previous(end)
        and not marks.tokens.touches_previous(at)
    ):
        return None  # `3 USD50 cards`
    factor = Decimal(1)
    coded = None if marks.mark_at(Role.MONEY, at) else _read_currency_code(marks, at)
    if coded:
        factor = coded[1]
    if end < len(words) and words[end] in lexicon.language.multipliers:
        factor, end = factor * lexicon.language.multipliers[words[end]], end + 1
    return CurrencyMention(code, number.begin, end, factor)


def _touches_digits(marks: Marks, index: int) -> bool:
    """Whether the token is letters right behind digits: `11a`."""
    return marks.tokens.touches_previous(index) and marks.tokens.words[index][0].isalpha()


def add_cents(marks: Marks, value: Decimal, end: int, *, sign: bool) -> tuple[Decimal, int]:
    """The amount with what follows it in cents: `3 dollars 50 cents`, `15 dollars and 50`.

    Without the word for cents only a name or code in front counts, and only where the next word
    isn't something that could be counted.
    """
    words, language = marks.tokens.words, marks.lexicon.language
    at = end + 1 if end < len(words) and words[end] in language.joiners else end
    if at >= len(words) or not (words[at][0].isdigit() or words[at] in language.numbers):
        return value, end
    number = numerals.read_number(words, at, language, language.decimal)
    if number and number.end < len(words) and _touches_digits(marks, number.end):
        return value, end
    if number is None or not 0 < number.value < 100 or value != value.to_integral_value():
        return value, end
    cent = marks.mark_at(Role.CENT, number.end)
    if cent:
        return value + number.value * Decimal(cent[1][0]), cent[0]
    if sign or words[end - 1] == "$" or number.value != number.value.to_integral_value():
        return value, end
    behind = words[number.end] if number.end < len(words) else "."
    countable = behind[0].isalpha() and behind not in language.not_counted
    if countable or behind[0] == "-":
        return value, end
    if marks.mark_at(Role.MONEY, number.end) or marks.mark_at(Role.PERCENT, number.end):
        return value, end
    return value + number.value / 100, number.end
