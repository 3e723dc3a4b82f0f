"""The effects of a step, inside its transaction: one function an effect."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.brand.promises import ON_TIME
from bot.engagement.effects import (
    Alarm,
    Append,
    Cancel,
    Corrected,
    Effect,
    Forget,
    Hasten,
    Notify,
    Plan,
    Publish,
)
from bot.engagement.judging import notice_for
from bot.model import Delivery, DeliveryState, Engagement, Person
from bot.model import events as e
from bot.model.reply import address
from handlers.service.commands.steps.send_notice import send_notice
from handlers.service.commands.steps.step_delivery import save_delivery, step_delivery
from handlers.service.rows.correction_rows import save_breach
from handlers.service.unit_of_work import UnitOfWork
from handlers.store import repository

LATE = "later"  # the notice for whom a time that we named has passed
SOFTWARE = Person("software", "software")
log = logging.getLogger("aboveboard")


def carry_out(unit: UnitOfWork, engagement: Engagement, effect: Effect, at: datetime) -> Engagement:
    """Do what a step asks for; the engagement as it is then. The caller saves it."""
    return EFFECTS[type(effect)](unit, engagement, effect, at) or engagement


def _plan_delivery(unit: UnitOfWork, engagement: Engagement, plan: Plan, at: datetime) -> None:
    channel = unit.tools.channels[plan.reply.place.channel]
    delivery = Delivery(
        id=plan.delivery,
        engagement=engagement.id,
        reply=plan.reply,
        payload=channel.render(plan.reply, plan.delivery),
        digest=plan.digest,
        state=DeliveryState.PLANNED if plan.undo > 0 else DeliveryState.DUE,
        undo=plan.undo,
        approver=plan.approver,
    )
    save_delivery(unit, delivery, at)
    unit.tools.ledger.expect_reply(unit.tx, plan.reply, engagement, unit.knowledge, at)


def _notify_customer(
    unit: UnitOfWork, engagement: Engagement, effect: Notify, at: datetime
) -> Engagement | None:
    """At most one notice of a kind an engagement; none into a conversation of a person's."""
    reason = effect.reason
    if reason in engagement.notices or engagement.sample:
        return None
    if reason == LATE:
        save_breach(unit.tx, ON_TIME, engagement.id, at)
    if repository.is_person_talking(unit.tx, engagement.place.conversation):
        return None
    key = address(engagement.id, len(engagement.notices), "notice")
    reply, digest = notice_for(engagement, reason, key, unit.knowledge, at)
    if reply is None:
        return None
    send_notice(unit, engagement.id, reply, digest, key, reason, at)
    return replace(engagement, notices=(*engagement.notices, reason))


def _cancel_delivery(unit: UnitOfWork, _: Engagement, effect: Cancel, at: datetime) -> None:
    step_delivery(unit, effect.delivery, e.Undone(at, SOFTWARE))


def _hasten_delivery(unit: UnitOfWork, _: Engagement, effect: Hasten, at: datetime) -> None:
    step_delivery(unit, effect.delivery, e.UndoElapsed(at))
    hastened = repository.load_delivery(unit.tx, effect.delivery) if effect.over_cap else None
    if hastened is not None:
        save_delivery(unit, replace(hastened, over_cap=True), at)


def _append_entry(unit: UnitOfWork, engagement: Engagement, effect: Append, at: datetime) -> None:
    unit.tools.ledger.append_engagement(
        unit.tx, effect.kind, engagement, effect.reason, unit.knowledge, at, effect.measure
    )


def _publish_entries(unit: UnitOfWork, engagement: Engagement, _: Publish, at: datetime) -> None:
    unit.tools.ledger.publish_engagement(unit.tx, engagement, at)


def _append_corrected(
    unit: UnitOfWork, engagement: Engagement, effect: Corrected, at: datetime
) -> None:
    unit.tools.ledger.append_corrected(unit.tx, effect.entry, engagement, unit.knowledge, at)


def _forget_words(unit: UnitOfWork, engagement: Engagement, _: Forget, at: datetime) -> None:
    repository.erase_words(unit.tx, engagement.id)


def _log_alarm(_: UnitOfWork, engagement: Engagement, effect: Alarm, at: datetime) -> None:
    parts = ", ".join(one.about["part"] for one in effect.missing)
    log.error("The hand-over %s is incomplete. Missing: %s.", engagement.id, parts)


#: What is done for each effect. One that changes the engagement gives it back.
EFFECTS: Mapping[type[Effect], Callable[[UnitOfWork, Engagement, Any, datetime], Any]] = {
    Plan: _plan_delivery,
    Notify: _notify_customer,
    Cancel: _cancel_delivery,
    Hasten: _hasten_delivery,
    Append: _append_entry,
    Publish: _publish_entries,
    Corrected: _append_corrected,
    Forget: _forget_words,
    Alarm: _log_alarm,
}
