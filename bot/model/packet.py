"""What a person is given with a hand-over. Messages, replies and facts are in it by reference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.reading import Candidate, Promised
from bot.model.verdict import Finding


@dataclass(frozen=True, slots=True)
class Packet:
    """Everything a person needs to go on, as it was at the hand-over.

    `asks`: the messages that ask, each at its revision. `turns`: the messages and replies of the
    timeline, oldest first, on every channel that the customer has linked. `facts`: ids of published
    facts, nearest first. `missing`: what must be there and isn't, in words; empty when complete.
    """

    at: datetime
    reason: str
    why: str
    asks: tuple[str, ...]
    turns: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    rules: tuple[Finding, ...]
    facts: tuple[str, ...]
    promised: tuple[Promised, ...]
    tried: tuple[str, ...]
    due: datetime
    language: str
    locale: str
    missing: tuple[str, ...] = ()
