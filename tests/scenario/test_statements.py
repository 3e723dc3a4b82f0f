"""What one message costs the store: SQL statements from its arrival to a judged draft."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from bot.model import State
from tests.scenario.conftest import open_shop

MOST = 34  # statements, from a message's arrival to the draft before a person
ASKS = (
    "Can I still return boots I bought three weeks ago?",
    "What are your opening hours on Saturday?",
)


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that SQLite runs on any connection, from now on."""
    connect, found = sqlite3.connect, []

    def traced(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection = connect(*args, **kwargs)
        connection.set_trace_callback(found.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", traced)
    return found


@pytest.mark.parametrize("ask", ASKS)
async def test_a_message_costs_few_statements(
    tmp_path: Path, statements: list[str], ask: str
) -> None:
    async with open_shop(tmp_path) as shop:
        for number in range(3):  # tables are made, and what is kept between transactions is known
            await shop.write(ask, who=f"earlier-{number}")
        statements.clear()
        await shop.write(ask)
        made = list(statements)
        assert shop.card().state is State.WAITING
    assert len(made) <= MOST, "\n".join(made)
