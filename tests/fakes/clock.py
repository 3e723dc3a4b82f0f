"""A clock in which an hour takes no time: it moves only when a test says so."""

from __future__ import annotations

import asyncio
import heapq
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count

_TURNS, _FEW = 20, 3
Quiet = Callable[[], Awaitable[None]]


class VirtualClock:
    """Implements handlers.ports.clock.Clock."""

    def __init__(self, start: datetime | None = None) -> None:
        self._start = start or datetime(2026, 10, 5, 10, 42, tzinfo=UTC)  # a Monday
        self._passed = 0.0
        self._jumped = timedelta(0)
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = count()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._passed) + self._jumped

    def monotonic(self) -> float:
        return 1000.0 + self._passed

    async def sleep(self, seconds: float) -> None:
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        due = self._passed + max(0.0, seconds)
        heapq.heappush(self._sleepers, (due, next(self._order), woken))
        await woken

    @property
    def sleepers(self) -> int:
        """How many wait for this clock."""
        return sum(not woken.done() for _, _, woken in self._sleepers)

    async def advance(self, seconds: float, quiet: Quiet | None = None) -> None:
        """Let this much time pass; whoever sleeps is woken in the order of their due times.

        `quiet` returns when all that could be done at one moment is done: with it, whatever works
        in threads keeps pace too.
        """
        end = self._passed + seconds
        await self._let_others_run(quiet)
        while self._sleepers and self._sleepers[0][0] <= end:
            asleep = self.sleepers
            due, _, woken = heapq.heappop(self._sleepers)
            self._passed = max(self._passed, due)
            if not woken.done():
                woken.set_result(None)
            await self._let_others_run(quiet, asleep)
        self._passed = end

    async def _let_others_run(self, quiet: Quiet | None, asleep: int = sys.maxsize) -> None:
        """For some turns of the loop; fewer if as many are `asleep` again as before one was woken:
        it found nothing to do."""
        for turn in range(_TURNS):
            await asyncio.sleep(0)
            if quiet is not None and turn >= _FEW and self.sleepers >= asleep:
                break
        if quiet is not None:
            with suppress(TimeoutError):  # what is left waits for this clock itself
                await asyncio.wait_for(quiet(), timeout=0.25)

    def jump(self, by: timedelta) -> None:
        """Set the wall clock, as an operator or NTP might. Monotonic time does not move."""
        self._jumped += by
