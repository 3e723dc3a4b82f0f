"""How well a check tells texts apart: rows with a `label` of 0 or 1, and what the check saw.

`precision`, `recall`, `f1` of the rows labelled 1; `false_alarm_rate` of those labelled 0; `texts`;
`worst`: rows that were missed or alarmed without reason, the longest findings first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.model import Span

Row = Mapping[str, Any]
WORST = 20


def measure_detector(rows: Iterable[Row], seen: Callable[[Row], Sequence[Span]]) -> dict[str, Any]:
    """The figures above, with `seen` as the check."""
    counts = {(wanted, found): 0 for wanted in (True, False) for found in (True, False)}
    worst: list[dict[str, Any]] = []
    for row in rows:
        spans = seen(row)
        wanted, found = bool(row["label"]), bool(spans)
        counts[wanted, found] += 1
        if wanted != found:
            words = [span.words for span in spans]
            worst.append({"text": str(row["text"]), "label": int(wanted), "found": words})
    worst.sort(key=lambda one: (-len(one["found"]), len(one["text"])))
    right, missed = counts[True, True], counts[True, False]
    alarms, quiet = counts[False, True], counts[False, False]
    return {
        **precision_and_recall(right, alarms, missed),
        "false_alarm_rate": ratio_of(alarms, alarms + quiet),
        "texts": sum(counts.values()),
        "worst": worst[:WORST],
    }


def precision_and_recall(right: int, alarms: int, missed: int) -> dict[str, float]:
    """Precision, recall and their harmonic mean."""
    precision, recall = ratio_of(right, right + alarms), ratio_of(right, right + missed)
    f1 = ratio_of(2 * precision * recall, precision + recall)
    return {"precision": precision, "recall": recall, "f1": f1}


def ratio_of(part: float, whole: float) -> float:
    """The share, 0 of nothing."""
    return part / whole if whole else 0.0
