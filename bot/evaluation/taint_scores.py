"""How well private values are recognised: rows of `text`, `private` [values] and `label`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.detect.taint.taint_detection import find_tainted
from bot.evaluation.detector_rates import Row, measure_detector


def score_taint(rows: Iterable[Row], public: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The figures of `alarms`. `public` is the brand's `taint.vocabulary`."""
    return measure_detector(
        rows,
        lambda row: find_tainted(str(row["text"]), tuple(map(str, row["private"])), public),
    )
