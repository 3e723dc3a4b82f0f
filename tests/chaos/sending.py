"""kill -9 at every named point between commits and calls: nothing acknowledged is lost, nothing is
sent twice, nothing is unreadable, and the record holds all that was sent."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.model import DeliveryState
from bot.record.entry import EntryKind
from handlers.service.record.record_verify import verify
from handlers.store.readers import open_readonly
from handlers.store.repository import INDEXES
from handlers.store.sqlite import find_damage
from tests.chaos.child import ASKS
from tests.shop import ROOT

POINTS = ("before-commit", "after-commit", "after-ack", "before-call", "after-call")
SHORT = tuple(f"{point}:{number}" for point in POINTS[:3] for number in (1, 4, 9)) + tuple(
    f"{point}:{number}" for point in POINTS[3:] for number in (1, 2, 3)
)
KILLED = -9
MOST = 200  # passes of a point in one life


@dataclass(frozen=True)
class Outcome:
    """What is left of a shop after it was killed at `at` and started again."""

    at: str
    killed: bool
    faults: tuple[str, ...]


def run(folder: Path, at: str = "") -> int:
    """One life of the server; its exit code."""
    arguments = [sys.executable, "-X", "faulthandler", "-W", "error", "-m", "tests.chaos.child"]
    arguments += [str(folder), at]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode not in (0, KILLED):
        raise AssertionError(f"{at}: exit {done.returncode}: {done.stderr[-2000:]}")
    return done.returncode


def kill_at(at: str) -> Outcome:
    """Kill a server there, start it again, and look at what is left."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        killed = run(folder, at) == KILLED
        if killed:
            run(folder)
        return Outcome(at, killed, tuple(faults(folder)))


def faults(folder: Path) -> Iterator[str]:
    """Every broken promise, in words."""
    store = folder / "store.db"
    yield from (f"unreadable: {fault}" for fault in find_damage(store))
    acks = set((folder / "acks").read_text().split())
    posts = Counter((folder / "posts").read_text().split())
    readers = open_readonly(store, INDEXES)
    messages, deliveries, entries, report = readers.read(
        lambda tx: (
            {row.doc_id for row in tx.table("messages")},
            {row.doc_id: row for row in tx.table("deliveries")},
            [(row["kind"], row["address"]) for row in tx.table("record")],
            verify(tx),
        )
    )
    yield from (f"lost after it was acknowledged: {key}" for key in acks - messages)
    yield from (f"sent {count} times: {key}" for key, count in posts.items() if count > 1)
    yield from (f"the record: {problem}" for problem in report.problems)
    yield from _answers(deliveries, posts, entries)


def _answers(
    deliveries: dict[str, Any], posts: Counter[str], entries: list[tuple[str, str]]
) -> Iterator[str]:
    answered = Counter(row["conversation"] for row in deliveries.values() if row["sent"])
    for number in range(len(ASKS)):
        if answered[f"web::t{number}"] != 1:
            yield f"conversation {number} was answered {answered[f'web::t{number}']} times"
    for key, row in deliveries.items():
        sent = row["it"]["state"] == DeliveryState.SENT
        if sent != (key in posts):
            yield f"{key}: the store says {row['it']['state']}, the channel has {posts[key]}"
        recorded = Counter(kind for kind, address in entries if address == row["entry"])
        if sent and (recorded[EntryKind.INTENDED] != 1 or recorded[EntryKind.SENT] != 1):
            yield f"{key}: sent, but the record holds {dict(recorded)}"


def full() -> list[str]:
    """Every pass of every point, until a life goes by without reaching it."""
    lines = []
    for point in POINTS:
        for number in range(1, MOST):
            outcome = kill_at(f"{point}:{number}")
            assert outcome.faults == (), f"kill -9 at {outcome.at}: {outcome.faults}"
            if not outcome.killed:
                lines.append(f"kill -9 at each of {number - 1} passes of {point}: all held")
                break
    return lines
