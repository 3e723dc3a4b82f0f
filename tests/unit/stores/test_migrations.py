"""Stores have versions: an earlier one is brought up to date whole, a later one is refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from tinydb import where

from bot.model.errors import StoreError
from handlers.store.embedded import EmbeddedStore
from handlers.store.migrations import Migration, change_rows
from handlers.store.readers import open_readonly
from handlers.store.sqlite import find_damage
from handlers.store.sqlite_tinydb import SqliteTinyDB

INDEXES = {"messages": ("state",)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of version 1 with a few rows."""
    path = tmp_path / "store.db"
    store = EmbeddedStore(path, INDEXES, migrations=[])
    for n in range(300):
        store.write_now(lambda tx, n=n: tx.table("messages").put(f"m{n}", {"text": f"old {n}"}))
    store.close()
    return path


def capitals(tx: SqliteTinyDB) -> None:
    change_rows(tx, "messages", lambda row: {"text": row["text"].upper(), "state": "new"})


def marked(tx: SqliteTinyDB) -> None:
    change_rows(tx, "messages", lambda row: {**row, "text": row["text"] + "!"})


def failing(tx: SqliteTinyDB) -> None:
    tx.table("messages").truncate()
    raise ValueError("no such thing")


def texts(path: Path, migrations: Sequence[Migration]) -> list[str]:
    """What a store holds once it was opened with these migrations."""
    store = EmbeddedStore(path, INDEXES, migrations=migrations)
    try:
        return store.read(lambda tx: [row["text"] for row in tx.table("messages")])
    finally:
        store.close()


def files(path: Path) -> set[str]:
    return {file.name for file in path.parent.iterdir()} - {"store.db.lock"}


def test_each_migration_that_a_store_lacks_runs_once_in_order(path: Path) -> None:
    upper = [f"OLD {n}" for n in range(300)]
    for _ in range(2):
        assert texts(path, [capitals]) == upper
    for _ in range(2):
        assert texts(path, [capitals, marked]) == [f"{text}!" for text in upper]


def test_several_are_run_at_once(path: Path) -> None:
    assert texts(path, [capitals, marked])[:2] == ["OLD 0!", "OLD 1!"]


def test_changed_rows_keep_ids_order_and_indexes(path: Path) -> None:
    store = EmbeddedStore(path, INDEXES, migrations=[capitals])
    found = store.read(lambda tx: tx.table("messages").search(where("state") == "new"))
    assert [row.doc_id for row in found] == [f"m{n}" for n in range(300)]
    store.close()


def test_the_store_as_it_was_is_kept_beside_it(path: Path) -> None:
    before = texts(path, [])
    texts(path, [capitals, marked])
    copy = path.with_name("store.db.before-3")
    assert files(path) == {"store.db", copy.name}
    assert copy.stat().st_mode & 0o777 == 0o600
    assert find_damage(copy) == ()
    assert texts(copy, []) == before


def test_a_copy_is_never_written_over(path: Path) -> None:
    path.with_name("store.db.before-2").write_text("mine")
    before = texts(path, [])
    texts(path, [capitals])
    assert path.with_name("store.db.before-2").read_text() == "mine"
    assert texts(path.with_name("store.db.before-2-2"), []) == before


def test_a_new_store_and_one_of_this_version_need_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    for _ in range(2):
        assert texts(path, [capitals]) == []
        assert files(path) == {"store.db"}


def test_a_migration_that_fails_leaves_the_store_as_it_was(path: Path) -> None:
    before = texts(path, [])
    with pytest.raises(StoreError, match=r"from version 1 to 3 .*no such thing.*as it was"):
        texts(path, [capitals, failing])
    assert texts(path, []) == before
    assert files(path) == {"store.db"}


def test_nothing_is_changed_where_no_copy_can_be_made(path: Path) -> None:
    before = texts(path, [])
    path.with_name("store.db.before-2.unfinished").mkdir()
    with pytest.raises(StoreError, match="no copy of it could be made"):
        texts(path, [capitals])
    assert texts(path, []) == before


def test_what_a_copy_left_unfinished_is_begun_anew(path: Path) -> None:
    """The process was killed while it copied."""
    path.with_name("store.db.before-2.unfinished").write_text("half")
    assert texts(path, [capitals])[0] == "OLD 0"
    assert files(path) == {"store.db", "store.db.before-2"}


def test_a_store_of_a_later_version_is_refused_in_one_line(path: Path) -> None:
    texts(path, [capitals, marked])
    line = (
        f"{path}: a later Aboveboard has written this store (version 3; this one knows 2). "
        "Update Aboveboard."
    )
    for opening in (lambda: texts(path, [capitals]), lambda: reading(path, [capitals])):
        with pytest.raises(StoreError) as refused:
            opening()
        assert str(refused.value) == line
    assert texts(path, [capitals, marked])[0] == "OLD 0!"


def test_a_command_that_only_reads_refuses_a_store_of_an_earlier_version(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(StoreError) as refused:
        reading(path, [capitals])
    assert str(refused.value) == (
        f"{path}: an earlier Aboveboard has written this store (version 1; this one reads 2). "
        "Start the server once (`aboveboard serve`): it brings the store up to date."
    )
    assert path.read_bytes() == before
    assert find_damage(path) == ()  # which can be asked of any
    texts(path, [capitals])
    assert reading(path, [capitals])[0] == "OLD 0"


def reading(path: Path, migrations: Sequence[Migration]) -> list[str]:
    readers = open_readonly(path, migrations=migrations)
    try:
        return readers.read(lambda tx: [row["text"] for row in tx.table("messages")])
    finally:
        readers.close()


# What each of ours does


def test_version_2_holds_nothing_of_what_happened(path: Path) -> None:
    """What customers had taken back was still there: in no file of the store is it now."""
    store = EmbeddedStore(path, {"happened": ("engagement",)}, migrations=[])
    row = {"engagement": "e1", "it": {"text": "xyzzy"}}
    store.write_now(lambda tx: tx.table("happened").put("e1:000001", row))
    store.close()
    store = EmbeddedStore(path, INDEXES)
    now = path.read_bytes() + path.with_name("store.db-wal").read_bytes()
    assert b"xyzzy" not in now
    assert store.read(lambda tx: tx.table("happened").all()) == []
    assert store.read(lambda tx: len(tx.table("messages").all())) == 300
    store.close()
