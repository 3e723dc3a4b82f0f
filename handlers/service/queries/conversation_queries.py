"""A conversation as its customer may see it: what was said, and what happens next."""

from __future__ import annotations

from datetime import datetime

from tinydb import where

from bot.brand.business_hours import answer_due_at, write_due_time
from bot.cards.standing_words import standing_words
from bot.engagement.judging import clock_of
from bot.knowledge import Knowledge
from bot.model import Delivery, Engagement, Message, State
from handlers.ports.service_port import Standing, Turn
from handlers.ports.store_port import Transaction
from handlers.store import repository


def read_standing(
    tx: Transaction, conversation: str, locale: str, knowledge: Knowledge, now: datetime
) -> Standing | None:
    """What happens next with the newest ask of a conversation, and by when."""
    new, hours = repository.list_new_messages(tx, conversation), knowledge.brand.hours
    if new:
        due_by = answer_due_at(datetime.fromisoformat(new[-1]["came"]), hours)
        words = standing_words(State.ARRIVED, locale)
        return Standing(State.ARRIVED, words, write_due_time(due_by, now, hours, locale))
    found = _load_newest(tx, conversation)
    if found is None or found.state is State.OVERHEARD:
        return None
    awaited = found.state.open and found.clock.due > now
    clock = clock_of(found, locale, knowledge)
    due_at = write_due_time(found.clock.due, now, clock, locale) if awaited else ""
    return Standing(found.state, standing_words(found.state, locale), due_at)


def list_turns(tx: Transaction, conversation: str) -> list[Turn]:
    """What was said in a conversation, oldest first."""
    here = where("conversation") == conversation
    written = [
        repository.read_row(row, Message)
        for row in tx.table("messages").search(here)
        if "it" in row and not row["deleted"]
    ]
    sent = [row for row in tx.table("deliveries").search(here) if row["sent"]]
    turns = [Turn(m.id, m.at, m.text) for m in written]
    for row in sent:
        delivery = repository.read_row(row, Delivery)
        at = datetime.fromisoformat(row["sent"])
        turns.append(Turn(delivery.id, at, delivery.reply.text, delivery.reply))
    return sorted(turns, key=lambda turn: turn.at)


def _load_newest(tx: Transaction, conversation: str) -> Engagement | None:
    found = tx.table("engagements").search(where("conversation") == conversation)
    return repository.read_row(found[-1], Engagement) if found else None
