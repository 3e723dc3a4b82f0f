"""How well credentials and internals are recognised: rows of `text` and `label`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.brand.settings import Internals
from bot.detect.secrets.secret_detection import find_secrets
from bot.evaluation.detector_rates import Row, measure_detector

NO_INTERNALS = Internals()


def score_secrets(rows: Iterable[Row], internal: Internals = NO_INTERNALS) -> dict[str, Any]:
    """The figures of `alarms`; `internal` is the brand's own list."""
    return measure_detector(rows, lambda row: find_secrets(str(row["text"]), internal))
