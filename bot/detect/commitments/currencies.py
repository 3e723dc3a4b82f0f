"""Names, codes and symbols of the world's currencies, from CLDR by way of babel.

Promises: ISO 4217 codes. A name or symbol that several countries share (`dollar`, `kr`) is read
as the first of them in `COMMON_FIRST`, always the same, so that equal words are equal amounts.
Left to others: which of these words are everyday words too (a language's `not_money`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import get_currency_name

from bot.detect.commitments.languages.language_tables import table_in_order, word_table

COMMON_FIRST = table_in_order(
    "USD EUR GBP JPY CHF CNY INR AUD CAD NZD SEK NOK DKK PLN CZK HUF RON RUB TRY BRL MXN ZAR KRW "
    "SGD HKD TWD THB ILS UAH ISK AED SAR EGP NGN KES PHP IDR MYR VND CLP COP ARS PEN PKR LKR FRF"
)
_HOMES = table_in_order(  # a locale at home in each currency calls it by its own symbol
    "sv ru pl cs hu ro bg da nb is uk tr he zh ja ko hi th vi lo km my mn ka hy kk az lt lv pt_BR "
    "es_MX "
    "es_CR es_PY es_AR es_CO es_PE es_VE es_GT es_HN es_DO en_NG en_GH en_ZA si ta_LK ne ur fa ar "
    "id ms fil"
)
_SIGNS = {
    "₿": "BTC", "元": "CNY", "円": "JPY", "원": "KRW", "₨": "INR", "₣": "FRF", "₤": "GBP",
    "₧": "ESP",
    "؋": "AFN", "₵": "GHS", "₲": "PYG", "₡": "CRC", "₦": "NGN", "₮": "MNT", "₭": "LAK", "₺": "TRY",
    "₼": "AZN", "₽": "RUB", "₾": "GEL", "₸": "KZT", "₴": "UAH", "₱": "PHP", "৳": "BDT", "¥": "JPY",
    "￥": "JPY", "﷼": "IRR", "៛": "KHR", "฿": "THB", "֏": "AMD", "$": "USD", "£": "GBP", "€": "EUR",
    "¢": "", "ரூ": "LKR",
}  # fmt: skip
_NAMES = {
    "rmb": "CNY",
    "btc": "BTC",
    "bitcoin": "BTC",
    "bitcoins": "BTC",
    "fr": "CHF",
    "sfr": "CHF",
}


@lru_cache(maxsize=1)
def currency_codes() -> frozenset[str]:
    """All codes, upper case, of currencies that are or were money."""
    eras = (era for eras in get_global("territory_currencies").values() for era in eras)
    return frozenset(code for code, _start, _end, tender in eras if tender and code != "XXX")


@lru_cache(maxsize=1)
def currency_signs() -> dict[str, str]:
    """Symbols that need no language, in lower case → code. `¢` has none: it is a part of one."""
    found = {sign.lower(): code for sign, code in _SIGNS.items()}
    found.update(_NAMES)
    for name in _HOMES:
        try:
            symbols = Locale.parse(name).currency_symbols
        except UnknownLocaleError:
            continue
        for code in sorted(currency_codes() & set(symbols), key=_currency_rank):
            symbol = unicodedata.normalize("NFC", str(symbols[code])).strip(_EDGES).lower()
            if (symbol and not symbol.isascii()) or symbol in _SAFE:
                found.setdefault(symbol, code)
    return found


_EDGES = ".\u200e\u200f\u202f "
_SAFE = word_table("kr lei rp rm rs")  # local symbols of plain letters that are no words


@lru_cache(maxsize=1)
def dollar_prefixes() -> dict[str, str]:
    """What stands right before a `$`, in lower case → code: `us`, `ca`, `c`, `mex`, `hk`, `usd`."""
    found: dict[str, str] = {}
    for territory, eras in get_global("territory_currencies").items():
        for code, _start, end, tender in eras:
            if end is None and tender:
                found.setdefault(territory.lower(), code)
    found.update({"c": "CAD", "can": "CAD", "a": "AUD", "au": "AUD", "s": "SGD", "mex": "MXN"})
    found.update({"r": "BRL", "nt": "TWD", "j": "JMD", "rd": "DOP", "u.s": "USD"})
    found.update({code.lower(): code for code in currency_codes()})
    return found


@lru_cache(maxsize=8)
def currency_names(language: str) -> dict[str, str]:
    """Names in a language, in lower case → code: `swiss franc`, `swiss francs`, `francs`."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, str] = {}
    nouns: dict[str, str] = {}
    for code in sorted(currency_codes() & set(locale.currencies), key=_currency_rank):
        for name in _names_of_currency(code, locale):
            found.setdefault(name, code)
            nouns.setdefault(name.rpartition(" ")[2], code)
    return nouns | found


def _names_of_currency(code: str, locale: Locale) -> Iterator[str]:
    for count in (None, 1, 2):
        name = str(get_currency_name(code, count=count, locale=locale)).lower()
        if "(" not in name and name != code.lower() and not any(c.isdigit() for c in name):
            yield name.replace("-", " - ")


def _currency_rank(code: str) -> tuple[int, str]:
    """The currencies most written of come first, the rest by their codes."""
    return (COMMON_FIRST.index(code) if code in COMMON_FIRST else len(COMMON_FIRST), code)
