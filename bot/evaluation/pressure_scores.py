"""How well pressure is recognised: rows of `text` and `label`, optionally `locale`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.detect import tone
from bot.evaluation.alarm_rates import Row, figures


def evaluate(rows: Iterable[Row], locale: str = "") -> dict[str, Any]:
    """The figures of `alarms`. Without a locale, all languages are looked for."""
    return figures(
        rows,
        lambda row: [
            span
            for span in tone.find(str(row["text"]), str(row.get("locale") or locale))
            if span.kind == "pressure"
        ],
    )
