"""How well private values are recognised: rows of `text`, `private` [values] and `label`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.detect import taint
from bot.evaluation.alarm_rates import Row, figures


def evaluate(rows: Iterable[Row], public: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The figures of `alarms`. `public` is the brand's `taint.vocabulary`."""
    return figures(
        rows,
        lambda row: taint.find(str(row["text"]), tuple(map(str, row["private"])), public),
    )
