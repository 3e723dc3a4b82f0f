"""What is owed: it follows from the rows, so that a restart finds it as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tinydb import where

from bot.model import Delivery, Engagement
from handlers.ports.store_port import Transaction
from handlers.store import repository


@dataclass(frozen=True, slots=True)
class OwedWork:
    """What a conversation owes. `new`: messages came that no ask has; `asks` are to be read or
    drafted for; `deliveries` are on their way."""

    new: bool
    asks: tuple[Engagement, ...]
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True)
class ConversationRows:
    """A conversation as new messages find it, each table read once.

    `newest` has the id of each customer's newest ask, open or not; `spoken`: we have said
    something here before. All in the order of the rows.
    """

    new: list[Any]
    open: tuple[Engagement, ...]
    newest: Mapping[str, str]
    spoken: bool
    live: tuple[Delivery, ...]


def read_owed_work(tx: Transaction, conversation: str) -> OwedWork:
    """What a conversation owes, as committed."""
    new = bool(repository.list_new_messages(tx, conversation))
    live = tx.table("deliveries").search(where("live_in") == conversation)
    return owed_work(
        repository.list_open_in_conversation(tx, conversation),
        (repository.read_row(row, Delivery) for row in live),
        new=new,
    )


def owed_work(
    asks: Iterable[Engagement], deliveries: Iterable[Delivery], *, new: bool = False
) -> OwedWork:
    """Of these, what something has to be done about."""
    return OwedWork(
        new,
        tuple(it for it in asks if it.state.value in repository.OWED),
        tuple(it for it in deliveries if it.state.value in repository.LIVE),
    )


def read_conversation(tx: Transaction, conversation: str) -> ConversationRows:
    """A conversation's rows, as new messages need them."""
    here = where("conversation") == conversation
    asked = tx.table("engagements").search(here)
    sent = tx.table("deliveries").search(here)
    return ConversationRows(
        new=repository.list_new_messages(tx, conversation),
        open=tuple(repository.read_row(row, Engagement) for row in asked if row["open_in"]),
        newest={row["customer"]: row.doc_id for row in asked},
        spoken=any(row["sent"] for row in sent),
        live=tuple(repository.read_row(row, Delivery) for row in sent if row.get("live_in")),
    )


def list_owing(tx: Transaction) -> set[str]:
    """The conversations that owe something: what a restart has to look at."""
    new = tx.table("messages").search(where("new_in") >= "!")  # any; those joined have none
    owed = tx.table("engagements").search(where("state").one_of(repository.OWED))
    live = tx.table("deliveries").search(where("state").one_of(repository.LIVE))
    return {row["conversation"] for row in (*new, *owed, *live)}
