"""The time by which an answer was promised passes."""

from __future__ import annotations

from bot.model import events as e
from handlers.service.commands.steps.step_engagement import step_engagement
from handlers.service.unit_of_work import UnitOfWork
from handlers.store import repository


def pass_due_time(unit: UnitOfWork, key: str) -> None:
    """Tell an open ask whose due time has passed; any other is left alone."""
    engagement = repository.load_engagement(unit.tx, key)
    if engagement is not None and engagement.state.open and engagement.clock.due <= unit.at:
        step_engagement(unit, engagement, e.DuePassed(unit.at))
