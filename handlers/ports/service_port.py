"""What the channels and the pages ask of the middle: one protocol, which the runner implements."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.cards.card import Card
from bot.model import Engagement, Identity, Message, Person, Reply, State
from bot.model.events import Event
from bot.record.correction import Correction, CorrectionDecision


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a person's decision. `words` is shown to them, and to nobody else.

    `done` is False when nothing changed (too late, not allowed, stale), or when a person's own
    words were kept but not approved because a rule holds or blocks them: then the engagement
    carries them as its candidate, with the verdict.
    """

    done: bool
    words: str
    engagement: Engagement | None


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was committed: which engagement, in which conversation.

    `taught`: it left a label, of a decision on that engagement.
    """

    engagement: str
    conversation: str
    taught: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A line of a conversation, as its customer may see it: what they wrote, or what was sent.

    `reply` is set for what the brand sent; `key` is the message's or the delivery's id.
    """

    key: str
    at: datetime
    text: str
    reply: Reply | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A turn of another conversation with the same customer. `ours`: the brand said it."""

    at: datetime
    channel: str  # how it is called
    private: bool
    ours: bool
    text: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a customer's ask stands, for the page they wait on. `due` is in words."""

    state: State
    words: str
    due: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Today's figures for an empty queue."""

    answered: int
    handed_over: int
    waiting: int
    oldest_promise: str  # in words; empty if none is open


@dataclass(frozen=True, slots=True)
class Disputed:
    """A correction with what it is about. `body` is what was sent, in `locale`; `binds` are the
    things it told somebody, as (key, words); `reached` counts by locale the conversations that
    were told any of it."""

    correction: Correction
    body: str = ""
    locale: str = ""
    binds: tuple[tuple[str, str], ...] = ()
    reached: Mapping[str, int] = field(default_factory=dict)


class Service(Protocol):
    """Everything that returns after an await returns after the commit."""

    async def receive(self, message: Message) -> bool:
        """Store a message; True if it is new. After this returns, its sender may be acknowledged.

        Raises StoreError if it could not be made durable: the sender must be told to try again.
        """
        ...

    async def edit(self, message: Message) -> bool:
        """A message's new words (same id, any later revision). False if nothing changed."""
        ...

    async def delete(self, message: str) -> bool:
        """A message was taken back by its author. False if it is not known."""
        ...

    async def staff_spoke(self, conversation: str, person: Person, key: str) -> bool:
        """Somebody of the brand's wrote in the conversation itself; the same `key` counts once."""
        ...

    async def decide(self, engagement: str, event: Event) -> Answer:
        """Put a person's decision to an engagement. A late or forbidden one changes nothing."""
        ...

    async def correction(self, entry: str, words: str, contact: str = "") -> str | None:
        """Somebody says that an entry of the record is wrong: opens a tracked correction.

        Its key; None if there is no such entry.
        """
        ...

    def card(self, engagement: str, viewer: Person | None) -> Card | None:
        """The card of an engagement, with the actions that this viewer has; None if unknown."""
        ...

    def queue(self, viewer: Person | None, view: str = "all", search: str = "") -> list[Card]:
        """Cards by view (`mine`, `team`, `all`, `done`, `overheard`), the most urgent first.

        `mine` has what was brought before somebody as a lead; `team`, what is everybody's too.
        """
        ...

    def turns(self, conversation: str) -> list[Turn]:
        """What was said in a conversation, oldest first."""
        ...

    def elsewhere(self, engagement: str, viewer: Person | None) -> list[Spoken]:
        """What this customer and we said in other conversations, as far as they joined them.

        What was said in private is left out for whoever may not decide.
        """
        ...

    def standing(self, conversation: str, locale: str) -> Standing | None:
        """What happens next with the newest ask of a conversation, and by when."""
        ...

    def figures(self) -> Figures: ...

    def banners(self) -> list[str]:
        """What people must know now: a channel that is down, rules that failed to load, …"""
        ...

    def changes(self) -> AsyncIterator[Change]:
        """Every commit that changed an engagement, from now on, until the iterator is closed."""
        ...


class Disputes(Protocol):
    """What the page of corrections asks of the middle."""

    async def correction(self, entry: str, words: str, contact: str = "") -> str | None:
        """As `Service.correction`."""
        ...

    async def dispose(self, correction: str, person: Person, said: CorrectionDecision) -> Answer:
        """A person decides on a correction. Found wrong, everybody who was told the same gets a
        card of their own, to be approved."""
        ...

    def disputed(self) -> list[Disputed]:
        """Corrections that wait, the oldest first; then those decided on, the newest first."""
        ...


@dataclass(frozen=True, slots=True)
class Offer:
    """A code as the customer is shown it, once."""

    code: str
    until: datetime


class IdentityLinks(Protocol):
    """What the web chat asks of linking a customer's channels."""

    async def offer(self, holder: Identity, language: str) -> Offer:
        """A code that joins this identity with the one from which it is sent."""
        ...

    async def part(self, holder: Identity) -> bool:
        """End every link of this identity. False if there was none."""
        ...

    def joined(self, holder: Identity) -> list[tuple[str, datetime]]:
        """The channels that this identity is linked with, each with since when."""
        ...


class AnswerRatings(Protocol):
    """What the web chat asks of ratings."""

    async def by_customer(self, conversation: str, answer: str, yes: bool) -> bool:
        """The customer says whether an answer helped. False if they were sent no such answer."""
        ...
