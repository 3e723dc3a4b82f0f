"""What to do about what happened. The edge carries these out in the very transaction that saves the
engagement, so that they are all durable, or none happened.

What has to be done *after* a commit (understand, draft, call a channel, wait) is not listed by a
step: it follows from the rows themselves, so that a restart finds it again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.knowledge import Knowledge
from bot.model import Delivery, Engagement, Reason, Reply
from bot.model import events as e
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


@dataclass(frozen=True, slots=True)
class Hasten(Effect):
    """The undo window of the delivery ends now. `over_cap`: whatever the rate, it goes out."""

    delivery: str
    over_cap: bool = False


@dataclass(frozen=True, slots=True)
class Append(Effect):
    """An entry on the record about the engagement itself: handed over, refused, closed.

    The reason is said there without naming anybody. `measure`: what was done, by its runbook.
    """

    kind: EntryKind
    reason: Reason
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
    """A hand-over lacks these parts: whoever runs it has to see an error in the log."""

    missing: tuple[Reason, ...]


class Answer(StrEnum):
    """What a person is told of their decision; bot/cards/decision_words.py says it in words."""

    # nothing changed
    TOO_LATE = "too-late"
    NOT_THE_TEXT_SEEN = "not-the-text-seen"
    CHANGED_MEANWHILE = "changed-meanwhile"  # their own words are kept
    BLOCKED = "blocked"
    NEW_FINDINGS = "new-findings"
    OWN_WORDS = "own-words"
    APPROVED_ALREADY = "approved-already"
    NO_TEXT = "no-text"
    PICK_AN_INTENT = "pick-an-intent"
    PICK_WHAT_WAS_ASKED = "pick-what-was-asked"
    SAY_WHY_CLOSED = "say-why-closed"
    NO_SUCH_MEASURE = "no-such-measure"  # measure
    SOMEBODY_WAS_FIRST = "somebody-was-first"
    MAY_NOT_BE_GIVEN = "may-not-be-given"  # to
    NOBODY_HAS_IT = "nobody-has-it"
    OTHERS_HAVE_IT = "others-have-it"
    SAY_WHY_PASSED = "say-why-passed"
    CHOOSE_ANOTHER_TEAM = "choose-another-team"
    MAY_ONLY_LOOK = "may-only-look"
    NEEDS_ROLE = "needs-role"
    FAILED = "failed"  # event, error
    # done, or kept
    APPROVED = "approved"  # undo: seconds
    ONE_MORE = "one-more"
    KEPT_AGAINST_RULES = "kept-against-rules"  # outcome
    KEPT_FOR_ANOTHER = "kept-for-another"
    KEPT = "kept"
    REJECTED = "rejected"
    DRAFTING = "drafting"
    NOTED = "noted"
    CLOSED = "closed"
    CLOSED_WITH_MEASURE = "closed-with-measure"
    CLOSED_AND_TOLD = "closed-and-told"
    UNDONE = "undone"
    BEING_SENT = "being-sent"
    BACK_TO_APPROVE = "back-to-approve"
    NOTED_SENT = "noted-sent"
    YOURS = "yours"
    ASSIGNED = "assigned"
    GIVEN_BACK = "given-back"
    PASSED_ON = "passed-on"  # team; none: the leads


@dataclass(frozen=True, slots=True)
class Tell(Effect):
    """An answer for the person who caused the event, and for nobody else. `done`: what they asked
    for is so now."""

    answer: Answer
    done: bool
    about: Mapping[str, str] = field(default_factory=dict)


Step = tuple[Engagement, tuple[Effect, ...]]
Handlers = Mapping[type[e.Event], Callable[[Engagement, e.Event, Knowledge], Step]]
