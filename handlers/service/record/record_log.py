"""Writing the record, inside a transaction of the store: with what it tells of, or not at all.

Five tables. `record`: a row an entry, numbered from 0, holding the leaf as it is hashed, and
whether the public may read it yet. `record_nodes`: for each entry, the hashes of the subtrees it
completed. `record_text`: the words that can be forgotten, and their salts. `record_head`: one
row, the size and the peaks. `record_checkpoints`: every head that was ever signed, by size.

Appending reads and writes one row of each, however long the record is. Nothing is ever changed,
but for `public`, and for words that are erased.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tinydb import where
from tinydb.table import Document

from bot.model.errors import StoreError
from bot.record import leaf, merkle
from bot.record.entry import Entry, EntryKind, may_hold_words
from bot.record.leaf import SALT, SaltedText
from bot.record.signed_note import (
    Checkpoint,
    NoteError,
    Signer,
    open_note,
    read_checkpoint,
    sign_note,
)
from handlers.ports.store_port import Transaction

HEAD = "head"


@dataclass(frozen=True, slots=True)
class Proof:
    """That entry `index` is in the record of `size` entries; `hashes` as in RFC 6962, 2.1.1."""

    index: int
    size: int
    hashes: tuple[bytes, ...]


def append(
    tx: Transaction,
    entry: Entry,
    words: Mapping[str, str] | None = None,
    *,
    public: datetime | None = None,
    salt: Callable[[int], bytes] = secrets.token_bytes,
) -> int:
    """Put an entry at the end; its number. Durable, or undone, with the transaction.

    `words` is free text by name (`said`, `why`), which can be erased later. What was said in
    private is left out, whoever passes it. `public`: since when the public may read it; without,
    not before `publish`.
    """
    hidden = {
        name: SaltedText(text, salt(SALT))
        for name, text in (words or {}).items()
        if text and may_hold_words(entry.audience)
    }
    head = _head(tx)
    index: int = head["size"]
    earlier = head["latest"].get(entry.kind.value, -1)
    text = leaf.encode_leaf(entry, hidden)
    peaks, completed = merkle.append_leaf(
        [bytes.fromhex(peak) for peak in head["peaks"]], index, merkle.leaf_hash(text.encode())
    )
    row = {
        "address": entry.address,
        "kind": entry.kind.value,
        "leaf": text,
        "public": public.isoformat() if public else "",
        "earlier": earlier,
    }
    _insert(tx, "record", str(index), row)
    _insert(tx, "record_nodes", str(index), {"hashes": [done.hex() for done in completed]})
    if hidden:
        _insert(tx, "record_text", str(index), {"words": _kept(hidden)})
    head |= {
        "size": index + 1,
        "peaks": [peak.hex() for peak in peaks],
        "latest": {**head["latest"], entry.kind.value: index},
    }
    _put(tx, "record_head", HEAD, head)
    return index


def publish(tx: Transaction, address: str, at: datetime) -> int:
    """Let the public read the entries at this address from `at` on; how many are new to it."""
    hidden = [
        row for row in tx.table("record").search(where("address") == address) if not row["public"]
    ]
    for row in hidden:
        _put(tx, "record", row.doc_id, {**row, "public": at.isoformat()})
    return len(hidden)


def erase(
    tx: Transaction, index: int, at: datetime, names: Collection[str] | None = None
) -> int | None:
    """Forget the words of an entry (all, or those named); the number of the tombstone that says so.

    None if there was nothing to forget. Every proof still holds. Once this is committed, the words
    are in no file of the store.
    """
    kept = tx.table("record_text").get(doc_id=str(index))
    forgotten = sorted(set(kept["words"]) & set(names or kept["words"])) if kept else []
    if kept is None or not forgotten:
        return None
    left = {name: words for name, words in kept["words"].items() if name not in forgotten}
    if left:
        _put(tx, "record_text", str(index), {"words": left})
    else:
        tx.table("record_text").remove(doc_ids=[str(index)])
    tx.erase_log()
    row = tx.table("record").get(doc_id=str(index))
    entry = leaf.decode_leaf(row["leaf"]).entry
    tombstone = Entry(
        kind=EntryKind.ERASED,
        at=at,
        address=entry.address,
        channel=entry.channel,
        audience=entry.audience,
        refers=f"{index}:{','.join(forgotten)}",
    )
    return append(tx, tombstone, public=at if row["public"] else None)


def size(tx: Transaction) -> int:
    """How many entries there are."""
    return int(_head(tx)["size"])


def proof(tx: Transaction, index: int, size: int | None = None) -> Proof:
    """That an entry is in the record, as of `size` entries or of all. ValueError if it isn't."""
    size = _head(tx)["size"] if size is None else size
    return Proof(index, size, merkle.inclusion_proof(index, size, nodes(tx)))


def consistency(tx: Transaction, old: int, new: int) -> tuple[bytes, ...]:
    """That the record of `new` entries begins with that of `old`. ValueError if it cannot."""
    return merkle.consistency_proof(old, new, nodes(tx))


def checkpoint(tx: Transaction, signer: Signer) -> str:
    """The signed head of the record as it is now; the same note until an entry is added.

    Raises StoreError if earlier heads were signed by another key: a record has one.
    """
    head = _head(tx)
    latest = latest_checkpoint(tx)
    if latest:
        try:
            signed = read_checkpoint(open_note(latest, signer.verifier))
        except NoteError as error:
            raise StoreError(
                f"The record was signed with another key than this ({error}). Restore the key's "
                "file from a backup."
            ) from error
        if signed.size == head["size"]:
            return latest
    peaks = [bytes.fromhex(peak) for peak in head["peaks"]]
    note = sign_note(
        Checkpoint(signer.name, head["size"], merkle.root_of_peaks(peaks)).note_text, signer
    )
    _insert(tx, "record_checkpoints", str(head["size"]), {"note": note})
    _put(tx, "record_head", HEAD, {**head, "signed": head["size"]})
    return note


def latest_checkpoint(tx: Transaction) -> str:
    """The last head that was signed; empty if none was."""
    signed = _head(tx)["signed"]
    return "" if signed < 0 else str(tx.table("record_checkpoints").get(doc_id=str(signed))["note"])


def nodes(tx: Transaction) -> merkle.Node:
    """The tree's nodes, read one at a time."""

    def node(level: int, number: int) -> bytes:
        index, place = merkle.find_completing_leaf(level, number)
        row = tx.table("record_nodes").get(doc_id=str(index))
        if row is None:
            raise ValueError(f"the record has no entry {index}")
        return bytes.fromhex(row["hashes"][place])

    return node


def _head(tx: Transaction) -> dict[str, Any]:
    head = tx.table("record_head").get(doc_id=HEAD)
    return dict(head) if head else {"size": 0, "peaks": [], "latest": {}, "signed": -1}


def _kept(hidden: Mapping[str, SaltedText]) -> dict[str, dict[str, str]]:
    return {name: {"text": it.text, "salt": it.salt.hex()} for name, it in hidden.items()}


def _insert(tx: Transaction, table: str, doc_id: str, row: Mapping[str, Any]) -> None:
    tx.table(table).insert(Document(row, doc_id))  # type: ignore[arg-type]


def _put(tx: Transaction, table: str, doc_id: str, row: Mapping[str, Any]) -> None:
    tx.table(table).put(doc_id, row)
