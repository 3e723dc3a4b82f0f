"""Personal data by its form: what identifies somebody, whoever it is.

`find` knows the structured kinds (EMAIL_ADDRESS, PHONE_NUMBER, CREDIT_CARD, IBAN_CODE, US_SSN,
IP_ADDRESS), further national numbers, REFERENCE (a number announced as somebody's order, account
or booking) and STREET_ADDRESS, the last as best effort. It knows no names: they have no form. Names
and whatever else one customer told us are `bot.detect.taint`'s work.

Total, linear, without a model. Texts are read folded, so full-width digits and zero-width
characters hide nothing.
"""

from __future__ import annotations

from bot.detect.folding import fold, pattern, safe
from bot.detect.personal import identifiers
from bot.detect.personal import personal_numbers as numbers
from bot.detect.personal import street_addresses as addresses
from bot.model import Span

STRUCTURED = frozenset(
    {"EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "IBAN_CODE", "US_SSN", "IP_ADDRESS"}
)
MOST = 256  # spans of one text; more of the same says nothing new
LONGEST = 16_384  # characters that are read; what comes after is reported as UNREAD, not as clean

_DIGITS = pattern(r"\d(?:[^\d\n]{0,6}\d){5}")
_WORTH_A_LOOK = pattern(r"\d|@|[(\[{] ?(?:at|ät)|::")


def find(text: str, allowed: frozenset[str] = frozenset()) -> tuple[Span, ...]:
    """Every piece of personal data that has a form, in order, none overlapping another.

    `allowed` are published contact values (the brand's own addresses and numbers), as `contacts`
    makes them: they are not personal data.
    """
    if len(text) > LONGEST:
        rest = Span(LONGEST, len(text), "UNREAD", safe(text[LONGEST:]))
        return (*find(text[:LONGEST], allowed), rest)
    folded = fold(text)
    if not _WORTH_A_LOOK.search(folded.text):
        return ()
    spans = identifiers.find(folded) + addresses.find(folded)
    if _DIGITS.search(folded.text):
        spans += numbers.find(folded)
    return _apart(spans, allowed)


def contacts(values: tuple[str, ...]) -> frozenset[str]:
    """Published contact values in the form in which `find` compares them."""
    return frozenset(_essence(value) for value in values)


def _essence(value: str) -> str:
    """A value without the ways of writing it: letters and digits, `+` and country zeros gone."""
    essence = "".join(c for c in fold(value).text if c.isalnum() or c == "@")
    return essence.lstrip("0") if essence.isdigit() else essence


def _apart(spans: list[Span], allowed: frozenset[str]) -> tuple[Span, ...]:
    """Earlier detectors win where spans overlap: identifiers, addresses, numbers, in that order."""
    kept: list[Span] = []
    taken: set[int] = set()
    for span in spans:
        if len(kept) == MOST:
            break
        if not taken.isdisjoint(range(span.start, span.end)):
            continue
        taken.update(range(span.start, span.end))
        if not (allowed and _essence(span.words) in allowed):
            kept.append(span)
    return tuple(sorted(kept, key=lambda span: span.start))
