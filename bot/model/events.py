"""What can happen to an engagement or a delivery.

Every event carries its time and, when a person did it, the person: the core has no clock and
asks nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.conversation import Message
from bot.model.engagement import PeerWords
from bot.model.people import Person
from bot.model.proposal import Objection
from bot.model.reading import NO_CONTEXT, Context, Reading
from bot.model.reply import Draft
from bot.model.timeline import Reason

NOTHING = "-"  # in place of an intent: none of the brand's


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime


# From the customer's side


@dataclass(frozen=True, slots=True)
class MessageArrived(Event):
    message: Message


@dataclass(frozen=True, slots=True)
class MessageEdited(Event):
    message: Message  # the same id, a higher revision


@dataclass(frozen=True, slots=True)
class MessageDeleted(Event):
    message: str


@dataclass(frozen=True, slots=True)
class StaffSpoke(Event):
    """Somebody of the brand's answered in the channel itself: a person is talking."""

    person: Person


@dataclass(frozen=True, slots=True)
class PeerSpoke(Event):
    """Somebody else, not of the brand's, wrote in the conversation of an ask."""

    words: PeerWords


# From the machine


@dataclass(frozen=True, slots=True)
class Understood(Event):
    """What was read, and what was so around it then."""

    reading: Reading
    context: Context = NO_CONTEXT


@dataclass(frozen=True, slots=True)
class NotUnderstood(Event):
    """Understanding failed. A person decides."""

    why: str


@dataclass(frozen=True, slots=True)
class Drafted(Event):
    draft: Draft


@dataclass(frozen=True, slots=True)
class CouldNotDraft(Event):
    why: str
    fact: str = ""


@dataclass(frozen=True, slots=True)
class DuePassed(Event):
    pass


@dataclass(frozen=True, slots=True)
class KnowledgeChanged(Event):
    """Other rules, facts, intents or templates are in force; `version` names them.

    `draft` is what the software would write now. Without one `why` says why there is no honest
    one; both are empty where the software has nothing before anybody.
    """

    version: str
    draft: Draft | None = None
    why: str = ""


# From a person; `digest` names the reply they saw


@dataclass(frozen=True, slots=True)
class Approved(Event):
    person: Person
    digest: str


@dataclass(frozen=True, slots=True)
class Edited(Event):
    """A person's own words, submitted. `send`: approve them in this one step if the rules allow."""

    person: Person
    body: str
    digest: str
    send: bool = True


@dataclass(frozen=True, slots=True)
class Rejected(Event):
    """`objection` says what kind of reason it is; `intent`, what was asked instead, if known."""

    person: Person
    reason: str
    digest: str
    objection: Objection = Objection.OTHER
    intent: str = ""


@dataclass(frozen=True, slots=True)
class TakenOver(Event):
    """The claim. `seen`: who had it when they reached for it; if that is another by now, it is
    somebody else's claim that counts."""

    person: Person
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Released(Event):
    """Back to the team: others see it as theirs again."""

    person: Person


@dataclass(frozen=True, slots=True)
class Escalated(Event):
    """To another team, or to the leads when none is named, with a reason."""

    person: Person
    reason: str
    team: str = ""


@dataclass(frozen=True, slots=True)
class Assigned(Event):
    person: Person
    to: Person


@dataclass(frozen=True, slots=True)
class Redraft(Event):
    """Another draft, for another intent if one is named: a correction of what was understood."""

    person: Person
    intent: str = ""


@dataclass(frozen=True, slots=True)
class Tagged(Event):
    """A person says what was asked; nothing else changes. `intent` may be NOTHING."""

    person: Person
    intent: str


@dataclass(frozen=True, slots=True)
class Ignored(Event):
    """Closed without a reply. `measure`: what was done about it, one of its runbook's."""

    person: Person
    reason: str
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Undone(Event):
    person: Person


@dataclass(frozen=True, slots=True)
class Resolved(Event):
    """A person has looked where the software couldn't: it arrived, or it didn't."""

    person: Person
    arrived: bool


@dataclass(frozen=True, slots=True)
class CorrectionBegun(Event):
    """Somebody was told what is wrong: a person writes, once for all of them, what is right.

    Without a body, each of them waits for a person to write.
    """

    person: Person
    body: str


# From the sending


@dataclass(frozen=True, slots=True)
class SendNow(Event):
    person: Person


@dataclass(frozen=True, slots=True)
class UndoElapsed(Event):
    pass


@dataclass(frozen=True, slots=True)
class SendStarted(Event):
    """The moment before the call; the reply was judged again and nothing is worse."""


@dataclass(frozen=True, slots=True)
class SendReturned(Event):
    """Just before the call something was no longer as approved: back to the approver."""

    why: Reason


@dataclass(frozen=True, slots=True)
class Delivered(Event):
    receipt: str


@dataclass(frozen=True, slots=True)
class SendFailed(Event):
    """The channel certainly did not take it. `again`: it may be tried later."""

    why: str
    again: bool
    wait: float = 0.0  # seconds, as the channel asks


@dataclass(frozen=True, slots=True)
class SendUnknown(Event):
    why: str


@dataclass(frozen=True, slots=True)
class NotFound(Event):
    """We looked, after the grace period: it is not there."""


@dataclass(frozen=True, slots=True)
class CannotLook(Event):
    why: str
