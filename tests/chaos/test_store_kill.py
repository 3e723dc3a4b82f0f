"""The short form of `tests/chaos/store.py`; `make chaos` is the long one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.chaos import store as chaos


@pytest.mark.parametrize("point", chaos.POINTS)
def test_killed_at_a_commit_point_nothing_acknowledged_is_lost(tmp_path: Path, point: str) -> None:
    path = tmp_path / "store.db"
    acknowledged: chaos.Acknowledged = {}
    for run, times in (("first", 1), ("second", 4)):
        acknowledged |= chaos.killed_at(path, run, point, times).acknowledged
        chaos.check(path, acknowledged)
    assert acknowledged


def test_killed_at_any_moment_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    path, chance = tmp_path / "store.db", random.Random(7)
    acknowledged: chaos.Acknowledged = {}
    for run in range(4):
        told = chaos.killed_after(path, str(run), chance.uniform(0, 0.1))
        acknowledged |= told.acknowledged
        chaos.torn(path, chance, 5)
        chaos.check(path, acknowledged)


@pytest.mark.parametrize("room", [0, 50_000])
def test_on_a_full_disk_writes_are_refused_and_resume_when_it_is_freed(
    tmp_path: Path, room: int
) -> None:
    path = tmp_path / "store.db"
    told = chaos.on_a_full_disk(path, "full", room)
    assert told.refused == chaos.WRITERS
    assert told.freed
    assert sum(name.startswith("full+") for name in told.acknowledged) == chaos.WRITERS
    chaos.check(path, told.acknowledged)


def test_the_check_sees_a_lost_write(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    told = chaos.killed_at(path, "only", "after-ack", 3)
    writer, number = next(iter(told.acknowledged.items()))
    with pytest.raises(AssertionError, match="was acknowledged"):
        chaos.check(path, {writer: number + 2})
