"""Opening a store's file: how SQLite is set, what belongs to us, which version it is of.

Promised of a file opened here: what was committed survives kill -9 and loss of power
(write-ahead log, `synchronous=FULL`), and what is removed is overwritten (`secure_delete`).
A file of a later version is refused; one of an earlier version is brought up to date when it is
opened to write (`upgrade`), and refused when it is opened to read, never half understood.
Opening costs the same whatever the size: SQLite checks the header and replays its log, and reads
nothing else. `find_damage` reads everything.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from bot.model.errors import StoreError
from handlers.store.migrations import Migration
from handlers.store.sqlite_storage import Indexes, create_table, table_names
from handlers.store.upgrade import upgrade

_OURS: Final = 0x41424F56  # "ABOV", as SQLite's application id
_BUSY: Final = 5.0  # seconds
_LOG_LIMIT: Final = 64 * 2**20  # bytes that the log keeps on disk after a long reader held it up


def open_writer(
    path: Path, indexes: Indexes, migrations: Sequence[Migration] = ()
) -> sqlite3.Connection:
    """The connection that writes; makes the file if there is none, and brings it up to date.

    `migrations[n]` makes version n + 2 of version n + 1. Raises StoreError.
    """
    try:
        # made here for its rights: SQLite would let the whole group read it
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise StoreError(f"{path}: cannot be opened: {error.strerror}.") from error
    connection = _connect(path, "rw")
    try:
        version = _read_version(connection, path)
        _refuse_later(path, version, 1 + len(migrations))
        for setting in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "secure_delete = ON",
            f"journal_size_limit = {_LOG_LIMIT}",
            "cache_size = -16000",
        ):
            connection.execute(f"PRAGMA {setting}").fetchall()
        if version:  # a new file has no rows to change
            upgrade(connection, path, version, migrations)
        _see_tables(connection, indexes, 1 + len(migrations))
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlite3.Error):
            raise StoreError(f"{path}: cannot be opened: {explain_error(error)}") from error
        raise
    return connection


def open_reader(path: Path, version: int | None) -> sqlite3.Connection:
    """A connection that cannot write, to a store of this version; None: of any.

    Raises StoreError if there is no store, or one of another version.
    """
    if not path.is_file():
        raise StoreError(f"{path}: there is no store here. `aboveboard serve` makes one.")
    connection = _connect(path, "ro")
    try:
        connection.execute("PRAGMA query_only = ON")
        found = _read_version(connection, path)
        if version is not None:
            _refuse_later(path, found, version)
            _refuse_earlier(path, found, version)
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlite3.Error):
            raise StoreError(f"{path}: cannot be opened: {explain_error(error)}") from error
        raise
    return connection


def empty_log(connection: sqlite3.Connection) -> bool:
    """Leave nothing in the log, neither what was written nor what that replaced.

    False if a reader holds it now: it waits for nobody.
    """
    connection.execute("PRAGMA busy_timeout = 0").fetchall()
    try:
        ((held, _, _),) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.Error:  # a full disk, say: what is in the log is safe there
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout = {_BUSY * 1000:.0f}").fetchall()
    return not held


def find_damage(path: Path) -> tuple[str, ...]:
    """What SQLite finds wrong when it reads the whole file; empty when nothing is. Takes O(n).

    Raises StoreError if the file cannot even be opened.
    """
    connection = open_reader(path, None)
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(20)")]
    except sqlite3.Error as error:
        found = [explain_error(error)]
    finally:
        connection.close()
    return () if found == ["ok"] else tuple(found)


def explain_error(error: sqlite3.Error) -> str:
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
        raise StoreError(f"{path}: cannot be opened: {explain_error(error)}") from error


def _read_version(connection: sqlite3.Connection, path: Path) -> int:
    """The version of the store; 0 of a new file. Raises StoreError if it is somebody else's."""
    ((owner,),) = connection.execute("PRAGMA application_id")
    ((version,),) = connection.execute("PRAGMA user_version")
    if owner != _OURS and (owner or version or table_names(connection)):
        raise StoreError(f"{path}: {_WORDS['SQLITE_NOTADB']}")
    return int(version)


def _refuse_later(path: Path, found: int, known: int) -> None:
    if found > known:
        raise StoreError(
            f"{path}: a later Aboveboard has written this store (version {found}; this one knows "
            f"{known}). Update Aboveboard."
        )


def _refuse_earlier(path: Path, found: int, known: int) -> None:
    if 0 < found < known:
        raise StoreError(
            f"{path}: an earlier Aboveboard has written this store (version {found}; this one "
            f"reads {known}). Start the server once (`aboveboard serve`): it brings the store up "
            "to date."
        )


def _see_tables(connection: sqlite3.Connection, indexes: Indexes, version: int) -> None:
    """See that all tables are there, and that the file says whose it is and of which version."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for name, fields in indexes.items():
            create_table(connection, name, fields)
        connection.execute(f"PRAGMA application_id = {_OURS}")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
