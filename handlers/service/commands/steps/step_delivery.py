"""One step of a delivery: its row, the channel's circuit, and its entry on the record."""

from __future__ import annotations

from datetime import datetime

from bot.engagement.effects import AppendDelivery
from bot.engagement.sending.delivery_step import deliver
from bot.model import Delivery
from bot.model import events as e
from handlers.service.rows.send_guard_rows import note_call_ended
from handlers.service.unit_of_work import UnitOfWork
from handlers.store import repository


def step_delivery(unit: UnitOfWork, key: str, event: e.Event) -> Delivery | None:
    """Put an event to a delivery alone; None if there is none, or nothing changed."""
    before = repository.delivery(unit.tx, key)
    if before is None:
        return None
    after, effects = deliver(before, event)
    if after is before:
        return None
    save_delivery(unit, after, event.at)
    note_call_ended(unit.tx, after, event, unit.knowledge.brand, event.at)
    recorded = [effect for effect in effects if isinstance(effect, AppendDelivery)]
    engagement = repository.engagement(unit.tx, after.engagement) if recorded else None
    for it in recorded:
        unit.tools.ledger.append_delivery(
            unit.tx, it.kind, it.delivery, engagement, unit.knowledge, event.at
        )
    return after


def save_delivery(unit: UnitOfWork, delivery: Delivery, at: datetime) -> None:
    """Save it, for the surfaces and for the conversation's next look."""
    repository.save_delivery(unit.tx, delivery, at)
    unit.note_delivery(delivery)
