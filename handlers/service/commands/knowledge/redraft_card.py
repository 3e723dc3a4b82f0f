"""Other rules or facts are in force: a card that waits follows them."""

from __future__ import annotations

from bot.model import Engagement
from bot.model import events as e
from handlers.service.commands.steps.step_engagement import load_unchanged, step_engagement
from handlers.service.unit_of_work import UnitOfWork


def redraft_card(unit: UnitOfWork, seen: Engagement, event: e.KnowledgeChanged) -> bool:
    """Put a change, worked out at `seen`, to its card. False if the card has moved on since."""
    now = load_unchanged(unit, seen)
    if now is None:
        return False
    step_engagement(unit, now, event)
    return True
