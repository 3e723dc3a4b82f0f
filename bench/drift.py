"""Alarms on traffic that stays the same, and how soon they come when it changes.

`python -m bench.drift`. Made streams: messages drawn with fixed shares of unclear and unmatched
ones and a long-tailed mix of 22 intents, looked at every 25 as the product does; then with one
share changed from a known message on. Nothing of it depends on texts.
"""

from __future__ import annotations

import random
import statistics
import sys
from dataclasses import dataclass

from bot.learning.drift import (
    DECIDED,
    EVERY,
    INTENT,
    KEPT,
    OVERRIDE,
    READ,
    UNCLEAR,
    UNMATCHED,
    Observation,
    find_share_changes,
)

LOOKS = 8_000  # on stable traffic, for each kind
RUNS = 60  # of each change
PATIENCE = 2_000  # messages after which a change counts as missed
WARM = 1_200  # messages before a change


@dataclass(frozen=True)
class Traffic:
    """What a message is, by chance. `mix`: weights of the intents."""

    unclear: float = 0.15
    unmatched: float = 0.6  # of the unclear
    override: float = 0.2
    mix: tuple[float, ...] = tuple(1 / (n + 1) for n in range(22))

    def read(self, n: int, rng: random.Random) -> Observation:
        if rng.random() < self.unclear:
            more = {UNMATCHED} if rng.random() < self.unmatched else set()
            return Observation(n, f"e{n}", frozenset({UNCLEAR, *more}))
        intent = rng.choices(range(len(self.mix)), self.mix)[0]
        return Observation(n, f"e{n}", frozenset({f"{INTENT}{intent}"}))

    def decided(self, n: int, rng: random.Random) -> Observation:
        marks = {OVERRIDE} if rng.random() < self.override else set()
        return Observation(n, f"e{n}", frozenset(marks))


def false_alarms(kind: str, looks: int, seed: int = 1) -> int:
    """Alarms on traffic that stays the same. Each is acknowledged when it comes."""
    rng, series, n, alarms = random.Random(seed), list[Observation](), 0, 0
    families, acknowledged = (READ, {}) if kind == "read" else (DECIDED, {})
    draw = getattr(Traffic(), kind)
    for _ in range(looks):
        series = [*series, *(draw(n + i + 1, rng) for i in range(EVERY))][-KEPT:]
        n += EVERY
        for change in find_share_changes(series, families, acknowledged):
            alarms += 1
            acknowledged[change.mark] = change.since
    return alarms


def delay(kind: str, after: Traffic, mark: str, seed: int, before: Traffic | None = None) -> int:
    """Messages from a change to its alarm; PATIENCE if none came."""
    rng, n = random.Random(seed), 0
    families = READ if kind == "read" else DECIDED
    draw = getattr(before or Traffic(), kind)
    series = [draw(n := n + 1, rng) for _ in range(WARM)]
    draw = getattr(after, kind)
    for gone in range(EVERY, PATIENCE, EVERY):
        series = [*series, *(draw(n := n + 1, rng) for _ in range(EVERY))][-KEPT:]
        if any(change.mark == mark for change in find_share_changes(series, families, {})):
            return gone
    return PATIENCE


def tilted(share: float) -> Traffic:
    """One intent that was rare (of the 22) takes this share of what is understood."""
    rest = Traffic().mix
    others = sum(rest) - rest[-1]
    return Traffic(mix=(*rest[:-1], others * share / (1 - share)))


CHANGES = (
    ("unclear 15% to 30%", "read", Traffic(unclear=0.30), UNCLEAR),
    ("unclear 15% to 45%", "read", Traffic(unclear=0.45), UNCLEAR),
    ("unclear 15% to 5%", "read", Traffic(unclear=0.05), UNCLEAR),
    ("unmatched 9% to 24%", "read", Traffic(unclear=0.30, unmatched=0.8), UNMATCHED),
    ("an intent 1% to 10%", "read", tilted(0.10), f"{INTENT}21"),
    ("an intent 1% to 20%", "read", tilted(0.20), f"{INTENT}21"),
    ("overrides 20% to 40%", "decided", Traffic(override=0.40), OVERRIDE),
    ("overrides 20% to 60%", "decided", Traffic(override=0.60), OVERRIDE),
)


def main() -> int:
    print("on traffic that stays the same")
    for kind in ("read", "decided"):
        alarms = false_alarms(kind, LOOKS)
        print(
            f"  {kind:8} {LOOKS * EVERY:>9,} observations, {LOOKS:,} looks: {alarms} false alarms"
        )
    print("from a change to its alarm, in observations (median, 95 of 100 within, missed)")
    for words, kind, after, mark in CHANGES:
        found = sorted(delay(kind, after, mark, seed) for seed in range(RUNS))
        missed = sum(gone == PATIENCE for gone in found)
        within = found[int(0.95 * RUNS) - 1]
        median = statistics.median(found)
        print(f"  {words:22} {median:6.0f} {within:6} {missed:4} of {RUNS}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
