"""Whether a text is nearly one that is known: the same, but for a word or an ending.

By the share of character trigrams that two texts have in common (Dice's coefficient), over letters
and digits in small letters. Built once over all examples; a look costs one pass over them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

NEARLY = 0.75  # of the trigrams in common


def plain_letters(text: str) -> str:
    """A text as two examples are compared: letters and digits only, in small letters."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


@dataclass(frozen=True, slots=True)
class SimilarExample:
    """A known text, the intent it belongs to, and how much of it is the same (0 to 1)."""

    text: str
    intent: str
    share: float


class KnownExamples:
    """Texts with the intents that they belong to."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        """`texts`: (intent, text) of every example."""
        self._known = [(intent, text, _letter_grams(text)) for intent, text in texts]

    def nearest_example(self, text: str) -> SimilarExample | None:
        """The known text that is most like it, if it is nearly the same."""
        grams = _letter_grams(text)
        best = max(
            (
                SimilarExample(known, intent, _dice_similarity(grams, other))
                for intent, known, other in self._known
            ),
            key=lambda alike: alike.share,
            default=None,
        )
        return best if best is not None and best.share >= NEARLY else None


def _letter_grams(text: str) -> frozenset[str]:
    padded = f" {plain_letters(text)} "
    return frozenset(padded[n : n + 3] for n in range(len(padded) - 2))


def _dice_similarity(one: frozenset[str], other: frozenset[str]) -> float:
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else 0.0
