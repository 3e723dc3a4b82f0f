"""A clock in which an hour takes no time: it moves only when a test says so."""

from __future__ import annotations

import asyncio
import heapq
import sys
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

Quiet = Callable[[], Coroutine[Any, Any, None]]
FINE = 3600.0  # seconds that pass exactly
HOPS = 500  # in which more passes
LOOK = 0.1  # seconds between two looks at what the process has spent
IDLE = 0.002  # seconds of CPU in that time, or less: it does nothing
_TURNS, _FEW = 20, 3


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
        """Let this much time pass; whoever sleeps is woken in the order of their due times, over
        hours a little late, as on a busy machine: what looks around every few seconds does not do
        so a hundred thousand times.

        `quiet` returns when all that could be done at one moment is done: with it, whatever works
        in threads keeps pace too.
        """
        end = self._passed + seconds
        late = seconds / HOPS if seconds > FINE else 0.0
        await self._let_others_run(quiet)
        while self._sleepers and self._sleepers[0][0] <= end:
            asleep = self.sleepers
            due, _, woken = heapq.heappop(self._sleepers)
            self._passed = max(self._passed, min(due + late, end))
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
            await _wait_while_busy(quiet)

    def jump(self, by: timedelta) -> None:
        """Set the wall clock, as an operator or NTP might. Monotonic time does not move."""
        self._jumped += by


async def _wait_while_busy(quiet: Quiet) -> None:
    """Until all is quiet, or what is left waits for this clock itself: then the process is idle,
    however slow the machine is."""
    waiting = asyncio.ensure_future(quiet())
    spent, before = LOOK, 0.0
    while not waiting.done() and spent > IDLE:
        before = time.process_time()
        await asyncio.wait({waiting}, timeout=LOOK)
        spent = time.process_time() - before
    waiting.cancel()
