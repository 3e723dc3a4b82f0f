"""Messages: kept before anybody looks at them, then given to an engagement."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tinydb import where

from bot.model import Message
from handlers.ports.store_port import Transaction
from handlers.store.repository.rows import add_row, make_row, put_row, read_row


def load_message(tx: Transaction, key: str) -> Message | None:
    row = tx.table("messages").get(doc_id=key)
    return None if row is None else read_row(row, Message)


def add_message(tx: Transaction, it: Message, came: datetime, sample: bool) -> bool:
    """Keep a message that nobody has looked at; False if its key is taken.

    Raises ValueError if it cannot be written.
    """
    conversation = it.place.conversation
    row = make_row(
        it,
        conversation=conversation,
        new_in=conversation,
        engagement="",
        came=came.isoformat(),
        deleted=False,
        sample=sample,
    )
    try:
        add_row(tx, "messages", it.id, row)
    except ValueError:
        if tx.table("messages").get(doc_id=it.id) is None:
            raise  # it cannot be written: what reads as known already would be lost
        return False
    return True


def list_new_messages(tx: Transaction, conversation: str) -> list[Any]:
    """The messages of a conversation that nobody has looked at, in the order they came."""
    return tx.table("messages").search(where("new_in") == conversation)


def assign_message(tx: Transaction, it: Message, engagement: str) -> None:
    """It belongs to an engagement, and is new no more."""
    change_message(tx, it, engagement=engagement, new_in="")


def change_words(tx: Transaction, it: Message) -> None:
    """A message as its author changed it; what it said before is gone."""
    change_message(tx, it)
    tx.erase_log()


def change_message(tx: Transaction, it: Message, **fields: Any) -> None:
    """A message, and other fields of its row; those that are not named stay."""
    before = tx.table("messages").get(doc_id=it.id)
    put_row(tx, "messages", it.id, {**before, **make_row(it, **fields)})
