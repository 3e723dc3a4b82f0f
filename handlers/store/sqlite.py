"""Opening a store's file: how SQLite is set, what belongs to us, which shape the rows have.

Promised of a file opened here: what was committed survives kill -9 and loss of power
(write-ahead log, `synchronous=FULL`), and what is removed is overwritten (`secure_delete`).
Opening costs the same whatever the size: SQLite checks the header and replays its log, and reads
nothing else. `integrity` reads everything.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from bot.model.errors import StoreError
from handlers.store.sqlite_tinydb import Indexes, SqliteTinyDB, create_table, table_names

Migration = Callable[[SqliteTinyDB], None]

_OURS: Final = 0x41424F56  # "ABOV", as SQLite's application id
_BUSY: Final = 5.0  # seconds
_LOG_LIMIT: Final = 64 * 2**20  # bytes that the log keeps on disk after a long reader held it up


def open_writer(
    path: Path, indexes: Indexes, migrations: Sequence[Migration] = ()
) -> sqlite3.Connection:
    """The connection that writes; makes the file if there is none, and brings it up to date.

    `migrations[n]` changes rows of shape n to shape n + 1, in one transaction with the number.
    """
    try:
        # made here for its rights: SQLite would let the whole group read it
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise StoreError(f"{path}: cannot be opened: {error.strerror}.") from error
    connection = _connect(path, "rw")
    try:
        _refuse_strangers(connection, path, len(migrations))
        for setting in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "secure_delete = ON",
            f"journal_size_limit = {_LOG_LIMIT}",
            "cache_size = -16000",
        ):
            connection.execute(f"PRAGMA {setting}").fetchall()
        _bring_up_to_date(connection, indexes, migrations)
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlite3.Error):
            raise StoreError(f"{path}: cannot be opened: {said(error)}") from error
        raise
    return connection


def open_reader(path: Path) -> sqlite3.Connection:
    """A connection that cannot write. Raises StoreError if there is no store."""
    if not path.is_file():
        raise StoreError(f"{path}: there is no store here. `aboveboard serve` makes one.")
    connection = _connect(path, "ro")
    try:
        connection.execute("PRAGMA query_only = ON")
        _refuse_strangers(connection, path, None)
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlite3.Error):
            raise StoreError(f"{path}: cannot be opened: {said(error)}") from error
        raise
    return connection


def integrity(path: Path) -> tuple[str, ...]:
    """What SQLite finds wrong when it reads the whole file; empty when nothing is. Takes O(n).

    Raises StoreError if the file cannot even be opened.
    """
    connection = open_reader(path)
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(20)")]
    except sqlite3.Error as error:
        found = [said(error)]
    finally:
        connection.close()
    return () if found == ["ok"] else tuple(found)


def said(error: sqlite3.Error) -> str:
    """What went wrong, in words for the person who can mend it."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for start, words in _WORDS.items():
        if name.startswith(start):
            return words
    return f"SQLite says: {error}."


_WORDS: Final = {
    "SQLITE_FULL": "the disk is full. Free some space; nothing else needs to be done.",
    "SQLITE_IOERR": "the disk reports an error. Look at the system's log, and at the space left.",
    "SQLITE_BUSY": "another program holds the file. Close it, then try again.",
    "SQLITE_READONLY": "the file may only be read. Give this user the right to write it.",
    "SQLITE_CANTOPEN": "the file cannot be opened. Look at its rights, and those of its folder.",
    "SQLITE_CORRUPT": "the file is damaged. Run `aboveboard doctor`, and restore a backup.",
    "SQLITE_NOTADB": "this is not a store of Aboveboard's. Name another file in config.yaml.",
}


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    try:
        return sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?mode={mode}",
            uri=True,
            isolation_level=None,  # we say BEGIN and COMMIT ourselves
            timeout=_BUSY,
            check_same_thread=False,  # used by one thread at a time, not by one only
            cached_statements=512,
        )
    except sqlite3.Error as error:
        raise StoreError(f"{path}: cannot be opened: {said(error)}") from error


def _refuse_strangers(connection: sqlite3.Connection, path: Path, newest: int | None) -> None:
    ((owner,),) = connection.execute("PRAGMA application_id")
    ((shape,),) = connection.execute("PRAGMA user_version")
    if owner != _OURS and (owner or shape or table_names(connection)):
        raise StoreError(f"{path}: {_WORDS['SQLITE_NOTADB']}")
    if newest is not None and shape > newest + 1:
        raise StoreError(
            f"{path}: a newer version of Aboveboard has written this store (shape {shape}, this "
            f"one knows {newest + 1}). Update Aboveboard."
        )


def _bring_up_to_date(
    connection: sqlite3.Connection, indexes: Indexes, migrations: Sequence[Migration]
) -> None:
    ((shape,),) = connection.execute("PRAGMA user_version")
    connection.execute("BEGIN IMMEDIATE")
    try:
        for name, fields in indexes.items():
            create_table(connection, name, fields)
        if shape:  # a new file has no rows to change
            for migrate in migrations[shape - 1 :]:
                migrate(SqliteTinyDB(connection, indexes))
        if shape != len(migrations) + 1:
            connection.execute(f"PRAGMA application_id = {_OURS}")
            connection.execute(f"PRAGMA user_version = {len(migrations) + 1}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
