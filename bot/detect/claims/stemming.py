"""Light stemming: enough that `refund`, `refunds` and `refunded` are one word of a topic.

By a language's own list of endings, longest first, leaving at least three letters; the tables are
those of bot/detect/commitments/languages. A stem is for comparing, never for showing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

_LEAST = 3


class WordEndings(Protocol):
    """Whatever lists the endings of a language, longest first."""

    @property
    def endings(self) -> tuple[str, ...]: ...


@lru_cache(maxsize=16_384)
def stem_word(word: str, language: WordEndings) -> str:
    """The word without its ending."""
    if not word.endswith(language.endings):
        return word
    for ending in language.endings:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word[: -len(ending)]
    return word
