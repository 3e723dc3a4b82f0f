"""How well intents are told apart, and how well the model knows when not to.

Reads CLINC150's JSON, or rows of text and intent with training rows beside them; `oos` marks a
message that is none of the intents. The figures:

- `in_scope_accuracy`, `oos_recall`: by the threshold rule of Larson et al. 2019 (section 4): the
  detector's threshold that gives the most right answers on the validation set, out-of-scope
  messages included; of several, the strictest. Without out-of-scope validation messages it is the
  model's own threshold, and `threshold` says so; without any out-of-scope message in the test set,
  nothing is turned away: `in_scope_accuracy` is plain accuracy.
- `oos_auroc`, `oos_aupr`: of the detector, out of scope being what is looked for.
- `coverage_at_99`: the largest share of all messages that could be accepted, surest first, with
  99 of 100 right; accepting an out-of-scope message is wrong.
- `ece`: expected calibration error of the intent's probability, in-scope messages, 15 bins.
- `accepted`, `wrong_of_accepted`, `oos_accepted`: as the model decides by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.metrics import average_precision_score, precision_recall_fscore_support, roc_auc_score

from bot.understanding.model import Estimate

OUT_OF_SCOPE = "oos"
_BINS = 15
_WORST = 20


@dataclass(frozen=True, slots=True)
class Labelled:
    text: str
    intent: str


@dataclass(frozen=True, slots=True)
class Split:
    """What is learned from, what thresholds are chosen on, what is judged.

    The name of each intent is among what is learned from, as a brand's titles are: of five
    examples it is the sixth.
    """

    train: Mapping[str, tuple[str, ...]]
    validation: tuple[Labelled, ...]
    test: tuple[Labelled, ...]


def from_clinc(data: Mapping[str, Sequence[Sequence[str]]]) -> Split:
    """CLINC150's JSON. Its out-of-scope training messages are not learned from."""
    return Split(
        train=_grouped(_labelled(data["train"])),
        validation=_labelled([*data["val"], *data.get("oos_val", ())]),
        test=_labelled([*data["test"], *data.get("oos_test", ())]),
    )


def from_rows(test: Iterable[Sequence[str]], train: Iterable[Sequence[str]]) -> Split:
    """Rows of (text, intent). Out-of-scope rows among the training rows are left out."""
    return Split(train=_grouped(_labelled(train)), validation=(), test=_labelled(test))


def evaluate(
    test: Sequence[tuple[Labelled, Estimate]],
    validation: Sequence[tuple[Labelled, Estimate]] = (),
) -> dict[str, Any]:
    """The figures, by the keys above, with `closed_accuracy`, `intents` and `confusion`."""
    rows = _Rows.of(test)
    foreign = ~rows.inside
    figures: dict[str, Any] = {
        "messages": len(test),
        "closed_accuracy": _share(rows.right[rows.inside]),
        "coverage_at_99": _coverage(rows, 0.99),
        "ece": _calibration_error(rows.probability[rows.inside], rows.right[rows.inside]),
        "accepted": _share(rows.accepted[rows.inside]),
        "wrong_of_accepted": _share(~rows.right[rows.accepted]),
    }
    if foreign.any() and rows.inside.any():
        figures |= _out_of_scope(rows, _Rows.of(validation) if validation else None)
    else:
        figures["in_scope_accuracy"] = figures["closed_accuracy"]
    return figures | {"intents": _by_intent(test), "confusion": _confusion(test)}


@dataclass(frozen=True, slots=True)
class _Rows:
    """One entry a message. `right`: the likeliest intent is the labelled one."""

    inside: Any
    right: Any
    known: Any
    margin: Any
    probability: Any
    accepted: Any
    passed: Any  # by the model's own threshold of the detector

    @classmethod
    def of(cls, pairs: Sequence[tuple[Labelled, Estimate]]) -> _Rows:
        return cls(
            inside=np.array([row.intent != OUT_OF_SCOPE for row, _ in pairs], dtype=bool),
            right=np.array([row.intent == e.order[0] for row, e in pairs], dtype=bool),
            known=np.array([e.known for _, e in pairs]),
            margin=np.array([e.margin for _, e in pairs]),
            probability=np.array([float(e.probabilities[0]) for _, e in pairs]),
            accepted=np.array([e.accepted for _, e in pairs], dtype=bool),
            passed=np.array([e.in_scope for _, e in pairs], dtype=bool),
        )


def _out_of_scope(rows: _Rows, validation: _Rows | None) -> dict[str, Any]:
    foreign = ~rows.inside
    if validation is not None and not validation.inside.all():
        passed, rule = rows.known >= _threshold(validation), "validation"
    else:
        passed, rule = rows.passed, "the model's own"
    return {
        "oos_auroc": float(roc_auc_score(foreign, -rows.known)),
        "oos_aupr": float(average_precision_score(foreign, -rows.known)),
        "in_scope_accuracy": _share((passed & rows.right)[rows.inside]),
        "oos_recall": _share(~passed[foreign]),
        "oos_accepted": _share(rows.accepted[foreign]),
        "threshold": rule,
    }


def _threshold(rows: _Rows) -> float:
    """The strictest of those that give the most right answers."""
    order = np.argsort(rows.known)
    # With the threshold at the i-th score, the i messages below it are turned away.
    turned_away = np.concatenate([[0], np.cumsum(~rows.inside[order])])
    right = (rows.inside & rows.right)[order]
    kept = np.concatenate([np.cumsum(right[::-1])[::-1], [0]])
    scores = np.append(rows.known[order], np.inf)
    gains = turned_away + kept
    return float(scores[np.flatnonzero(gains == gains.max())[-1]])


def _coverage(rows: _Rows, accuracy: float) -> float:
    order = np.argsort(-rows.margin, kind="stable")
    good = (rows.right & rows.inside)[order]
    so_far = np.cumsum(good) / np.arange(1, len(good) + 1)
    enough = np.flatnonzero(so_far >= accuracy)
    return float((enough[-1] + 1) / len(good)) if len(enough) else 0.0


def _calibration_error(probability: Any, right: Any) -> float:
    bins = np.minimum((probability * _BINS).astype(int), _BINS - 1)
    gaps = [
        abs(float(probability[bins == b].mean()) - float(right[bins == b].mean()))
        * float((bins == b).mean())
        for b in range(_BINS)
        if (bins == b).any()
    ]
    return float(sum(gaps))


def _by_intent(pairs: Sequence[tuple[Labelled, Estimate]]) -> dict[str, dict[str, float]]:
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


def _confusion(pairs: Sequence[tuple[Labelled, Estimate]]) -> list[dict[str, Any]]:
    """The pairs most often mistaken: messages of one intent that were read as another."""
    pairs_seen = Counter((row.intent, e.order[0]) for row, e in pairs if row.intent != OUT_OF_SCOPE)
    wrong = [(a, b, n) for (a, b), n in pairs_seen.items() if a != b]
    wrong.sort(key=lambda item: (-item[2], item[0], item[1]))
    return [{"intent": a, "read_as": b, "messages": n} for a, b, n in wrong[:_WORST]]


def _share(flags: Any) -> float:
    return float(flags.mean()) if len(flags) else 0.0


def _labelled(rows: Iterable[Sequence[str]]) -> tuple[Labelled, ...]:
    return tuple(Labelled(row[0], row[1]) for row in rows)


def _grouped(rows: Iterable[Labelled]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for row in rows:
        if row.intent != OUT_OF_SCOPE:
            groups.setdefault(row.intent, []).append(row.text)
    return {intent: (*texts, *_spoken(intent)) for intent, texts in groups.items()}


def _spoken(label: str) -> tuple[str, ...]:
    """An intent's name as words (`card_arrival`: “card arrival”): an example like a brand's title.

    Nothing if there is no word in it."""
    words = label.replace("_", " ").replace("-", " ").replace(".", " ").split()
    return (" ".join(words).lower(),) if any(len(w) > 2 and w.isalpha() for w in words) else ()
