"""What everything that keeps rows asks of a store: tables, transactions, durability."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
Row = dict[str, Any]


class Table(Protocol):
    """Rows of one kind: the part of TinyDB's table that the product uses.

    A row is a JSON object. Its id is a string, chosen by the caller. `search` and `count` by an
    equality (`where("state") == "waiting"`, and `&` or `|` of those) over a field that the store
    indexes cost no more on a large table than on a small one; everything else scans.
    """

    def get(self, cond: Any = None, doc_id: str | None = None) -> Any: ...
    def contains(self, cond: Any = None, doc_id: str | None = None) -> bool: ...
    def search(self, cond: Any) -> list[Any]: ...
    def count(self, cond: Any) -> int: ...
    def all(self) -> list[Any]: ...
    def insert(self, document: Mapping[str, Any]) -> str: ...
    def put(self, doc_id: str, document: Mapping[str, Any]) -> None:
        """The row of this id is `document` from now on, whole; where it stood, it stays."""
        ...

    def upsert(self, document: Mapping[str, Any], cond: Any = None) -> list[str]:
        """As TinyDB's: the fields of `document` are written over those of rows that are there."""
        ...

    def remove(self, cond: Any = None, doc_ids: Any = None) -> list[str]: ...
    def __iter__(self) -> Iterator[Any]: ...


class Transaction(Protocol):
    """Several tables, one outcome: all of it is durable, or none of it happened."""

    def table(self, name: str) -> Table: ...

    def erase_log(self) -> None:
        """What this transaction removes or replaces is to be in no file of the store afterwards."""
        ...


class Store(Protocol):
    """Rows that survive kill -9. Messages, state, outbox and record change in one transaction."""

    def write(self, work: Callable[[Transaction], T]) -> Awaitable[T]:
        """Run `work` in one transaction; return its result once it is durable.

        What `work` raises undoes all that it did, and is raised here. Works run one at a time, in
        the order in which they were given; several may share one commit.

        Raises StoreError if the result cannot be made durable (a full disk): then nothing happened.
        """
        ...

    def read(self, query: Callable[[Transaction], T]) -> T:
        """Run `query` on a consistent view of what is committed. It cannot write."""
        ...

    def close(self) -> None: ...
