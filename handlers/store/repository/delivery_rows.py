"""Deliveries: what is on its way to a conversation, and what was sent there."""

from __future__ import annotations

from datetime import datetime

from tinydb import where

from bot.model import Delivery, DeliveryState
from handlers.ports.store_port import Transaction
from handlers.store.repository.rows import add_row, make_row, put_row, read_row

LIVE = [
    DeliveryState.PLANNED.value,
    DeliveryState.DUE.value,
    DeliveryState.SENDING.value,
    DeliveryState.UNKNOWN.value,
]


def list_sent_replies(tx: Transaction, conversation: str) -> list[tuple[datetime, Delivery]]:
    """What was sent in a conversation, notices left out, with when; oldest first."""
    found = tx.table("deliveries").search(where("conversation") == conversation)
    sent = [row for row in found if row["sent"] and not row["it"]["notice"]]
    return [(datetime.fromisoformat(row["sent"]), read_row(row, Delivery)) for row in sent]


def has_spoken_before(tx: Transaction, conversation: str) -> bool:
    """Whether the brand has said anything in this conversation before."""
    found = tx.table("deliveries").search(where("conversation") == conversation)
    return any(row["sent"] for row in found)


def load_delivery(tx: Transaction, key: str) -> Delivery | None:
    row = tx.table("deliveries").get(doc_id=key)
    return None if row is None else read_row(row, Delivery)


def save_delivery(tx: Transaction, it: Delivery, at: datetime) -> None:
    before = tx.table("deliveries").get(doc_id=it.id)
    made = before["at"] if before else at.isoformat()
    sent = (
        at.isoformat()
        if it.receipt and not (before or {}).get("sent")
        else (before or {}).get("sent", "")
    )
    write = put_row if before else add_row
    write(
        tx,
        "deliveries",
        it.id,
        make_row(
            it,
            conversation=it.reply.place.conversation,
            engagement=it.engagement,
            entry=it.reply.entry,
            live_in=it.reply.place.conversation if it.state in LIVE else "",
            state=it.state.value,
            at=made,
            sent=sent,
        ),
    )
