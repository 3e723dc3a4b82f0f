"""Today's figures for an empty queue, and what people must know now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tinydb import where

from bot.brand.business_hours import write_due_time
from bot.brand.settings import Brand
from bot.cards.wording import alarm_words, due_in
from bot.model import State
from handlers.ports.service_port import Figures
from handlers.ports.store_port import Transaction
from handlers.service.queries.sending_status import list_troubles
from handlers.store import repository


def read_figures(tx: Transaction, brand: Brand, now: datetime) -> Figures:
    sent = [row for row in list_rows_by_state(tx, State.SENT) if _ended_on(row, now.date())]
    handed = list_rows_by_state(tx, State.PERSON)
    waiting = [*list_rows_by_state(tx, State.WAITING), *handed]
    oldest = min(waiting, key=lambda row: row["it"]["due"], default=None)
    promise = ""
    if oldest is not None:
        when = datetime.fromisoformat(oldest["it"]["due"])
        late = due_in(when, now)
        said = f"by {write_due_time(when, now, brand.hours, 'en')}" if when > now else late
        promise = f"an answer, {said}"
    return Figures(len(sent), len(handed), len(waiting), promise)


def list_stopped_and_alarming(
    tx: Transaction, brand: Brand, now: datetime
) -> tuple[list[str], list[str]]:
    """What is stopped now, and what the cards alarm with, each in words."""
    escalated = repository.count_alarms(tx, repository.ESCALATED)
    incomplete = repository.count_alarms(tx, repository.INCOMPLETE)
    return list_troubles(tx, brand, now), list(alarm_words(escalated, incomplete))


def list_rows_by_state(tx: Transaction, state: State) -> list[Mapping[str, Any]]:
    return list(tx.table("engagements").search(where("state") == state.value))


def _ended_on(row: Mapping[str, Any], day: object) -> bool:
    timeline = row["it"]["timeline"]
    return bool(timeline) and datetime.fromisoformat(timeline[-1]["at"]).date() == day
