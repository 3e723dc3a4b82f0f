"""Emoji, and how people are addressed: what differs from one place to another. Hints.

Emoji are characters of Unicode's pictographic blocks (with what is joined to them, as one) and the
old faces of punctuation. Formal and informal address are words of a language that has both; a
language without such words here has no hints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from bot.detect.folding import compile_pattern
from bot.model import Span

MOST = 64  # places reported
FORMAL, INFORMAL = "formal", "informal"

_PICTURE = (
    r"[\x{1F000}-\x{1FAFF}\x{2600}-\x{26FF}\x{2705}\x{270A}-\x{270C}\x{2728}\x{274C}\x{274E}"
    r"\x{2753}-\x{2755}\x{2757}\x{2763}\x{2764}\x{2795}-\x{2797}\x{2B50}\x{2B55}]"
)
_JOINED = r"[\x{200D}\x{FE0F}\x{E0020}-\x{E007F}]"
_EMOJI = compile_pattern(
    rf"(?:{_PICTURE}(?:{_JOINED}|{_PICTURE})*)|(?:^|\s)[:;=8][-o^']?[)(DPp/|*](?:$|[\s.,!?])"
)

# “Sie” begins a sentence as “they” does: there it counts only before a verb of what one may do
_WORDS: Mapping[str, tuple[str, str]] = {
    "de": (
        r"(?:[\p{L}\p{N},;:“”„\"')–-] )(Sie|Ihnen|Ihr|Ihre[nmrs]?)(?:$|[^\p{L}])|"
        r"(?:^|[.!?…] |\n)(Sie (?:können|müssen|dürfen|möchten|sollten|erhalten|bekommen|haben))"
        r"(?:$|[^\p{L}])",
        r"(?:^|[^\p{L}])((?i:du|dich|dir|dein(?:e[nmrs]?)?|euch|euer|eure[nmrs]?)|"
        r"(?i:ihr) (?:könnt|habt|müsst|dürft|seid|wollt|findet|bekommt))(?:$|[^\p{L}])",
    ),
}


def find_emoji(text: str) -> tuple[Span, ...]:
    """Every emoji, at most MOST. Total."""
    return tuple(islice(_iterate_emoji(text), MOST))


def _iterate_emoji(text: str) -> Iterator[Span]:
    for found in _EMOJI.finditer(text):
        words = found[0]
        face = words.strip(" \t\r\n.,!?")
        at = found.start() + words.index(face)
        yield Span(at, at + len(face), "emoji", face)


def find_address_forms(text: str, locale: str) -> tuple[Span, ...]:
    """Words that address people formally or informally, in order, at most MOST. Total."""
    shapes = _WORDS.get(locale.partition("-")[0])
    if shapes is None:
        return ()
    found = [
        span
        for kind, shape in zip((FORMAL, INFORMAL), shapes, strict=True)
        for span in islice(_iterate_address_forms(text, shape, kind), MOST)
    ]
    return tuple(sorted(found, key=lambda span: span.start)[:MOST])


def _iterate_address_forms(text: str, shape: str, kind: str) -> Iterator[Span]:
    for found in compile_pattern(shape).finditer(text):
        group = next(n for n in range(1, len(found.groups()) + 1) if found[n])
        yield Span(found.start(group), found.end(group), kind, found[group])
