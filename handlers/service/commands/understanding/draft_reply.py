"""A draft for an ask that was understood: composed from published facts, judged by the step."""

from __future__ import annotations

import logging
from datetime import datetime

from bot.knowledge import Knowledge
from bot.model import Engagement, State
from bot.model import events as e
from bot.model.errors import NoDraft
from handlers.service.commands.steps.step_engagement import step_engagement
from handlers.service.read_and_draft import draft_for
from handlers.service.unit_of_work import UnitOfWork
from handlers.store import repository

log = logging.getLogger("aboveboard")


def draft_reply(unit: UnitOfWork, key: str) -> Engagement | None:
    """Draft for an ask that owes one; None if none is owed any more."""
    engagement = repository.load_engagement(unit.tx, key)
    if engagement is None or engagement.state is not State.UNDERSTOOD:
        return None
    event = make_draft(engagement, unit.knowledge, unit.at)
    return step_engagement(unit, engagement, event).engagement


def make_draft(
    engagement: Engagement, knowledge: Knowledge, at: datetime
) -> e.Drafted | e.CouldNotDraft:
    """The draft, or why a person has to write; never raises."""
    try:
        return draft_for(engagement, knowledge, at)
    except NoDraft as none:
        return e.CouldNotDraft(at, none.why, none.fact)
    except Exception as error:
        log.exception("an ask could not be worked on; a person has it")
        return e.CouldNotDraft(at, type(error).__name__)
