"""What is looked up by an index, and what scans. That results are right is the contract's test."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tinydb import Query, where

from handlers.store.query_narrowing import narrow
from handlers.store.sqlite import open_writer
from handlers.store.sqlite_tinydb import SqliteTinyDB

FIELDS = ("state", "place.channel", "due", "n")
state, n, due = where("state"), where("n"), where("due")

INDEXED: list[Any] = [
    state == "new",
    state == "",
    state == None,  # noqa: E711
    n == 5,
    n == True,  # noqa: E712
    Query().place.channel == "web",
    state.one_of(["new", "old"]),
    due < "2026-01-01",
    due >= "2026-01-01",
    (state == "new") & (where("free") == 1),
    (where("free") == 1) & ((state == "new") & (n == 1)),
    (state == "new") & where("free").exists(),
    (state == "new") & ((n == 1) | (n == 2)),
    (state == "new") | (n == 1),
    (state == "new") | ((n == 1) & (where("free") == 1)),
]
SCANS: list[Any] = [
    where("free") == "new",
    where("place") == "web",
    where("place.channel") == "web",  # one field whose name has a dot, not a path
    state != "new",
    n == 1.0,
    n == 2**60,
    n < 5,
    state == "a\0b",
    state == ["new"],
    (state == "new") | (where("free") == 1),
    ~(state == "new"),
    state.exists(),
    state.test(lambda value: True),
    state.map(str.lower) == "new",
    state.one_of([1.5]),
    state.one_of(["x"] * 1000),
    Query().noop(),
    lambda document: True,
]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = open_writer(tmp_path / "a.db", {"things": FIELDS})
    yield opened
    opened.close()


@pytest.mark.parametrize("query", INDEXED, ids=map(str, range(len(INDEXED))))
def test_equalities_over_indexed_fields_use_an_index(
    connection: sqlite3.Connection, query: Any
) -> None:
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    SqliteTinyDB(connection, {"things": FIELDS}).table("things").search(query)
    connection.set_trace_callback(None)
    (statement,) = (it for it in statements if "json_extract" in it)
    plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
    assert any("USING INDEX" in step[3] for step in plan)
    assert not any("SCAN" in step[3] for step in plan)


@pytest.mark.parametrize("query", SCANS, ids=map(str, range(len(SCANS))))
def test_what_an_index_cannot_name_for_certain_scans(query: Any) -> None:
    assert narrow(query, FIELDS) is None


def test_a_query_of_any_depth_is_answered() -> None:
    query = state == "new"
    for _ in range(300):
        query &= n == 1
    assert narrow(query, FIELDS) is not None


@pytest.mark.parametrize("field", ["", "a b", "a'", 'a"', "a..b", "State", "ü", "a;b"])
def test_fields_with_odd_names_cannot_be_indexed(tmp_path: Path, field: str) -> None:
    with pytest.raises(ValueError, match="cannot be indexed"):
        open_writer(tmp_path / "a.db", {"things": (field,)})


@pytest.mark.parametrize("name", ["", "a b", 'a"', "A", "sqlite_things", "a;b", "1a"])
def test_tables_with_odd_names_cannot_be_made(connection: sqlite3.Connection, name: str) -> None:
    connection.execute("BEGIN")
    with pytest.raises(ValueError, match="cannot name a table"):
        SqliteTinyDB(connection, {}).table(name).insert({})


def test_indexes_follow_what_is_declared(tmp_path: Path) -> None:
    for fields in (("a",), ("a", "b"), ("b",), ()):
        connection = open_writer(tmp_path / "a.db", {"things": fields})
        found = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql NOTNULL ORDER BY name"
        ).fetchall()
        connection.close()
        assert found == [(f"things:{field}",) for field in fields]
