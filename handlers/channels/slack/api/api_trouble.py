"""What people must know about Slack now: shown as a banner where they look, instead of silence."""

from __future__ import annotations

from typing import Final

from handlers.channels.slack.api.client import REVOKED, WORDS, Denied
from handlers.ports.clock import Clock

TOKEN: Final = "token"  # noqa: S105 - the name of a trouble
RATE: Final = "rate"
SOCKET: Final = "socket"
REVIEW: Final = "review"
RESTART: Final = "restart"
_PLACES: Final = frozenset({"not_in_channel", "channel_not_found", "is_archived"})


class ApiTroubles:
    """What is wrong, by where: a room's id, or one of the names above. Each is mended by itself."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._now: dict[str, tuple[str, float]] = {}

    def set(self, where: str, words: str, lasts: float = float("inf")) -> None:
        """`lasts`: seconds after which it is forgotten by itself."""
        self._now[where] = (words, self._clock.monotonic() + lasts)

    def clear(self, where: str) -> None:
        self._now.pop(where, None)

    def denied(self, room: str, denied: Denied) -> None:
        """Slack refused a call in a room: keep what a person has to mend."""
        if denied.error in REVOKED:
            self.set(TOKEN, denied.why)
        elif denied.error in _PLACES:
            self.set(room, f"{denied.why} (channel {room})")
        elif denied.error == "missing_scope":
            self.set("scope", denied.why)

    @property
    def words(self) -> str | None:
        """All of it in one line; None when nothing is wrong."""
        now = self._clock.monotonic()
        current = [words for words, until in self._now.values() if until > now]
        return "Slack: " + " ".join(current) if current else None


def revoked() -> str:
    return WORDS["token_revoked"]
