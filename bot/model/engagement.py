"""An engagement: one ask, from arrival to outcome.

A small core, and parts with a life of their own: what is understood (bot/model/reading.py), the
proposal, the handling, the clock. Each part has the verbs that change it; which event does what is
in bot/engagement.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.model.conversation import Audience, Author, Identity, Message, Place
from bot.model.handling import UNHANDLED, Handling
from bot.model.proposal import NO_PROPOSAL, Proposal
from bot.model.reading import NOT_READ, Understanding
from bot.model.timeline import Actor, Happened, Happening, Reason


class State(StrEnum):
    """Where an engagement stands. bot/engagement/states.py says how one leads to another."""

    ARRIVED = "arrived"  # stored; nobody has understood it yet
    UNDERSTOOD = "understood"  # the ask is known; to be drafted
    WAITING = "waiting"  # a draft is before a person
    PERSON = "person"  # handed over: a person writes
    APPROVED = "approved"  # decided; the undo window runs
    SENDING = "sending"  # the call to the channel is on its way, or its outcome is unknown
    UNCERTAIN = "uncertain"  # nobody can say whether it arrived: a person looks
    PEERS = "peers"  # asked among peers: whoever is there may answer first
    OVERHEARD = "overheard"  # said about the brand; only a person can choose to enter
    SENT = "sent"
    CLOSED = "closed"  # ended without a reply, for the reason in `handling.why`

    @property
    def open(self) -> bool:
        """Whether the customer's next message still belongs to it."""
        return self not in (State.SENDING, State.UNCERTAIN, State.SENT, State.CLOSED)


@dataclass(frozen=True, slots=True)
class PeerWords:
    """That somebody else wrote beside an ask. Their words stay in their own message, so that they
    are gone here as well when they are forgotten there. `asks`: it is a question of their own."""

    message: str
    author: str
    name: str
    asks: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """By when a customer is owed an answer. `late`: that time passed, and they were told; `broken`:
    the second one passed as well; `answered`: when we last said something that was not automated.
    """

    due: datetime
    late: bool = False
    broken: bool = False
    answered: datetime | None = None

    def set_due(self, due: datetime) -> Clock:
        """With another time; what was missed stays missed."""
        return replace(self, due=due)

    def restart(self, due: datetime) -> Clock:
        """A new turn of the customer's, with a time of its own."""
        return replace(self, due=due, late=False, broken=False)

    def miss(self, due: datetime) -> Clock:
        """The time has passed; the customer hears another."""
        return replace(self, due=due, late=True)

    def miss_again(self) -> Clock:
        """The second time has passed as well."""
        return replace(self, broken=True)

    def answer(self, at: datetime) -> Clock:
        """We have said something that was not automated."""
        return replace(self, answered=at)


@dataclass(frozen=True, slots=True)
class Engagement:
    """One ask, handled from arrival to outcome. One card for the people who decide."""

    id: str
    place: Place
    audience: Audience
    customer: Author
    messages: tuple[Message, ...]
    state: State
    opened: datetime
    clock: Clock
    entry: str  # the address of its entry in the record
    understanding: Understanding = NOT_READ
    proposal: Proposal = NO_PROPOSAL
    handling: Handling = UNHANDLED
    chosen: bool = False  # overheard, and a person chose to enter
    corrects: str = ""  # the entry of the record that its reply puts right
    first_contact: bool = False  # nothing was said to this customer here before
    follows: str = ""  # the engagement that this customer had here before
    sample: bool = False  # shows what the desk does; nobody wrote it
    replies: int = 0  # how many replies have been sent for it
    notices: tuple[str, ...] = ()
    peers: tuple[PeerWords, ...] = ()  # what others wrote beside it, oldest first
    timeline: tuple[Happening, ...] = field(default=())
    version: int = 0

    @property
    def text(self) -> str:
        """What the customer asks, in their words."""
        return "\n".join(message.text for message in self.messages)

    @property
    def revisions(self) -> tuple[str, ...]:
        """The messages that a reply to it answers, each at the revision that was read."""
        return tuple(f"{message.id}@{message.revision}" for message in self.messages)

    @property
    def identity(self) -> Identity:
        """The account of whose ask it is."""
        return Identity(self.place.channel, self.customer.id)

    @property
    def spoke_to_us(self) -> bool:
        """Whether the customer spoke to the brand. Unread, the platform's own facts have to say so.
        What was overheard joins no profile, whoever entered the conversation afterwards."""
        reading = self.understanding.reading
        if reading is not None:
            return reading.addressed
        return any(m.direct or m.mention or m.reply for m in self.messages)

    @property
    def addressed_us(self) -> bool:
        """Whether they spoke to us, or a person chose to enter: only then a notice may go out."""
        entered = self.chosen and self.understanding.reading is not None
        return self.spoke_to_us or entered

    @property
    def asked_since_answer(self) -> bool:
        """Whether the customer has written since we answered last."""
        last = self.clock.answered
        return last is None or any(message.at > last for message in self.messages)

    def note(
        self,
        at: datetime,
        actor: Actor,
        what: Happened,
        *,
        person: str = "",
        reason: Reason | None = None,
        **about: str,
    ) -> Engagement:
        """With a line more in its timeline."""
        line = Happening(at, actor, what, person, about, reason)
        return replace(self, timeline=(*self.timeline, line))
