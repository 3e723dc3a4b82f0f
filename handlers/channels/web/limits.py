"""How much a stranger may ask of the chat: token buckets by session and by address.

Kept in memory and bounded: nobody's address is stored, and a restart forgets.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

KEPT = 10_000  # buckets; the least recently used are forgotten first


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then one every `every` seconds."""

    burst: int
    every: float


@dataclass(frozen=True, slots=True)
class ChatLimits:
    """`unanswered` counts messages that no reply has followed yet; `streams` open live pages."""

    longest: int = 4_000  # characters
    session: Rate = Rate(burst=6, every=5.0)
    address: Rate = Rate(burst=30, every=1.0)
    new_chats: Rate = Rate(burst=10, every=360.0)  # by address
    unanswered: int = 20
    session_streams: int = 6
    address_streams: int = 40


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


class Seats:
    """How many of a thing a key holds at this moment."""

    def __init__(self) -> None:
        self._held: Counter[str] = Counter()

    @contextmanager
    def hold(self, key: str, most: int) -> Iterator[bool]:
        """Whether there was a seat; it is given back at the end."""
        if self._held[key] >= most:
            yield False
            return
        self._held[key] += 1
        try:
            yield True
        finally:
            self._held[key] -= 1
            if not self._held[key]:
                del self._held[key]
