"""What the model says of itself against what is so: reliability, and risk against coverage.

Both take plain arrays, one entry a message, and give rows for tables and plots.
"""

from __future__ import annotations

from typing import Any

import numpy as np

_BINS = 15
_POINTS = 60


def reliability_bins(probability: Any, right: Any) -> list[dict[str, float]]:
    """Messages by what the model said: `said` is their mean probability, `right` the share that
    was right. Bins without a message are left out."""
    bins = np.minimum((probability * _BINS).astype(int), _BINS - 1)
    return [
        {
            "messages": int((bins == b).sum()),
            "said": float(probability[bins == b].mean()),
            "right": float(right[bins == b].mean()),
        }
        for b in range(_BINS)
        if (bins == b).any()
    ]


def calibration_error(bins: list[dict[str, float]]) -> float | None:
    """The mean gap between said and right, by messages; None without any."""
    messages = sum(row["messages"] for row in bins)
    if not messages:
        return None
    return float(sum(abs(r["said"] - r["right"]) * r["messages"] for r in bins) / messages)


def coverage_at_accuracy(accuracy: float, margin: Any, good: Any) -> float:
    """The largest share that could be accepted, surest first, with this share of them good."""
    enough = np.flatnonzero(_running_accuracy(margin, good) >= accuracy)
    return float((enough[-1] + 1) / len(good)) if len(enough) else 0.0


def risk_curve(margin: Any, good: Any) -> list[dict[str, float]]:
    """For growing shares of messages accepted, surest first: the share of them that is wrong."""
    wrong = 1.0 - _running_accuracy(margin, good)
    if not len(good):
        return []
    ends = np.unique(np.linspace(1, len(good), min(_POINTS, len(good))).astype(int))
    return [{"coverage": float(n / len(good)), "risk": float(wrong[n - 1])} for n in ends]


def _running_accuracy(margin: Any, good: Any) -> Any:
    order = np.argsort(-margin, kind="stable")
    return np.cumsum(good[order]) / np.arange(1, len(good) + 1)
