"""Rows of the store, typed: the model's objects to JSON objects and back.

`INDEXES` lists what is looked up by; everything else of a row is the object itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from tinydb import where
from tinydb.table import Document

from bot.handoff.identity_linking import customer_of
from bot.learning.labels import Label
from bot.learning.proposed_examples import Proposal, ProposalStanding
from bot.model import Delivery, DeliveryState, Engagement, Message, State
from bot.model import events as e
from handlers.ports.store_port import Transaction

T = TypeVar("T")

INDEXES: Mapping[str, tuple[str, ...]] = {
    "messages": ("conversation", "engagement", "new_in"),
    "engagements": ("conversation", "open_in", "state", "held_by", "alarm", "who"),
    "deliveries": ("conversation", "engagement", "live_in", "state", "entry"),
    "happened": ("engagement",),
    "labels": ("channel", "at", "engagement"),
    "proposals": ("standing", "engagement"),
    "told": ("key",),
    "observed": ("place", "asked"),
    "alarms": ("open", "stream"),
}

ESCALATED, INCOMPLETE = "escalated", "incomplete"  # alarms

OPEN = [state.value for state in State if state.open]
OWED = [State.ARRIVED.value, State.UNDERSTOOD.value]  # the machine has to do something about it
LIVE = [
    DeliveryState.PLANNED.value,
    DeliveryState.DUE.value,
    DeliveryState.SENDING.value,
    DeliveryState.UNKNOWN.value,
]

EVENTS: Mapping[str, type[e.Event]] = {
    cls.__name__: cls
    for cls in vars(e).values()
    if isinstance(cls, type) and cls is not e.Event
    if issubclass(cls, e.Event)
}


def to_row(value: Any, **fields: Any) -> dict[str, Any]:
    """A JSON object of a frozen object, with what it is looked up by beside it."""
    return {"it": value, **fields}  # the store encodes it


def from_row(row: Mapping[str, Any], kind: type[T]) -> T:
    return msgspec.convert(row["it"], kind)


def put(tx: Transaction, table: str, key: str, row: Mapping[str, Any]) -> None:
    tx.table(table).upsert(Document(row, doc_id=key))  # type: ignore[arg-type]


def add(tx: Transaction, table: str, key: str, row: Mapping[str, Any]) -> None:
    """A row that must be new; the store raises if the key is taken."""
    tx.table(table).insert(Document(row, doc_id=key))  # type: ignore[arg-type]


def engagement(tx: Transaction, key: str) -> Engagement | None:
    row = tx.table("engagements").get(doc_id=key)
    return None if row is None else from_row(row, Engagement)


def save_engagement(tx: Transaction, it: Engagement) -> None:
    write = add if it.version == 1 else put
    write(
        tx,
        "engagements",
        it.id,
        to_row(
            it,
            conversation=it.place.conversation,
            customer=it.customer.id,
            who=customer_of(it).key,
            open_in=it.place.conversation if it.state.open else "",
            state=it.state.value,
            held_by=it.owner if it.state.open else "",
            alarm=_alarm(it),
        ),
    )


def _alarm(it: Engagement) -> str:
    """What a banner says of it while it is open: it is escalated, or its packet lacks a part."""
    if not it.state.open or it.sample:
        return ""
    if it.packet and it.packet.missing:
        return INCOMPLETE
    return ESCALATED if it.escalated else ""


def alarmed(tx: Transaction, alarm: str) -> int:
    """How many open engagements a banner speaks of."""
    return tx.table("engagements").count(where("alarm") == alarm)


def load(tx: Transaction, people: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How many open engagements each of these people has."""
    table = tx.table("engagements")
    return tuple((person, table.count(where("held_by") == person)) for person in people)


def newest_engagement(tx: Transaction, conversation: str, customer: str) -> str:
    """The id of the engagement that this customer had last in a conversation; empty: none."""
    found = tx.table("engagements").search(where("conversation") == conversation)
    mine = [row.doc_id for row in found if row["customer"] == customer]
    return str(mine[-1]) if mine else ""


def somebody_talks(tx: Transaction, conversation: str) -> bool:
    """Whether a person is writing with a customer in the conversation itself."""
    return any(it.talking for it in open_engagements(tx, conversation))


def sent_replies(tx: Transaction, conversation: str) -> list[tuple[datetime, Delivery]]:
    """What was sent in a conversation, notices left out, with when; oldest first."""
    found = tx.table("deliveries").search(where("conversation") == conversation)
    sent = [row for row in found if row["sent"] and not row["it"]["notice"]]
    return [(datetime.fromisoformat(row["sent"]), from_row(row, Delivery)) for row in sent]


def open_engagement(tx: Transaction, conversation: str, customer: str) -> Engagement | None:
    """The engagement that this customer's next words in this conversation belong to."""
    found = tx.table("engagements").search(where("open_in") == conversation)
    mine = [row for row in found if row["customer"] == customer]
    return from_row(mine[-1], Engagement) if mine else None


def all_open(tx: Transaction) -> list[Engagement]:
    found = tx.table("engagements").search(where("state").one_of(OPEN))
    return [from_row(row, Engagement) for row in found]


def any_engagement(tx: Transaction) -> bool:
    return next(iter(tx.table("engagements")), None) is not None


def open_engagements(tx: Transaction, conversation: str) -> list[Engagement]:
    """All that are open in a conversation, the oldest first."""
    found = tx.table("engagements").search(where("open_in") == conversation)
    return [from_row(row, Engagement) for row in found]


def spoken_before(tx: Transaction, conversation: str) -> bool:
    """Whether the brand has said anything in this conversation before."""
    found = tx.table("deliveries").search(where("conversation") == conversation)
    return any(row["sent"] for row in found)


def delivery(tx: Transaction, key: str) -> Delivery | None:
    row = tx.table("deliveries").get(doc_id=key)
    return None if row is None else from_row(row, Delivery)


def save_delivery(tx: Transaction, it: Delivery, at: datetime) -> None:
    before = tx.table("deliveries").get(doc_id=it.id)
    made = before["at"] if before else at.isoformat()
    sent = (
        at.isoformat()
        if it.receipt and not (before or {}).get("sent")
        else (before or {}).get("sent", "")
    )
    write = put if before else add
    write(
        tx,
        "deliveries",
        it.id,
        to_row(
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


def message(tx: Transaction, key: str) -> Message | None:
    row = tx.table("messages").get(doc_id=key)
    return None if row is None else from_row(row, Message)


def new_message(tx: Transaction, it: Message, came: datetime, sample: bool) -> bool:
    """Keep a message that nobody has looked at; False if its key is taken."""
    conversation = it.place.conversation
    row = to_row(
        it,
        conversation=conversation,
        new_in=conversation,
        engagement="",
        came=came.isoformat(),
        deleted=False,
        sample=sample,
    )
    try:
        add(tx, "messages", it.id, row)
    except ValueError:
        return False
    return True


def new_messages(tx: Transaction, conversation: str) -> list[Any]:
    """The messages of a conversation that nobody has looked at, in the order they came."""
    return tx.table("messages").search(where("new_in") == conversation)


def change_message(tx: Transaction, it: Message, **fields: Any) -> None:
    """A message's new words, and other fields of its row."""
    put(tx, "messages", it.id, to_row(it, **fields))


def forget(tx: Transaction, engagement: str) -> None:
    """Remove the words of an engagement: its messages, and what happened to it."""
    of = where("engagement") == engagement
    for table in ("messages", "happened", "proposals"):
        gone = [row.doc_id for row in tx.table(table).search(of)]
        tx.table(table).remove(doc_ids=gone)


def happened(tx: Transaction, engagement: str, version: int, event: e.Event) -> None:
    """Keep an event, so that a replay needs no model."""
    row = to_row(event, engagement=engagement, event=type(event).__name__)
    add(tx, "happened", f"{engagement}:{version:06d}", row)


def save_label(tx: Transaction, it: Label, version: int, person: str) -> None:
    """Keep what a decision teaches. Who decided is not in it; when they did, is kept beside."""
    at = it.at.isoformat()
    row = to_row(it, channel=it.channel, at=at, engagement=it.engagement)
    put(tx, "labels", f"{it.engagement}:{version:06d}", row)
    put(tx, "deciders", person, {"at": at})


def last_decision(tx: Transaction, person: str) -> datetime | None:
    """When somebody decided last, on anything."""
    row = tx.table("deciders").get(doc_id=person)
    return None if row is None else datetime.fromisoformat(row["at"])


def labels(tx: Transaction, channel: str, since: datetime) -> list[Label]:
    """The labels of a channel since then, in the order in which they were given."""
    found = tx.table("labels").search(
        (where("channel") == channel) & (where("at") >= since.isoformat())
    )
    return [from_row(row, Label) for row in found]


def save_proposal(tx: Transaction, it: Proposal) -> None:
    row = to_row(it, standing=it.standing.value, engagement=it.engagement)
    put(tx, "proposals", it.id, row)


def proposal(tx: Transaction, key: str) -> Proposal | None:
    row = tx.table("proposals").get(doc_id=key)
    return None if row is None else from_row(row, Proposal)


def proposals(tx: Transaction, standing: ProposalStanding) -> list[Proposal]:
    found = tx.table("proposals").search(where("standing") == standing.value)
    return [from_row(row, Proposal) for row in found]
