"""Learns what order is: from the brand's examples, and from the same words shaken.

Nobody labels anything: real texts are the examples, salads are drawn from their words, by how often
each occurs and evenly, and every example is shaken in itself. What an example looks like from
outside is found by leaving it out: a pair of words counts as known if another example has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, cross_val_predict

from bot.understanding.classifier.intent_model import Embed
from bot.understanding.classifier.word_order import FEWEST, WordOrder, word_order_familiarity
from bot.understanding.sentences import split_words

_MOST_TEXTS = 3000
_SALADS_A_TEXT = 4
_LONGEST = 10  # words
_STRENGTH = 10.0  # inverse; for vectors of length 1
_FALSE_ALARMS = {1: 0.03, 2: 0.015}  # by how many scores there are: one alone says less


def learn_word_order(texts: Sequence[str], embed: Embed | None) -> WordOrder | None:
    """What tells these texts (in normal form) from salads; None if there are too few to tell."""
    dice = np.random.default_rng(0)
    chosen = [texts[i] for i in sorted(dice.permutation(len(texts))[:_MOST_TEXTS])]
    real = [text for text in chosen if len(split_words(text)) >= FEWEST]
    if len(real) < 2 * FEWEST:
        return None
    signs = [_familiarity_left_out(chosen, real)]
    probe, bias = np.zeros(0, dtype=np.float32), 0.0
    if embed is not None:
        probe, bias, outside = _learn_probe(real, _shuffle_words(chosen, dice), embed)
        signs.append(outside)
    scores = np.column_stack(signs)
    means, deviations = scores.mean(axis=0), scores.std(axis=0) + 1e-6
    disorder = ((scores - means) / deviations).sum(axis=1)
    return WordOrder(
        probe=probe,
        bias=bias,
        means=means.astype(np.float32),
        deviations=deviations.astype(np.float32),
        most=float(np.quantile(disorder, 1 - _FALSE_ALARMS[len(signs)])),
    )


def _shuffle_words(texts: Sequence[str], dice: np.random.Generator) -> list[str]:
    words = [split_words(text) for text in texts]
    by_use = [word for text in words for word in text]
    evenly = sorted(set(by_use))
    count = min(_MOST_TEXTS, _SALADS_A_TEXT * len(texts)) // 2
    drawn = [
        " ".join(dice.choice(source, dice.integers(FEWEST, _LONGEST + 1)))
        for source in (by_use, evenly)
        for _ in range(count)
    ]
    shaken = [" ".join(dice.permutation(text)) for text in words if len(text) > FEWEST]
    return drawn + shaken


def _familiarity_left_out(texts: Sequence[str], real: Sequence[str]) -> Any:
    """−`word_order_familiarity` of each, by what the other texts have."""
    held: Counter[str] = Counter()
    for text in texts:
        held.update(_word_pairs(text))
    scores = []
    for text in real:
        others = {gram: 1 for gram in _word_pairs(text) if held[gram] > 1}
        scores.append(-word_order_familiarity(split_words(text), others))
    return np.array(scores)


def _word_pairs(text: str) -> set[str]:
    words = split_words(text)
    return {*words, *(f"{a} {b}" for a, b in pairwise(words))}


def _learn_probe(
    real: Sequence[str], salads: Sequence[str], embed: Embed
) -> tuple[Any, float, Any]:
    """The probe's weights and bias, and what it says of the real texts when it hasn't seen them."""
    vectors = np.asarray(embed([*real, *salads]), dtype=np.float32)
    shaken = np.arange(len(vectors)) >= len(real)
    learner = LogisticRegression(C=_STRENGTH, max_iter=1000, class_weight="balanced")
    folds = KFold(5, shuffle=True, random_state=0)
    unseen = cross_val_predict(learner, vectors, shaken, cv=folds, method="decision_function")
    learner.fit(vectors, shaken)
    weights = learner.coef_[0].astype(np.float32)
    return weights, float(learner.intercept_[0]), unseen[: len(real)]
