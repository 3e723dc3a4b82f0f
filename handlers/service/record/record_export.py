"""The record as files for outsiders, who trust neither us nor our programs.

`entries.jsonl` has a line for each entry: its number, the hash of its leaf, and, where the public
may read it, the leaf itself and the words that were not erased, with their salts. `checkpoint` is
the signed head, `key.pub` what its signature is checked with, and `README.md` says how.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from bot.model.errors import StoreError
from bot.record.merkle import leaf_hash
from bot.record.signed_note import Verifier, write_proof
from handlers.ports.store_port import Transaction
from handlers.service.record.record_log import latest_checkpoint, proof

_GUIDE = Path(__file__).with_name("export.md")


def export(tx: Transaction, folder: Path, verifier: Verifier) -> int:
    """Write the files as of the latest checkpoint; how many entries. Replaces an earlier export.

    Raises StoreError if nothing was signed yet, or the files cannot be written.
    """
    note = latest_checkpoint(tx)
    if not note:
        raise StoreError("Nothing on the record has been signed yet: make a checkpoint first.")
    size = int(note.split("\n")[1])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "entries.jsonl").open("wb") as file:
            for line in _lines(tx, size):
                file.write(line + b"\n")
        (folder / "checkpoint").write_text(note, "utf-8")
        (folder / "key.pub").write_text(f"{verifier}\n", "utf-8")
        (folder / "README.md").write_text(_GUIDE.read_text("utf-8"), "utf-8")
    except OSError as error:
        raise StoreError(f"{error.filename or folder}: {error.strerror}.") from error
    return size


def proof_file(tx: Transaction, index: int) -> str:
    """The proof of an entry under the latest checkpoint, to be kept and checked offline.

    Raises ValueError if the entry isn't covered by a checkpoint yet.
    """
    note = latest_checkpoint(tx)
    if not note:
        raise ValueError(f"entry {index} is not covered by a checkpoint yet")
    return write_proof(index, proof(tx, index, int(note.split("\n")[1])).hashes, note)


def _lines(tx: Transaction, size: int) -> Iterator[bytes]:
    for index, row in enumerate(tx.table("record")):
        if index == size:
            return
        text = row["leaf"]
        line: dict[str, Any] = {"index": index, "hash": leaf_hash(text.encode()).hex()}
        if row["public"]:
            kept = tx.table("record_text").get(doc_id=row.doc_id)
            line |= {"leaf": text, "words": kept["words"] if kept else {}}
        yield msgspec.json.encode(line)
