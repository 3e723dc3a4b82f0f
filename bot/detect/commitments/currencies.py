"""Names, codes and symbols of the world's currencies, from CLDR by way of babel.

The symbols are a table, for making it takes sixty languages' data and 40 MB; a test makes it anew
(`python -m tests.unit.detect.currency_signs` prints it).

Promises: ISO 4217 codes. A name or symbol that several countries share (`dollar`, `kr`) is read
as the first of them in `COMMON_FIRST`, always the same, so that equal words are equal amounts.
Left to others: which of these words are everyday words too (a language's `not_money`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import get_currency_name

from bot.detect.commitments.languages.language_tables import table_in_order

COMMON_FIRST = table_in_order(
    "USD EUR GBP JPY CHF CNY INR AUD CAD NZD SEK NOK DKK PLN CZK HUF RON RUB TRY BRL MXN ZAR KRW "
    "SGD HKD TWD THB ILS UAH ISK AED SAR EGP NGN KES PHP IDR MYR VND CLP COP ARS PEN PKR LKR FRF"
)
SIGNS: Mapping[str, str] = {
    "₿": "BTC", "元": "CNY", "円": "JPY", "원": "KRW", "₨": "INR", "₣": "FRF", "₤": "GBP",
    "₧": "ESP", "؋": "AFN", "₵": "GHS", "₲": "PYG", "₡": "CRC", "₦": "NGN", "₮": "MNT",
    "₭": "LAK", "₺": "TRY", "₼": "AZN", "₽": "RUB", "₾": "GEL", "₸": "KZT", "₴": "UAH",
    "₱": "PHP", "৳": "BDT", "¥": "JPY", "￥": "JPY", "﷼": "IRR", "៛": "KHR", "฿": "THB",
    "֏": "AMD", "$": "USD", "£": "GBP", "€": "EUR", "¢": "", "ரூ": "LKR", "kr": "SEK",
    "₪": "ILS", "eg£": "EGP", "f\u202fcfa": "XOF", "cn¥": "CNY", "₹": "INR", "₩": "KRW",
    "₫": "VND", "р": "RUR", "тмт": "TMT", "zł": "PLN", "jp¥": "JPY", "kč": "CZK", "kčs": "CSK",
    "щ.д": "USD", "лв": "BGN", "крб": "UAK", "ל״י": "ILP", "лсл": "LSL", "gh₵": "GHS",
    "රු": "LKR", "සිෆ්එ": "XOF", "rs": "LKR", "नेरू": "NPR", "¥cn": "CNY", "ریال": "IRR",
    "فرانک\u202fcfa": "XOF", "uk£": "GBP", "د.إ": "AED", "ر.س": "SAR", "ج.م": "EGP",
    "د.ب": "BHD", "د.ج": "DZD", "د.ع": "IQD", "ر.إ": "IRR", "د.أ": "JOD", "د.ك": "KWD",
    "ل.ل": "LBP", "د.ل": "LYD", "د.م": "MAD", "أ.م": "MRU", "ر.ع": "OMR", "ر.ق": "QAR",
    "د.س": "SDD", "ج.س": "SDG", "ل.س": "SYP", "د.ت": "TND", "ر.ي": "YER", "rp": "IDR",
    "rm": "MYR",
}  # fmt: skip
"""Symbols that need no language, in lower case → code. `¢` has none: it is a part of one."""
NICKNAMES = {
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


def currency_signs() -> dict[str, str]:
    """Symbols and names that need no language, in lower case → code."""
    return {**SIGNS, **NICKNAMES}


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
    for code in sorted(currency_codes() & set(locale.currencies), key=rank):
        for name in _names_of_currency(code, locale):
            found.setdefault(name, code)
            nouns.setdefault(name.rpartition(" ")[2], code)
    return nouns | found


def _names_of_currency(code: str, locale: Locale) -> Iterator[str]:
    for count in (None, 1, 2):
        name = str(get_currency_name(code, count=count, locale=locale)).lower()
        if "(" not in name and name != code.lower() and not any(c.isdigit() for c in name):
            yield name.replace("-", " - ")


def rank(code: str) -> tuple[int, str]:
    """For sorting: the currencies most written of come first, the rest by their codes."""
    return (COMMON_FIRST.index(code) if code in COMMON_FIRST else len(COMMON_FIRST), code)
