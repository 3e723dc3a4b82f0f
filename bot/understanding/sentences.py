"""Text as the models and the cues read it: one normal form, words with their places, sentences.

Everything here is total, and bounded: of a very long text the first part is read, because a
stranger's message must not cost more than a page does. Offsets point into the text as written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

READ_AT_MOST = 2000  # characters; about a page

_STRAIGHT = str.maketrans("’‘ʼ“”„–—", "'''\"\"\"--")


def straighten_quotes(text: str) -> str:
    """The same text, character for character, with straight quotes and dashes."""
    return text.translate(_STRAIGHT)


def normalize_text(text: str) -> str:
    """Compatibility forms folded, quotes straight, lower case, single spaces, at most a page."""
    folded = unicodedata.normalize("NFKC", text[:READ_AT_MOST]).translate(_STRAIGHT)
    return " ".join(folded.lower().split())


def split_words(normal_text: str) -> list[str]:
    """Runs of letters, digits and underscores, in order: what `\\w+` finds, without a pattern."""
    return "".join(c if c.isalnum() or c == "_" else " " for c in normal_text).split()


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a message, with its place."""

    text: str
    start: int
    end: int


def trim_segment(text: str, start: int, end: int) -> Segment | None:
    """The part from `start` to `end`, without white space at its ends; None if nothing is left."""
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    part = part.strip()
    return Segment(part, start + left, start + left + len(part)) if part else None


_ENDS = ".!?\n;…"


def split_sentences(text: str) -> tuple[Segment, ...]:
    """The sentences of a text: cut behind `. ! ? ; …` before white space, and at line ends."""
    return tuple(filter(None, (trim_segment(text, a, b) for a, b in _cut_sentences(text))))


def _cut_sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for i, char in enumerate(text):
        if char in _ENDS and (char == "\n" or i + 1 == len(text) or text[i + 1].isspace()):
            yield start, i + 1
            start = i + 1
    yield start, len(text)
