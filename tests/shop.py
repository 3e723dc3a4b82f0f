"""The shipped brand, as the tests use it: real files, real rules, real templates."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from bot.knowledge import Knowledge
from bot.model import Person, Role
from handlers.brandfiles.loading import load_knowledge

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)  # a Monday

ADA = Person("ada", "Ada", frozenset({Role.APPROVER}))
MILAN = Person("milan", "Milan", frozenset({Role.LEAD}))
NOOR = Person("noor", "Noor", frozenset({Role.VIEWER}))


@cache
def knowledge() -> Knowledge:
    """What is in force in the shipped brand."""
    return load_knowledge(ROOT, NOW)
