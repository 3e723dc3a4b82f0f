"""What runs beside the requests: background tasks, named waits, and what is repeated as long as
the server runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from handlers.ports.clock import Clock

Work = Coroutine[Any, Any, Any]
log = logging.getLogger("aboveboard")


class Tasks:
    """All tasks of one server. A wait has a name, and ends by itself or by `cancel_wait`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._running: set[asyncio.Task[None]] = set()
        self._waits: dict[str, asyncio.Task[None]] = {}
        self._asleep: set[asyncio.Task[Any] | None] = set()
        self._fell_asleep = asyncio.Event()
        self._stopped = False

    def spawn(self, work: Work) -> asyncio.Task[None] | None:
        """Run it beside everything else; None, and it does not run, once all of it was stopped."""
        if self._stopped:
            work.close()
            return None
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    def repeat(self, seconds: float, work: Callable[[], Work], failing: str) -> None:
        """Do it again and again, this long apart, until `stop`. What fails is tried again, and the
        log says `failing`."""

        async def run() -> None:
            while True:
                await self.sleep(seconds)
                try:
                    await work()
                except Exception:
                    log.exception(failing)

        self.spawn(run())

    def call_later(self, name: str, seconds: float, call: Callable[[], object]) -> None:
        """Call once this wait is over, which has no name any more then. It takes the place of a
        wait of the same name."""

        async def run() -> None:
            await self._clock.sleep(seconds)
            self._waits.pop(name, None)
            call()

        self.cancel_wait(name)
        if (task := self.spawn(run())) is not None:
            self._waits[name] = task

    async def sleep(self, seconds: float) -> None:
        """Let time pass within a task, in which nothing is being done meanwhile."""
        task = asyncio.current_task()
        self._asleep.add(task)
        self._fell_asleep.set()
        try:
            await self._clock.sleep(seconds)
        finally:
            self._asleep.discard(task)

    def is_waiting(self, name: str) -> bool:
        return name in self._waits

    def cancel_wait(self, name: str) -> None:
        """End a wait without its call, if there is one."""
        wait = self._waits.pop(name, None)
        if wait is not None:
            wait.cancel()

    async def wait_until_quiet(self) -> None:
        """Return when nothing is being done: all that is left waits for time, or for a person."""
        while busy := self._running - {*self._waits.values(), *self._asleep}:
            self._fell_asleep.clear()
            sleeper = asyncio.ensure_future(self._fell_asleep.wait())
            try:
                await asyncio.wait({*busy, sleeper}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                sleeper.cancel()

    async def stop(self) -> None:
        self._stopped = True
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
