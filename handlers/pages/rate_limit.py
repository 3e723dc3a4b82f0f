"""Token buckets: how often something may be done, by whom."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

KEPT = 10_000  # buckets; the least recently used are forgotten first


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then one every `every` seconds."""

    burst: int
    every: float


class Buckets:
    """A token bucket for each key."""

    def __init__(self, rate: Rate, monotonic: Callable[[], float]) -> None:
        self._rate = rate
        self._now = monotonic
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def take(self, key: str) -> float:
        """Take a token: 0.0, or the seconds after which there is one again."""
        now = self._now()
        full_at = max(self._full_at.get(key, now), now)
        wait = full_at - now - (self._rate.burst - 1) * self._rate.every
        if wait > 0:
            return wait
        self._full_at[key] = full_at + self._rate.every
        self._full_at.move_to_end(key)
        if len(self._full_at) > KEPT:
            self._full_at.popitem(last=False)
        return 0.0
