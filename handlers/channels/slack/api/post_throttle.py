"""Not faster than Slack allows: about one post a second in a room, and not before it says so again.

Held on the monotonic clock that is given. A turn is taken before the call, so that two callers at
once still keep the distance.
"""

from __future__ import annotations

from collections.abc import Hashable

from handlers.ports.clock import Clock


class PostThrottle:
    """`every`: seconds between two turns under one key."""

    def __init__(self, clock: Clock, every: float) -> None:
        self._clock, self._every = clock, every
        self._free: dict[Hashable, float] = {}

    def wait(self, key: Hashable) -> float:
        """Seconds until the next turn under this key is free; 0: now."""
        return max(0.0, self._free.get(key, 0.0) - self._clock.monotonic())

    async def turn(self, key: Hashable) -> None:
        """Return when it is our turn. Turns are given in the order of asking."""
        wait = self.wait(key)
        self._free[key] = self._clock.monotonic() + wait + self._every
        if len(self._free) > 1000:
            now = self._clock.monotonic()
            self._free = {k: at for k, at in self._free.items() if at > now}
        if wait:
            await self._clock.sleep(wait)

    def hold(self, key: Hashable, seconds: float) -> None:
        """Nobody gets a turn under this key for so long: Slack has asked for it."""
        self._free[key] = max(self._free.get(key, 0.0), self._clock.monotonic() + seconds)
