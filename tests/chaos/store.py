"""Killing, cutting and filling up the embedded store, and looking at what is left.

A child process writes from many tasks at once, and says on its standard output what the store
has acknowledged. It is killed with SIGKILL at a commit point or at any moment; or the disk is
full; or the log is cut or damaged afterwards. Every write changes four things in one transaction
(a message, its writer's state, an outbox row, an entry of the record), so that half a write shows.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tinydb import where
from tinydb.table import Document

from bot.model.errors import StoreError
from bot.record.entry import Entry, EntryKind
from handlers.ports.store_port import Transaction
from handlers.service.record import INDEXES as RECORD
from handlers.service.record import record_log as log
from handlers.service.record.record_verify import verify
from handlers.store.embedded import EmbeddedStore
from handlers.store.readers import open_readonly
from handlers.store.sqlite import find_damage

ROOT = Path(__file__).parents[2]
INDEXES = {"messages": ("writer",), "outbox": ("writer",), **RECORD}
POINTS = ("before-commit", "after-commit", "after-ack")
WRITERS = 16
AT = datetime(2026, 1, 1, tzinfo=UTC)

Acknowledged = dict[str, int]  # writer -> its highest number that was acknowledged


# The child


def one_write(writer: str, number: int) -> Callable[[Transaction], None]:
    def work(tx: Transaction) -> None:
        key = f"{writer}:{number}"
        row = {"writer": writer, "number": number, "text": "x" * (number * 37 % 900)}
        tx.table("messages").insert(Document(row, key))
        tx.table("state").upsert(Document({"number": number}, writer))
        log.append(tx, Entry(EntryKind.INTENDED, AT, key), {"said": key})
        tx.table("outbox").insert(Document({"writer": writer, "number": number}, key))

    return work


async def write_on(store: EmbeddedStore, writer: str, limit: int) -> None:
    for number in range(limit):
        try:
            await store.write(one_write(writer, number))
        except StoreError:
            os.write(1, b"refused\n")
            return
        os.write(1, f"{writer} {number}\n".encode())


def killer(point: str, times: int) -> Callable[[str], None]:
    left = times

    def probe(passed: str) -> None:
        nonlocal left
        if passed == point:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return probe


async def child(path: str, run: str, point: str, times: str) -> None:
    store = EmbeddedStore(path, INDEXES, probe=killer(point, int(times)))
    await asyncio.gather(*[write_on(store, f"{run}-{n}", 10**6) for n in range(WRITERS)])


async def child_on_a_full_disk(path: str, run: str, room: str) -> None:
    """Files may not grow any more; then they may again."""
    store = EmbeddedStore(path, INDEXES)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = max(file.stat().st_size for file in Path(path).parent.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + int(room), hard))
    await asyncio.gather(*[write_on(store, f"{run}-{n}", 10**6) for n in range(WRITERS)])
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    os.write(1, b"freed\n")
    await asyncio.gather(*[write_on(store, f"{run}+{n}", 5) for n in range(WRITERS)])
    store.close()


# The parent


@dataclass
class Told:
    """What a child has said before it ended."""

    acknowledged: Acknowledged = field(default_factory=dict)
    refused: int = 0
    freed: bool = False


@contextlib.contextmanager
def running(*arguments: object) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.chaos.store", *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def listen(process: subprocess.Popen[bytes]) -> Told:
    assert process.stdout is not None
    told = Told()
    for line in process.stdout:
        if not line.endswith(b"\n"):
            continue  # killed in the middle of a word: it was not said
        first, _, number = line.decode().strip().partition(" ")
        if number:
            told.acknowledged[first] = int(number)
        elif first == "refused":
            told.refused += 1
        elif first == "freed":
            told.freed = True
    return told


def killed_at(path: Path, run: str, point: str, times: int) -> Told:
    with running("child", path, run, point, times) as process:
        told = listen(process)
        assert process.wait() == -signal.SIGKILL
    return told


def killed_after(path: Path, run: str, seconds: float) -> Told:
    with running("child", path, run, "never", 0) as process:
        assert process.stdout is not None
        first = process.stdout.readline()  # it has begun
        time.sleep(seconds)
        process.kill()
        told = listen(process)
        told.acknowledged.setdefault(first.decode().split()[0], 0)
    return told


def on_a_full_disk(path: Path, run: str, room: int) -> Told:
    with running("child_on_a_full_disk", path, run, room) as process:
        told = listen(process)
        assert process.wait() == 0
    return told


# What must be so afterwards


def check(path: Path, acknowledged: Acknowledged) -> int:
    """Readable, whole, and everything that was acknowledged is there; the number of rows."""
    EmbeddedStore(path, INDEXES).close()
    assert find_damage(path) == (), f"{path} is damaged: {find_damage(path)}"
    store = open_readonly(path, INDEXES)
    rows = store.read(lambda tx: whole(tx, acknowledged))
    store.close()
    return rows


def whole(tx: Transaction, acknowledged: Acknowledged) -> int:
    messages, outbox = numbers(tx, "messages"), numbers(tx, "outbox")
    assert messages == outbox, "messages and outbox differ: half a write"
    for writer, found in messages.items():
        assert found == list(range(len(found))), f"{writer}: writes are missing or out of order"
        state = tx.table("state").get(doc_id=writer)
        assert state == {"number": found[-1]}, f"{writer}: its state is not that of its last write"
        last = tx.table("messages").search(where("writer") == writer)
        assert len(last) == len(found), f"{writer}: the index and the table differ"
    for writer, number in acknowledged.items():
        there = len(messages.get(writer, ()))
        assert there > number, f"{writer}: write {number} was acknowledged, {there} are there"
    report = verify(tx)
    total = sum(map(len, messages.values()))
    assert report.good, f"the record is broken: {report.problems[0]}"
    assert report.size == total, f"{total} writes, {report.size} entries"
    return total


def numbers(tx: Transaction, table: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for row in tx.table(table):
        found[row["writer"]].append(row["number"])
    return found


def torn(path: Path, chance: random.Random, times: int) -> int:
    """Cut or damage the log that a killed process left behind: what is left is a beginning.

    Only what SQLite hasn't begun to copy into the file: it flushes the log before it copies, so a
    disk that loses the rest has lied, and nothing can be promised on it. How many times.
    """
    beside = path.with_name(path.name + "-wal")
    index = path.with_name(path.name + "-shm")
    if not (beside.exists() and index.exists()):
        return 0
    # SQLite's WAL-index: the number of frames that a checkpoint has begun to copy
    (copied,) = struct.unpack_from("=I", index.read_bytes(), 128)
    start, size = 32 + copied * (24 + 4096), beside.stat().st_size
    if start >= size:
        return 0
    for _ in range(times):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / path.name
            shutil.copy(path, copy)
            data = bytearray(beside.read_bytes())
            at = chance.randrange(start, size)
            if chance.random() < 0.5:
                del data[at:]
            else:
                data[at : at + 512] = chance.randbytes(min(512, size - at))
            copy.with_name(beside.name).write_bytes(data)
            check(copy, {})
    return times


def opening(path: Path) -> float:
    """Seconds until a store that was killed takes work again."""
    began = time.monotonic()
    EmbeddedStore(path, INDEXES).close()
    return time.monotonic() - began


def full(kills: int = 100, seed: int = 1) -> list[str]:
    """The long form. One store, killed again and again; everything acknowledged stays."""
    chance = random.Random(seed)
    acknowledged: Acknowledged = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        enumerated = [(point, times) for point in POINTS for times in (1, 2, 3, 7, 20)]
        for n, (point, times) in enumerate(enumerated):
            acknowledged |= killed_at(path, f"p{n}", point, times).acknowledged
            rows = check(path, acknowledged)
        cuts, ready = 0, 0.0
        for n in range(kills):
            acknowledged |= killed_after(path, f"k{n}", chance.uniform(0, 0.15)).acknowledged
            cuts += torn(path, chance, 1)
            ready = max(ready, opening(path))
            if n % 5 == 0 or n == kills - 1:
                rows = check(path, acknowledged)
        refused = 0
        for n, room in enumerate((0, 5_000, 50_000, 500_000)):
            told = on_a_full_disk(path, f"f{n}", room)
            assert told.freed and told.refused, "the disk did not fill up, or nobody was told"
            refused += told.refused
            acknowledged |= told.acknowledged
            rows = check(path, acknowledged)
    total = sum(number + 1 for number in acknowledged.values())
    return [
        f"killed at {len(enumerated)} commit points and {kills} times at random: "
        f"0 of {total:,} acknowledged writes lost, 0 unreadable; at {rows:,} writes (five rows "
        f"each) never longer than {ready:.2f} s until ready again",
        f"log cut or damaged {cuts} times: 0 unreadable, no half write",
        f"disk full 4 times: {refused} refused, none of them kept half, all resumed when freed",
    ]


if __name__ == "__main__":
    programs: dict[str, Any] = {"child": child, "child_on_a_full_disk": child_on_a_full_disk}
    asyncio.run(programs[sys.argv[1]](*sys.argv[2:]))
