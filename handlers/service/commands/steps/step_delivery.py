"""One step of a delivery: its row, the channel's circuit, and its entry on the record."""

from __future__ import annotations

from datetime import datetime

from bot.brand.business_hours import local_day
from bot.engagement.effects import AppendDelivery
from bot.engagement.sending.delivery_step import step_delivery as step
from bot.model import Delivery, DeliveryState
from bot.model import events as e
from handlers.service.rows.past_commitment_rows import remove_commitments
from handlers.service.rows.send_guard_rows import note_call_ended
from handlers.service.unit_of_work import UnitOfWork
from handlers.store import repository


def step_delivery(unit: UnitOfWork, key: str, event: e.Event) -> Delivery | None:
    """Put an event to a delivery alone; None if there is none, or nothing changed."""
    before = repository.load_delivery(unit.tx, key)
    if before is None:
        return None
    after, effects = step(before, event)
    if after is before:
        return None
    save_delivery(unit, after, event.at)
    if not after.notice and after.state in (DeliveryState.CANCELLED, DeliveryState.REFUSED):
        today = local_day(event.at, unit.knowledge.brand.hours)
        remove_commitments(unit.tx, after.reply, unit.knowledge.published, today)
    note_call_ended(unit.tx, after, event, unit.knowledge.brand, event.at)
    recorded = [effect for effect in effects if isinstance(effect, AppendDelivery)]
    engagement = repository.load_engagement(unit.tx, after.engagement) if recorded else None
    for it in recorded:
        unit.tools.ledger.append_delivery(
            unit.tx, it.kind, it.delivery, engagement, unit.knowledge, event.at
        )
    return after


def save_delivery(unit: UnitOfWork, delivery: Delivery, at: datetime) -> None:
    """Save it, for the surfaces and for the conversation's next look."""
    repository.save_delivery(unit.tx, delivery, at)
    unit.note_delivery(delivery)
