"""Waiting, but not for longer than Slack does."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from handlers.ports.clock import Clock

T = TypeVar("T")


async def ends_within(task: asyncio.Task[T], seconds: float, clock: Clock) -> bool:
    """Whether the task ends within so many seconds. It goes on either way."""
    limit = asyncio.ensure_future(clock.sleep(seconds))
    try:
        await asyncio.wait({task, limit}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        limit.cancel()
    return task.done()


class BackgroundTasks:
    """Work in the background that ends with its owner. What it raises is its own business."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def spawn(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
