"""How well pressure is recognised: rows of `text` and `label`, optionally `locale`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.detect.tone.tone_detection import find_tone
from bot.evaluation.detector_rates import Row, measure_detector


def score_pressure(rows: Iterable[Row], locale: str = "") -> dict[str, Any]:
    """The figures of `alarms`. Without a locale, all languages are looked for."""
    return measure_detector(
        rows,
        lambda row: [
            span
            for span in find_tone(str(row["text"]), str(row.get("locale") or locale))
            if span.kind == "pressure"
        ],
    )
