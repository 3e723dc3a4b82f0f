"""The moment before a call: the final bytes are judged again, and `sending` is set."""

from __future__ import annotations

from bot.engagement.sending.recheck import reason_not_to_send
from bot.engagement.sending.send_guards import Hold
from bot.model import Delivery, DeliveryState, Engagement, Reason
from bot.model import events as e
from handlers.ports.service_port import Change
from handlers.service.commands.sending.record_delivery import record_delivery
from handlers.service.commands.steps.step_engagement import with_sent_lately
from handlers.service.queries.past_for_judging import read_past
from handlers.service.rows.send_guard_rows import (
    find_hold,
    note_call_began,
    reason_it_loops,
    stop_conversation,
)
from handlers.service.unit_of_work import UnitOfWork
from handlers.store import repository

URGENT_NOTICES = frozenset({"safety", "self-harm"})  # worth anybody's attention


def start_sending(unit: UnitOfWork, key: str) -> Delivery | Hold | None:
    """Judge the final bytes again and set `sending`, with its entry.

    None if it may not go; what holds it, if it only has to wait.
    """
    delivery = repository.load_delivery(unit.tx, key)
    if delivery is None or delivery.state is not DeliveryState.DUE:
        return None
    brand = unit.knowledge.brand
    hold = find_hold(unit.tx, delivery, brand, unit.at)
    if hold is not None:
        place = delivery.reply.place
        unit.changes.append(Change(delivery.engagement, place.conversation))
        return hold
    engagement = repository.load_engagement(unit.tx, delivery.engagement)
    why = _reason_not_to_send(unit, delivery, engagement)
    event = e.SendReturned(unit.at, why) if why else e.SendStarted(unit.at)
    after = record_delivery(unit, key, event)
    if after is None or after.state is not DeliveryState.SENDING:
        return None
    note_call_began(unit.tx, after, engagement, brand, unit.at)
    return after


def _reason_not_to_send(
    unit: UnitOfWork, delivery: Delivery, engagement: Engagement | None
) -> Reason | None:
    """Why it goes back to the approver instead of out; None if it goes out."""
    place, knowledge = delivery.reply.place, unit.knowledge
    payload = unit.tools.channels[place.channel].render(delivery.reply, delivery.id)
    if engagement is not None and delivery.notice not in URGENT_NOTICES:
        engagement = with_sent_lately(unit, engagement, unit.at)
    knowledge = read_past(
        unit.tx, unit.customers, engagement, (delivery.reply,), knowledge, unit.at
    )
    why = reason_not_to_send(delivery, payload, engagement, knowledge, unit.at)
    if why:
        return why
    loop = reason_it_loops(unit.tx, delivery, knowledge.brand.limits, unit.at)
    if loop:
        stop_conversation(unit.tx, place.conversation, loop, unit.at)
    return loop
