"""TF-IDF of words and of character n-grams, for one message at a time.

The features are scikit-learn's, to the last digit: words 1–2 (`\\w+`) and `char_wb` 2–5, each
sublinear, smoothed, and of length 1. A test holds the two equal. It is written here because
scikit-learn spends 1.5 ms on a message where the arithmetic takes a tenth of that, and because
then the serving process need not load it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.understanding.sentences import split_words

Floats = NDArray[np.float32]
_SHORTEST, _LONGEST = 2, 5


def word_grams(text: str) -> list[str]:
    """Words, and pairs of words that stand side by side."""
    words = split_words(text)
    return words + [f"{a} {b}" for a, b in pairwise(words)]


def char_grams(text: str) -> list[str]:
    """Runs of 2 to 5 characters within each word, the word padded with a space on both sides."""
    grams: list[str] = []
    for word in text.split():
        padded = f" {word} "
        for length in range(_SHORTEST, _LONGEST + 1):
            if length >= len(padded):
                grams.append(padded)
                break
            grams.extend(padded[i : i + length] for i in range(len(padded) - length + 1))
    return grams


ANALYZERS: tuple[Callable[[str], list[str]], ...] = (word_grams, char_grams)


@dataclass(frozen=True, slots=True)
class FeatureBlock:
    """One kind of n-gram: where each stands in the weights, and what it weighs."""

    vocabulary: Mapping[str, int]
    idf: Floats


@dataclass(frozen=True, slots=True)
class TextFeatures:
    """The blocks of a model, in the order of ANALYZERS. Columns are counted across blocks."""

    blocks: tuple[FeatureBlock, ...]

    def columns_and_values(self, text: str) -> tuple[NDArray[np.int64], Floats]:
        """The columns and values that differ from 0, for a text in normal form."""
        columns: list[Any] = []
        values: list[Any] = []
        offset = 0
        for analyze, block in zip(ANALYZERS, self.blocks, strict=True):
            known = block.vocabulary
            counts = Counter([known[gram] for gram in analyze(text) if gram in known])
            found = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
            value = np.fromiter(map(_sublinear_count, counts.values()), np.float32, len(counts))
            value *= block.idf[found]
            length = math.sqrt(float(value @ value))
            columns.append(found + offset)
            values.append(value / np.float32(length) if length else value)
            offset += len(block.idf)
        return np.concatenate(columns), np.concatenate(values)

    def word_familiarity(self, text: str) -> float:
        """The share of a text's words and pairs of words that the examples have; the rarer a word,
        the more it counts, and one that they don't have counts as the rarest."""
        block = self.blocks[0]
        grams = set(word_grams(text))
        known = [block.vocabulary[gram] for gram in grams if gram in block.vocabulary]
        weight = float(block.idf[known].sum()) if known else 0.0
        unknown = (len(grams) - len(known)) * float(block.idf.max(initial=1.0))
        return weight / (weight + unknown) if grams else 0.0


def _sublinear_count(count: int) -> float:
    return 1.0 + math.log(count) if count > 1 else 1.0
