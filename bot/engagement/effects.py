"""What to do about what happened. The runner carries these out in the very transaction that saves
the engagement, so that they are all durable, or none happened.

What has to be done *after* a commit (understand, draft, call a channel, wait) is not listed by a
step: it follows from the rows themselves (`bot.engagement.step.owed`,
`bot.engagement.sending.delivery_step.owed`), so that a restart finds it again."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import Delivery, Reply
from bot.record.entry import EntryKind


@dataclass(frozen=True, slots=True)
class Effect:
    pass


@dataclass(frozen=True, slots=True)
class Plan(Effect):
    """An approved reply is to go out under this delivery id when its undo window ends."""

    delivery: str
    reply: Reply
    digest: str
    approver: str
    undo: float


@dataclass(frozen=True, slots=True)
class Notify(Effect):
    """Send the fixed text for this reason: the customer hears what happens next."""

    reason: str


@dataclass(frozen=True, slots=True)
class Cancel(Effect):
    """The planned delivery must not go out."""

    delivery: str
    why: str


@dataclass(frozen=True, slots=True)
class Hasten(Effect):
    """The undo window of the delivery ends now. `over_cap`: whatever the rate, it goes out."""

    delivery: str
    over_cap: bool = False


@dataclass(frozen=True, slots=True)
class Append(Effect):
    """An entry on the record about the engagement itself: handed over, refused, closed.

    `why` names nobody: the record says roles. `measure`: what was done, by its runbook.
    """

    kind: EntryKind
    why: str
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Corrected(Effect):
    """An entry on the record, beside the one that was wrong, that says where it is put right."""

    entry: str


@dataclass(frozen=True, slots=True)
class AppendDelivery(Effect):
    """An entry on the record about a delivery: intended, sent, not sent, uncertain."""

    kind: EntryKind
    delivery: Delivery


@dataclass(frozen=True, slots=True)
class Publish(Effect):
    """The customer's turn is finished: the engagement's entries may be read by everybody."""


@dataclass(frozen=True, slots=True)
class Forget(Effect):
    """Nobody chose to enter what was overheard: its words are removed."""


@dataclass(frozen=True, slots=True)
class Alarm(Effect):
    """Something is wrong that whoever runs it has to see: an error in the log."""

    words: str


@dataclass(frozen=True, slots=True)
class Tell(Effect):
    """Words for the person who caused the event, and for nobody else."""

    words: str
    done: bool
