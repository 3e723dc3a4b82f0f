"""What became of a text on its way, for the text and for the ask that it answers."""

from __future__ import annotations

from dataclasses import replace

from bot.engagement.sending.delivery_step import FINAL
from bot.model import Delivery, DeliveryState, State
from bot.model import events as e
from handlers.ports.service_port import Change
from handlers.service.commands.steps.step_delivery import step_delivery
from handlers.service.commands.steps.step_engagement import step_engagement
from handlers.service.unit_of_work import UnitOfWork
from handlers.store import repository


def record_delivery(unit: UnitOfWork, key: str, event: e.Event) -> Delivery | None:
    """One event, for the delivery and for the engagement whose reply it is. None: no change."""
    after = step_delivery(unit, key, event)
    if after is None:
        return None
    ledger = unit.tools.ledger
    engagement = repository.load_engagement(unit.tx, after.engagement)
    if engagement is None:
        if after.state in FINAL:
            ledger.publish_notice(unit.tx, after, event.at)
        return after
    if after.notice:
        unit.changes.append(Change(engagement.id, engagement.place.conversation))
        if after.state in FINAL and engagement.state in (State.SENT, State.CLOSED):
            ledger.publish_engagement(unit.tx, engagement, event.at)
    elif engagement.proposal.delivery == key:
        if after.state is DeliveryState.REFUSED and isinstance(event, e.SendFailed):
            event = replace(event, again=False)
        step_engagement(unit, engagement, event)
    return after
