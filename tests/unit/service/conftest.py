"""A clock that a test moves, and the tasks that wait for it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from handlers.service.engine.tasks import Tasks
from tests.fakes.clock import VirtualClock


@pytest.fixture
async def clock_and_tasks() -> AsyncIterator[tuple[VirtualClock, Tasks]]:
    clock = VirtualClock()
    tasks = Tasks(clock)
    yield clock, tasks
    await tasks.stop()
