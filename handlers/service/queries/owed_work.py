"""What is owed: it follows from the rows, so that a restart finds it as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tinydb import where

from bot.model import Delivery, Engagement, Message, State
from handlers.ports.store_port import Transaction
from handlers.service.read_and_draft import Unread, unread_of
from handlers.store import repository


@dataclass(frozen=True, slots=True)
class OwedWork:
    """What a conversation owes. `asks`: messages came that no ask has, or an ask is to be read or
    drafted for; `unread` is what has to be read for it; `deliveries` are on their way."""

    asks: bool
    unread: tuple[Unread, ...]
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


def read_owed_work(tx: Transaction, conversation: str) -> OwedWork:
    """What a conversation owes, as committed."""
    new = [
        repository.read_row(row, Message) for row in repository.list_new_messages(tx, conversation)
    ]
    asks = repository.list_open_in_conversation(tx, conversation)
    live = tx.table("deliveries").search(where("live_in") == conversation)
    return OwedWork(
        asks=bool(new) or any(it.state.value in repository.OWED for it in asks),
        unread=tuple(list_unread(asks, new)),
        deliveries=tuple(repository.read_row(row, Delivery) for row in live),
    )


def list_unread(asks: Iterable[Engagement], new: Iterable[Message]) -> list[Unread]:
    """What has to be read: asks that nobody has read yet, as they will be once each has its new
    messages. A guess, made before they are joined: where it is wrong, they are read again."""
    open_asks = list(asks)
    unread = {it.id: unread_of(it) for it in open_asks if it.state is State.ARRIVED}
    for message in new:
        ask = find_open_ask(open_asks, message.author.id)
        key = ask.id if ask else message.author.id
        known = unread.get(key) or (unread_of(ask) if ask else Unread(()))
        unread[key] = replace(known, messages=(*known.messages, message))
    return list(unread.values())


def find_open_ask(asks: Iterable[Engagement], author: str) -> Engagement | None:
    """The ask that this customer's next words belong to."""
    mine = [it for it in asks if it.customer.id == author and it.state.open]
    return mine[-1] if mine else None


def read_conversation(tx: Transaction, conversation: str) -> ConversationRows:
    """A conversation's rows, as new messages need them."""
    here = where("conversation") == conversation
    asked = tx.table("engagements").search(here)
    sent = tx.table("deliveries").search(here)  # among few: that it was sent has no index
    return ConversationRows(
        new=repository.list_new_messages(tx, conversation),
        open=tuple(repository.read_row(row, Engagement) for row in asked if row["open_in"]),
        newest={row["customer"]: row.doc_id for row in asked},
        spoken=any(row["sent"] for row in sent),
    )


def list_owing(tx: Transaction) -> set[str]:
    """The conversations that owe something: what a restart has to look at."""
    new = tx.table("messages").search(where("new_in") >= "!")  # any; those joined have none
    owed = tx.table("engagements").search(where("state").one_of(repository.OWED))
    live = tx.table("deliveries").search(where("state").one_of(repository.LIVE))
    return {row["conversation"] for row in (*new, *owed, *live)}
