"""Background tasks and named waits, in a time that passes only when the test says so."""

from __future__ import annotations

import asyncio

import pytest

from handlers.service.engine.tasks import Tasks
from tests.fakes.clock import VirtualClock


async def test_a_wait_calls_once_it_is_over(clock_and_tasks: tuple[VirtualClock, Tasks]) -> None:
    clock, tasks = clock_and_tasks
    called: list[str] = []
    tasks.call_later("one", 5.0, lambda: called.append("one"))
    await clock.advance(4.0, tasks.wait_until_quiet)
    assert tasks.is_waiting("one") and called == []
    await clock.advance(1.0, tasks.wait_until_quiet)
    assert not tasks.is_waiting("one") and called == ["one"]


async def test_a_wait_of_the_same_name_takes_its_place(
    clock_and_tasks: tuple[VirtualClock, Tasks],
) -> None:
    clock, tasks = clock_and_tasks
    called: list[str] = []
    tasks.call_later("one", 1.0, lambda: called.append("first"))
    tasks.call_later("one", 2.0, lambda: called.append("second"))
    await clock.advance(3.0, tasks.wait_until_quiet)
    assert called == ["second"]


async def test_a_wait_that_is_cancelled_never_calls(
    clock_and_tasks: tuple[VirtualClock, Tasks],
) -> None:
    clock, tasks = clock_and_tasks
    called: list[str] = []
    tasks.call_later("one", 1.0, lambda: called.append("one"))
    tasks.cancel_wait("one")
    tasks.cancel_wait("unknown")
    await clock.advance(2.0, tasks.wait_until_quiet)
    assert called == []


async def test_quiet_waits_for_work_but_not_for_what_comes_again(
    clock_and_tasks: tuple[VirtualClock, Tasks], caplog: pytest.LogCaptureFixture
) -> None:
    clock, tasks = clock_and_tasks
    done: list[str] = []

    async def look() -> None:
        await asyncio.sleep(0)
        done.append("look")
        if len(done) == 1:
            raise ValueError("the first time")

    tasks.repeat(2.0, look, "it could not be looked at")
    await tasks.wait_until_quiet()
    assert done == []
    await clock.advance(2.0)
    await tasks.wait_until_quiet()  # a look that has begun is work
    assert done == ["look"] and "it could not be looked at" in caplog.text
    await clock.advance(2.0, tasks.wait_until_quiet)
    assert done == ["look", "look"]


async def test_nothing_begins_after_the_end(clock_and_tasks: tuple[VirtualClock, Tasks]) -> None:
    _, tasks = clock_and_tasks
    await tasks.stop()
    done: list[str] = []

    async def work() -> None:
        done.append("work")

    assert tasks.spawn(work()) is None
    tasks.call_later("one", 0.0, lambda: done.append("one"))
    await tasks.wait_until_quiet()
    assert done == [] and not tasks.is_waiting("one")


async def test_quiet_does_not_wait_for_work_that_waits_for_time(
    clock_and_tasks: tuple[VirtualClock, Tasks],
) -> None:
    clock, tasks = clock_and_tasks
    done: list[str] = []

    async def work() -> None:
        await asyncio.sleep(0)
        await tasks.sleep(5.0)
        done.append("work")

    tasks.spawn(work())
    await tasks.wait_until_quiet()
    assert done == []
    await clock.advance(5.0, tasks.wait_until_quiet)
    assert done == ["work"]
