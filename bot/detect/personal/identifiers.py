"""Identifiers with a form of their own: e-mail and IP addresses, bank accounts, national numbers.

What has check digits is reported only when they hold (python-stdnum); what is just a row of digits
in its country's form is also reported only when the text says what it is.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from bot.detect.folding import FoldedText, Pattern, compile_any_of, compile_caseless
from bot.model import Span

_EMAIL = compile_caseless(
    r"[\p{L}\p{N}_](?:[\p{L}\p{N}_%+'&-]|\.[\p{L}\p{N}_%+'&-])*@"
    r"(?:(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}-]{2,24}"
    r"|\[\d{1,3}(?:\.\d{1,3}){3}\])"
)
_SPELLED_EMAIL = compile_caseless(
    r"[\p{L}\p{N}._%+-]{2,} ?[(\[{] ?(?:at|ät) ?[)\]}] ?[\p{L}\p{N}-]{2,}"
    r"(?: ?[(\[{] ?(?:dot|punkt) ?[)\]}] ?| ?\. ?| dot | punkt )[\p{L}]{2,24}"
)
_SPELLED_AT = compile_caseless(r"[(\[{] ?(?:at|ät) ?[)\]}]")
_IPV4 = compile_caseless(r"\d{1,4}(?:\.\d{1,4}){3,}")
_IPV6 = compile_caseless(r"[0-9a-f:]*:[0-9a-f:.]*:[0-9a-f:.]*")
_IBAN = compile_caseless(r"\b[a-z]{2}\d\d(?:[ -]?[a-z0-9]){11,34}")
_FIELD = compile_caseless(r"(\d+)!([nac])")
_VERSION = compile_caseless(r"(?:\bv|version|release|firmware|build)\W{0,3}$")

ConfirmMatch = Callable[[str, int, int], int]
"""(text, start, end) of a candidate -> where it ends; 0 if it is none."""


def find_identifiers(folded: FoldedText) -> list[Span]:
    """E-mail and IP addresses, IBANs and national identifiers."""
    text = folded.text
    spans: list[Span] = []
    if "@" in text:
        spans += (
            folded.original_span(m.start(), m.end(), "EMAIL_ADDRESS")
            for m in _EMAIL.finditer(text)
            if text[m.start() - 1 : m.start()] != "."
        )
    if _SPELLED_AT.search(text):
        spans += (
            folded.original_span(m.start(), m.end(), "EMAIL_ADDRESS")
            for m in _SPELLED_EMAIL.finditer(text)
        )
    if not _ANY.search(text):
        return spans
    return spans + [
        folded.original_span(match.start(), end, kind)
        for kind, shape, confirmed in _CHECKED
        for match in shape.finditer(text)
        if (end := confirmed(text, match.start(), match.end()))
    ]


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return not (before.isalnum() or before == "_" or after.isalnum() or after == "_")


def _confirm_ipv4(text: str, start: int, end: int) -> int:
    octets = text[start:end].split(".")
    holds = (
        len(octets) == 4
        and all(len(octet) <= 3 and int(octet) <= 255 for octet in octets)
        and _stands_alone(text, start, end)
        and not _VERSION.search(text[max(0, start - 16) : start])
    )
    return end if holds else 0


def _confirm_ipv6(text: str, start: int, end: int) -> int:
    while text[end - 1] == "." or (text[end - 1] == ":" and text[end - 2] != ":"):
        end -= 1
    words = text[start:end]
    if not 3 <= len(words) <= 45 or not _stands_alone(text, start, end):
        return 0
    if not any(c.isdigit() for c in words):
        return 0
    try:
        ipaddress.IPv6Address(words)
    except ValueError:
        return 0
    return end


def _confirm_iban(text: str, start: int, end: int) -> int:
    """The registry's form for its country. A mistyped account is still somebody's account."""
    characters = [(c, place) for place, c in enumerate(text[start:end], start) if c not in " -"]
    structure = _ibans().info(text[start : start + 2].upper())[0][1].get("bban", "")
    fields = [(int(length), kind) for length, kind in _FIELD.findall(structure)]
    length = 4 + sum(length for length, _ in fields)
    if not fields or len(characters) < length:
        return 0
    place = 4
    for length_of, kind in fields:
        field = "".join(c for c, _ in characters[place : place + length_of])
        place += length_of
        if (kind == "n" and not field.isdigit()) or (kind == "a" and not field.isalpha()):
            return 0
    end = characters[length - 1][1] + 1
    return end if _stands_alone(text, start, end) else 0


@cache
def _ibans() -> Any:
    """What an IBAN of each country looks like."""
    from stdnum import numdb

    return numdb.get("iban")


@dataclass(frozen=True, slots=True)
class NationalIdentifier:
    """A national identifier: its shape, the check of its digits, and the words that announce it.

    Without `announced` the shape and check are distinctive enough by themselves.
    """

    kind: str
    shape: str
    module: str
    announced: str = ""


NATIONAL = (
    NationalIdentifier("CH_AHV", r"756\.?\d{4}\.?\d{4}\.?\d\d", "ch.ssn"),
    NationalIdentifier(
        "UK_NINO", r"[a-ceghj-prtw-z][a-ceghj-nprtw-z] ?\d\d ?\d\d ?\d\d ?[a-d]", ""
    ),
    NationalIdentifier("ES_NIF", r"[xyz]?-?\d{7,8}-?[a-hj-np-tv-z]", "es.nif"),
    NationalIdentifier(
        "IT_FISCAL_CODE", r"[a-z]{6}\d\d[a-z]\d\d[a-z]\d{3}[a-z]", "it.codicefiscale"
    ),
    NationalIdentifier("BR_CPF", r"\d{3}\.\d{3}\.\d{3}-\d\d", "br.cpf"),
    NationalIdentifier("FR_NIR", r"[12] ?\d\d ?[01]\d ?\d[\dab] ?\d{3} ?\d{3} ?\d\d", "fr.nir"),
    NationalIdentifier("SE_PERSONNUMMER", r"(?:19|20)?\d{6}[-+]\d{4}", "se.personnummer"),
    NationalIdentifier("FI_HETU", r"\d{6}[-+a]\d{3}[0-9a-y]", "fi.hetu"),
    NationalIdentifier(
        "DE_TAX_ID", r"\d\d ?\d{3} ?\d{3} ?\d{3}", "de.idnr", r"steuer|tax|idnr|tin\b"
    ),
    NationalIdentifier("AT_SVNR", r"\d{4} ?\d{6}", "at.vnr", r"sozialvers|svnr|sv-?n"),
    NationalIdentifier("UK_NHS", r"\d{3} ?-?\d{3} ?-?\d{4}", "gb.nhs", r"\bnhs\b"),
    NationalIdentifier("NL_BSN", r"\d{9}", "nl.bsn", r"\bbsn\b|burgerservice|sofi"),
    NationalIdentifier(
        "CA_SIN", r"\d{3}[ -]?\d{3}[ -]?\d{3}", "ca.sin", r"\bsin\b|social insurance"
    ),
    NationalIdentifier("PL_PESEL", r"\d{11}", "pl.pesel", r"pesel"),
    NationalIdentifier("US_SSN", r"\d{3}[ -]?\d\d[ -]?\d{4}", "us.ssn", r"\bssn\b|social security"),
)


def _national_confirmation(of: NationalIdentifier) -> ConfirmMatch:
    words = compile_caseless(f"(?:{of.announced})[^\\d\\n]{{0,24}}$") if of.announced else None

    def confirm(text: str, start: int, end: int) -> int:
        if not _stands_alone(text, start, end):
            return 0
        if words is not None and not words.search(text[max(0, start - 48) : start]):
            return 0
        if not of.module:
            return end
        number = import_module(f"stdnum.{of.module}")
        return end if number.is_valid(text[start:end]) else 0

    return confirm


_CHECKED: tuple[tuple[str, Pattern, ConfirmMatch], ...] = (
    ("IP_ADDRESS", _IPV4, _confirm_ipv4),
    ("IP_ADDRESS", _IPV6, _confirm_ipv6),
    ("IBAN_CODE", _IBAN, _confirm_iban),
    *((of.kind, compile_caseless(of.shape), _national_confirmation(of)) for of in NATIONAL),
)
_ANY = compile_any_of(
    r"\d{1,4}(?:\.\d{1,4}){3}|[0-9a-f:]*:[0-9a-f:.]*:|[a-z]{2}\d\d(?:[ -]?[a-z0-9]){11}",
    *(of.shape for of in NATIONAL),
)
