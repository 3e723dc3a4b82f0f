"""What lies in a store, as the product itself reads it."""

from __future__ import annotations

from bot.model import Engagement, Message
from handlers.ports.store_port import Store
from handlers.store import repository


def list_messages(store: Store) -> list[Message]:
    """What customers wrote and did not take back, in the order in which it came."""
    found = store.read(
        lambda tx: [
            repository.load_message(tx, row.doc_id)
            for row in tx.table("messages").all()
            if "it" in row and not row["deleted"]
        ]
    )
    return [it for it in found if it is not None]


def list_engagements(store: Store) -> list[Engagement]:
    """All of them, the oldest first."""
    found = store.read(
        lambda tx: [
            repository.load_engagement(tx, row.doc_id) for row in tx.table("engagements").all()
        ]
    )
    return [it for it in found if it is not None]
