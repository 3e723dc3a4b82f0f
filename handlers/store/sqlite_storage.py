"""An open SQLite connection as TinyDB's storage: tables of documents, in one transaction.

TinyDB itself reads and writes all tables as one dict; this can do that too, so every method of
TinyDB's is right here. A table that nobody has written to is empty; the first row makes it.
Nothing here opens, commits or closes: who holds the connection decides when something is durable.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import msgspec
from tinydb.storages import Storage

from bot.model.errors import StoreError
from handlers.store.query_narrowing import expression

Indexes = Mapping[str, tuple[str, ...]]
Row = dict[str, Any]
_NAME: Final = re.compile(r"(?!sqlite_)[a-z_][a-z0-9_]*")

_encoded: Final = msgspec.json.Encoder().encode
_decoded: Final = msgspec.json.Decoder(Row).decode


def encode(document: Mapping[str, Any]) -> str:
    """The JSON text that a document is kept as."""
    return _encoded(dict(document)).decode()


def decode(doc: str) -> Row:
    """The document of a row. Raises StoreError if it is no JSON object."""
    try:
        return _decoded(doc)
    except msgspec.DecodeError as error:
        raise StoreError(f"A row of the store is damaged: {doc[:40]!r}… ({error}).") from error


class SqliteStorage(Storage):
    """One transaction's view of the tables. `indexes`: for each table, its indexed fields.

    Whether a table is there is not asked beforehand: SQLite says so when a statement names one
    that isn't. Nothing is remembered beyond the transaction, so nothing can be out of date.
    """

    def __init__(
        self, connection: sqlite3.Connection, indexes: Indexes, *, writable: bool = True
    ) -> None:
        super().__init__()
        self._writable = writable
        self._open = True
        self._absent: set[str] = set()  # tables that this transaction has found missing
        self.connection = connection
        self.indexes = indexes

    # Rows of one table

    def select(self, name: str, statement: str, values: Iterable[Any] = ()) -> list[Any]:
        """What a statement that reads the table `name` finds; nothing if there is no such table."""
        if not self._open:
            raise StoreError("The transaction has ended: its tables cannot be used any more.")
        if name in self._absent:
            return []
        values = tuple(values)
        try:
            return self.connection.execute(statement, values).fetchall()
        except sqlite3.OperationalError as error:
            if not _names_missing_table(error):
                raise
        # Asked as a row, it is answered from the same moment as everything else that is read.
        if not self._has_table(name):
            self._absent.add(name)
            return []
        return self.connection.execute(statement, values).fetchall()

    def change(self, statement: str, values: Iterable[Any] = ()) -> None:
        """Write. SQLite ends a transaction by itself when the disk is full: then nothing more."""
        if not self._writable:
            raise StoreError("A query cannot write.")
        if not (self._open and self.connection.in_transaction):
            raise StoreError("The transaction has ended: nothing more can be written in it.")
        self.connection.execute(statement, tuple(values))

    def insert(self, name: str, doc_id: str, document: Mapping[str, Any]) -> None:
        """A new row. Raises sqlite3.IntegrityError if the id is taken."""
        self._add(name, f'INSERT INTO "{name}" (id, doc) VALUES (?, ?)', doc_id, document)  # noqa: S608

    def put(self, name: str, doc_id: str, document: Mapping[str, Any]) -> None:
        """A row as it is from now on, new or not; one that was there keeps its place."""
        statement = (
            f'INSERT INTO "{name}" (id, doc) VALUES (?, ?) '  # noqa: S608
            "ON CONFLICT (id) DO UPDATE SET doc = excluded.doc"
        )
        self._add(name, statement, doc_id, document)

    def _add(self, name: str, statement: str, doc_id: str, document: Mapping[str, Any]) -> None:
        values = (doc_id, encode(document))
        try:
            self.change(statement, values)
        except sqlite3.OperationalError as error:
            if not _names_missing_table(error):
                raise
            self.create(name)
            self.change(statement, values)

    def replace(self, name: str, doc_id: str, document: Mapping[str, Any]) -> None:
        values = (encode(document), doc_id)
        self.change(f'UPDATE "{name}" SET doc = ? WHERE id = ?', values)  # noqa: S608

    def delete(self, name: str, doc_id: str) -> None:
        self.change(f'DELETE FROM "{name}" WHERE id = ?', (doc_id,))  # noqa: S608

    def create(self, name: str) -> None:
        """See that a table is there, with its indexes."""
        create_table(self.connection, name, self.indexes.get(name, ()))
        self._absent.discard(name)

    def drop(self, name: str) -> None:
        self.change(f'DROP TABLE IF EXISTS "{name}"')

    def _has_table(self, name: str) -> bool:
        statement = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?"
        return self.connection.execute(statement, (name,)).fetchone() is not None

    # The transaction

    @contextmanager
    def whole(self) -> Iterator[None]:
        """All that is changed within, or nothing, even where the error is caught further out."""
        self.change("SAVEPOINT whole")
        try:
            yield
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK TO whole")
                self.connection.execute("RELEASE whole")
            raise
        self.change("RELEASE whole")

    def close(self) -> None:
        """The transaction is over. The connection stays open: it is somebody else's."""
        self._open = False

    # Everything at once, as TinyDB does it

    def read(self) -> dict[str, dict[str, Row]]:
        return {name: self.read_table(name) for name in table_names(self.connection)}

    def read_table(self, name: str) -> dict[str, Row]:
        rows = self.select(name, f'SELECT id, doc FROM "{name}" ORDER BY seq')  # noqa: S608
        return {doc_id: decode(doc) for doc_id, doc in rows}

    def write(self, data: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        for name in table_names(self.connection):
            self.drop(name)
        for name, documents in data.items():
            self.create(name)
            for doc_id, document in documents.items():
                self.insert(name, doc_id, document)


def create_table(connection: sqlite3.Connection, name: str, fields: Iterable[str]) -> None:
    """Make a table if it isn't there, and see that exactly these fields of it are indexed."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} cannot name a table: use small letters, digits and _")
    connection.execute(
        f'CREATE TABLE IF NOT EXISTS "{name}" '
        "(seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, doc TEXT NOT NULL)"
    )
    wanted = {f"{name}:{field}": expression(field) for field in fields}
    present = {
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql NOTNULL",
            (name,),
        )
    }
    for index in present - wanted.keys():
        connection.execute(f'DROP INDEX "{index}"')
    for index in wanted.keys() - present:
        connection.execute(f'CREATE INDEX "{index}" ON "{name}" ({wanted[index]})')


def table_names(connection: sqlite3.Connection) -> list[str]:
    """The tables that hold documents, in the order in which they were made."""
    found = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
        "ESCAPE '\\' ORDER BY rowid"
    )
    return [row[0] for row in found]


def _names_missing_table(error: sqlite3.OperationalError) -> bool:
    return str(error).startswith("no such table: ")
