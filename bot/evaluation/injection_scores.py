"""How well instructions to software are recognised: rows of `text` and `label`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.detect import injection
from bot.evaluation.alarm_rates import Row, figures


def evaluate(rows: Iterable[Row]) -> dict[str, Any]:
    """The figures of `alarms`."""
    return figures(rows, lambda row: injection.find(str(row["text"])))
