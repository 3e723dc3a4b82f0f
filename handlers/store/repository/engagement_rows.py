"""Engagements: by their id, by where they stand, by conversation, by whose they are."""

from __future__ import annotations

from collections.abc import Iterable

from tinydb import where

from bot.model import Engagement, State
from handlers.ports.store_port import Transaction
from handlers.store.repository.rows import add_row, make_row, put_row, read_row

ESCALATED, INCOMPLETE = "escalated", "incomplete"  # alarms

OPEN = [state.value for state in State if state.open]
OWED = [State.ARRIVED.value, State.UNDERSTOOD.value]  # the machine has to do something about it


def load_engagement(tx: Transaction, key: str) -> Engagement | None:
    row = tx.table("engagements").get(doc_id=key)
    return None if row is None else read_row(row, Engagement)


def save_engagement(tx: Transaction, it: Engagement) -> None:
    write = add_row if it.version == 1 else put_row
    write(
        tx,
        "engagements",
        it.id,
        make_row(
            it,
            conversation=it.place.conversation,
            customer=it.customer.id,
            who=it.identity.key,
            open_in=it.place.conversation if it.state.open else "",
            state=it.state.value,
            held_by=it.handling.owner if it.state.open else "",
            alarm=_alarm(it),
        ),
    )


def _alarm(it: Engagement) -> str:
    """What a banner says of it while it is open: it is escalated, or its packet lacks a part."""
    if not it.state.open or it.sample:
        return ""
    if it.handling.packet and it.handling.packet.missing:
        return INCOMPLETE
    return ESCALATED if it.handling.escalated else ""


def count_alarms(tx: Transaction, alarm: str) -> int:
    """How many open engagements a banner speaks of."""
    return tx.table("engagements").count(where("alarm") == alarm)


def count_open_by_person(tx: Transaction, people: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How many open engagements each of these people has."""
    table = tx.table("engagements")
    return tuple((person, table.count(where("held_by") == person)) for person in people)


def find_newest_engagement(tx: Transaction, conversation: str, customer: str) -> str:
    """The id of the engagement that this customer had last in a conversation; empty: none."""
    found = tx.table("engagements").search(where("conversation") == conversation)
    mine = [row.doc_id for row in found if row["customer"] == customer]
    return str(mine[-1]) if mine else ""


def is_person_talking(tx: Transaction, conversation: str) -> bool:
    """Whether a person is writing with a customer in the conversation itself."""
    return any(it.handling.talking for it in list_open_in_conversation(tx, conversation))


def find_open_engagement(tx: Transaction, conversation: str, customer: str) -> Engagement | None:
    """The engagement that this customer's next words in this conversation belong to."""
    found = tx.table("engagements").search(where("open_in") == conversation)
    mine = [row for row in found if row["customer"] == customer]
    return read_row(mine[-1], Engagement) if mine else None


def list_open_engagements(tx: Transaction) -> list[Engagement]:
    found = tx.table("engagements").search(where("state").one_of(OPEN))
    return [read_row(row, Engagement) for row in found]


def has_engagements(tx: Transaction) -> bool:
    return next(iter(tx.table("engagements")), None) is not None


def list_open_in_conversation(tx: Transaction, conversation: str) -> list[Engagement]:
    """All that are open in a conversation, the oldest first."""
    found = tx.table("engagements").search(where("open_in") == conversation)
    return [read_row(row, Engagement) for row in found]
