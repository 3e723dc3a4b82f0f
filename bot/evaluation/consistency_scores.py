"""How well contradictions are found: rows `published`, `text`, `contradicts` (true or false)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bot.detect.claims.past_commitments import find_contradictions

WORST = 20


def score_consistency(
    rows: Iterable[Mapping[str, Any]], locale: str = "en", today: date = date(2016, 11, 7)
) -> dict[str, Any]:
    """`precision`, `recall`, `f1`, `false_alarm_rate` (of the rows that don't contradict), `worst`.

    A row may name its `locale`.
    """
    caught = missed = alarms = quiet = 0
    worst: list[dict[str, Any]] = []
    for row in rows:
        where = str(row.get("locale") or locale)
        found = find_contradictions(str(row["published"]), str(row["text"]), where, today)
        wanted = bool(row["contradicts"])
        caught, missed = caught + (wanted and bool(found)), missed + (wanted and not found)
        alarms, quiet = alarms + (not wanted and bool(found)), quiet + (not wanted and not found)
        if wanted != bool(found):
            said = [one.describe_difference for one in found]
            worst.append({"text": row["text"], "published": row["published"], "found": said})
    precision = caught / (caught + alarms) if caught + alarms else 0.0
    recall = caught / (caught + missed) if caught + missed else 0.0
    both = precision + recall
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / both if both else 0.0,
        "false_alarm_rate": alarms / (alarms + quiet) if alarms + quiet else 0.0,
        "texts": caught + missed + alarms + quiet,
        "worst": worst[:WORST],
    }
