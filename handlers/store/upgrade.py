"""Bringing a store of an earlier version up to this one: a copy of it first, then all or nothing.

The copy lies beside the store (`store.db.before-3`: as it was before it became version 3) for
whoever wants to go back. It is not removed here, and it holds all that the store held, also what
customers take back later: that it is there is said in the log.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

from bot.model.errors import StoreError
from handlers.store.migrations import Migration
from handlers.store.sqlite_tinydb import SqliteTinyDB

_log = logging.getLogger(__name__)


def upgrade(
    connection: sqlite3.Connection, path: Path, version: int, migrations: Sequence[Migration]
) -> None:
    """Run the migrations that a store of `version` lacks, in one transaction with its new version.

    `migrations[n]` makes version n + 2 of version n + 1. Whatever goes wrong, the store is as it
    was, and no copy of it is left. Raises StoreError if the copy cannot be made.
    """
    newest = 1 + len(migrations)
    if version >= newest:
        return
    copy = _copy_store(connection, path, newest)
    try:
        connection.execute("BEGIN IMMEDIATE")
        with SqliteTinyDB(connection, {}) as tx:
            for migrate in migrations[version - 1 :]:
                migrate(tx)
        connection.execute(f"PRAGMA user_version = {newest}")
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        copy.unlink()
        if isinstance(error, sqlite3.Error) or not isinstance(error, Exception):
            raise
        raise StoreError(
            f"{path}: it could not be brought from version {version} to {newest} ({error!r}). It "
            "is as it was: go on with the Aboveboard that wrote it, and report this."
        ) from error
    _log.warning(
        "%s: brought from version %d to version %d. %s is the store as it was; remove it once you "
        "don't want to go back, for it keeps what customers take back from now on.",
        path,
        version,
        newest,
        copy,
    )


def _copy_store(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """A copy beside the store, durable under its name; an earlier copy of that name stays."""
    name = f"{path.name}.before-{version}"
    names = chain((name,), (f"{name}-{number}" for number in count(2)))
    copy = next(it for it in map(path.with_name, names) if not it.exists())
    unfinished = path.with_name(f"{name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        file = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            _copy_pages(connection, unfinished)
            os.fsync(file)
        finally:
            os.close(file)
        unfinished.rename(copy)
        _sync_folder(path.parent)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise StoreError(
            f"{path}: no copy of it could be made before bringing it up to date ({error}). See "
            f"that there is space for another {path.stat().st_size // 1024**2 + 1} MB."
        ) from error
    return copy


def _sync_folder(folder: Path) -> None:
    """A name in a folder survives a loss of power only once the folder is on disk too."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _copy_pages(connection: sqlite3.Connection, path: Path) -> None:
    target = sqlite3.connect(path)
    try:
        connection.backup(target)
    finally:
        target.close()
