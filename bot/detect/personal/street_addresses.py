"""Where somebody lives: street addresses in the forms of English and German letters, best effort.

A house number beside a word for a street, a flat or suite with its number, a post box. There is no
gazetteer here: a street in another language, or a place without a number, is not seen. Reported as
STREET_ADDRESS, apart from the structured kinds.
"""

from __future__ import annotations

from bot.detect.folding import FoldedText, compile_any_of
from bot.model import Span

_NAME = r"\p{L}[\p{L}.'’-]*"
_ENGLISH = (
    r"(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|place|pl|square|squares"
    r"|terrace|way|close|crescent|highway|hwy|parkway|pkwy|circle|trail|loop|row|mews|gardens|streets)"
)
_ROMANCE = r"(?:rue|avenue|boulevard|chemin|via|viale|piazza|calle|avenida|plaza|rua|travessa)"
_GERMANIC = (
    r"(?:str(?:a(?:ß|ss)e)?|gasse|weg|platz|allee|ring|ufer|damm|stieg|straat|laan|plein|gatan|vägen"
    r"|gata|vej|gade|veien|vegen|katu|tie|kuja|utca|tér|ulica|u\.)"
)
_ADDRESS = compile_any_of(
    rf"\b(?:\d{{1,5}} )?\d{{1,5}}[a-z]?,? (?:{_NAME} ){{1,4}}{_ENGLISH}\b\.?",
    rf"\b{_ROMANCE} (?:{_NAME} ){{1,4}}\d{{1,5}}[a-z]?\b",
    rf"\b(?:\d{{1,5}} )?\d{{1,5}}[a-z]?,? {_ROMANCE}(?: {_NAME}){{1,4}}",
    rf"\b(?:\d{{1,5}} )?(?:{_NAME}[ -]){{0,3}}[\p{{L}}-]*{_GERMANIC}\.? \d{{1,5}}[a-z]?\b",
    r"\b(?:apt|apartment|suite|ste|unit|flat|whg|wohnung|top|psc)\.? #?\d{1,5}[a-z]?"
    r"(?:,? box \d{1,6})?\b",
    r"\b(?:p\.? ?o\.? ?box|postfach|box) \d{1,6}\b",
)


def find_street_addresses(folded: FoldedText) -> list[Span]:
    """Street addresses, flats and post boxes."""
    text = folded.text
    return [
        folded.original_span(match.start(), match.end(), "STREET_ADDRESS")
        for match in _ADDRESS.finditer(text)
        if not text[match.end() : match.end() + 1].isalpha()  # RE2 ends a word before ü: “dr|ücken”
    ]
