"""Counters as rows: one for each day, channel, mode of it and thing that is counted
(bot/learning/counts.py).

Counting reads and writes one row by its key, however many there are; a week is found by an index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tinydb import where

from bot.brand.settings import Mode
from bot.learning.counts import Count
from handlers.ports.store_port import Transaction
from handlers.store import repository

INDEXES: Mapping[str, tuple[str, ...]] = {"counters": ("week",)}


@dataclass(frozen=True, slots=True)
class Figure:
    """How often in a week. `week` like `2026-W48`; `channel` as in config.yaml."""

    week: str
    channel: str
    what: str
    name: str
    count: int


def week_of(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def count_each(
    tx: Transaction, channel: str, mode: Mode | None, counted: Iterable[Count], at: datetime
) -> None:
    """One more of each. `mode`: how the channel is used now."""
    used = mode.name if mode else ""
    day = at.date()
    for one in counted:
        key = f"{day}|{channel}|{one.what}|{one.name}|{used}"
        row = tx.table("counters").get(doc_id=key)
        kept = {
            "day": day.isoformat(),
            "week": week_of(day),
            "channel": channel,
            "mode": used,
            "what": one.what.value,
            "name": one.name,
            "count": (row["count"] if row else 0) + 1,
        }
        repository.put_row(tx, "counters", key, kept)


def list_figures(tx: Transaction, today: date, weeks: int) -> list[Figure]:
    """The last weeks, this one included, the newest first."""
    found: list[Figure] = []
    for back in range(weeks):
        week = week_of(today - timedelta(weeks=back))
        sums: dict[tuple[str, str, str], int] = {}
        for row in tx.table("counters").search(where("week") == week):
            key = (row["what"], row["name"], row["channel"])
            sums[key] = sums.get(key, 0) + row["count"]
        found += (Figure(week, c, what, name, n) for (what, name, c), n in sorted(sums.items()))
    return found
