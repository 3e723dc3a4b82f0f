"""Observations for the drift alarms: a row for each message read and each draft decided on.

A stream is a kind of observation on a channel in a language. Its rows are numbered; only the newest
are kept, and they hold no words. What it costs is a few rows by their keys, however long a stream.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tinydb import where

from bot.learning.drift import KEPT, Observation
from bot.learning.drift_alarm import Alarm
from handlers.ports.store_port import Transaction
from handlers.store import repository

SPARE = 200  # rows kept beyond what a look reads: those written over leave gaps


@dataclass(frozen=True, slots=True)
class Stream:
    """`count` observations were made, `looked` of them when it was last looked at."""

    kind: str
    channel: str
    language: str
    count: int = 0
    looked: int = 0

    @property
    def key(self) -> str:
        return f"{self.kind}|{self.channel}|{self.language}"


def observe(
    tx: Transaction,
    kind: str,
    channel: str,
    language: str,
    engagement: str,
    marks: frozenset[str],
    *,
    first: bool = False,
) -> None:
    """Add an observation. An ask that is read again, with more words, is still one. `first`: it is
    known that none was made of this ask."""
    stream = _load_stream(tx, Stream(kind, channel, language))
    asked = f"{stream.key}|{engagement}"
    known = [] if first else tx.table("observed").search(where("asked") == asked)
    n = known[-1]["n"] if known else stream.count + 1
    row = {"n": n, "asked": asked, "engagement": engagement, "marks": sorted(marks)}
    keep = repository.put_row if known else repository.add_row
    keep(tx, "observed", _key(stream, n), {**row, "place": _key(stream, n)})
    if not known:
        save_stream(tx, Stream(kind, channel, language, n, stream.looked))
        if n > KEPT + SPARE:
            tx.table("observed").remove(doc_ids=[_key(stream, n - KEPT - SPARE)])


def list_streams(tx: Transaction) -> list[Stream]:
    return [repository.read_row(row, Stream) for row in tx.table("streams").all()]


def save_stream(tx: Transaction, stream: Stream) -> None:
    repository.put_row(tx, "streams", stream.key, repository.make_row(stream))


def list_newest(tx: Transaction, stream: Stream) -> list[Observation]:
    """The newest observations of a stream, in order."""
    first, last = _key(stream, stream.count - KEPT + 1), _key(stream, stream.count)
    found = tx.table("observed").search((where("place") >= first) & (where("place") <= last))
    return sorted((_observation(row) for row in found), key=lambda one: one.n)


def save_alarm(tx: Transaction, alarm: Alarm) -> None:
    stream = Stream(alarm.kind, alarm.channel, alarm.language).key
    row = repository.make_row(alarm, stream=stream, open="yes" if alarm.open else "no")
    repository.put_row(tx, "alarms", alarm.id, row)


def load_alarm(tx: Transaction, key: str) -> Alarm | None:
    row = tx.table("alarms").get(doc_id=key)
    return None if row is None else repository.read_row(row, Alarm)


def list_open_alarms(tx: Transaction) -> list[Alarm]:
    found = tx.table("alarms").search(where("open") == "yes")
    return [repository.read_row(row, Alarm) for row in found]


def list_alarms(tx: Transaction, stream: Stream) -> list[Alarm]:
    """Every alarm that a stream has had, the oldest first."""
    found = tx.table("alarms").search(where("stream") == stream.key)
    return [repository.read_row(row, Alarm) for row in found]


def _load_stream(tx: Transaction, stream: Stream) -> Stream:
    row = tx.table("streams").get(doc_id=stream.key)
    return stream if row is None else repository.read_row(row, Stream)


def _key(stream: Stream, n: int) -> str:
    return f"{stream.key}#{max(n, 0):09d}"


def _observation(row: Mapping[str, Any]) -> Observation:
    return Observation(row["n"], row["engagement"], frozenset(row["marks"]))
