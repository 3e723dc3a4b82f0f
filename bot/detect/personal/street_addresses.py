"""Where somebody lives: street addresses in the forms of English and German letters, best effort.

A house number beside a word for a street, a flat or suite with its number, a post box. There is no
gazetteer here: a street in another language, or a place without a number, is not seen. A word that
is more than a street (`2 parcels are on their way`, `bring 2 photos`) is one only where it is
written as a name. Reported as STREET_ADDRESS, apart from the structured kinds.
"""

from __future__ import annotations

from typing import Any

from bot.detect.folding import FoldedText, compile_any_of
from bot.model import Span

_SHORTEST = 5  # letters of a name; “Bring 2” is none
_NAME = r"\p{L}[\p{L}.'’-]*"
_ENGLISH = (
    r"(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|place|pl|square|squares"
    r"|terrace|way|close|crescent|highway|hwy|parkway|pkwy|circle|trail|loop|row|mews|gardens|streets)"
)
_SURE = frozenset({"street", "avenue", "boulevard", "blvd", "straße", "strasse", "str", "allee"})
_ROMANCE = r"(?:rue|avenue|boulevard|chemin|via|viale|piazza|calle|avenida|plaza|rua|travessa)"
_GERMANIC = (
    r"(?:str(?:a(?:ß|ss)e)?|gasse|weg|platz|allee|ufer|damm|stieg|straat|laan|plein|gatan|vägen"
    r"|gata|vej|gade|veien|vegen|katu|tie|kuja|utca|ulica)"
)
_APART = r"(?:ring|tér|u\.)"  # a word of their own: not “bring 2”, nor “you. 2”
_STREETS = compile_any_of(
    rf"\b(?:\d{{1,5}} )?\d{{1,5}}[a-z]?,? (?:{_NAME} ){{1,4}}{_ENGLISH}\b\.?",
    rf"\b{_ROMANCE} (?:{_NAME} ){{1,4}}\d{{1,5}}[a-z]?\b",
    rf"\b(?:\d{{1,5}} )?\d{{1,5}}[a-z]?,? {_ROMANCE}(?: {_NAME}){{1,4}}",
    rf"\b(?:\d{{1,5}} )?(?:{_NAME}[ -]){{0,3}}[\p{{L}}-]*{_GERMANIC}\.? \d{{1,5}}[a-z]?\b",
    rf"\b(?:\d{{1,5}} )?(?:{_NAME}[ -]){{1,3}}{_APART} \d{{1,5}}[a-z]?\b",
)
_WITHIN = compile_any_of(
    r"\b(?:apt|apartment|suite|ste|unit|flat|whg|wohnung|top|psc)\.? #?\d{1,5}[a-z]?"
    r"(?:,? box \d{1,6})?\b",
    r"\b(?:p\.? ?o\.? ?box|postfach|box) \d{1,6}\b",
)


def find_street_addresses(folded: FoldedText) -> list[Span]:
    """Street addresses, flats and post boxes."""
    text = folded.text
    streets = (it for it in _STREETS.finditer(text) if _is_written_as_name(folded, it))
    return [
        folded.original_span(match.start(), match.end(), "STREET_ADDRESS")
        for match in (*streets, *_WITHIN.finditer(text))
        if not text[match.end() : match.end() + 1].isalpha()  # RE2 ends a word before ü: “dr|ücken”
    ]


def _is_written_as_name(folded: FoldedText, match: Any) -> bool:
    """Whether its words can be a street's: surely one, or at least written large, as names are."""
    first, last = folded.original_range(match.start(), match.end())
    words = [word for word in folded.original[first:last].split() if word[0].isalpha()]
    if any(word.strip(".,").casefold().endswith(tuple(_SURE)) for word in words):
        return True
    large = [word for word in words if word[0].isupper()]
    return len(large) > 1 or any(len(word) > _SHORTEST for word in large)
