"""What all rows have in common: a frozen object, and beside it what it is looked up by.

`INDEXES` lists what that is; a table without such fields stands there too, so that it is made
when the store is opened and not on the way of the first message.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

import msgspec
from tinydb.table import Document

from handlers.ports.store_port import Transaction

T = TypeVar("T")

INDEXES: Final[Mapping[str, tuple[str, ...]]] = {
    "messages": ("conversation", "engagement", "new_in"),
    "engagements": ("conversation", "open_in", "state", "held_by", "alarm", "who"),
    "deliveries": ("conversation", "engagement", "live_in", "state", "entry"),
    "labels": ("channel", "at", "engagement"),
    "deciders": (),
    "proposals": ("standing", "engagement"),
    "told": ("key",),
    "observed": ("place", "asked"),
    "streams": (),
    "alarms": ("open", "stream"),
    "assurance_days": (),
    "precedents": (),
    "loops": (),
}


def make_row(value: Any, **fields: Any) -> dict[str, Any]:
    """A JSON object of a frozen object, with what it is looked up by beside it."""
    return {"it": value, **fields}  # the store encodes it


def read_row(row: Mapping[str, Any], kind: type[T]) -> T:
    return msgspec.convert(row["it"], kind)


def put_row(tx: Transaction, table: str, key: str, row: Mapping[str, Any]) -> None:
    """The row of a key, whole, from now on."""
    tx.table(table).put(key, row)


def add_row(tx: Transaction, table: str, key: str, row: Mapping[str, Any]) -> None:
    """A row that must be new. Raises ValueError if the key is taken."""
    tx.table(table).insert(Document(row, doc_id=key))  # type: ignore[arg-type]
