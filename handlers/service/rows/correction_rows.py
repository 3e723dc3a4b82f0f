"""The rows of corrections: what somebody says is wrong, what came of it, and who was told the same.

`told` holds a row for each thing that a sent reply told somebody, by its key, so that whoever was
told the same is found by an index, however long ago it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tinydb import where

from bot.model import Commitment, Delivery, DeliveryState, Reply
from bot.record.correction import Correction, CorrectionOutcome, claim_keys
from handlers.ports.store_port import Transaction
from handlers.service.rows.past_commitment_rows import SHELVES
from handlers.store import repository

SHOWN = 100  # corrections that a page shows, the newest first


def save_told(tx: Transaction, reply: Reply, commitments: Iterable[Commitment]) -> None:
    """Keep what this reply told somebody."""
    for number, key in enumerate(claim_keys(reply, commitments)):
        repository.put_row(
            tx, "told", f"{reply.entry}:{number}", {"key": key, "entry": reply.entry}
        )


def list_told_the_same(tx: Transaction, entry: str, wrong: Iterable[str]) -> list[Delivery]:
    """The replies that told somebody one of these things, the newest one a conversation; that of
    `entry` comes first, and stands for its own."""
    entries = dict.fromkeys([entry])
    for key in wrong:
        entries |= dict.fromkeys(
            row["entry"] for row in tx.table("told").search(where("key") == key)
        )
    sent = [it for found in entries if (it := load_sent_reply(tx, found)) is not None]
    newest = {it.reply.place.conversation: it for it in sent}
    if sent and sent[0].reply.entry == entry:
        newest[sent[0].reply.place.conversation] = sent[0]
    return sorted(newest.values(), key=lambda it: it.reply.entry != entry)


def load_sent_reply(tx: Transaction, entry: str) -> Delivery | None:
    """The reply of an entry that was sent; None if there is none, or only a notice."""
    for row in tx.table("deliveries").search(where("entry") == entry):
        it = repository.read_row(row, Delivery)
        if it.state is DeliveryState.SENT and not it.notice:
            return it
    return None


def save_correction(tx: Transaction, it: Correction) -> None:
    repository.put_row(tx, "corrections", it.key, repository.make_row(it))


def load_correction(tx: Transaction, key: str) -> Correction | None:
    row = tx.table("corrections").get(doc_id=key)
    return None if row is None else _from_row(row)


def _from_row(row: Any) -> Correction:
    """A row, also one that an earlier version wrote, with each field by itself."""
    if "it" in row:
        return repository.read_row(row, Correction)
    at = datetime.fromisoformat(row["at"])
    return Correction(row.doc_id, row["entry"], row["words"], row["contact"], at)


def list_corrections(tx: Transaction) -> list[Correction]:
    """Those nobody has looked at, the oldest first; then the others, the newest first."""
    found = [_from_row(row) for row in tx.table("corrections")]
    waiting = [it for it in found if it.outcome is CorrectionOutcome.OPEN]
    done = sorted((it for it in found if it.done), key=lambda it: str(it.done), reverse=True)
    return [*waiting, *done][:SHOWN]


def remove_commitments(tx: Transaction, entries: Iterable[str]) -> None:
    """What was wrong is no longer what others were told: new answers needn't agree with it."""
    gone = set(entries)
    for row in list(tx.table(SHELVES)):
        kept = [said for said in row["said"] if said["entry"] not in gone]
        if len(kept) < len(row["said"]):
            repository.put_row(tx, SHELVES, row.doc_id, {"said": kept})


def save_breach(tx: Transaction, promise: str, key: str, at: datetime) -> None:
    """A published promise was broken; the same `key` counts once."""
    row = {"promise": promise, "at": at.isoformat()}
    repository.put_row(tx, "breaches", f"{promise}:{key}", row)


def count_breaches(tx: Transaction) -> dict[str, int]:
    """How often each promise was broken."""
    counts: dict[str, int] = {}
    for row in tx.table("breaches"):
        counts[row["promise"]] = counts.get(row["promise"], 0) + 1
    return counts
