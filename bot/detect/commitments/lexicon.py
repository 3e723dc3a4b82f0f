"""A language's tables, compiled into one look-up by first word.

Promises: what a phrase means is found with one dict look-up a token and, for phrases, a comparison
of the rest; built once per language. A locale without a module of its own is read by what needs
none: symbols, digits, ISO codes, and what CLDR knows of it (names of currencies, months and units).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import IntEnum, auto
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import get_date_format, get_day_names, get_month_names
from babel.numbers import get_decimal_symbol
from babel.units import format_unit

from bot.detect.commitments import currencies
from bot.detect.commitments.languages.commitment_languages import LANGUAGES
from bot.detect.commitments.languages.language_tables import CommitmentLanguage


class Role(IntEnum):
    """What a word or phrase can do. One word may do several."""

    NUMBER = auto()
    ARTICLE = auto()
    PAIRED = auto()
    FRACTION = auto()
    PERIOD = auto()
    BUSINESS = auto()
    WHOLE = auto()
    VAGUE = auto()
    PERCENT = auto()
    PERCENT_OF = auto()
    HALF = auto()
    FREE = auto()
    MONEY = auto()  # payload: (code, kind) with kind `sign`, `code` or `name`
    CENT = auto()
    BEFORE = auto()
    AFTER = auto()
    DIRECTION = auto()
    SUBJECT = auto()
    NEGATION = auto()
    CONDITION = auto()
    DAY = auto()
    MONTH = auto()
    WEEKDAY = auto()
    PROMISE = auto()
    STOP = auto()  # the sentence ends
    PAUSE = auto()  # a part of the sentence ends


_FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
Entry = tuple[tuple[str, ...], Role, Any]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`entries` by first word, the longest phrases first; the language for the rest."""

    language: CommitmentLanguage
    entries: Mapping[str, tuple[Entry, ...]]
    codes: frozenset[str] = frozenset()  # three letters of a currency, in capitals
    lower_codes: frozenset[str] = frozenset()  # those that need no capitals
    dollars: Mapping[str, str] = field(default_factory=dict)
    day_first: bool = False  # whether 3/7 is the third of July


@lru_cache(maxsize=64)
def lexicon_for(locale: str) -> Lexicon:
    """The compiled tables for a locale (`de`, `de-AT`, `de_AT`), else for its language."""
    code = locale.replace("_", "-").partition("-")[0].lower()
    language = LANGUAGES.get(code) or _neutral_language(code)
    language = replace(
        language,
        decimal=_decimal_mark(locale, language.decimal),
        fractions={**language.fractions, **_FRACTIONS},
    )
    entries: dict[str, list[Entry]] = {}
    for role, table in _tables_with_roles(language):
        for phrase, payload in table.items():
            first, *rest = phrase.split(" ")
            entries.setdefault(first, []).append((tuple(rest), role, payload))
    ordered = {
        first: tuple(sorted(found, key=lambda entry: -len(entry[0])))
        for first, found in entries.items()
    }
    codes = currencies.currency_codes()
    lower = frozenset(code.lower() for code in codes) - language.not_money
    dollars = currencies.dollar_prefixes()
    return Lexicon(language, ordered, codes, lower, dollars, _is_day_first(locale))


def _tables_with_roles(language: CommitmentLanguage) -> Iterable[tuple[Role, Mapping[str, Any]]]:
    """Every table of a language with the role that its words play."""
    same = dict.fromkeys
    yield Role.NUMBER, language.numbers
    yield Role.ARTICLE, same(language.articles)
    yield Role.PAIRED, language.paired
    yield Role.FRACTION, language.fractions
    yield Role.PERIOD, language.periods
    yield Role.BUSINESS, same(language.business)
    yield Role.WHOLE, same(language.wholes)
    yield Role.VAGUE, same(language.vague)
    yield Role.PERCENT, same(language.percents | {"%"})
    yield Role.PERCENT_OF, same(language.percents_of)
    yield Role.HALF, language.halves
    yield Role.FREE, language.free
    yield Role.MONEY, _money_names(language)
    yield Role.CENT, language.cents
    yield Role.BEFORE, language.before
    yield Role.AFTER, language.after
    yield Role.DIRECTION, language.directions
    yield Role.SUBJECT, language.subjects
    yield Role.NEGATION, same(language.negations)
    yield Role.CONDITION, language.conditions
    yield Role.DAY, language.days
    yield Role.MONTH, _month_names(language.code)
    yield Role.WEEKDAY, _weekday_names(language.code)
    yield Role.PROMISE, language.promises
    yield Role.STOP, same((".", "!", "?", "\n", "…", "•"))
    yield Role.PAUSE, same((",", ";", ":", "(", ")", "|"))


def _money_names(language: CommitmentLanguage) -> dict[str, tuple[str, str]]:
    """Names of money in a language, then signs; an everyday word is no name."""
    named = {**currencies.currency_names(language.code), **language.money}
    found = {name: (code, "name") for name, code in named.items() if name not in language.not_money}
    signs = currencies.currency_signs().items()
    return found | {sign: (code, "sign") for sign, code in signs if code}


def _neutral_language(code: str) -> CommitmentLanguage:
    """What is known of a language without tables: CLDR's words for units of time."""
    periods: dict[str, tuple[str, str]] = {}
    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return CommitmentLanguage(code="", ranges=frozenset({"-"}))
    for unit in ("hour", "day", "week", "month", "year"):
        for amount in (1, 2, 5):
            for length in ("long", "short"):
                words = format_unit(amount, f"duration-{unit}", length, locale=locale).lower()
                name = words.replace(str(amount), "").strip(" .\u00a0\u202f")
                if name.isalpha():
                    periods.setdefault(name, ("1", unit))
    return CommitmentLanguage(code=code, periods=periods, ranges=frozenset({"-"}))


def _decimal_mark(locale: str, otherwise: str) -> str:
    """The decimal mark of a locale."""
    try:
        mark = str(get_decimal_symbol(locale.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return otherwise
    return mark if mark in (".", ",") else otherwise


def _is_day_first(locale: str) -> bool:
    try:
        pattern = str(get_date_format("short", locale=locale.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return True
    return pattern.find("d") < pattern.find("M")


def _month_names(code: str) -> dict[str, int]:
    return {
        name.lower().rstrip("."): number
        for width in ("abbreviated", "wide")
        for number, name in (get_month_names(width, locale=code).items() if code else ())
        if len(name.rstrip(".")) > 2
    }


def _weekday_names(code: str) -> dict[str, int]:
    return {
        name.lower(): number
        for number, name in (get_day_names("wide", locale=code).items() if code else ())
    }
