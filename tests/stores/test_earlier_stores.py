"""A store that an earlier version wrote opens in this one, and nothing of it is lost.

Each folder here is a store as it was written on that day, with all that it held in plain words.
"""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.model.errors import StoreError
from handlers.app import ALL_INDEXES
from handlers.store.embedded import EmbeddedStore
from handlers.store.readers import open_readonly
from handlers.store.sqlite import find_damage
from tests.stores.plain_stores import list_store

KEPT = sorted(path.parent for path in Path(__file__).parent.glob("*/expected.json"))
DROPPED = {"happened"}  # tables that a migration took away for good
DROPPED_PARTS = {"happened", "event_kinds"}  # what they alone held


@dataclass(frozen=True)
class Kept:
    """A kept store that this version has opened: what it must hold, and what it holds."""

    expected: dict[str, Any]
    found: dict[str, Any]
    tables: dict[str, int]


def unpack(kept: Path, folder: Path) -> Path:
    """A copy of a kept store, with the key of its record beside it."""
    store, key = folder / "store.sqlite3", folder / "record.key"
    store.write_bytes(gzip.decompress((kept / "store.sqlite3.gz").read_bytes()))
    shutil.copyfile(kept / key.name, key)
    key.chmod(0o600)
    return store


@pytest.fixture(scope="module", params=KEPT, ids=lambda path: path.name)
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    expected = json.loads((request.param / "expected.json").read_text())
    path = unpack(request.param, tmp_path_factory.mktemp("kept"))
    store = EmbeddedStore(path, ALL_INDEXES)
    try:
        found = store.read(
            lambda tx: list_store(tx, path.with_name("record.key"), date(2026, 11, 20))
        )
        tables = store.read(
            lambda tx: {name: len(tx.table(name).all()) for name in expected["tables"]}
        )
    finally:
        store.close()
    assert find_damage(path) == ()
    return Kept(expected, found, tables)


def list_differences(expected: Any, found: Any) -> Iterator[str]:
    """Which rows of a part differ, so that a failure names them."""
    if not isinstance(expected, dict) or not isinstance(found, dict):
        if expected != found:
            yield f"{expected!r} != {found!r}"
        return
    for key in expected.keys() | found.keys():
        was, now = expected.get(key), found.get(key)
        if isinstance(was, dict) and isinstance(now, dict):
            yield from (f"{key}: {line}" for line in list_differences(was, now))
        elif was != now:
            yield f"{key}: {was!r} != {now!r}"


def test_every_part_is_looked_at(kept: Kept) -> None:
    assert kept.found.keys() == kept.expected.keys() - DROPPED_PARTS - {"tables"}


def test_nothing_of_it_is_lost(kept: Kept) -> None:
    lost = {
        part: [*list_differences(kept.expected[part], found)][:5]
        for part, found in kept.found.items()
        if found != kept.expected[part]
    }
    assert lost == {}


def test_no_row_is_lost(kept: Kept) -> None:
    rows = {name: count for name, count in kept.expected["tables"].items() if name not in DROPPED}
    assert {name: count for name, count in kept.tables.items() if name not in DROPPED} == rows


def test_what_was_dropped_is_gone(kept: Kept) -> None:
    assert {name: kept.tables[name] for name in DROPPED & kept.tables.keys()} == dict.fromkeys(
        DROPPED & kept.tables.keys(), 0
    )


@pytest.mark.parametrize("folder", KEPT, ids=lambda path: path.name)
def test_it_is_read_only_once_the_server_has_brought_it_up_to_date(
    folder: Path, tmp_path: Path
) -> None:
    """A command that opens it to read says so in one line, and reads it afterwards."""
    path = unpack(folder, tmp_path)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="Start the server once"):
        open_readonly(path)
    assert path.read_bytes() == before
    EmbeddedStore(path, ALL_INDEXES).close()
    [copy] = tmp_path.glob("store.sqlite3.before-*")
    assert find_damage(copy) == ()
    readers = open_readonly(path)
    assert readers.read(lambda tx: len(tx.table("engagements").all())) > 0
    readers.close()
