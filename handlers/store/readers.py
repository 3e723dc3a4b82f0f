"""Reading beside the writer: each query sees one moment of what is committed.

A pool of connections that cannot write. Any thread may read; a reader waits for nobody, and
holds up nobody.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from bot.model.errors import StoreError
from handlers.ports.store_port import Transaction
from handlers.store.migrations import MIGRATIONS, Migration
from handlers.store.sqlite import explain_error, open_reader
from handlers.store.sqlite_storage import Indexes
from handlers.store.sqlite_tinydb import SqliteTinyDB

T = TypeVar("T")


class Readers:
    """`read` as in handlers/ports/store_port.py; a store that can only be read, by itself.

    It is of this `version`, or refused.
    """

    def __init__(self, path: Path, indexes: Indexes, version: int) -> None:
        self._path, self._indexes, self._version = path, indexes, version
        self._idle: deque[sqlite3.Connection] = deque()
        self._closed = False

    def read(self, query: Callable[[Transaction], T]) -> T:
        """Run `query` on a consistent view of what is committed. Raises StoreError."""
        connection = self._take()
        try:
            connection.execute("BEGIN")
            with SqliteTinyDB(connection, self._indexes, writable=False) as view:
                return query(view)
        except sqlite3.Error as error:
            raise StoreError(f"{self._path}: cannot be read: {explain_error(error)}") from error
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            self._idle.append(connection)
            if self._closed:
                self.close()

    def _take(self) -> sqlite3.Connection:
        if self._closed:
            raise StoreError(f"{self._path}: the store is closed.")
        try:
            return self._idle.pop()
        except IndexError:
            return open_reader(self._path, self._version)

    def close(self) -> None:
        """Refuse from now on. A query that still runs finishes, and its connection ends with it."""
        self._closed = True
        while self._idle:
            try:
                self._idle.pop().close()
            except IndexError:
                return


def open_readonly(
    path: Path | str,
    indexes: Indexes | None = None,
    *,
    migrations: Sequence[Migration] = MIGRATIONS,
) -> Readers:
    """A store to read only, also while a server runs on it.

    Without `indexes` every search scans; results are the same. Raises StoreError if there is no
    store, or one that `migrations` do not end at.
    """
    readers = Readers(Path(path), indexes or {}, 1 + len(migrations))
    readers.read(lambda _: None)
    return readers
