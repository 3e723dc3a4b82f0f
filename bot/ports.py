"""What the core asks of the edges: protocols that `handlers` implements.

The core calls none of them; they are here so that both sides can be read against one page.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar

from bot.model import Delivery, Reply

T = TypeVar("T")
Row = dict[str, Any]


class Table(Protocol):
    """Rows of one kind: the part of TinyDB's table that the product uses.

    A row is a JSON object. Its id is a string, chosen by the caller. `search` and `count` by an
    equality (`where("state") == "waiting"`, and `&` of those) over a field that the store indexes
    cost no more on a large table than on a small one; everything else scans.
    """

    def get(self, cond: Any = None, doc_id: str | None = None) -> Any: ...
    def contains(self, cond: Any = None, doc_id: str | None = None) -> bool: ...
    def search(self, cond: Any) -> list[Any]: ...
    def count(self, cond: Any) -> int: ...
    def all(self) -> list[Any]: ...
    def insert(self, document: Mapping[str, Any]) -> str: ...
    def upsert(self, document: Mapping[str, Any], cond: Any = None) -> list[str]: ...
    def remove(self, cond: Any = None, doc_ids: Any = None) -> list[str]: ...
    def __iter__(self) -> Iterator[Any]: ...


class Transaction(Protocol):
    """Several tables, one outcome: all of it is durable, or none of it happened."""

    def table(self, name: str) -> Table: ...


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


@dataclass(frozen=True, slots=True)
class Posted:
    """The channel has it, under its own id."""

    receipt: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The channel certainly has not taken it. `again`: may be tried, after `wait` seconds."""

    why: str
    again: bool = False
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Unknown:
    """The connection was lost or timed out after the call began: it may have arrived."""

    why: str


@dataclass(frozen=True, slots=True)
class Absent:
    """We looked, and it is not there."""


class Channel(Protocol):
    """A way to customers: payload -> Message coming in, Reply -> payload -> sent going out."""

    name: str

    def render(self, reply: Reply, delivery: str) -> str:
        """The exact payload, as canonical JSON: a pure function of its arguments."""
        ...

    async def send(self, delivery: Delivery) -> Posted | Refused | Unknown:
        """Hand over the payload once. Never retries, never raises."""
        ...

    async def look(self, delivery: Delivery) -> Posted | Absent | Unknown:
        """Whether a delivery whose outcome is unknown has arrived, by its id. Never raises."""
        ...

    async def start(self) -> None: ...
    async def stop(self) -> None: ...


class Encoder(Protocol):
    """A sentence encoder: texts -> float32 [len(texts), dim], rows of length 1."""

    id: str
    languages: frozenset[str]

    def embed(self, texts: list[str]) -> Any: ...


Surface = Literal["slack", "desk"]
