"""Teams: some of the brand's people, and what they take. Who gets an ask is
bot/handoff/routing.py's.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.brand.business_hours import BusinessHours
from bot.model import Role


@dataclass(frozen=True, slots=True)
class Team:
    """Some of the brand's people, and what they take.

    `intents` and `reasons` say what about: a team that lists any of them takes what one of the two
    names. `languages` and `channels` narrow that down. What is empty narrows nothing. `hours`: its
    own, with their own zone; None: the brand's. `role`: only those of its people who have it decide
    on its cards. `least_busy`: a hand-over is given to one of them by name.
    """

    id: str
    title: str
    people: tuple[str, ...]
    intents: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    hours: BusinessHours | None = None
    role: Role | None = None
    least_busy: bool = False
