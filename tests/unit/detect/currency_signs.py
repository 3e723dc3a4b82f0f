"""`bot.detect.commitments.currencies.SIGNS`, made anew from CLDR by way of babel.

Making it loads sixty languages, 40 MB, for a kilobyte; so it is data there, and made here:
`python -m tests.unit.detect.currency_signs` prints it.
"""

from __future__ import annotations

import textwrap
import unicodedata

from babel import Locale

from bot.detect.commitments.currencies import NICKNAMES, currency_codes, rank
from bot.detect.commitments.languages.language_tables import table_in_order

HOMES = table_in_order(  # a locale at home in each currency calls it by its own symbol
    "sv ru pl cs hu ro bg da nb is uk tr he zh ja ko hi th vi lo km my mn ka hy kk az lt lv pt_BR "
    "es_MX es_CR es_PY es_AR es_CO es_PE es_VE es_GT es_HN es_DO en_NG en_GH en_ZA si ta_LK ne ur "
    "fa ar id ms fil"
)
KNOWN = {
    "₿": "BTC", "元": "CNY", "円": "JPY", "원": "KRW", "₨": "INR", "₣": "FRF", "₤": "GBP",
    "₧": "ESP", "؋": "AFN", "₵": "GHS", "₲": "PYG", "₡": "CRC", "₦": "NGN", "₮": "MNT", "₭": "LAK",
    "₺": "TRY", "₼": "AZN", "₽": "RUB", "₾": "GEL", "₸": "KZT", "₴": "UAH", "₱": "PHP", "৳": "BDT",
    "¥": "JPY", "￥": "JPY", "﷼": "IRR", "៛": "KHR", "฿": "THB", "֏": "AMD", "$": "USD", "£": "GBP",
    "€": "EUR", "¢": "", "ரூ": "LKR",
}  # fmt: skip
EDGES = ".\u200e\u200f\u202f "
SAFE = {"kr", "lei", "rp", "rm", "rs"}  # local symbols of plain letters that are no words


def signs_in_cldr() -> dict[str, str]:
    """Symbol in lower case → code."""
    found = {sign.lower(): code for sign, code in KNOWN.items()} | NICKNAMES
    for name in HOMES:
        symbols = Locale.parse(name).currency_symbols
        for code in sorted(currency_codes() & set(symbols), key=rank):
            symbol = unicodedata.normalize("NFC", str(symbols[code])).strip(EDGES).lower()
            if (symbol and not symbol.isascii()) or symbol in SAFE:
                found.setdefault(symbol, code)
    return {sign: code for sign, code in found.items() if sign not in NICKNAMES}


def as_source(signs: dict[str, str]) -> str:
    """The table as it stands in the module."""
    pairs = ", ".join(f'"{sign}": "{code}"' for sign, code in signs.items())
    pairs = pairs.replace(": ", ":\0").replace("\u202f", "\\u202f")
    lines = textwrap.wrap(pairs, 92, break_on_hyphens=False, break_long_words=False)
    body = "\n".join(f"    {line}" for line in lines).replace("\0", " ")
    return f"SIGNS: Mapping[str, str] = {{\n{body},\n}}  # fmt: skip"


if __name__ == "__main__":
    print(as_source(signs_in_cldr()))
