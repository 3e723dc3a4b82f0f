"""Personal data by its form: what identifies somebody, whoever it is.

`find_personal_data` knows the structured kinds (EMAIL_ADDRESS, PHONE_NUMBER, CREDIT_CARD,
IBAN_CODE, US_SSN, IP_ADDRESS), further national numbers, REFERENCE (a number announced as
somebody's order, account or booking) and STREET_ADDRESS, the last as best effort. It knows no
names: they have no form. Names and whatever else one customer told us are `bot.detect.taint`'s
work.

Total, linear, without a model. Texts are read folded, so full-width digits and zero-width
characters hide nothing.
"""

from __future__ import annotations

from bot.detect.folding import compile_caseless, fold_text, replace_surrogates
from bot.detect.personal import identifiers, personal_numbers, street_addresses
from bot.model import Span

STRUCTURED = frozenset(
    {"EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "IBAN_CODE", "US_SSN", "IP_ADDRESS"}
)
MOST_PERSONAL_DATA = 256  # spans of one text; more of the same says nothing new
LONGEST_READ = (
    16_384  # characters that are read; what comes after is reported as UNREAD, not as clean
)

_DIGITS = compile_caseless(r"\d(?:[^\d\n]{0,6}\d){5}")
_WORTH_A_LOOK = compile_caseless(r"\d|@|[(\[{] ?(?:at|ät)|::")


def find_personal_data(text: str, allowed: frozenset[str] = frozenset()) -> tuple[Span, ...]:
    """Every piece of personal data that has a form, in order, none overlapping another.

    `allowed` are published contact values (the brand's own addresses and numbers), as
    `normalize_contacts` makes them: they are not personal data.
    """
    if len(text) > LONGEST_READ:
        rest = Span(LONGEST_READ, len(text), "UNREAD", replace_surrogates(text[LONGEST_READ:]))
        return (*find_personal_data(text[:LONGEST_READ], allowed), rest)
    folded = fold_text(text)
    if not _WORTH_A_LOOK.search(folded.text):
        return ()
    spans = identifiers.find_identifiers(folded) + street_addresses.find_street_addresses(folded)
    if _DIGITS.search(folded.text):
        spans += personal_numbers.find_personal_numbers(folded)
    return _drop_overlapping(spans, allowed)


def normalize_contacts(values: tuple[str, ...]) -> frozenset[str]:
    """Published contact values in the form in which `find_personal_data` compares them."""
    return frozenset(_normalize_value(value) for value in values)


def _normalize_value(value: str) -> str:
    """A value without the ways of writing it: letters and digits, `+` and country zeros gone."""
    essence = "".join(c for c in fold_text(value).text if c.isalnum() or c == "@")
    return essence.lstrip("0") if essence.isdigit() else essence


def _drop_overlapping(spans: list[Span], allowed: frozenset[str]) -> tuple[Span, ...]:
    """Earlier detectors win where spans overlap: identifiers, addresses, numbers, in that order."""
    kept: list[Span] = []
    taken: set[int] = set()
    for span in spans:
        if len(kept) == MOST_PERSONAL_DATA:
            break
        if not taken.isdisjoint(range(span.start, span.end)):
            continue
        taken.update(range(span.start, span.end))
        if not (allowed and _normalize_value(span.words) in allowed):
            kept.append(span)
    return tuple(sorted(kept, key=lambda span: span.start))
