"""How much a stranger may ask of the chat: token buckets by session and by address.

Kept in memory and bounded: nobody's address is stored, and a restart forgets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from handlers.pages.rate_limit import Rate


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
