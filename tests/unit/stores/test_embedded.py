"""What the embedded store promises beyond the contract: its file, its lock, a full disk."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tinydb.table import Document

from bot.model.errors import StoreError
from handlers.ports.store_port import Store
from handlers.store.embedded import EmbeddedStore
from handlers.store.readers import open_readonly
from handlers.store.sqlite import find_damage


def put(doc_id: str, text: str = "") -> Any:
    return lambda tx: tx.table("messages").insert(Document({"text": text}, doc_id))


def ids(store: Any) -> list[str]:
    return store.read(lambda tx: [row.doc_id for row in tx.table("messages")])  # type: ignore[no-any-return]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[EmbeddedStore]:
    opened = EmbeddedStore(path, {})
    yield opened
    opened.close()


def test_it_is_a_store(store: EmbeddedStore) -> None:
    """For the type checker."""
    typed: Store = store
    assert typed.read(lambda tx: tx.table("messages").all()) == []


# One server


def test_a_second_one_is_refused_by_the_number_of_the_first(
    store: EmbeddedStore, path: Path
) -> None:
    program = (
        "import sys; from handlers.store.embedded import EmbeddedStore\n"
        "try: EmbeddedStore(sys.argv[1], {})\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    command = [sys.executable, "-c", program, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == (
        f"StoreError {path}: the store is in use by process {os.getpid()}. "
        "Stop it first, or use another store.\n"
    )
    store.write_now(put("m1"))


def test_the_lock_goes_with_the_store(store: EmbeddedStore, path: Path) -> None:
    store.close()
    EmbeddedStore(path, {}).close()


def test_a_store_that_cannot_be_opened_is_not_locked(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"messages": {"1": {"text": "hi"}}}' * 100)
    for _ in range(2):
        with pytest.raises(StoreError, match="not a store of Aboveboard's"):
            EmbeddedStore(path, {})


def test_a_work_without_an_event_loop(store: EmbeddedStore) -> None:
    assert store.write_now(put("m1")) == "m1"
    with pytest.raises(ValueError, match="already exists"):
        store.write_now(put("m1"))


def test_who_waits_may_be_gone(store: EmbeddedStore) -> None:
    async def leave() -> None:
        for n in range(50):
            store.write(put(f"m{n}"))

    asyncio.run(leave())
    store.write_now(put("after"))
    assert ids(store) == [*(f"m{n}" for n in range(50)), "after"]


# The file


def test_only_its_user_may_read_its_files(store: EmbeddedStore, path: Path) -> None:
    store.write_now(put("m1"))
    assert {it.name: it.stat().st_mode & 0o777 for it in path.parent.iterdir()} == {
        "store.db": 0o600,
        "store.db-shm": 0o600,
        "store.db-wal": 0o600,
        "store.db.lock": 0o600,
    }


def test_it_is_set_to_lose_nothing(store: EmbeddedStore) -> None:
    def settings(tx: Any) -> list[Any]:
        run = tx.storage.connection.execute
        names = ("journal_mode", "synchronous", "secure_delete")
        return [run(f"PRAGMA {name}").fetchone()[0] for name in names]

    assert store.write_now(settings) == ["wal", 2, 1]


def test_another_programs_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE bookmarks (url)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a store of Aboveboard's"):
        EmbeddedStore(path, {})
    assert path.read_bytes() == before


def test_a_folder_in_its_place_is_refused(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StoreError, match=r"store\.db: cannot be opened"):
        EmbeddedStore(path, {})


def test_a_file_in_place_of_its_folder_is_refused(path: Path) -> None:
    path.parent.write_text("")
    with pytest.raises(StoreError, match="cannot be opened"):
        EmbeddedStore(path, {})


def test_a_file_that_was_cut_short_is_refused(path: Path) -> None:
    store = EmbeddedStore(path, {})
    for n in range(200):
        store.write_now(put(str(n), "x" * 500))
    store.close()
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(StoreError, match="damaged"):
        EmbeddedStore(path, {})
    with pytest.raises(StoreError, match="damaged"):
        find_damage(path)


def test_integrity_finds_damage_that_opening_does_not(path: Path) -> None:
    store = EmbeddedStore(path, {})
    for n in range(200):
        store.write_now(put(str(n), "x" * 500))
    store.close()
    assert find_damage(path) == ()
    with path.open("r+b") as file:
        file.seek(10 * 4096)
        file.write(b"\xff" * 4096)
    EmbeddedStore(path, {}).close()
    assert find_damage(path)


# Reading beside it


def test_a_command_reads_while_the_server_writes(store: EmbeddedStore, path: Path) -> None:
    store.write_now(put("m1"))
    beside = open_readonly(path)
    assert ids(beside) == ["m1"]
    store.write_now(put("m2"))
    assert ids(beside) == ["m1", "m2"]
    with pytest.raises(StoreError, match="cannot write"):
        beside.read(put("m3"))
    beside.close()


def test_a_command_reads_when_no_server_runs(store: EmbeddedStore, path: Path) -> None:
    store.write_now(put("m1"))
    store.close()
    beside = open_readonly(path)
    assert ids(beside) == ["m1"]
    beside.close()


def test_a_query_that_runs_while_the_store_is_closed_finishes(
    store: EmbeddedStore, path: Path
) -> None:
    store.write_now(put("m1"))
    used: list[sqlite3.Connection] = []

    def query(tx: Any) -> int:
        used.append(tx.storage.connection)
        store.close()
        return len(tx.table("messages"))

    assert store.read(query) == 1
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        used[0].execute("SELECT 1")


def test_there_must_be_a_store_to_read(path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store here"):
        open_readonly(path)
    assert not path.exists()


# A full disk


def limit(pages: int) -> Any:
    return lambda tx: tx.storage.connection.execute(f"PRAGMA max_page_count = {pages}").fetchall()


async def test_on_a_full_disk_nothing_is_acknowledged_and_all_resumes_when_freed(
    store: EmbeddedStore,
) -> None:
    await store.write(put("before"))
    await store.write(limit(1))
    works = [store.write(put(f"m{n}", "x" * 3000)) for n in range(40)]
    outcomes = await asyncio.gather(*works, return_exceptions=True)
    acknowledged = [it for it in outcomes if isinstance(it, str)]
    refused = [it for it in outcomes if isinstance(it, StoreError)]
    assert len(acknowledged) + len(refused) == 40
    assert refused
    assert "the disk is full" in str(refused[0])
    assert ids(store) == ["before", *acknowledged]
    await store.write(limit(10**6))
    await store.write(put("after", "x" * 3000))
    assert ids(store) == ["before", *acknowledged, "after"]


@pytest.mark.parametrize("goes_on", [True, False])
async def test_a_work_cannot_go_on_when_its_transaction_has_ended(
    store: EmbeddedStore, goes_on: bool
) -> None:
    """SQLite ends one by itself on some errors, and a work may swallow them."""

    def stubborn(tx: Any) -> None:
        put("m1")(tx)
        tx.storage.connection.execute("ROLLBACK")
        if goes_on:
            put("m2")(tx)

    await store.write(put("first"))
    works = [store.write(put("before")), store.write(stubborn), store.write(put("after"))]
    before, refused, after = await asyncio.gather(*works, return_exceptions=True)
    assert isinstance(refused, StoreError)
    said = [it for it in (before, after) if isinstance(it, str)]
    assert ids(store) == ["first", *said]


async def test_it_works_on_a_disk_where_not_even_its_number_fits(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    store = EmbeddedStore(path, {})
    with pytest.raises(StoreError, match="in use by another process"):
        EmbeddedStore(path, {})
    store.close()


async def test_commit_points_are_passed_in_order(path: Path) -> None:
    points: list[str] = []
    store = EmbeddedStore(path, {}, probe=points.append)
    await store.write(put("m1"))
    assert points == ["before-commit", "after-commit", "after-ack"]
    store.close()


async def test_what_was_refused_before_its_commit_has_not_happened(path: Path) -> None:
    def fail(point: str) -> None:
        if point == "before-commit" and armed:
            raise sqlite3.OperationalError("disk I/O error")

    armed: list[bool] = []
    store = EmbeddedStore(path, {}, probe=fail)
    await store.write(put("m1"))
    armed.append(True)
    outcomes = await asyncio.gather(
        *[store.write(put(f"n{n}")) for n in range(5)], return_exceptions=True
    )
    assert all(isinstance(it, StoreError) for it in outcomes)
    armed.clear()
    await store.write(put("m2"))
    assert ids(store) == ["m1", "m2"]
    store.close()


async def test_what_a_work_erases_is_in_no_file_once_it_returns(
    store: EmbeddedStore, path: Path
) -> None:
    await store.write(put("m1", "secret"))
    assert b"secret" in contents(log_of(path))
    await store.write(erase("m1"))
    assert contents(log_of(path)) == b""
    assert b"secret" not in contents(path)


async def test_a_reader_that_holds_the_log_holds_up_nobody_and_it_is_emptied_afterwards(
    store: EmbeddedStore, path: Path
) -> None:
    await store.write(put("m1", "secret"))
    beside = open_readonly(path)

    def read(tx: Any) -> int:
        before = len(tx.table("messages"))
        store.write_now(erase("m1"))
        return before

    assert beside.read(read) == 1
    assert b"secret" in contents(log_of(path))
    beside.close()
    await store.write(put("m2", "hello"))
    assert b"secret" not in contents(path) + contents(log_of(path))


async def test_a_work_that_is_undone_erases_nothing(store: EmbeddedStore, path: Path) -> None:
    await store.write(put("m1", "secret"))

    def work(tx: Any) -> None:
        erase("m1")(tx)
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        await store.write(work)
    assert ids(store) == ["m1"]
    assert contents(log_of(path)) != b""


def test_what_a_killed_process_had_erased_is_gone_at_the_next_opening(path: Path) -> None:
    """It was committed, and the log still held the words."""
    program = (
        "import os, sys; from handlers.store.embedded import EmbeddedStore\n"
        "def die(point):\n"
        "    if point == 'after-commit' and armed: os._exit(9)\n"
        "armed = []\n"
        "store = EmbeddedStore(sys.argv[1], {}, probe=die)\n"
        "store.write_now(lambda tx: tx.table('messages').put('m1', {'text': 'secret'}))\n"
        "armed.append(True)\n"
        "store.write_now(lambda tx: (tx.table('messages').remove(doc_ids=['m1']), tx.erase_log()))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert done.returncode == 9
    assert b"secret" in contents(log_of(path))
    store = EmbeddedStore(path, {})
    assert (ids(store), contents(log_of(path))) == ([], b"")
    assert b"secret" not in contents(path)
    store.close()


def erase(doc_id: str) -> Any:
    return lambda tx: (tx.table("messages").remove(doc_ids=[doc_id]), tx.erase_log())


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def contents(path: Path) -> bytes:
    return path.read_bytes()
