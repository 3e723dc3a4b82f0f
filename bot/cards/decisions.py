"""What people can decide, once for every surface: the event it makes, and how it is called.

To add one: an event (bot/model/events.py), its row (bot/engagement/states.py), what it does (an
`on_…` file), and a line here. One that is `plain` needs no place of its own on any surface: each
shows a button for it, and the timeline a word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model import Objection, Person
from bot.model import events as e


class Action(StrEnum):
    """What a person can do with a card. Which of these, depends on its state and their rights."""

    APPROVE = "approve"
    EDIT = "edit"
    REJECT = "reject"
    TAKE_OVER = "take-over"
    RELEASE = "release"
    ESCALATE = "escalate"
    REDRAFT = "redraft"
    ASSIGN = "assign"
    TAG = "tag"
    IGNORE = "ignore"
    UNDO = "undo"
    SEND_NOW = "send-now"
    RESOLVE_SENT = "resolve-sent"
    RESOLVE_UNSENT = "resolve-unsent"


@dataclass(frozen=True, slots=True)
class Filled:
    """What a person filled in with a decision; what it doesn't need stays empty.

    `digest` names the text that they saw, `seen` who had the card on their screen. `words` are
    their own: a text or a reason. `choice`: an intent, a team or a measure, by what is decided."""

    at: datetime
    person: Person
    digest: str = ""
    words: str = ""
    choice: str = ""
    objection: Objection = Objection.OTHER
    seen: str = ""
    to: Person | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """`event` is the kind that it causes, `make` makes it. `style`: how its button looks in a row
    of them: primary, danger or plain. `plain`: every surface shows it without knowing it; `told`
    says it in the timeline then, after who did it.
    """

    event: type[e.Event]
    make: Callable[[Filled], e.Event]
    label: str
    style: str = ""
    plain: bool = False
    told: str = ""


def _reject(it: Filled) -> e.Event:
    intent = it.choice if it.objection is Objection.NOT_ASKED else ""
    return e.Rejected(it.at, it.person, it.words, it.digest, it.objection, intent)


def _assign(it: Filled) -> e.Event:
    return e.Assigned(it.at, it.person, it.to or it.person)


DECISIONS: Mapping[Action, Decision] = {  # in the order of a row of buttons
    Action.APPROVE: Decision(
        e.Approved, lambda it: e.Approved(it.at, it.person, it.digest), "Approve", "primary"
    ),
    Action.SEND_NOW: Decision(
        e.SendNow, lambda it: e.SendNow(it.at, it.person), "Send now", "primary"
    ),
    Action.UNDO: Decision(e.Undone, lambda it: e.Undone(it.at, it.person), "Undo"),
    Action.RESOLVE_SENT: Decision(
        e.Resolved, lambda it: e.Resolved(it.at, it.person, arrived=True), "It arrived", "primary"
    ),
    Action.RESOLVE_UNSENT: Decision(
        e.Resolved, lambda it: e.Resolved(it.at, it.person, arrived=False), "It did not arrive"
    ),
    Action.EDIT: Decision(
        e.Edited, lambda it: e.Edited(it.at, it.person, it.words, it.digest), "Edit"
    ),
    Action.REJECT: Decision(e.Rejected, _reject, "Reject", "danger"),
    Action.TAKE_OVER: Decision(
        e.TakenOver, lambda it: e.TakenOver(it.at, it.person, it.seen), "Take over"
    ),
    Action.RELEASE: Decision(e.Released, lambda it: e.Released(it.at, it.person), "Give back"),
    Action.ESCALATE: Decision(
        e.Escalated, lambda it: e.Escalated(it.at, it.person, it.words, it.choice), "Pass on…"
    ),
    Action.REDRAFT: Decision(
        e.Redraft, lambda it: e.Redraft(it.at, it.person, it.choice), "Draft for …"
    ),
    Action.ASSIGN: Decision(e.Assigned, _assign, "Assign"),
    Action.TAG: Decision(
        e.Tagged, lambda it: e.Tagged(it.at, it.person, it.choice), "It was asked …"
    ),
    Action.IGNORE: Decision(
        e.Ignored, lambda it: e.Ignored(it.at, it.person, it.words, it.choice), "No reply needed"
    ),
}
