"""What was read of an ask is recorded, and where a draft is owed then, it is made at once."""

from __future__ import annotations

import logging
from dataclasses import replace

from bot.model import Engagement, State
from bot.model import events as e
from handlers.service.commands.steps.step_engagement import load_unchanged, step_engagement
from handlers.service.commands.understanding.draft_reply import make_draft
from handlers.service.queries.ask_context import read_ask_context
from handlers.service.unit_of_work import UnitOfWork

log = logging.getLogger("aboveboard")


def record_reading(
    unit: UnitOfWork, seen: Engagement, event: e.Understood | e.NotUnderstood
) -> Engagement | None:
    """Record what was read at `seen`, with what is so around the ask, and the draft that follows.

    None, and worthless, if the ask has changed since.
    """
    now = load_unchanged(unit, seen)
    if now is None:
        return None
    if isinstance(event, e.Understood):
        event = _with_context(unit, now, event)

    def draft(read: Engagement) -> e.Event | None:
        return make_draft(read, unit.knowledge, event.at) if _owes_draft(read) else None

    return step_engagement(unit, now, event, draft).engagement


def _with_context(
    unit: UnitOfWork, engagement: Engagement, event: e.Understood
) -> e.Understood | e.NotUnderstood:
    try:
        context = read_ask_context(
            unit.customers, engagement, event.reading, unit.knowledge, event.at
        )
    except Exception as error:
        log.exception("an ask could not be worked on; a person has it")
        return e.NotUnderstood(event.at, type(error).__name__)
    return replace(event, context=context)


def _owes_draft(engagement: Engagement) -> bool:
    return engagement.state is State.UNDERSTOOD
