"""Reading the record, for the public pages: newest first, by kind, by address, by words.

A page costs what is on it, not what is in the record. Entries of one kind are chained, so that
rare ones are found at once. A search by words walks back over so many entries at most; the page
says where to go on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from tinydb import where

from bot.record.entry import Entry, EntryKind
from bot.record.leaf import Leaf, decode_leaf
from handlers.ports.store_port import Transaction
from handlers.service.record.record_log import HEAD

WALK: Final = 2000  # entries that one page looks at, at most


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry with its number. `words` is what was said, where it may be read; `erased` names
    what has been forgotten; `public` is None while the customer's turn isn't finished."""

    index: int
    entry: Entry
    words: Mapping[str, str]
    erased: tuple[str, ...]
    public: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """Entries, newest first. `before`: ask again with it for older ones; None: that was all."""

    entries: tuple[Recorded, ...]
    before: int | None


def read(tx: Transaction, index: int) -> Recorded | None:
    """An entry by its number, public or not: whoever shows it looks at `public`."""
    row = tx.table("record").get(doc_id=str(index))
    return None if row is None else _recorded(tx, row)


def at_address(tx: Transaction, address: str) -> tuple[Recorded, ...]:
    """All entries at an address, the oldest first, public or not."""
    rows = tx.table("record").search(where("address") == address)
    return tuple(_recorded(tx, row) for row in rows)


def newest(
    tx: Transaction,
    *,
    kind: EntryKind | None = None,
    search: str = "",
    before: int | None = None,
    limit: int = 50,
) -> Page:
    """A page of what the public may read. `search`: words that must all occur, in any case."""
    wanted = search.casefold().split()
    found: list[Recorded] = []
    walked = 0
    for row in _back(tx, kind, before):
        if len(found) == limit or walked == WALK:
            return Page(tuple(found), int(row.doc_id) + 1)
        walked += 1
        if not row["public"] or (kind is not None and row["kind"] != kind.value):
            continue
        recorded = _recorded(tx, row)
        if all(word in _searched(recorded) for word in wanted):
            found.append(recorded)
    return Page(tuple(found), None)


def _back(tx: Transaction, kind: EntryKind | None, before: int | None) -> Iterator[Any]:
    """Rows from `before` (not included) or the end, back to the first.

    Of a kind: along its chain, as soon as one of it is met; others may come before that.
    """
    table = tx.table("record")
    head = tx.table("record_head").get(doc_id=HEAD)
    if head is None:
        return
    at = head["size"] - 1 if before is None else min(before, head["size"]) - 1
    if kind is not None and at == head["size"] - 1:
        at = head["latest"].get(kind.value, -1)
    while at >= 0:
        row = table.get(doc_id=str(at))
        yield row
        at = row["earlier"] if kind is not None and row["kind"] == kind.value else at - 1


def _recorded(tx: Transaction, row: Any) -> Recorded:
    index, leaf = int(row.doc_id), decode_leaf(row["leaf"])
    words = _words(tx, index, leaf)
    erased = tuple(sorted(leaf.hashes.keys() - words.keys()))
    public = datetime.fromisoformat(row["public"]) if row["public"] else None
    return Recorded(index, leaf.entry, words, erased, public)


def _words(tx: Transaction, index: int, leaf: Leaf) -> dict[str, str]:
    kept = tx.table("record_text").get(doc_id=str(index)) if leaf.hashes else None
    return {name: it["text"] for name, it in kept["words"].items()} if kept else {}


def _searched(it: Recorded) -> str:
    entry = it.entry
    titles = (source.title for source in entry.sources)
    changes = (word for it in entry.changes for word in (it.id, it.title))
    words = (*it.words.values(), *titles, *changes, *entry.facts)
    return " ".join((*words, entry.intent, entry.kind, entry.channel)).casefold()
