"""The features of many texts at once, for training: counted once, weighed anew in each fold.

A fold must not know the n-grams of what it holds back: their frequencies and the length of a row
are those of the rows that it learns from, as they will be of a message that nobody has seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.understanding.classifier.features import ANALYZERS, FeatureBlock, Floats, TextFeatures

Vocabulary = dict[str, int]


@dataclass(frozen=True, slots=True)
class NgramCounts:
    """For each kind of n-gram: the columns, and 1 + log(count), one row a text."""

    vocabularies: tuple[Vocabulary, ...]
    blocks: tuple[Any, ...]


def count_ngrams(
    texts: Sequence[str], vocabularies: tuple[Vocabulary, ...] | None = None
) -> NgramCounts:
    """Count n-grams in texts in normal form; only known ones if vocabularies are given."""
    grow = vocabularies is None
    known: tuple[Vocabulary, ...] = vocabularies or tuple({} for _ in ANALYZERS)
    blocks = []
    for analyze, vocabulary in zip(ANALYZERS, known, strict=True):
        rows = [Counter(analyze(text)) for text in texts]
        if grow:
            for gram in sorted({gram for row in rows for gram in row}):
                vocabulary[gram] = len(vocabulary)
        blocks.append(_sparse_matrix(rows, vocabulary))
    return NgramCounts(known, tuple(blocks))


def _sparse_matrix(rows: list[Counter[str]], vocabulary: Vocabulary) -> Any:
    columns = [[vocabulary[gram] for gram in row if gram in vocabulary] for row in rows]
    values = [[n for gram, n in row.items() if gram in vocabulary] for row in rows]
    ends = np.cumsum([0, *(len(c) for c in columns)])
    data = np.log(np.array([n for v in values for n in v], dtype=np.float64)) + 1.0
    flat = np.array([c for row in columns for c in row], dtype=np.int32)
    return sparse.csr_matrix((data, flat, ends), shape=(len(rows), len(vocabulary)))


@dataclass(frozen=True, slots=True)
class TfidfTable:
    """What the rows that were learned from make of the n-grams: which count, and how much."""

    vocabularies: tuple[Vocabulary, ...]
    kept: tuple[NDArray[np.int64], ...]
    idf: tuple[Floats, ...]

    def weighted_rows(self, counts: NgramCounts, rows: NDArray[np.int64]) -> Any:
        """The features of some rows, each block of length 1."""
        parts = []
        for block, kept, idf in zip(counts.blocks, self.kept, self.idf, strict=True):
            part = block[rows][:, kept].multiply(idf).tocsr()
            lengths = np.sqrt(part.multiply(part).sum(axis=1)).A1
            parts.append(sparse.diags_array(1.0 / np.where(lengths, lengths, 1.0)) @ part)
        return sparse.csr_matrix(sparse.hstack(parts))

    def familiarity_of_rows(self, counts: NgramCounts, rows: NDArray[np.int64]) -> Any:
        """`Features.familiarity` of some rows. Their n-grams are all among those counted."""
        block, kept, idf = counts.blocks[0][rows], self.kept[0], self.idf[0]
        present = block.copy()
        present.data = np.ones_like(present.data)
        weight = present[:, kept] @ idf
        unknown = (np.diff(present.indptr) - np.diff(present[:, kept].indptr)) * idf.max(
            initial=1.0
        )
        return weight / np.maximum(weight + unknown, 1e-9)

    def as_features(self) -> TextFeatures:
        """The same, for one message at a time."""
        blocks = []
        for vocabulary, kept, idf in zip(self.vocabularies, self.kept, self.idf, strict=True):
            names = list(vocabulary)
            blocks.append(
                FeatureBlock({names[k]: i for i, k in enumerate(kept)}, idf.astype(np.float32))
            )
        return TextFeatures(tuple(blocks))


def fit_tfidf(counts: NgramCounts, rows: NDArray[np.int64]) -> TfidfTable:
    """Smoothed inverse document frequencies: log((1 + n) / (1 + df)) + 1, as in scikit-learn."""
    kept, weights = [], []
    for block in counts.blocks:
        frequency = np.bincount(block[rows].indices, minlength=block.shape[1])
        present = np.flatnonzero(frequency)
        kept.append(present)
        weights.append((np.log((1 + len(rows)) / (1 + frequency[present])) + 1).astype(np.float32))
    return TfidfTable(counts.vocabularies, tuple(kept), tuple(weights))


def stack_rows(above: Any, below: Any) -> Any:
    """Rows of both."""
    return sparse.csr_matrix(sparse.vstack([above, below]))
