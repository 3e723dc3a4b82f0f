"""Load -> step -> save -> perform -> feed the result back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from bot.card import Card
from bot.events import Event
from bot.model import Engagement, Message, Person


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a person's decision. `words` is shown to them, nobody else."""

    done: bool
    words: str
    engagement: Engagement


class Office(Protocol):
    """What the channels and the pages ask of the runner. Everything returns after the commit."""

    async def receive(self, message: Message) -> bool:
        """Store a message; True if it is new. After this returns, its sender may be acknowledged.

        Raises StoreError if it could not be made durable: the sender must be told to try again.
        """
        ...

    async def edit(self, message: Message) -> bool: ...

    async def delete(self, message: str) -> bool: ...

    async def staff_spoke(self, conversation: str, person: Person, key: str) -> bool: ...

    async def decide(self, engagement: str, event: Event) -> Answer:
        """Put a person's decision to an engagement. A late or forbidden one changes nothing."""
        ...

    def card(self, engagement: str, viewer: Person | None) -> Card | None: ...

    def queue(self, viewer: Person | None, view: str = "all", search: str = "") -> list[Card]:
        """Cards by view (`mine`, `all`, `done`, `overheard`), the soonest due first."""
        ...

    def conversation(self, conversation: str) -> list[tuple[Message | None, object]]: ...

    def changes(self) -> AsyncIterator[tuple[str, str]]:
        """(engagement id, conversation id) after every commit that changed one, until closed."""
        ...
