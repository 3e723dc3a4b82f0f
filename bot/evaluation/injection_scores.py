"""How well instructions to software are recognised: rows of `text` and `label`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.detect.injection.injection_detection import find_injections
from bot.evaluation.detector_rates import Row, measure_detector


def score_injections(rows: Iterable[Row]) -> dict[str, Any]:
    """The figures of `alarms`."""
    return measure_detector(rows, lambda row: find_injections(str(row["text"])))
