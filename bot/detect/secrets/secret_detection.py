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
from bot.detect.folding import (
    Pattern,
    compile_caseless,
    compile_pattern,
    fold_to_skeleton,
    replace_surrogates,
)
from bot.detect.secrets.assigned_secrets import (
    ASSIGNED,
    find_assigned_value,
    find_command_line_secrets,
    is_placeholder,
)
from bot.detect.secrets.credential_formats import FORMS
from bot.model import Span

MOST_SECRETS = 128  # spans reported
SEEN = 1024  # candidates looked at

_ROOM = 64 << 20  # bytes for the automaton; it is one pattern, and large
_FORM = compile_pattern("|".join(f"(?:{form})" for form in FORMS), room=_ROOM)
_HEADER = compile_caseless(r"authorization:|x-[a-z-]*(?:key|token):")
_SIGNS = frozenset("=:(,|>-")


def find_secrets(text: str, internal: Internals) -> tuple[Span, ...]:
    """Credentials and what the brand keeps inside, in order. Total and linear."""
    text = replace_surrogates(text)
    spans = _find_formatted(text)
    if not _SIGNS.isdisjoint(text):
        spans += _find_assigned(text)
    known = _internal_patterns(internal)
    if known:
        folded = fold_to_skeleton(text)
        for kind, shape in known:
            for match in islice(shape.finditer(folded.text), MOST_SECRETS):
                if match.end() > match.start():
                    spans.append(folded.original_span(match.start(), match.end(), kind))
    kept: list[Span] = []
    reached = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= reached and len(kept) < MOST_SECRETS:
            kept.append(span)
            reached = span.end
    return tuple(kept)


def _find_formatted(text: str) -> list[Span]:
    return [
        Span(match.start(), match.end(), "credential", match.group())
        for match in islice(_FORM.finditer(text), SEEN)
        if _stands_alone(text, match.start(), match.end()) and not is_placeholder(match.group())
    ]


def _find_assigned(text: str) -> list[Span]:
    spans = []
    for match in islice(ASSIGNED.finditer(text), SEEN):
        words = match.group()
        value = find_assigned_value(words)
        if value:
            start, end = match.start() + value[0], match.start() + value[1]
            spans.append(Span(start, end, "credential", text[start:end]))
    if "--" in text or " -u" in text or _HEADER.search(text):
        for start, end in find_command_line_secrets(text, SEEN):
            spans.append(Span(start, end, "credential", text[start:end]))
    return spans


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a form stands by itself, and isn't a piece of something longer."""
    before, after = text[start - 1] if start else " ", text[end] if end < len(text) else " "
    return not (_is_word_part(before) and _is_word_part(text[start])) and not (
        _is_word_part(after) and _is_word_part(text[end - 1])
    )


def _is_word_part(character: str) -> bool:
    return character == "_" or (character.isascii() and character.isalnum())


@lru_cache(maxsize=64)
def _internal_patterns(internal: Internals) -> tuple[tuple[str, Pattern], ...]:
    """The brand's own list, compiled; a ticket form that RE2 refuses is left to the loader."""
    listed = (
        ("internal-word", _pattern_of_words(internal.words)),
        ("internal-host", _pattern_of_words(internal.hosts)),
        ("ticket", "|".join(f"(?:{form})" for form in internal.tickets if _is_valid_pattern(form))),
        ("staff", _pattern_of_words(internal.staff)),
    )
    return tuple(
        (kind, compile_pattern(rf"\b(?:{source})\b", False)) for kind, source in listed if source
    )


def _pattern_of_words(words: tuple[str, ...]) -> str:
    folded = (fold_to_skeleton(word.strip()).text for word in words)
    return "|".join(r"[\s_-]*".join(map(re2.escape, word.split())) for word in folded if word)


def _is_valid_pattern(form: str) -> bool:
    try:
        compile_pattern(form, False).compiled  # noqa: B018 - compiling is the question
    except re2.error:
        return False
    return True
