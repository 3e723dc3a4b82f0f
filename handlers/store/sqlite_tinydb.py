"""TinyDB's API over SQLite: one row per document.

`SqliteTinyDB` is a TinyDB whose storage is an open SQLite connection (`sqlite_storage`).
`SqliteTable` does the common methods (by id, by an indexed field, insert, update, remove) row by
row, so that their cost does not grow with the table; all others are TinyDB's own.

A document is a JSON object and comes back as JSON made it: a tuple as a list, NaN as None. Its id
is a string. Results are in the order of insertion.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, cast

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.table import Document, Table

from handlers.store.query_narrowing import Narrowed, narrow
from handlers.store.sqlite_storage import Row, SqliteStorage, decode, encode

_CHUNK: Final = 256


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
                document = decode(doc)
                if cond is None or cond(document):
                    yield doc_id, document
        else:
            for doc_id, doc in self._narrowed(narrowed):
                document = decode(doc)
                if cast(QueryLike, cond)(document):
                    yield doc_id, document

    def _scan(self) -> Iterator[tuple[str, str]]:
        """All rows that are there now, in pieces: the table may change between two of them."""
        bound = self._select(f'SELECT max(seq) FROM "{self.name}"')  # noqa: S608
        last = bound[0][0] if bound else None
        statement = (
            f'SELECT seq, id, doc FROM "{self.name}" '  # noqa: S608
            f"WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT {_CHUNK}"
        )
        seen = 0
        while last is not None and seen < last:
            rows = self._select(statement, (seen, last))
            if not rows:
                return
            for seen, doc_id, doc in rows:  # noqa: B007 - seen is where the next piece begins
                yield doc_id, doc

    def _narrowed(self, narrowed: Narrowed) -> list[tuple[str, str]]:
        # The + keeps SQLite from walking the whole table in order of seq instead of the index.
        order = "seq" if narrowed.in_order else "+seq"
        statement = (
            f'SELECT id, doc FROM "{self.name}" '  # noqa: S608
            f"WHERE {narrowed.where} ORDER BY {order}"
        )
        return self._select(statement, narrowed.values)

    def _by_id(self, doc_ids: Iterable[Any]) -> Iterator[tuple[str, Row]]:
        statement = f'SELECT doc FROM "{self.name}" WHERE id = ?'  # noqa: S608
        for doc_id in map(str, doc_ids):
            for (doc,) in self._select(statement, (doc_id,)):
                yield doc_id, decode(doc)

    def _select(self, statement: str, values: Iterable[Any] = ()) -> list[Any]:
        return self._storage.select(self.name, statement, values)

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
        statement = f'SELECT seq, id, doc FROM "{self.name}" WHERE id = ?'  # noqa: S608
        found = [row for doc_id in wanted for row in self._select(statement, (doc_id,))]
        return [(doc_id, decode(doc)) for _, doc_id, doc in sorted(found)]

    def search(self, cond: QueryLike) -> list[Document]:
        return [self._document(*row) for row in self._rows(cond)]

    def count(self, cond: QueryLike) -> int:
        return sum(1 for _ in self._rows(cond))

    def __iter__(self) -> Iterator[Document]:
        for row in self._rows(None):
            yield self._document(*row)

    def __len__(self) -> int:
        counted = self._select(f'SELECT count(*) FROM "{self.name}"')  # noqa: S608
        return int(counted[0][0]) if counted else 0

    def _document(self, doc_id: str, document: Row) -> Document:
        return self.document_class(document, cast(Any, doc_id))

    # Writing

    def insert(self, document: Mapping[str, Any]) -> str:  # type: ignore[override]
        if not isinstance(document, Mapping):
            raise ValueError("Document is not a Mapping")
        if isinstance(document, self.document_class):
            doc_id = str(document.doc_id)
        else:
            doc_id = self._get_next_id()
        try:
            self._storage.insert(self.name, doc_id, document)
        except sqlite3.IntegrityError as error:
            raise ValueError(f"Document with ID {doc_id} already exists") from error
        return doc_id

    def put(self, doc_id: str, document: Mapping[str, Any]) -> None:
        """The row of this id is `document` from now on, and nothing of what it was before."""
        self._storage.put(self.name, doc_id, document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[str]:  # type: ignore[override]
        with self._storage.whole():
            return [self.insert(document) for document in documents]

    def _get_next_id(self) -> str:
        """A number, as text, that no document has, and none has had unless its id was given."""
        counter = "SELECT seq FROM sqlite_sequence WHERE name = ?"
        self._storage.create(self.name)  # which makes the counter too
        found = self._select(counter, (self.name,))
        number = 1 + (found[0][0] if found else 0)
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
                self._storage.replace(self.name, doc_id, document)
                updated.append(doc_id)
        return updated

    def remove(  # type: ignore[override]
        self, cond: QueryLike | None = None, doc_ids: Iterable[Any] | None = None
    ) -> list[str]:
        if doc_ids is None and cond is None:
            raise RuntimeError("Use truncate() to remove all documents")
        rows = self._rows(cond) if doc_ids is None else self._by_id(dict.fromkeys(doc_ids))
        removed = [doc_id for doc_id, _ in rows]
        for doc_id in removed:
            self._storage.delete(self.name, doc_id)
        return removed

    # Everything else of TinyDB's comes down to these two

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        return cast(dict[str, Mapping[str, Any]], self._storage.read_table(self.name))

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        self._storage.create(self.name)
        before = {doc_id: encode(document) for doc_id, document in self._read_table().items()}
        table = {doc_id: decode(doc) for doc_id, doc in before.items()}
        updater(table)
        for doc_id in before.keys() - table.keys():
            self._storage.delete(self.name, doc_id)
        for doc_id, document in table.items():
            if doc_id not in before:
                self._storage.insert(self.name, doc_id, document)
            elif encode(document) != before[doc_id]:
                self._storage.replace(self.name, doc_id, document)


class SqliteTinyDB(TinyDB):
    """TinyDB on an open SQLite connection: `SqliteTinyDB(connection, indexes)`.

    It is one transaction's view. Closing it leaves the connection open.
    """

    table_class = SqliteTable
    default_storage_class = SqliteStorage  # type: ignore[assignment]

    def table(self, name: str, **kwargs: Any) -> SqliteTable:
        return cast(SqliteTable, super().table(name, **kwargs))

    def drop_table(self, name: str) -> None:
        self._tables.pop(name, None)
        cast(SqliteStorage, self.storage).drop(name)

    erases_log = False  # whether who commits has to empty the log afterwards

    def erase_log(self) -> None:
        """See handlers/ports/store_port.py."""
        self.erases_log = True
