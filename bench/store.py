"""The embedded store and the record against FIGURES sections 3 and 4: what it costs as it grows.

`python -m bench.store [--small]`. Two stores, one small and one large, are measured in turns, so
that both see the same machine; each figure is the median, the best of three. `--small` builds a
tenth of the large ones. Times depend on the disk, ratios much less.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from tinydb import where
from tinydb.table import Document

from bot.model import Audience, Commitment, CommitmentKind
from bot.record import leaf, merkle
from bot.record.entry import Entry, EntryKind
from handlers.ports.store_port import Transaction
from handlers.service.record import INDEXES as RECORD
from handlers.service.record import record_log as log
from handlers.store.embedded import EmbeddedStore
from handlers.store.sqlite import open_writer

INDEXES = {"messages": ("state", "conversation"), **RECORD}
TOGETHER = 64
ROUNDS = 60
AT = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = "Can I still return the boots I bought three weeks ago? " * 4
ENTRY = Entry(
    EntryKind.INTENDED,
    AT,
    "an address of 22 chars",
    channel="web",
    audience=Audience.PUBLIC,
    intent="return-item",
    commitments=(Commitment(CommitmentKind.PERIOD, "60", "day", source="returns.window"),),
    facts=("returns.window",),
    rules="7f3a" * 16,
    published="91bc" * 16,
)
fresh = itertools.count()


def message(number: int) -> Document:
    row = {"text": TEXT, "state": "done", "conversation": f"web::{number}", "at": AT.isoformat()}
    return Document(row, f"m{number}")


def insert(tx: Transaction) -> None:
    number = next(fresh)
    row = message(number)
    row.doc_id = f"new{number}"  # type: ignore[assignment]
    tx.table("messages").insert(row)


def append(tx: Transaction) -> None:
    log.append(tx, ENTRY, {"said": TEXT})


def look_up(store: EmbeddedStore) -> None:
    def query(tx: Transaction) -> None:
        for number in range(0, 1000, 10):
            assert tx.table("messages").search(where("conversation") == f"web::{number}")

    store.read(query)


def fill(path: Path, messages: int, entries: int) -> EmbeddedStore:
    """A store with so many rows, written as fast as SQLite takes them."""
    connection = open_writer(path, INDEXES)
    connection.execute("BEGIN")
    rows = ((row.doc_id, encoded(row)) for row in map(message, range(messages)))
    connection.executemany("INSERT INTO messages (id, doc) VALUES (?, ?)", rows)
    if entries:
        fill_record(connection, entries)
    connection.execute("COMMIT")
    connection.close()
    return EmbeddedStore(path, INDEXES)


def fill_record(connection: sqlite3.Connection, entries: int) -> None:
    text = leaf.encode_leaf(ENTRY, {"said": leaf.SaltedText(TEXT, bytes(32))})
    row = {"address": ENTRY.address, "kind": "intended", "leaf": text, "public": "", "earlier": -1}
    peaks: tuple[bytes, ...] = ()
    said = encoded({"words": {"said": {"text": TEXT, "salt": "00" * 32}}})

    def grow() -> Iterator[tuple[str, str]]:
        nonlocal peaks
        for index in range(entries):
            hashed = merkle.leaf_hash(text.replace(ENTRY.address, str(index)).encode())
            peaks, done = merkle.append_leaf(peaks, index, hashed)
            yield str(index), encoded({"hashes": [it.hex() for it in done]})

    def numbered(make: Callable[[int], str]) -> Iterable[tuple[str, str]]:
        return ((str(index), make(index)) for index in range(entries))

    put = "INSERT INTO {} (id, doc) VALUES (?, ?)".format
    connection.executemany(put("record_nodes"), grow())
    connection.executemany(
        put("record"),
        numbered(lambda n: encoded({**row, "address": str(n), "earlier": n - 1})),
    )
    connection.executemany(put("record_text"), numbered(lambda _: said))
    head = {
        "size": entries,
        "peaks": [peak.hex() for peak in peaks],
        "latest": {"intended": entries - 1},
        "signed": -1,
    }
    connection.execute(put("record_head"), (log.HEAD, encoded(head)))


def encoded(row: object) -> str:
    return msgspec.json.encode(row).decode()


async def one(store: EmbeddedStore, work: Callable[[Transaction], None]) -> None:
    await store.write(work)


async def group(store: EmbeddedStore, work: Callable[[Transaction], None]) -> None:
    await asyncio.gather(*[store.write(work) for _ in range(TOGETHER)])


async def compare(*measured: Callable[[], Awaitable[None]]) -> list[float]:
    """Medians in microseconds, of things that are done in turns: the best of three."""
    runs = [await in_turns(*measured) for _ in range(3)]
    return [min(run[which] for run in runs) for which in range(len(measured))]


async def in_turns(*measured: Callable[[], Awaitable[None]]) -> list[float]:
    taken: list[list[float]] = [[] for _ in measured]
    turns = list(zip(taken, measured, strict=True))
    for _ in range(ROUNDS):
        random.Random(len(taken[0])).shuffle(turns)
        for times, do in turns:
            began = time.perf_counter()
            await do()
            times.append((time.perf_counter() - began) * 1e6)
    return [statistics.median(times) for times in taken]


async def insertion(folder: Path, large: int) -> None:
    few, many = fill(folder / "few.db", 1_000, 0), fill(folder / "many.db", large, 0)
    single = await compare(lambda: one(few, insert), lambda: one(many, insert))
    grouped = await compare(lambda: group(few, insert), lambda: group(many, insert))
    row("insert a message, a commit each", single[0], single[1], large, "≤ 1.2")
    each = [micros / TOGETHER for micros in grouped]
    row(f"insert a message, {TOGETHER} at a time", each[0], each[1], large, "≤ 1.2")

    async def search(store: EmbeddedStore) -> None:
        look_up(store)

    found = await compare(lambda: search(few), lambda: search(many))
    row("look up by an indexed field", found[0] / 100, found[1] / 100, large, "flat")
    alone, together = await compare(lambda: one(few, insert), lambda: group(few, insert))
    times = alone * TOGETHER / together
    print(f"\ngroup commit of {TOGETHER}: {times:.1f} times single commits (goal ≥ 15)")
    print(f"messages stored in a burst: {TOGETHER / together * 1e6:,.0f} a second")
    few.close()
    many.close()


async def record(folder: Path, large: int) -> None:
    few, many = fill(folder / "short.db", 0, 1_000), fill(folder / "long.db", 0, large)
    single = await compare(lambda: one(few, append), lambda: one(many, append))
    grouped = await compare(lambda: group(few, append), lambda: group(many, append))
    each = [micros / TOGETHER for micros in grouped]
    print()
    row("append to the record, a commit each", single[0], single[1], large, "≤ 1.2")
    row(f"append to the record, {TOGETHER} at a time", each[0], each[1], large, "≤ 1.2")
    few.close()
    many.close()


def row(what: str, few: float, many: float, large: int, goal: str) -> None:
    print(f"{what:<40}{few:>10.1f}{many:>12.1f} at {large:<11,}{many / few:>6.2f}   {goal}")


def main() -> None:
    scale = 10 if "--small" in sys.argv else 1
    print(f"{'µs':<40}{'at 1,000':>10}{'large':>12}{'ratio':>21}   goal")
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(insertion(Path(folder), 100_000 // scale))
        asyncio.run(record(Path(folder), 1_000_000 // scale))


if __name__ == "__main__":
    main()
