"""Flags: words that a person should see, whatever else the message asks.

A flag sends a message to a person, or tells them more about it, and does nothing else: word lists
alarm on many harmless look-alikes, so they never accept, answer or refuse. Every language of ours
is looked at, whatever language a message seems to be in: a threat is read in any of them.
"""

from __future__ import annotations

from dataclasses import replace

from bot.detect import injection
from bot.detect.text import safe
from bot.model import Span
from bot.understanding.look_alikes import excused
from bot.understanding.text import straight
from bot.understanding.words import LANGUAGES, Words

PERSON = frozenset(
    [
        *("wants-person", "legal", "data-request", "press", "safety", "self-harm"),
        *("anger", "abuse", "injection"),
    ]
)
"""The kinds that hand a message to a person. The others are notes: complaint, buying, thanks."""

_SHOUTED_LETTERS, _SHOUTED_WORDS = 12, 3


def find(text: str) -> tuple[Span, ...]:
    """All flags, in the order of the text. Total; offsets point into `text`."""
    level = straight(safe(text))
    found = {
        Span(start, end, kind, text[start:end])
        for words in LANGUAGES.values()
        for kind, phrases in words.signals.items()
        for start, end in phrases.find(level)
    }
    spans = excused(found, level)
    spans |= {replace(span, kind="injection") for span in injection.find(text)}
    if text.strip() and _shouts(text):
        spans.add(Span(0, len(text), "anger", text))
    if any(is_courtesy(text, words) for words in LANGUAGES.values()):
        spans.add(Span(0, len(text), "thanks", text))
    return tuple(sorted(spans, key=lambda span: (span.start, span.end, span.kind)))


def is_courtesy(text: str, words: Words) -> bool:
    """Whether a message is thanks or a nod, and nothing else."""
    core, around = words.courtesy
    parts = [part.strip(".,!?;:()\"'") for part in straight(text).lower().split()]
    parts = [part for part in parts if part]
    return (
        "?" not in text
        and any(part in core for part in parts)
        and all(part in core or part in around for part in parts)
    )


def _shouts(text: str) -> bool:
    """Several words in capitals, with hardly a small letter."""
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return (
        capitals >= _SHOUTED_LETTERS
        and capitals >= 0.85 * len(letters)
        and len(text.split()) >= _SHOUTED_WORDS
    )
