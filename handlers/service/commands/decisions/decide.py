"""A person decides on a card. Who they are, the surface says; what they may do, the brand that is
in force: a surface may have drawn the card before somebody's roles were changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.brand.settings import Brand
from bot.cards.decision_words import say_answer
from bot.engagement.sending.send_guards import Hold
from bot.model import DeliveryState, Engagement, Person
from bot.model import events as e
from handlers.ports.service_port import Answer
from handlers.service.commands.steps.step_delivery import step_delivery
from handlers.service.commands.steps.step_engagement import step_engagement
from handlers.service.rows.send_guard_rows import find_hold
from handlers.service.unit_of_work import UnitOfWork
from handlers.store import repository

NO_CARD = "There is no such card any more."
NOT_YOU = "Nothing changed: config.yaml does not name you among the brand's people any more."
NOT_THEM = "Nothing changed: {name} is not among the brand's people any more."


def decide(unit: UnitOfWork, key: str, event: e.Event) -> Answer:
    """Put a person's decision to an engagement. A late or forbidden one changes nothing."""
    engagement = repository.load_engagement(unit.tx, key)
    if engagement is None:
        return Answer(False, NO_CARD, None)
    decision = with_current_people(event, unit.knowledge.brand)
    if isinstance(decision, str):
        return Answer(False, decision, engagement)
    stepped = step_engagement(unit, engagement, decision)
    after, told = stepped.engagement, stepped.told
    if isinstance(decision, e.SendNow) and (hold := _find_hold(unit, after, decision)):
        return Answer(False, f"Not yet. {hold.why}", after)
    if isinstance(decision, e.Resolved) and after is not engagement:
        step_delivery(unit, engagement.proposal.delivery, decision)
    if told is None:
        return Answer(True, "", after)
    return Answer(told.done, say_answer(told, after, unit.knowledge, event.at), after)


def with_current_people(event: e.Event, brand: Brand) -> e.Event | str:
    """The decision with everybody in it as the brand knows them now; or, in words, why not: one of
    them is nobody of the brand's any more."""
    current: dict[str, Any] = {}
    for name, words in (("person", NOT_YOU), ("to", NOT_THEM)):
        given = getattr(event, name, None)
        if isinstance(given, Person):
            known = brand.find_person(given.id)
            if known is None:
                return words.format(name=given.name)
            current[name] = known
    return replace(event, **current)


def _find_hold(unit: UnitOfWork, engagement: Engagement, event: e.SendNow) -> Hold | None:
    """What keeps an approved reply from going out, if a guard does."""
    planned = engagement.proposal.delivery
    delivery = repository.load_delivery(unit.tx, planned) if planned else None
    if delivery is None or delivery.state not in (DeliveryState.PLANNED, DeliveryState.DUE):
        return None
    return find_hold(unit.tx, delivery, unit.knowledge.brand, event.at)
