"""The asks of a conversation go on until each waits for somebody: what came is joined, what was
read is recorded, a reply is drafted and judged. All in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace

from bot.model import Engagement, State
from bot.model import events as e
from handlers.service.commands.messages.join_messages import join_messages
from handlers.service.commands.steps.step_engagement import step_engagement
from handlers.service.queries.ask_context import read_ask_context
from handlers.service.read_and_draft import Unread, make_draft, unread_of
from handlers.service.unit_of_work import UnitOfWork

Readings = Mapping[Unread, e.Understood | e.NotUnderstood]
log = logging.getLogger("aboveboard")


def advance_asks(unit: UnitOfWork, conversation: str, readings: Readings) -> bool:
    """Do all that is owed to the asks of a conversation. One whose words are not among `readings`
    has changed since it was read: True, it is owed still."""
    owed_still = False

    def next_event(ask: Engagement) -> e.Event | None:
        if ask.state is State.ARRIVED:
            reading = readings.get(unread_of(ask))
            return _with_context(unit, ask, reading) if reading else None
        return make_draft(ask, unit.knowledge, unit.at) if ask.state is State.UNDERSTOOD else None

    for ask in join_messages(unit, conversation):
        if (event := next_event(ask)) is not None:
            ask = step_engagement(unit, ask, event, next_event).engagement
        owed_still |= ask.state is State.ARRIVED
    return owed_still


def _with_context(
    unit: UnitOfWork, ask: Engagement, reading: e.Understood | e.NotUnderstood
) -> e.Understood | e.NotUnderstood:
    """What was read, with what is so around the ask now."""
    if isinstance(reading, e.NotUnderstood):
        return reading
    try:
        context = read_ask_context(unit.customers, ask, reading.reading, unit.knowledge, reading.at)
    except Exception as error:
        log.exception("an ask could not be worked on; a person has it")
        return e.NotUnderstood(reading.at, type(error).__name__)
    return replace(reading, context=context)
