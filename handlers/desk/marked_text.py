"""A text with its findings where they belong: pieces to mark, paragraph by paragraph.

Nothing is added to the text and nothing is lost: the pieces of all paragraphs, joined by blank
lines, are the text, byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from bot.cards.card import Mark

TONES = {"blocked": "stop", "held": "hold", "note": "note"}
WEIGHT = {"": 0, "note": 1, "hold": 2, "stop": 3}


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding with the number that stands at its words."""

    number: int
    tone: str  # stop, hold, note
    mark: Mark


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that the same findings point at; `numbers` where such a finding's words end."""

    text: str
    tone: str = ""
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`body`: part of the words under decision, not of what code puts around them."""

    pieces: tuple[Piece, ...]
    findings: tuple[Numbered, ...]
    body: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """`whole` are findings on all of the text, or on words that aren't in it."""

    paragraphs: tuple[Paragraph, ...]
    whole: tuple[Numbered, ...]
    findings: tuple[Numbered, ...]  # all of them


def marked(text: str, body: str, marks: tuple[Mark, ...]) -> Marked:
    """Total: a mark that points outside the text is one on all of it."""
    numbered = [Numbered(n, TONES.get(m.word, "hold"), m) for n, m in enumerate(marks, 1)]
    placed = [n for n in numbered if 0 <= n.mark.start < n.mark.end <= len(text)]
    begin = text.find(body) if body else -1
    paragraphs, at = [], 0
    for words in text.split("\n\n") if text else []:
        end = at + len(words)
        inside = [n for n in placed if n.mark.start < end and n.mark.end > at]
        paragraphs.append(
            Paragraph(
                _pieces(words, at, inside),
                tuple(n for n in inside if n.mark.start >= at),
                begin <= at < begin + len(body) if begin >= 0 else False,
            )
        )
        at = end + 2
    shown = {n.number for paragraph in paragraphs for n in paragraph.findings}
    whole = tuple(n for n in numbered if n.number not in shown)
    return Marked(tuple(paragraphs), whole, tuple(numbered))


def _pieces(words: str, at: int, inside: list[Numbered]) -> tuple[Piece, ...]:
    edges = {0, len(words)}
    for n in inside:
        edges |= {max(n.mark.start - at, 0), min(n.mark.end - at, len(words))}
    cuts = sorted(edges)
    pieces = []
    for left, right in pairwise(cuts):
        over = [n for n in inside if n.mark.start - at <= left and n.mark.end - at >= right]
        tone = max((n.tone for n in over), key=WEIGHT.__getitem__, default="")
        ends = tuple(n.number for n in over if min(n.mark.end - at, len(words)) == right)
        pieces.append(Piece(words[left:right], tone, ends))
    return tuple(pieces)
