"""Training: the brand's examples become a model, with scikit-learn, in seconds.

The only module here that loads scikit-learn; serving needs the model alone. Deterministic: the
same examples give the same model. Cross-validation sets everything that is not learned: in each
fold a part of the examples is held back, and a part of the *intents* as well, whole. Held-back
examples show how sure the model is when it is right; held-back intents show what it makes of
questions that nobody foresaw, which are the hardest kind, since they come from the same shop.
None of it is a guarantee: written examples are not live messages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bot.understanding import tables
from bot.understanding.calibration import HeldOut, calibrate
from bot.understanding.features import Floats
from bot.understanding.model import Embed, Linear, Meaning, Model, Neighbours
from bot.understanding.naming import model_id
from bot.understanding.text import normal

_MANY = 4000  # examples; above it folds are fewer and machines are held tighter
_FEW = 10  # examples an intent
_REGRESSION_FEW, _REGRESSION_MANY = 12.0, 4.0  # inverse strengths, for vectors of length 1
_MACHINES, _MACHINES_MANY = 1.0, 0.5

Rows = NDArray[np.int64]


class TooLittleError(ValueError):
    """There is nothing to tell apart: fewer than two intents, or an intent without an example."""


def train(
    language: str,
    examples: Mapping[str, Sequence[str]],
    embed: Embed | None = None,
    not_this: Mapping[str, Sequence[str]] | None = None,
    encoder: str = "",
) -> Model:
    """A model of what these examples ask. `embed` and `encoder` (its id) go together.

    `not_this` are near misses: texts that are not their intent, whatever else they may be.
    Raises TooLittleError if there are fewer than two intents, or one has no example.
    """
    shop = _Shop.of(examples, not_this or {}, embed)
    counts = np.bincount(shop.labels, minlength=len(shop.intents))
    if len(shop.intents) < 2 or not counts.all():
        raise TooLittleError("A model needs at least two intents, with an example each.")
    everything = np.arange(len(shop.labels))
    fit = _fit(shop, everything)
    return Model(
        id=model_id(language, examples, not_this, encoder),
        language=language,
        intents=shop.intents,
        features=fit.table.features(),
        machines=fit.machines,
        calibration=calibrate(_cross_validate(shop)),
        meaning=_meaning(shop, fit, encoder),
    )


@dataclass(frozen=True, slots=True)
class _Shop:
    """The examples as numbers: one row a text; near misses are rows of their own."""

    intents: tuple[str, ...]
    labels: Rows
    counts: tables.Counts
    vectors: Floats | None
    miss_labels: Rows
    miss_counts: tables.Counts
    miss_vectors: Floats | None

    @classmethod
    def of(
        cls,
        examples: Mapping[str, Sequence[str]],
        not_this: Mapping[str, Sequence[str]],
        embed: Embed | None,
    ) -> _Shop:
        intents = tuple(sorted(examples))
        texts, labels = _flat(intents, examples)
        misses, miss_labels = _flat(intents, not_this)
        counts = tables.count([normal(text) for text in texts])
        return cls(
            intents=intents,
            labels=labels,
            counts=counts,
            vectors=None if embed is None else np.asarray(embed(texts), dtype=np.float32),
            miss_labels=miss_labels,
            miss_counts=tables.count([normal(text) for text in misses], counts.vocabularies),
            miss_vectors=None
            if embed is None or not misses
            else np.asarray(embed(misses), dtype=np.float32),
        )


def _flat(intents: tuple[str, ...], texts: Mapping[str, Sequence[str]]) -> tuple[list[str], Rows]:
    """Grouped by intent, each text once, in an order that doesn't depend on the file's."""
    rows = [
        (text, k) for k, intent in enumerate(intents) for text in sorted(set(texts.get(intent, ())))
    ]
    return [text for text, _ in rows], np.array([k for _, k in rows], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Fit:
    """What is learned from some of the rows. Intents without a row keep no column."""

    kept: Rows  # the intents that it knows, by number
    table: tables.Table
    machines: Linear
    centre: Floats | None
    regression: Linear | None


def _fit(shop: _Shop, rows: Rows) -> _Fit:
    labels = shop.labels[rows]
    kept, targets = np.unique(labels, return_inverse=True)
    table = tables.weigh(shop.counts, rows)
    strength = _MACHINES_MANY if len(rows) > _MANY else _MACHINES
    machines = _machines(shop, table, rows, kept, targets, strength)
    if shop.vectors is None:
        return _Fit(kept, table, machines, None, None)
    centre = shop.vectors[rows].mean(axis=0)
    few = len(rows) / len(kept) <= _FEW
    learned = LogisticRegression(
        C=_REGRESSION_FEW if few else _REGRESSION_MANY, max_iter=1000, tol=1e-3
    ).fit(shop.vectors[rows] - centre, targets)
    return _Fit(kept, table, machines, centre, _linear(learned, 0.5))


def _machines(
    shop: _Shop, table: tables.Table, rows: Rows, kept: Rows, targets: Rows, strength: float
) -> Linear:
    """One machine an intent; those with near misses learn these as examples of what it is not."""
    data = table.of(shop.counts, rows)
    machines = _linear(LinearSVC(C=strength, random_state=0).fit(data, targets), 1.0)
    for column, intent in enumerate(kept):
        misses = np.flatnonzero(shop.miss_labels == intent)
        if len(misses):
            more = tables.stack(data, table.of(shop.miss_counts, misses))
            wanted = np.concatenate([targets == column, np.zeros(len(misses), dtype=bool)])
            own = LinearSVC(C=strength, random_state=0).fit(more, wanted)
            machines.weights[:, column] = own.coef_[0]
            machines.bias[column] = own.intercept_[0]
    return machines


def _linear(learned: Any, half: float) -> Linear:
    """scikit-learn keeps one row for two classes: it is written out as two, `half` each."""
    weights, bias = learned.coef_, learned.intercept_
    if len(weights) == 1:
        weights = np.concatenate([-weights, weights]) * half
        bias = np.concatenate([-bias, bias]) * half
    return Linear(np.ascontiguousarray(weights.T, dtype=np.float32), bias.astype(np.float32))


def _meaning(shop: _Shop, fit: _Fit, encoder: str) -> Meaning | None:
    if shop.vectors is None or fit.centre is None or fit.regression is None:
        return None
    size = len(shop.intents)
    no_vectors = shop.vectors[:0]
    misses = no_vectors if shop.miss_vectors is None else shop.miss_vectors
    return Meaning(
        encoder=encoder,
        centre=fit.centre,
        regression=fit.regression,
        examples=Neighbours(shop.vectors, _starts(shop.labels, size)),
        near_misses=Neighbours(misses, _starts(shop.miss_labels, size)),
    )


def _starts(labels: Rows, size: int) -> Rows:
    return np.searchsorted(labels, np.arange(size + 1))


def _cross_validate(shop: _Shop) -> list[HeldOut]:
    folds = 3 if len(shop.labels) > _MANY else 5
    return [_fold(shop, *parts) for parts in _folds(shop.labels, len(shop.intents), folds)]


def _folds(labels: Rows, size: int, folds: int) -> list[tuple[Rows, Rows]]:
    """Pairs (rows to learn from, rows held back), held-back intents included among the latter."""
    dice = np.random.default_rng(0)
    place = np.empty(len(labels), dtype=np.int64)
    for intent in range(size):
        rows = np.flatnonzero(labels == intent)
        place[rows] = (dice.permutation(len(rows)) + intent) % folds
    group = dice.permutation(size) % folds if size >= 2 * folds else np.full(size, -1)
    single = np.bincount(labels, minlength=size)[labels] == 1
    parts = []
    for fold in range(folds):
        held = ((place == fold) & ~single) | (group[labels] == fold)
        learn = np.flatnonzero(~held)
        if held.any() and len(np.unique(labels[learn])) >= 2:
            parts.append((learn, np.flatnonzero(held)))
    return parts


def _fold(shop: _Shop, learn: Rows, held: Rows) -> HeldOut:
    """What the model of `learn` makes of the rows in `held`."""
    fit = _fit(shop, learn)
    column = np.full(len(shop.intents), -1)
    column[fit.kept] = np.arange(len(fit.kept))
    margins = fit.table.of(shop.counts, held) @ fit.machines.weights + fit.machines.bias
    logits = nearest = None
    if shop.vectors is not None and fit.centre is not None and fit.regression is not None:
        vectors = shop.vectors[held]
        logits = (vectors - fit.centre) @ fit.regression.weights + fit.regression.bias
        starts = _starts(column[shop.labels[learn]], len(fit.kept))
        neighbours = Neighbours(shop.vectors[learn], starts)
        nearest = np.array([neighbours.nearness(vector).max() for vector in vectors])
    return HeldOut(column[shop.labels[held]], np.asarray(margins), logits, nearest)
