"""Numbers that belong to somebody: cards, phones, accounts, and the figures that only look so.

A run is a stretch of digits with the separators that people write in numbers. Of each run it is
asked, in this order: is it a date, a range of hours or an amount (then it is nobody's), a card
(issuer's prefix and Luhn), a reference (“order 4711123”), a phone number. A long plain run that is
none of these counts as a phone number: in front of strangers a long number needs a reason to be
there. Grouped runs must be a valid number somewhere, or be announced as a phone number.

`phonenumbers` knows which numbers exist. It is asked for at most `ASKED` runs of a text; after that
the shape alone decides, towards reporting, so that hostile text costs no more.
"""

from __future__ import annotations

from bot.detect.folding import FoldedText, compile_any_of, compile_caseless
from bot.model import Span

REGIONS = (
    *("US", "GB", "DE", "FR", "IT", "ES", "NL", "BE", "CH", "AT", "DK", "SE", "NO", "FI", "PL"),
    *("PT", "CZ", "HU", "GR", "IE", "RO", "AU", "NZ", "ZA", "IN", "CN", "JP", "BR", "MX", "IL"),
    *("TR", "EE", "CY", "IS", "UY"),
)
ASKED = 24
_ANNOUNCED = {True: 6, False: 7}  # digits of an announced number, with and without a leading zero

_RUN = compile_caseless(r"\+?[(\[]{0,2}\+?\d(?:[ \t\x{a0}().\[\]/\-–]{0,4}\d){5,30}")
_DATE = compile_any_of(
    r"\b(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?:T\d\d)?\b",
    r"\b(?:0?[1-9]|[12]\d|3[01])[-./] ?(?:0?[1-9]|[12]\d|3[01])[-./] ?(?:19|20)?\d\d\b",
    r"\b(?:19|20)\d\d ?[-–/] ?(?:19|20)?\d\d\b",
    r"\b\d{1,2}[.:]\d\d ?[-–] ?\d{1,2}[.:]\d\d\b",
    r"\b\d{1,2}:\d\d(?::\d\d)?\b",
)
_AMOUNT = compile_any_of(
    r"\d{1,3}\.\d{5,}",  # a decimal fraction
    r"\d{1,3}(?:[ \x{a0}]000){1,4}",
    r"\d{1,3}(?:\.\d{3}){2,4}",
    r"\d{1,4}\.\d\.\d{1,5}\.\d{1,4}|\d{1,4}(?:\.\d{1,5}){2}\.\d",  # a version
    r"\d{1,4} ?[-–] ?\d{1,4}(?: {1,2}\d{1,4} ?[-–] ?\d{1,4}){1,6}",  # 9-18 10 - 16
    r"(?:\d{1,6}\.\d\d[ -]?){1,8}",  # 49.95 129.00
)
_CARD = compile_any_of(
    r"4(?:\d{12}|\d{15}|\d{18})",
    r"(?:5[1-5]|2[2-7])\d{14}",
    r"3[47]\d{13}",
    r"3(?:0[0-5]|[689]\d)\d{11}",
    r"6(?:011|4[4-9]\d|5\d\d)\d{12,15}",
    r"35\d{14}",
    r"(?:2131|1800)\d{11}",
    r"62\d{14,17}",
    r"(?:5[06-8]|6\d)\d{10,17}",
)
_SSN = compile_caseless(r"\d{3}-\d\d-\d{4}")
_CODE = compile_caseless(
    r"(?:\d[a-z]|[a-z]\d)[a-z\d]*[-/]$"
)  # “T005-”: part of a code, not a number
_EXTENSION = compile_caseless(r"(?:x|ext\.?|app\.?) ?\d")
_NESTED = compile_caseless(r"\([^)]*\(|\)[^(]*\)")
_CARD_WORD = compile_caseless(
    r"\b(?:credit|debit|visa|master ?card|amex|american express|discover|maestro|kredit|karte|card)"
    r"[^\d\n]{0,24}$"
)
_LOCAL = compile_any_of(r"\d{3}[ -]\d{4}", r"\d{4}[ -]\d{4}")  # numbers without an area code
_TWO_GROUPS = compile_caseless(r"[1-9]\d*[ -]\d+")
_PHONE_WORD = compile_any_of(
    r"\b(?:(?:tele|i|smart)?phone|tel|call(?:ed|ing)?|text|sms|mobile|cell|fax|whats ?app|dial"
    r"|hotline|ring|office|home|direct)\b[^\d\n]{0,28}$",
    r"(?:telefon|handy|anruf|rufnummer|mobil|festnetz|durchwahl|ruf)[a-zäöüß]*[^\d\n]{0,24}$",
)
_REFERENCE_WORD = compile_any_of(
    r"\b(?:account|customer|client|order|invoice|purchase|transaction|transfer|payment|receipt|booking|reservation|member(?:ship)?|card|case|ticket"
    r"|tracking|parcel|policy|contract|reference|ref|serial|licen[cs]e|passport|form|article|item|sku"
    r"|no|nr|id|isbn|omb)\b[^\d\n]{0,16}$",
    r"(?:konto|kunden|bestell|auftrags|rechnungs|buchungs|mitglieds|sendungs|vertrags|artikel|karten"
    r"|ausweis|vorgangs|serien)(?:nummern?|nr)?\b[^\d\n]{0,12}$",
)
_OWNED_WORD = compile_any_of(
    r"\b(?:account|customer|client|order|invoice|purchase|transaction|booking|reservation|membership|case|ticket|tracking"
    r"|parcel|contract|passport|driver'?s? licen[cs]e|licen[cs]e)\b[^\d\n]{0,16}$",
    r"(?:konto|kunden|bestell|auftrags|rechnungs|buchungs|mitglieds|sendungs|vertrags|ausweis"
    r"|vorgangs)(?:nummern?|nr)?\b[^\d\n]{0,12}$",
)


def find_personal_numbers(folded: FoldedText) -> list[Span]:
    """Cards, social security numbers, phones and references among the runs of digits."""
    spans: list[Span] = []
    asked = 0
    for run in _RUN.finditer(folded.text):
        for start, end in _without_dates(folded.text, run.start(), run.end()):
            kind, costly = _kind_of_run(folded.text, start, end, asked < ASKED)
            asked += costly
            if kind:
                spans.append(folded.original_span(start, end, kind))
    return spans


def _without_dates(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """What is left of a run when dates, years and hours are taken out of it."""
    words = text[start:end]
    dates = [match.span() for match in _DATE.finditer(words)]
    if not dates:
        return [(start, end)]
    left, parts = 0, []
    for first, last in [*dates, (len(words), len(words))]:
        parts.append((left, first))
        left = last
    found = ((a, words[a:b]) for a, b in parts)
    trimmed = ((start + a + len(w) - len(w.lstrip(" -–/.)")), w.strip(" -–/.(")) for a, w in found)
    return [(a, a + len(w)) for a, w in trimmed if sum(c.isdigit() for c in w) >= 6]


def _kind_of_run(text: str, start: int, end: int, may_ask: bool) -> tuple[str, bool]:
    """The kind of a run, empty if it is nobody's; and whether `phonenumbers` was asked."""
    words = text[start:end]
    digits = "".join(c for c in words if c.isdigit())
    before, after = text[max(0, start - 48) : start], text[end : end + 6]
    plain = len(digits) == len(words)
    if (
        _SSN.fullmatch(words)
        and digits[:3] != "000"
        and not _is_part_of_something(before, after, words[0])
    ):
        return "US_SSN", False
    if (
        _is_part_of_something(before, after, words[0])
        or _AMOUNT.fullmatch(words)
        or _NESTED.search(words)
    ):
        return "", False
    if "+" not in words and _CARD.fullmatch(digits) and _is_checked(digits):
        return "CREDIT_CARD", False
    announced = _PHONE_WORD.search(before) is not None
    if not announced and 12 <= len(digits) <= 19 and _CARD_WORD.search(before):
        return "CREDIT_CARD", False  # mistyped, and still somebody's
    if not announced and _REFERENCE_WORD.search(before):
        return ("REFERENCE" if _OWNED_WORD.search(before) else ""), False
    if before.endswith(("#", "-", "_")) and plain:
        return "", False
    if announced:
        return ("PHONE_NUMBER" if _ANNOUNCED[digits[0] == "0"] <= len(digits) <= 20 else ""), False
    if not 7 <= len(digits) <= 15:
        return "", False
    if len(digits) <= 8 and _TWO_GROUPS.fullmatch(words) and not _LOCAL.fullmatch(words):
        return "", False
    if plain or not may_ask:
        return "PHONE_NUMBER", False
    return ("PHONE_NUMBER" if _is_phone_number(words, digits) else ""), True


def _is_part_of_something(before: str, after: str, first: str) -> bool:
    """Whether the run is part of something else: a word, a sum, a percentage, a longer figure."""
    last, following = before[-1:], after[:1]
    if last.isalnum() and first not in "(+[":
        return True
    if last and (last in "$€£*=%&?_" or (last in ".,/+)" and before[-2:-1].isdigit())):
        return True
    if last and last in "-/" and _CODE.search(before):
        return True
    if following and following in "%*=€$£_":
        return True
    if following.isalpha() and not _EXTENSION.match(after):
        return True
    return following == "," and after[1:2].isdigit() and after[2:3].isdigit()


def _is_phone_number(words: str, digits: str) -> bool:
    """Whether the digits are a valid number in one of the regions, as written."""
    if words.startswith("+") or digits.startswith("00"):
        international = "+" + (digits[2:] if digits.startswith("00") else digits)
        return _is_valid_in_region(international, None) or words.startswith("+")
    return any(_is_valid_in_region(digits, region) for region in REGIONS) or _is_valid_in_region(
        "+" + digits, None
    )


def _is_checked(digits: str) -> bool:
    """Whether the last digit is a card number's check digit."""
    from stdnum import luhn

    return bool(luhn.is_valid(digits))


def _is_valid_in_region(number: str, region: str | None) -> bool:
    import phonenumbers  # loaded where a text holds a number, and not before

    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(number, region)))
    except phonenumbers.NumberParseException:
        return False
