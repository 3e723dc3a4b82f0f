"""How well credentials and internals are recognised: rows of `text` and `label`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.brand.settings import Internals
from bot.detect import secrets
from bot.evaluation.alarm_rates import Row, figures

NOTHING = Internals()


def evaluate(rows: Iterable[Row], internal: Internals = NOTHING) -> dict[str, Any]:
    """The figures of `alarms`; `internal` is the brand's own list."""
    return figures(rows, lambda row: secrets.find(str(row["text"]), internal))
