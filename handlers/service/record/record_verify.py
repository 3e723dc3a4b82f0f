"""Checking a record: everything is computed again from the leaves, and compared.

What this finds: an entry that was changed, taken out or put in between; a wrong node or head;
words that are not those that were recorded, or are missing without a tombstone; a signed head
that this record does not lead to. What it cannot find is a record that was written anew, with the
key: for that, somebody outside must have kept a checkpoint.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from bot.record import merkle
from bot.record.entry import EntryKind
from bot.record.leaf import Leaf, SaltedText, decode_leaf
from bot.record.signed_note import NoteError, Verifier, open_note, read_checkpoint
from handlers.ports.store_port import Transaction
from handlers.service.record.record_log import HEAD

_ENOUGH = 20  # problems, then looking further tells nobody more


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and at which entry (-1: with the record as a whole)."""

    index: int
    what: str

    def __str__(self) -> str:
        return f"entry {self.index}: {self.what}" if self.index >= 0 else self.what


@dataclass(frozen=True, slots=True)
class Report:
    """What was found. `problems`, the first bad entry first; none: the record is as it was signed.

    `signed` is the size of the newest checkpoint; entries behind it are only held by the tree.
    """

    size: int
    root: bytes
    signed: int
    problems: tuple[Problem, ...]

    @property
    def good(self) -> bool:
        return not self.problems


def verify(tx: Transaction, verifier: Verifier | None = None) -> Report:
    """Read the whole record and check it. Without `verifier` the signatures are not looked at."""
    return _Check(tx, verifier).run()


class _Check:
    def __init__(self, tx: Transaction, verifier: Verifier | None) -> None:
        self._tx, self._verifier = tx, verifier
        self._problems: list[Problem] = []
        self._missing: dict[tuple[int, str], None] = {}  # words that are gone; insertion order
        self._peaks: tuple[bytes, ...] = ()
        self._notes = {int(row.doc_id): row["note"] for row in tx.table("record_checkpoints")}
        self._signed = max(self._notes, default=-1)

    def run(self) -> Report:
        size = 0
        self._heads(size)
        rows = zip_longest(self._tx.table("record"), self._tx.table("record_nodes"))
        for row, nodes in rows:
            try:
                self._entry(size, row, nodes)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                self._wrong(size, f"its row is damaged: {error!r}")
            if row is not None:
                size += 1
                self._heads(size)
            if len(self._problems) >= _ENOUGH:
                break
        else:
            self._whole(size)
        problems = sorted(self._problems, key=lambda it: (it.index < 0, it.index))
        return Report(size, merkle.root_of_peaks(self._peaks), self._signed, tuple(problems))

    def _wrong(self, index: int, what: str) -> None:
        self._problems.append(Problem(index, what))

    def _entry(self, index: int, row: Any, nodes: Any) -> None:
        if row is None:
            self._wrong(index, "it has been taken out; its place in the tree is still there")
            return
        if row.doc_id != str(index):
            self._wrong(index, f"in its place stands {row.doc_id}")
        hashed = merkle.leaf_hash(str(row.get("leaf")).encode())
        self._peaks, completed = merkle.append_leaf(self._peaks, index, hashed)
        if nodes is None or nodes["hashes"] != [done.hex() for done in completed]:
            self._wrong(index, "it is not what the tree holds")
        try:
            leaf = decode_leaf(row["leaf"])
        except ValueError as error:
            self._wrong(index, f"it cannot be read: {error}")
            return
        if (row["kind"], row["address"]) != (leaf.entry.kind.value, leaf.entry.address):
            self._wrong(index, "its kind or address is not what its leaf says")
        self._words(index, leaf)
        if leaf.entry.kind is EntryKind.ERASED:
            of, _, names = leaf.entry.refers.partition(":")
            for name in names.split(","):
                self._missing.pop((int(of) if of.isdigit() else -1, name), None)

    def _words(self, index: int, leaf: Leaf) -> None:
        kept = self._tx.table("record_text").get(doc_id=str(index))
        words = kept["words"] if kept else {}
        for name, secret in words.items():
            found = SaltedText(secret["text"], bytes.fromhex(secret["salt"])).salted_hash
            if leaf.hashes.get(name) != found:
                self._wrong(index, f"its words ({name}) are not those that were recorded")
        for name in leaf.hashes.keys() - words.keys():
            self._missing[index, name] = None

    def _heads(self, size: int) -> None:
        """The checkpoint of this size, if there is one."""
        note = self._notes.pop(size, None)
        if note is None or self._verifier is None:
            return
        try:
            signed = read_checkpoint(open_note(note, self._verifier))
        except NoteError as error:
            self._wrong(-1, f"The checkpoint of {size} entries cannot be trusted: {error}.")
            return
        if (signed.size, signed.root) != (size, merkle.root_of_peaks(self._peaks)):
            self._wrong(size - 1, f"up to here it is not what was signed at {size} entries")

    def _whole(self, size: int) -> None:
        for index, name in self._missing:
            self._wrong(
                index, f"its words ({name}) are missing, and no entry says they were erased"
            )
        head = self._tx.table("record_head").get(doc_id=HEAD)
        if head is None:
            if size:
                self._wrong(-1, "The head of the record is missing.")
        elif (head["size"], head["peaks"]) != (size, [peak.hex() for peak in self._peaks]):
            self._wrong(-1, f"The head says {head['size']} entries; there are {size}.")
        for missing in self._notes:
            self._wrong(-1, f"{missing} entries were signed; there are {size}.")
