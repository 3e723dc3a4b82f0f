"""Real words in no order: a shop's vocabulary, shaken, looks much like a question of its customers.

Two scores tell them apart. `word_order_familiarity`: the share of neighbouring words that stand
side by side in the examples too, among neighbours that the examples both have. And, where there is
an encoder, a linear probe on the vector, which learned the brand's examples from the same words
shaken. Both are brought to one scale and added up; texts of fewer than four words have no order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bot.understanding.classifier.features import Floats
from bot.understanding.sentences import split_words

FEWEST = 4  # words


@dataclass(frozen=True, slots=True)
class WordOrder:
    """`probe` and `bias` are empty and 0 without an encoder. Disorder above `most` is no order."""

    probe: Floats
    bias: float
    means: Floats
    deviations: Floats
    most: float

    def has_order(self, text: str, vocabulary: Mapping[str, int], vector: Floats | None) -> bool:
        """Whether a text in normal form has an order, as far as one can tell."""
        words = split_words(text)
        if len(words) < FEWEST:
            return True
        signs = [-word_order_familiarity(words, vocabulary)]
        if vector is not None and len(self.probe):
            signs.append(float(vector @ self.probe) + self.bias)
        disorder = ((np.array(signs) - self.means) / self.deviations).sum()
        return bool(disorder <= self.most)


def word_order_familiarity(words: list[str], vocabulary: Mapping[str, int]) -> float:
    """From 0 to 1; the middle when nothing can be said."""
    pairs = [f"{a} {b}" for a, b in pairwise(words) if a in vocabulary and b in vocabulary]
    known = sum(pair in vocabulary for pair in pairs)
    return (known + 0.5) / (len(pairs) + 1.0)
