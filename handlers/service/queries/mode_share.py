"""The mix of modes: how our answers of a week are shared among the ways that channels are used,
beside the share that we mean to give each (`target` in config.yaml).

An answer is an ask that was resolved, however many replies it took (bot/learning/counts.py). It
counts for the mode that its channel had then; counts from before that was kept count for the mode
of today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tinydb import where

from bot.brand.settings import Brand
from bot.learning.counts import CountKind
from handlers.ports.store_port import Transaction
from handlers.service.learning.counters import week_of


@dataclass(frozen=True, slots=True)
class Share:
    """A mode's part of a week's answers: `answers` of `of`.

    `share` and `target` are 0 to 1; None where there was no answer at all, or no aim is set.
    `meaning` is today's, and empty for a mode that is gone.
    """

    week: str
    mode: str
    meaning: str
    answers: int
    of: int
    share: float | None
    target: float | None


def list_mode_shares(tx: Transaction, brand: Brand, today: date, weeks: int = 1) -> list[Share]:
    """Of the last weeks, this one included, the newest first; the modes as config.yaml has them.

    A mode is there if a channel is used so, if an aim is set for it, or if it had answers.
    """
    return [
        share
        for back in range(weeks)
        for share in _week(tx, brand, week_of(today - timedelta(weeks=back)))
    ]


def _week(tx: Transaction, brand: Brand, week: str) -> Iterator[Share]:
    now = {name: channel.mode.name for name, channel in brand.channels.items()}
    answers: Counter[str] = Counter()
    for row in tx.table("counters").search(where("week") == week):
        if row["what"] == CountKind.RESOLVED:
            mode = row.get("mode") or now.get(row["channel"], "")
            answers[mode] += row["count"]
    of = answers.total()
    used = {*now.values(), *answers}
    for name in [*brand.modes, *sorted(set(answers) - set(brand.modes))]:
        mode = brand.modes.get(name)
        target = mode.target if mode else None
        if name in used or target is not None:
            share = answers[name] / of if of else None
            yield Share(week, name, mode.meaning if mode else "", answers[name], of, share, target)
