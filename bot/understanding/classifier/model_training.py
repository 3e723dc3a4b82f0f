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
from sklearn.covariance import ledoit_wolf
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from bot.understanding.classifier import tfidf_tables
from bot.understanding.classifier.calibration import HeldOutFold, calibrate_model
from bot.understanding.classifier.embedding_scores import (
    EmbeddingScores,
    LinearLayer,
    Neighbours,
    WhitenedDistance,
)
from bot.understanding.classifier.features import Floats
from bot.understanding.classifier.intent_model import Embed, IntentModel
from bot.understanding.classifier.model_naming import compute_model_id
from bot.understanding.classifier.typos import misspell_text
from bot.understanding.classifier.word_order_training import learn_word_order
from bot.understanding.sentences import normalize_text

_MANY = 4000  # examples; above it three folds say as much as five
_FEW = 20  # examples an intent
_REGRESSION_FEW, _REGRESSION_MANY = 12.0, 8.0  # inverse strengths, for vectors of length 1
_MACHINES = 1.0
_WEIGHTS = "balanced"  # how many examples an author wrote says nothing of how often it is asked
_HOLDABLE = 6  # intents; of fewer none is held back whole
_STRANGER_FOLDS = 3
_MISSPELT = 2  # copies of each example with slips in them
_MISSPELT_MOST = 6000  # copies in all: a brand with many examples has shown its typos itself

Rows = NDArray[np.int64]


class TooLittleError(ValueError):
    """There is nothing to tell apart: fewer than two intents, or an intent without an example."""


def train_model(
    language: str,
    examples: Mapping[str, Sequence[str]],
    embed: Embed | None = None,
    not_this: Mapping[str, Sequence[str]] | None = None,
    encoder: str = "",
    *,
    contextual: bool = True,
) -> IntentModel:
    """A model of what these examples ask. `embed` and `encoder` (its id) go together.

    `contextual`: the vectors are of texts, not merely of the words in them.
    `not_this` are near misses: texts that are not their intent, whatever else they may be.
    Raises TooLittleError if there are fewer than two intents, or one has no example.
    """
    # Several threads on matrices this small spend their time waiting for each other.
    with threadpool_limits(1):
        return _train_on_shop(language, examples, embed, not_this or {}, encoder, contextual)


def _train_on_shop(
    language: str,
    examples: Mapping[str, Sequence[str]],
    embed: Embed | None,
    not_this: Mapping[str, Sequence[str]],
    encoder: str,
    contextual: bool,
) -> IntentModel:
    shop = _TrainingSet.from_examples(examples, not_this, embed, encoder)
    counts = np.bincount(shop.labels, minlength=len(shop.intents))
    if len(shop.intents) < 2 or not counts.all():
        raise TooLittleError("A model needs at least two intents, with an example each.")
    everything = np.arange(len(shop.labels))
    fit = _fit_rows(shop, everything)
    return IntentModel(
        id=compute_model_id(language, examples, not_this, encoder),
        language=language,
        intents=shop.intents,
        features=fit.table.as_features(),
        machines=fit.machines,
        calibration=calibrate_model(
            _cross_validate(shop), _detector_weights(embed, contextual), len(shop.intents)
        ),
        meaning=fit.meaning,
        # Sums of words have no order to be learned.
        order=learn_word_order(shop.texts, embed if contextual else None),
    )


def _detector_weights(embed: Embed | None, contextual: bool) -> tuple[float, ...]:
    """Of margin, familiarity, nearness, spread and distance in the detector.

    Where vectors know the context, words need not be familiar; where they don't, margin says more.
    """
    if embed is None:
        return 2.0, 1.0
    return (1.0, 0.0, 1.0, 1.0, 1.0) if contextual else (2.0, 1.0, 1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class _TrainingSet:
    """The examples as numbers: one row a text; near misses are rows of their own."""

    intents: tuple[str, ...]
    texts: tuple[str, ...]  # in normal form
    labels: Rows
    counts: tfidf_tables.NgramCounts
    vectors: Floats | None
    bent: Floats | None  # of misspelt copies: [copies, texts, dim]
    miss_labels: Rows
    miss_counts: tfidf_tables.NgramCounts
    miss_vectors: Floats | None
    encoder: str

    @classmethod
    def from_examples(
        cls,
        examples: Mapping[str, Sequence[str]],
        not_this: Mapping[str, Sequence[str]],
        embed: Embed | None,
        encoder: str,
    ) -> _TrainingSet:
        intents = tuple(sorted(examples))
        texts, labels = _flatten_examples(intents, examples)
        misses, miss_labels = _flatten_examples(intents, not_this)
        level = tuple(normalize_text(text) for text in texts)
        counts = tfidf_tables.count_ngrams(level)
        return cls(
            intents=intents,
            texts=level,
            labels=labels,
            counts=counts,
            vectors=None if embed is None else np.asarray(embed(texts), dtype=np.float32),
            bent=None if embed is None else _embed_misspelled(texts, embed),
            miss_labels=miss_labels,
            miss_counts=tfidf_tables.count_ngrams(
                [normalize_text(text) for text in misses], counts.vocabularies
            ),
            miss_vectors=None
            if embed is None or not misses
            else np.asarray(embed(misses), dtype=np.float32),
            encoder=encoder,
        )


def _embed_misspelled(texts: Sequence[str], embed: Embed) -> Floats | None:
    """Vectors of misspelt copies: what a slip does to a vector, the regression learns."""
    copies = min(_MISSPELT, _MISSPELT_MOST // len(texts)) if texts else 0
    if not copies:
        return None
    dice = np.random.default_rng(0)
    rounds = [embed([misspell_text(text, dice) for text in texts]) for _ in range(copies)]
    return np.asarray(rounds, dtype=np.float32)


def _flatten_examples(
    intents: tuple[str, ...], texts: Mapping[str, Sequence[str]]
) -> tuple[list[str], Rows]:
    """Grouped by intent, each text once, in an order that doesn't depend on the file's."""
    rows = [
        (text, k) for k, intent in enumerate(intents) for text in sorted(set(texts.get(intent, ())))
    ]
    return [text for text, _ in rows], np.array([k for _, k in rows], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Fitted:
    """What is learned from some of the rows. Intents without a row keep no column."""

    kept: Rows  # the intents that it knows, by number
    table: tfidf_tables.TfidfTable
    machines: LinearLayer
    meaning: EmbeddingScores | None


def _fit_rows(shop: _TrainingSet, rows: Rows) -> _Fitted:
    labels = shop.labels[rows]
    kept, targets = np.unique(labels, return_inverse=True)
    table = tfidf_tables.fit_tfidf(shop.counts, rows)
    machines = _fit_machines(shop, table, rows, kept, targets)
    meaning = (
        None
        if shop.vectors is None
        else _fit_embedding_scores(shop, shop.vectors, rows, kept, targets)
    )
    return _Fitted(kept, table, machines, meaning)


def _fit_machines(
    shop: _TrainingSet, table: tfidf_tables.TfidfTable, rows: Rows, kept: Rows, targets: Rows
) -> LinearLayer:
    """One machine an intent; those with near misses learn these as examples of what it is not."""
    data = table.weighted_rows(shop.counts, rows)
    machines = _as_linear_layer(_create_machine().fit(data, targets), 1.0)
    for column, intent in enumerate(kept):
        misses = np.flatnonzero(shop.miss_labels == intent)
        if len(misses):
            more = tfidf_tables.stack_rows(data, table.weighted_rows(shop.miss_counts, misses))
            wanted = np.concatenate([targets == column, np.zeros(len(misses), dtype=bool)])
            own = _create_machine().fit(more, wanted)
            machines.weights[:, column] = own.coef_[0]
            machines.bias[column] = own.intercept_[0]
    return machines


def _create_machine() -> Any:
    return LinearSVC(C=_MACHINES, class_weight=_WEIGHTS, random_state=0)


def _as_linear_layer(learned: Any, half: float) -> LinearLayer:
    """scikit-learn keeps one row for two classes: it is written out as two, `half` each."""
    weights, bias = learned.coef_, learned.intercept_
    if len(weights) == 1:
        weights = np.concatenate([-weights, weights]) * half
        bias = np.concatenate([-bias, bias]) * half
    return LinearLayer(np.ascontiguousarray(weights.T, dtype=np.float32), bias.astype(np.float32))


def _fit_embedding_scores(
    shop: _TrainingSet, vectors: Floats, rows: Rows, kept: Rows, targets: Rows
) -> EmbeddingScores:
    own = vectors[rows]
    centre = own.mean(axis=0)
    few = len(rows) / len(kept) <= _FEW
    bent = [] if shop.bent is None else [copy[rows] for copy in shop.bent]
    learned = LogisticRegression(
        C=_REGRESSION_FEW if few else _REGRESSION_MANY,
        class_weight=_WEIGHTS,
        max_iter=1000,
        tol=1e-4,
    ).fit(np.concatenate([own, *bent]) - centre, np.tile(targets, 1 + len(bent)))
    misses = np.flatnonzero(np.isin(shop.miss_labels, kept))
    miss_vectors = own[:0] if shop.miss_vectors is None else shop.miss_vectors[misses]
    miss_columns = np.searchsorted(kept, shop.miss_labels[misses])
    return EmbeddingScores(
        encoder=shop.encoder,
        centre=centre,
        regression=_as_linear_layer(learned, 0.5),
        distance=_fit_distance(own - centre, targets, len(kept)),
        examples=Neighbours(own, _group_starts(targets, len(kept))),
        near_misses=Neighbours(miss_vectors, _group_starts(miss_columns, len(kept))),
    )


def _fit_distance(centred: Floats, targets: Rows, size: int) -> WhitenedDistance:
    means = np.stack([centred[targets == k].mean(axis=0) for k in range(size)])
    around = _whitening_matrix(centred, 0.0)
    within = _whitening_matrix(centred - means[targets], float((centred**2).mean()))
    return WhitenedDistance(within, around, (means @ within).astype(np.float32))


def _whitening_matrix(centred: Floats, scale: float) -> Floats:
    """A matrix that turns the covariance of these rows, shrunk (Ledoit, Wolf 2004), into one.

    `scale` is the variance to fall back on: one example an intent has no scatter of its own.
    """
    covariance = ledoit_wolf(centred, assume_centered=True)[0]
    floor = 1e-3 * max(scale, float(np.trace(covariance)) / len(covariance)) + 1e-9
    precision = np.linalg.inv(covariance + floor * np.eye(len(covariance)))
    return np.ascontiguousarray(np.linalg.cholesky(precision), dtype=np.float32)


def _group_starts(labels: Rows, size: int) -> Rows:
    return np.searchsorted(labels, np.arange(size + 1))


def _cross_validate(shop: _TrainingSet) -> list[HeldOutFold]:
    """Examples held back, then intents held back whole."""
    size = len(shop.intents)
    parts = _hold_examples_back(shop.labels, size, 3 if len(shop.labels) > _MANY else 5)
    if size >= _HOLDABLE:
        parts += _hold_intents_back(shop.labels, size)
    return [_evaluate_fold(shop, learn, held) for learn, held in parts]


def _hold_examples_back(labels: Rows, size: int, folds: int) -> list[tuple[Rows, Rows]]:
    """Pairs (rows to learn from, rows held back). An intent's only example is never held back."""
    dice = np.random.default_rng(0)
    place = np.empty(len(labels), dtype=np.int64)
    for intent in range(size):
        rows = np.flatnonzero(labels == intent)
        place[rows] = (dice.permutation(len(rows)) + intent) % folds if len(rows) > 1 else -1
    held = [np.flatnonzero(place == fold) for fold in range(folds)]
    return [(np.setdiff1d(np.arange(len(labels)), rows), rows) for rows in held if len(rows)]


def _hold_intents_back(labels: Rows, size: int) -> list[tuple[Rows, Rows]]:
    group = np.random.default_rng(0).permutation(size) % _STRANGER_FOLDS
    return [
        (np.flatnonzero(group[labels] != fold), np.flatnonzero(group[labels] == fold))
        for fold in range(_STRANGER_FOLDS)
    ]


def _evaluate_fold(shop: _TrainingSet, learn: Rows, held: Rows) -> HeldOutFold:
    """What the model of `learn` makes of the rows in `held`."""
    fit = _fit_rows(shop, learn)
    column = np.full(len(shop.intents), -1)
    column[fit.kept] = np.arange(len(fit.kept))
    margins = np.asarray(fit.machines.apply_to(fit.table.weighted_rows(shop.counts, held)))
    highest = margins.max(axis=1)
    familiar = fit.table.familiarity_of_rows(shop.counts, held)
    logits = distances = None
    signs = np.column_stack([highest, familiar])
    if shop.vectors is not None and fit.meaning is not None:
        vectors = shop.vectors[held]
        views = [fit.meaning.score_intents(vector) for vector in vectors]
        rows = zip(vectors, views, strict=True)
        signs = np.column_stack([signs, [fit.meaning.scope_signs(v, *view) for v, view in rows]])
        logits, distances = (np.array(view) for view in zip(*views, strict=True))
    return HeldOutFold(fit.kept, column[shop.labels[held]], margins, logits, distances, signs)
