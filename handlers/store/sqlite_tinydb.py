"""TinyDB's API over SQLite: one row per document.

`SqliteTinyDB` is a TinyDB whose storage is an open SQLite connection. TinyDB itself reads and
writes all tables as one dict; `SqliteStorage` can do that too, so every method of TinyDB's is
right here. `SqliteTable` then does the common ones (by id, by an indexed field, insert, update,
remove) row by row, so that their cost does not grow with the table.

A document is a JSON object and comes back as JSON made it: a tuple as a list, NaN as None. Its id
is a string. Results are in the order of insertion. Nothing here opens, commits or closes: who
holds the connection decides when something is durable.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, cast

import msgspec
from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from bot.model.errors import StoreError
from handlers.store.query_narrowing import Narrowed, expression, narrow

Indexes = Mapping[str, tuple[str, ...]]
Row = dict[str, Any]
_NAME: Final = re.compile(r"(?!sqlite_)[a-z_][a-z0-9_]*")
_CHUNK: Final = 256

_encode: Final = msgspec.json.Encoder().encode
_decoded: Final = msgspec.json.Decoder(Row).decode


def _decode(doc: str) -> Row:
    try:
        return _decoded(doc)
    except msgspec.DecodeError as error:
        raise StoreError(f"A row of the store is damaged: {doc[:40]!r}… ({error}).") from error


class SqliteStorage(Storage):
    """An SQLite connection as TinyDB's storage. `indexes`: for each table, its indexed fields.

    `present` names tables that are known to be there, and learns of more. Who passes one on from
    transaction to transaction empties it when one is undone.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        indexes: Indexes,
        *,
        writable: bool = True,
        present: set[str] | None = None,
    ) -> None:
        super().__init__()
        self._writable = writable
        self._open = True
        self.connection = connection
        self.indexes = indexes
        self._present = set() if present is None else present

    def exists(self, name: str) -> bool:
        """Whether the table has been written to."""
        if not self._open:
            raise StoreError("The transaction has ended: its tables cannot be used any more.")
        if name not in self._present:
            found = self.connection.execute(
                "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (name,)
            )
            if found.fetchone():
                self._present.add(name)
        return name in self._present

    def change(self, statement: str, values: Iterable[Any] = ()) -> sqlite3.Cursor:
        """Write. SQLite ends a transaction by itself when the disk is full: then nothing more."""
        if not self._writable:
            raise StoreError("A query cannot write.")
        if not (self._open and self.connection.in_transaction):
            raise StoreError("The transaction has ended: nothing more can be written in it.")
        return self.connection.execute(statement, tuple(values))

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
            self._present.clear()  # it may have made a table
            raise
        self.change("RELEASE whole")

    def create(self, name: str) -> None:
        if not self.exists(name):
            create_table(self.connection, name, self.indexes.get(name, ()))
            self._present.add(name)

    def close(self) -> None:
        """The transaction is over. The connection stays open: it is somebody else's."""
        self._open = False

    def read(self) -> dict[str, dict[str, Row]]:
        return {name: self.read_table(name) for name in table_names(self.connection)}

    def read_table(self, name: str) -> dict[str, Row]:
        rows = self.connection.execute(f'SELECT id, doc FROM "{name}" ORDER BY seq')  # noqa: S608
        return {doc_id: _decode(doc) for doc_id, doc in rows}

    def write(self, data: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        for name in table_names(self.connection):
            self.change(f'DROP TABLE "{name}"')
        self._present.clear()
        for name, documents in data.items():
            self.create(name)
            for doc_id, document in documents.items():
                self.change(*_inserting(name, doc_id, document))


class SqliteTable(Table):
    """A TinyDB table whose documents are rows. See the module for what it promises."""

    document_id_class = str  # type: ignore[assignment]
    default_query_cache_capacity = 0  # others write too: a kept answer may be an old one

    _storage: SqliteStorage

    # By id or condition, row by row

    def _rows(self, cond: QueryLike | None) -> Iterator[tuple[str, Row]]:
        """The documents that `cond` accepts, in order of insertion."""
        narrowed = narrow(cond, self._storage.indexes.get(self.name, ()))
        if narrowed is None:
            for doc_id, doc in self._scan():
                document = _decode(doc)
                if cond is None or cond(document):
                    yield doc_id, document
        else:
            for doc_id, doc in self._narrowed(narrowed):
                document = _decode(doc)
                if cast(QueryLike, cond)(document):
                    yield doc_id, document

    def _scan(self) -> Iterator[tuple[str, str]]:
        """All rows that are there now, in pieces: the table may change between two of them."""
        if not self._storage.exists(self.name):
            return
        read = self._storage.connection.execute
        (last,) = read(f'SELECT max(seq) FROM "{self.name}"').fetchone()  # noqa: S608
        statement = (
            f'SELECT seq, id, doc FROM "{self.name}" '  # noqa: S608
            f"WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT {_CHUNK}"
        )
        seen = 0
        while last is not None and seen < last:
            rows = read(statement, (seen, last)).fetchall()
            if not rows:
                return
            for seen, doc_id, doc in rows:  # noqa: B007 - seen is where the next piece begins
                yield doc_id, doc

    def _narrowed(self, narrowed: Narrowed) -> list[tuple[str, str]]:
        if not self._storage.exists(self.name):
            return []
        # The + keeps SQLite from walking the whole table in order of seq instead of the index.
        order = "seq" if narrowed.in_order else "+seq"
        return self._storage.connection.execute(
            f'SELECT id, doc FROM "{self.name}" '  # noqa: S608
            f"WHERE {narrowed.where} ORDER BY {order}",
            narrowed.values,
        ).fetchall()

    def _by_id(self, doc_ids: Iterable[Any]) -> Iterator[tuple[str, Row]]:
        if not self._storage.exists(self.name):
            return
        statement = f'SELECT doc FROM "{self.name}" WHERE id = ?'  # noqa: S608
        for doc_id in map(str, doc_ids):
            row = self._storage.connection.execute(statement, (doc_id,)).fetchone()
            if row is not None:
                yield doc_id, _decode(row[0])

    # Reading

    def get(
        self, cond: QueryLike | None = None, doc_id: Any = None, doc_ids: list[Any] | None = None
    ) -> Any:
        if doc_id is not None:
            rows = self._by_id([doc_id])
        elif doc_ids is not None:
            wanted = {str(doc_id): None for doc_id in doc_ids}
            return [self._document(*row) for row in self._in_order(wanted)]
        elif cond is not None:
            rows = self._rows(cond)
        else:
            raise RuntimeError("You have to pass either cond or doc_id or doc_ids")
        first = next(rows, None)
        return None if first is None else self._document(*first)

    def _in_order(self, wanted: Iterable[str]) -> list[tuple[str, Row]]:
        if not self._storage.exists(self.name):
            return []
        statement = f'SELECT seq, id, doc FROM "{self.name}" WHERE id = ?'  # noqa: S608
        read = self._storage.connection.execute
        found = [row for doc_id in wanted if (row := read(statement, (doc_id,)).fetchone())]
        return [(doc_id, _decode(doc)) for _, doc_id, doc in sorted(found)]

    def search(self, cond: QueryLike) -> list[Document]:
        return [self._document(*row) for row in self._rows(cond)]

    def count(self, cond: QueryLike) -> int:
        return sum(1 for _ in self._rows(cond))

    def __iter__(self) -> Iterator[Document]:
        for row in self._rows(None):
            yield self._document(*row)

    def __len__(self) -> int:
        if not self._storage.exists(self.name):
            return 0
        (rows,) = self._storage.connection.execute(
            f'SELECT count(*) FROM "{self.name}"'  # noqa: S608
        ).fetchone()
        return int(rows)

    def _document(self, doc_id: str, document: Row) -> Document:
        return self.document_class(document, cast(Any, doc_id))

    # Writing

    def insert(self, document: Mapping[str, Any]) -> str:  # type: ignore[override]
        if not isinstance(document, Mapping):
            raise ValueError("Document is not a Mapping")
        self._storage.create(self.name)
        if isinstance(document, self.document_class):
            doc_id = str(document.doc_id)
        else:
            doc_id = self._get_next_id()
        try:
            self._storage.change(*_inserting(self.name, doc_id, document))
        except sqlite3.IntegrityError as error:
            raise ValueError(f"Document with ID {doc_id} already exists") from error
        return doc_id

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[str]:  # type: ignore[override]
        with self._storage.whole():
            return [self.insert(document) for document in documents]

    def _get_next_id(self) -> str:
        """A number, as text, that no document has, and none has had unless its id was given."""
        read = self._storage.connection.execute
        row = read("SELECT seq FROM sqlite_sequence WHERE name = ?", (self.name,)).fetchone()
        number = 1 + (row[0] if row else 0)
        while next(self._by_id([number]), None) is not None:
            number += 1
        return str(number)

    def update(  # type: ignore[override]
        self,
        fields: Mapping[str, Any] | Callable[[Row], None],
        cond: QueryLike | None = None,
        doc_ids: Iterable[Any] | None = None,
    ) -> list[str]:
        updated: list[str] = []
        with self._storage.whole():
            # of ids one at a time: an id that is named twice is updated twice
            for doc_id, document in (
                list(self._rows(cond)) if doc_ids is None else self._by_id(doc_ids)
            ):
                if callable(fields):
                    fields(document)
                else:
                    document.update(fields)
                self._replace(doc_id, document)
                updated.append(doc_id)
        return updated

    def _replace(self, doc_id: str, document: Mapping[str, Any]) -> None:
        self._storage.change(
            f'UPDATE "{self.name}" SET doc = ? WHERE id = ?',  # noqa: S608
            (_encode(document).decode(), doc_id),
        )

    def remove(  # type: ignore[override]
        self, cond: QueryLike | None = None, doc_ids: Iterable[Any] | None = None
    ) -> list[str]:
        if doc_ids is None and cond is None:
            raise RuntimeError("Use truncate() to remove all documents")
        rows = self._rows(cond) if doc_ids is None else self._by_id(dict.fromkeys(doc_ids))
        removed = [doc_id for doc_id, _ in rows]
        for doc_id in removed:
            self._storage.change(f'DELETE FROM "{self.name}" WHERE id = ?', (doc_id,))  # noqa: S608
        return removed

    # Everything else of TinyDB's comes down to these two

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        if not self._storage.exists(self.name):
            return {}
        return cast(dict[str, Mapping[str, Any]], self._storage.read_table(self.name))

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        self._storage.create(self.name)
        before = {doc_id: _encode(doc).decode() for doc_id, doc in self._read_table().items()}
        table = {doc_id: _decode(doc) for doc_id, doc in before.items()}
        updater(table)
        for doc_id in before.keys() - table.keys():
            self._storage.change(f'DELETE FROM "{self.name}" WHERE id = ?', (doc_id,))  # noqa: S608
        for doc_id, document in table.items():
            if doc_id not in before:
                self._storage.change(*_inserting(self.name, doc_id, document))
            elif _encode(document).decode() != before[doc_id]:
                self._replace(doc_id, document)


class SqliteTinyDB(TinyDB):
    """TinyDB on an open SQLite connection: `SqliteTinyDB(connection, indexes)`.

    It is one transaction's view. Closing it leaves the connection open.
    """

    table_class = SqliteTable
    default_storage_class = SqliteStorage  # type: ignore[assignment]


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


def _inserting(name: str, doc_id: str, document: Mapping[str, Any]) -> tuple[str, tuple[str, str]]:
    return (
        f'INSERT INTO "{name}" (id, doc) VALUES (?, ?)',  # noqa: S608
        (doc_id, _encode(dict(document)).decode()),
    )
