"""An engagement: one ask, from arrival to outcome; and the delivery of what is sent for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.conversation import Audience, Author, Message, Place
from bot.model.packet import Packet
from bot.model.reading import ALONE, Circumstances, Reading
from bot.model.reply import Draft, Reply
from bot.model.verdict import Verdict


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
    CLOSED = "closed"  # ended without a reply, for the reason in `why`

    @property
    def open(self) -> bool:
        """Whether the customer's next message still belongs to it."""
        return self not in (State.SENDING, State.UNCERTAIN, State.SENT, State.CLOSED)


@dataclass(frozen=True, slots=True)
class Approval:
    """A person's decision on an exact reply, named by its digest."""

    person: str
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of an engagement's timeline, in plain words."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class PeerWords:
    """That somebody else wrote beside an ask. Their words stay in their own message, so that they
    are gone here as well when they are forgotten there. `asks`: it is a question of their own."""

    message: str
    author: str
    name: str
    asks: bool


@dataclass(frozen=True, slots=True)
class Engagement:
    """One ask, handled from arrival to outcome. One card for the people who decide.

    `why` says in plain words why a person has it, or why it ended. `candidate` is the reply as it
    would be sent, `digest` names it. `draft` is what the software wrote, kept while a person edits.
    """

    id: str
    place: Place
    audience: Audience
    customer: Author
    messages: tuple[Message, ...]
    state: State
    opened: datetime
    due: datetime
    entry: str
    reading: Reading | None = None
    circumstances: Circumstances = ALONE
    asked: Verdict | None = None  # what the rules on messages say
    draft: Draft | None = None
    candidate: Reply | None = None
    digest: str = ""
    verdict: Verdict | None = None
    approvals: tuple[Approval, ...] = ()
    editor: str = ""  # whose words the candidate holds, when not the software's
    owner: str = ""  # the person who has taken it
    why: str = ""
    stale: bool = False  # the customer wrote again after the draft was made
    follow_up: bool = False  # a person has more to do once the reply is sent
    chosen: bool = False  # overheard, and a person chose to enter
    corrects: str = ""  # the entry of the record that its reply puts right
    first_contact: bool = False  # nothing was said to this customer here before
    replies: int = 0  # how many replies have been sent for it
    late: bool = False  # the due time passed, and the customer was told
    broken: bool = False  # the second time that was promised passed as well
    escalated: str = ""  # why a lead has to look, in words; empty: nobody has to
    reason: str = ""  # the id of why it was handed over: a rule, a reason for not understanding
    team: str = ""  # whose it is; empty: everybody's
    placed: bool = False  # a person chose the team: routing leaves it
    talking: bool = False  # a person writes with the customer in the channel itself
    answered: datetime | None = None  # when we last said something that was not automated
    follows: str = ""  # the engagement that this customer had here before
    packet: Packet | None = None  # what the person got when it was handed over
    intents: tuple[str, ...] = ()  # of several asks that one reply answers
    runbook: str = ""  # what people do about it; see bot/handoff/runbooks.py
    hushed: bool = False  # nothing may answer it by itself
    sample: bool = False  # shows what the desk does; nobody wrote it
    notices: tuple[str, ...] = ()
    delivery: str = ""
    read: Reading | None = None  # what the software had read, once a person said otherwise
    meant: str = ""  # the intent that a person says it was; `events.NOTHING`: none of the brand's
    ready: datetime | None = None  # since when the draft is before people
    audit: bool = False  # drawn at random: drafted in any case, to be read closely
    least: float = 0.0  # the margin below which nothing was drafted when it was read, audits aside
    peers: tuple[PeerWords, ...] = ()  # what others wrote beside it, oldest first
    timeline: tuple[Happening, ...] = ()
    version: int = 0

    @property
    def text(self) -> str:
        """What the customer asks, in their words."""
        return "\n".join(message.text for message in self.messages)


class DeliveryState(StrEnum):
    """Where a delivery stands. bot/engagement/sending/delivery_step.py says how one leads to
    another.
    """

    PLANNED = "planned"  # the undo window runs
    DUE = "due"  # may be sent now
    SENDING = "sending"  # committed before the call
    UNKNOWN = "unknown"  # the call's outcome is unknown; the grace period runs, then we look
    SENT = "sent"
    REFUSED = "refused"  # the channel said no, for good
    UNCERTAIN = "uncertain"  # cannot be looked up: a person decides
    CANCELLED = "cancelled"  # undone, or returned to the approver


@dataclass(frozen=True, slots=True)
class Delivery:
    """One text on its way to one place, at most once. `id` travels with it, to look it up by.

    `digest` binds reply and payload: what the channel is given is what was approved.
    """

    id: str
    engagement: str
    reply: Reply
    payload: str
    digest: str
    state: DeliveryState
    undo: float  # seconds
    notice: str = ""  # which notice it is; empty for a reply
    approver: str = ""
    attempts: int = 0
    receipt: str = ""  # the channel's own id of the post
    why: str = ""
    over_cap: bool = False  # a lead sends it now, however much went out within the hour
