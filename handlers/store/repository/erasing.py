"""What somebody said is to be gone: from its rows, and from every file of the store.

Nothing else keeps a customer's words but their messages, the engagement that asks in them, and
proposed examples, which name messages only.
"""

from __future__ import annotations

from dataclasses import replace

from tinydb import where

from bot.model import Message
from handlers.ports.store_port import Transaction
from handlers.store.repository.message_rows import change_message


def erase_message(tx: Transaction, it: Message) -> None:
    """Its author took it back: that there was one stays, what it said does not."""
    change_message(tx, replace(it, text=""), deleted=True, new_in="")
    tx.erase_log()


def erase_words(tx: Transaction, engagement: str) -> None:
    """Remove the words of an engagement: its messages, and what they were proposed for."""
    of = where("engagement") == engagement
    for table in ("messages", "proposals"):
        gone = [row.doc_id for row in tx.table(table).search(of)]
        tx.table(table).remove(doc_ids=gone)
    tx.erase_log()
