"""The short form of the kill test; `make chaos` runs every point."""

from __future__ import annotations

import pytest

from tests.chaos.sending import SHORT, kill_at


@pytest.mark.parametrize("at", SHORT)
def test_a_kill_loses_nothing_and_doubles_nothing(at: str) -> None:
    outcome = kill_at(at)
    assert outcome.killed, "the point was never reached: the test would prove nothing"
    assert outcome.faults == ()
