"""How well intents are told apart, and how well the model knows when not to.

- `in_scope_accuracy`, `oos_recall`: by the threshold rule of Larson et al. 2019 (section 4): the
  detector's threshold that gives the most right answers on the validation set, out-of-scope
  messages included; of several, the strictest. Without out-of-scope validation messages it is the
  model's own threshold, and `threshold` says so; without any out-of-scope message in the test set,
  nothing is turned away: `in_scope_accuracy` is plain accuracy.
- `oos_auroc`, `oos_aupr`: of the detector, out of scope being what is looked for.
- `coverage_at_99`: the largest share of all messages that could be accepted, surest first, with
  99 of 100 right; accepting an out-of-scope message is wrong.
- `ece`: expected calibration error of the intent's probability, in-scope messages, 15 bins.
- `accepted`, `wrong_of_accepted`, `oos_accepted`, `accepted_of_all`: as the model decides by
  itself.

A figure that the data can't give is None, never a number that means nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.metrics import average_precision_score, precision_recall_fscore_support, roc_auc_score

from bot.evaluation.curves import (
    calibration_error,
    coverage_at_accuracy,
    reliability_bins,
    risk_curve,
)
from bot.evaluation.splits import OUT_OF_SCOPE, LabelledMessage
from bot.understanding.classifier.intent_model import IntentEstimate

_WORST = 20
_IN_MATRIX = 10  # intents
_SHOWN = 3  # texts of a confused pair
_LONGEST = 160  # characters of a text that is shown

Pairs = Sequence[tuple[LabelledMessage, IntentEstimate]]


def score_intents(test: Pairs, validation: Pairs = ()) -> dict[str, Any]:
    """The figures, by the keys above, with `intents`, `languages`, `confusion`, `matrix`,
    `reliability_bins` and `risk_curve`."""
    languages = sorted({row.language for row, _ in test})
    told_apart = {
        language: _intent_figures(
            [pair for pair in test if pair[0].language == language],
            [pair for pair in validation if pair[0].language == language],
        )
        for language in languages
        if language
    }
    rows = _PredictionRows.from_pairs(test)
    return {
        **_intent_figures(test, validation),
        "intents": _figures_by_intent(test),
        "languages": told_apart,
        "confusion": _most_confused(test),
        "matrix": _confusion_matrix(test),
        "reliability": reliability_bins(rows.probability[rows.inside], rows.right[rows.inside]),
        "risk": risk_curve(rows.margin, rows.right & rows.inside),
    }


def _intent_figures(test: Pairs, validation: Pairs) -> dict[str, Any]:
    rows = _PredictionRows.from_pairs(test)
    inside, foreign = rows.inside, ~rows.inside
    closed = _share_of(rows.right[inside])
    figures: dict[str, Any] = {
        "messages": len(test),
        "closed_accuracy": closed,
        "in_scope_accuracy": closed,
        "oos_auroc": None,
        "oos_aupr": None,
        "oos_recall": None,
        "coverage_at_99": coverage_at_accuracy(0.99, rows.margin, rows.right & inside),
        "ece": calibration_error(reliability_bins(rows.probability[inside], rows.right[inside])),
        "accepted": _share_of(rows.accepted[inside]),
        "wrong_of_accepted": _share_of(~(rows.right & inside)[rows.accepted]),
        "oos_accepted": _share_of(rows.accepted[foreign]),
        "accepted_of_all": _share_of(rows.accepted),
    }
    if foreign.any() and inside.any():
        figures |= _out_of_scope_figures(
            rows, _PredictionRows.from_pairs(validation) if validation else None
        )
    return figures


@dataclass(frozen=True, slots=True)
class _PredictionRows:
    """One entry a message. `right`: the likeliest intent is the labelled one."""

    inside: Any
    right: Any
    known: Any
    margin: Any
    probability: Any
    accepted: Any
    passed: Any  # by the model's own threshold of the detector

    @classmethod
    def from_pairs(cls, pairs: Pairs) -> _PredictionRows:
        return cls(
            inside=np.array([row.intent != OUT_OF_SCOPE for row, _ in pairs], dtype=bool),
            right=np.array([row.intent == e.order[0] for row, e in pairs], dtype=bool),
            known=np.array([e.known for _, e in pairs]),
            margin=np.array([e.margin for _, e in pairs]),
            probability=np.array([float(e.probabilities[0]) for _, e in pairs]),
            accepted=np.array([e.is_accepted for _, e in pairs], dtype=bool),
            passed=np.array([e.in_scope for _, e in pairs], dtype=bool),
        )


def _out_of_scope_figures(
    rows: _PredictionRows, validation: _PredictionRows | None
) -> dict[str, Any]:
    foreign = ~rows.inside
    if validation is not None and not validation.inside.all():
        passed, rule = rows.known >= _best_threshold(validation), "validation"
    else:
        passed, rule = rows.passed, "the model's own"
    return {
        "oos_auroc": float(roc_auc_score(foreign, -rows.known)),
        "oos_aupr": float(average_precision_score(foreign, -rows.known)),
        "in_scope_accuracy": _share_of((passed & rows.right)[rows.inside]),
        "oos_recall": _share_of(~passed[foreign]),
        "threshold": rule,
    }


def _best_threshold(rows: _PredictionRows) -> float:
    """The strictest of those that give the most right answers."""
    order = np.argsort(rows.known)
    # With the threshold at the i-th score, the i messages below it are turned away.
    turned_away = np.concatenate([[0], np.cumsum(~rows.inside[order])])
    right = (rows.inside & rows.right)[order]
    kept = np.concatenate([np.cumsum(right[::-1])[::-1], [0]])
    scores = np.append(rows.known[order], np.inf)
    gains = turned_away + kept
    return float(scores[np.flatnonzero(gains == gains.max())[-1]])


def _figures_by_intent(pairs: Pairs) -> dict[str, dict[str, float]]:
    inside = [(row.intent, e.order[0]) for row, e in pairs if row.intent != OUT_OF_SCOPE]
    names = sorted({intent for intent, _ in inside})
    if not names:
        return {}
    wanted, read = zip(*inside, strict=True)
    columns = precision_recall_fscore_support(wanted, read, labels=names, zero_division=0.0)
    return {
        name: {
            "precision": float(columns[0][i]),
            "recall": float(columns[1][i]),
            "f1": float(columns[2][i]),
            "messages": int(columns[3][i]),
        }
        for i, name in enumerate(names)
    }


def _most_confused(pairs: Pairs) -> list[dict[str, Any]]:
    """The pairs most often mistaken: messages of one intent that were read as another."""
    mistaken: dict[tuple[str, str], list[str]] = {}
    for row, estimate in pairs:
        if row.intent not in (OUT_OF_SCOPE, estimate.order[0]):
            mistaken.setdefault((row.intent, estimate.order[0]), []).append(row.text)
    most = sorted(mistaken.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        {"intent": a, "read_as": b, "messages": len(texts), "examples": _shortest_texts(texts)}
        for (a, b), texts in most[:_WORST]
    ]


def _confusion_matrix(pairs: Pairs) -> dict[str, Any]:
    """How often messages of one intent (a row) were read as each (a column), of the intents that
    are mistaken most; `others` are messages of theirs that were read as an intent left out."""
    read = Counter((row.intent, e.order[0]) for row, e in pairs if row.intent != OUT_OF_SCOPE)
    wrong: Counter[str] = Counter()
    for (a, b), count in read.items():
        if a != b:
            wrong.update({a: count, b: count})
    names = sorted(name for name, _ in wrong.most_common(_IN_MATRIX))
    total = {a: sum(n for (x, _), n in read.items() if x == a) for a in names}
    counts = [[read[a, b] for b in names] for a in names]
    others = [total[a] - sum(row) for a, row in zip(names, counts, strict=True)]
    return {"intents": names, "counts": counts, "others": others}


def _shortest_texts(texts: Sequence[str]) -> list[str]:
    return [text[:_LONGEST] for text in sorted(texts, key=len)[:_SHOWN]]


def _share_of(flags: Any) -> float | None:
    return float(flags.mean()) if len(flags) else None
