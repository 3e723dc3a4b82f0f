"""What belongs inside: credentials, and the brand's own internal words, hosts, tickets and people.

Kinds: `credential`; `internal-word`, `internal-host`, `ticket`, `staff`. Credentials are found by
their published formats and by the names before them. What is internal, the brand says in its
config; it is looked for in the folded text, so that case and look-alike letters hide nothing.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice

import re2

from bot.brand.settings import Internals
from bot.detect.folding import Pattern, cased, pattern, safe, skeleton
from bot.detect.secrets.assigned_secrets import ASSIGNED, commanded, credential, made_up
from bot.detect.secrets.credential_formats import FORMS
from bot.model import Span

MOST = 128  # spans reported
SEEN = 1024  # candidates looked at

_ROOM = 64 << 20  # bytes for the automaton; it is one pattern, and large
_FORM = cased("|".join(f"(?:{form})" for form in FORMS), room=_ROOM)
_HEADER = pattern(r"authorization:|x-[a-z-]*(?:key|token):")
_SIGNS = frozenset("=:(,|>-")


def find(text: str, internal: Internals) -> tuple[Span, ...]:
    """Credentials and what the brand keeps inside, in order. Total and linear."""
    text = safe(text)
    spans = _formed(text)
    if not _SIGNS.isdisjoint(text):
        spans += _assigned(text)
    known = _known(internal)
    if known:
        folded = skeleton(text)
        for kind, shape in known:
            for match in islice(shape.finditer(folded.text), MOST):
                if match.end() > match.start():
                    spans.append(folded.span(match.start(), match.end(), kind))
    kept: list[Span] = []
    reached = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= reached and len(kept) < MOST:
            kept.append(span)
            reached = span.end
    return tuple(kept)


def _formed(text: str) -> list[Span]:
    return [
        Span(match.start(), match.end(), "credential", match.group())
        for match in islice(_FORM.finditer(text), SEEN)
        if _apart(text, match.start(), match.end()) and not made_up(match.group())
    ]


def _assigned(text: str) -> list[Span]:
    spans = []
    for match in islice(ASSIGNED.finditer(text), SEEN):
        words = match.group()
        value = credential(words)
        if value:
            start, end = match.start() + value[0], match.start() + value[1]
            spans.append(Span(start, end, "credential", text[start:end]))
    if "--" in text or " -u" in text or _HEADER.search(text):
        for start, end in commanded(text, SEEN):
            spans.append(Span(start, end, "credential", text[start:end]))
    return spans


def _apart(text: str, start: int, end: int) -> bool:
    """Whether a form stands by itself, and isn't a piece of something longer."""
    before, after = text[start - 1] if start else " ", text[end] if end < len(text) else " "
    return not (_part(before) and _part(text[start])) and not (
        _part(after) and _part(text[end - 1])
    )


def _part(character: str) -> bool:
    return character == "_" or (character.isascii() and character.isalnum())


@lru_cache(maxsize=64)
def _known(internal: Internals) -> tuple[tuple[str, Pattern], ...]:
    """The brand's own list, compiled; a ticket form that RE2 refuses is left to the loader."""
    listed = (
        ("internal-word", _listed(internal.words)),
        ("internal-host", _listed(internal.hosts)),
        ("ticket", "|".join(f"(?:{form})" for form in internal.tickets if _compiles(form))),
        ("staff", _listed(internal.staff)),
    )
    return tuple((kind, cased(rf"\b(?:{source})\b", False)) for kind, source in listed if source)


def _listed(words: tuple[str, ...]) -> str:
    folded = (skeleton(word.strip()).text for word in words)
    return "|".join(r"[\s_-]*".join(map(re2.escape, word.split())) for word in folded if word)


def _compiles(form: str) -> bool:
    try:
        assert cased(form, False).compiled
    except re2.error:
        return False
    return True
