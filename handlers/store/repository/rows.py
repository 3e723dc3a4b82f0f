"""What all rows have in common: a frozen object, and beside it what it is looked up by.

`INDEXES` lists what that is; a table without such fields stands there too, so that it is made
when the store is opened and not on the way of the first message.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Any, Final, TypeVar

import msgspec
from tinydb.table import Document

from handlers.ports.store_port import Transaction

T = TypeVar("T")
_met: Final[set[type]] = set()
_meeting: Final = Lock()

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
    return read_value(row["it"], kind)


def read_value(value: Any, kind: type[T]) -> T:
    """A frozen object of its JSON value. Any thread.

    msgspec works a dataclass out when it first meets it; two threads that do so at once end the
    process (0.22.0: `get_dataclass_info` is not guarded). So each kind is met under a lock first.
    """
    if kind in _met:
        return msgspec.convert(value, kind)
    with _meeting:
        made = msgspec.convert(value, kind)
        _met.add(kind)
    return made


def put_row(tx: Transaction, table: str, key: str, row: Mapping[str, Any]) -> None:
    """The row of a key, whole, from now on."""
    tx.table(table).put(key, row)


def add_row(tx: Transaction, table: str, key: str, row: Mapping[str, Any]) -> None:
    """A row that must be new. Raises ValueError if the key is taken."""
    tx.table(table).insert(Document(row, doc_id=key))  # type: ignore[arg-type]
