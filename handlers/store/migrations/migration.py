"""What a migration is, and what most of them do: change the rows of a table one by one."""

from __future__ import annotations

from collections.abc import Callable

from handlers.store.sqlite_storage import Row
from handlers.store.sqlite_tinydb import SqliteTinyDB

Migration = Callable[[SqliteTinyDB], None]


def change_rows(tx: SqliteTinyDB, table: str, change: Callable[[Row], Row]) -> None:
    """Replace each row of a table by what `change` makes of it; ids and order stay."""
    rows = tx.table(table)
    for row in rows:
        rows.put(str(row.doc_id), change(dict(row)))
