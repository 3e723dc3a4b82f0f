"""From a posted form to a person's decision: one reader for each action, found by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.cards.card import Action
from bot.model import Objection, Person
from bot.model import events as e
from handlers.pages import Form

LONGEST_REPLY = 8_000  # characters
LONGEST_REASON = 500


class Incomplete(Exception):
    """Something is missing in the form; `str` says what, in words for the person."""


People = Callable[[str], Person | None]
Reader = Callable[[Form, Person, datetime, People], e.Event]


def _approve(form: Form, person: Person, at: datetime, people: People) -> e.Event:
    return e.Approved(at, person, form.get("digest"))


def _edit(form: Form, person: Person, at: datetime, people: People) -> e.Event:
    body = form.get("body").strip()
    if not body:
        raise Incomplete("There is no text yet. Write what the customer should read.")
    if len(body) > LONGEST_REPLY:
        raise Incomplete(f"The text has {len(body)} characters; {LONGEST_REPLY} are the most.")
    return e.Edited(at, person, body, form.get("digest"))


def _reject(form: Form, person: Person, at: datetime, people: People) -> e.Event:
    known = form.get("objection")
    objection = Objection(known) if known in set(Objection) else Objection.OTHER
    missing = "Say why, so that the next draft is better."
    reason = form.get("reason").strip()[:LONGEST_REASON]
    if not reason and objection is Objection.OTHER:
        raise Incomplete(missing)
    intent = form.get("intent") if objection is Objection.NOT_ASKED else ""
    return e.Rejected(at, person, reason, form.get("digest"), objection, intent)


def _tag(form: Form, person: Person, at: datetime, people: People) -> e.Event:
    return e.Tagged(at, person, form.get("intent"))


def _ignore(form: Form, person: Person, at: datetime, people: People) -> e.Event:
    reason = _reason(form, "Say why it needs no answer.")
    return e.Ignored(at, person, reason, form.get("measure"))


def _assign(form: Form, person: Person, at: datetime, people: People) -> e.Event:
    to = people(form.get("to"))
    if to is None:
        raise Incomplete("Choose who should have it.")
    return e.Assigned(at, person, to)


def _redraft(form: Form, person: Person, at: datetime, people: People) -> e.Event:
    return e.Redraft(at, person, form.get("intent"))


def _reason(form: Form, missing: str) -> str:
    reason = form.get("reason").strip()[:LONGEST_REASON]
    if not reason:
        raise Incomplete(missing)
    return reason


def _escalate(form: Form, person: Person, at: datetime, people: People) -> e.Event:
    reason = _reason(form, "Say why, so that they know where to begin.")
    return e.Escalated(at, person, reason, form.get("team"))


READERS: Mapping[Action, Reader] = {
    Action.APPROVE: _approve,
    Action.EDIT: _edit,
    Action.REJECT: _reject,
    Action.IGNORE: _ignore,
    Action.ASSIGN: _assign,
    Action.REDRAFT: _redraft,
    Action.TAG: _tag,
    Action.TAKE_OVER: lambda form, person, at, people: e.TakenOver(at, person, form.get("seen")),
    Action.RELEASE: lambda form, person, at, people: e.Released(at, person),
    Action.ESCALATE: _escalate,
    Action.UNDO: lambda form, person, at, people: e.Undone(at, person),
    Action.SEND_NOW: lambda form, person, at, people: e.SendNow(at, person),
    Action.RESOLVE_SENT: lambda form, person, at, people: e.Resolved(at, person, arrived=True),
    Action.RESOLVE_UNSENT: lambda form, person, at, people: e.Resolved(at, person, arrived=False),
}


def decision(action: Action, form: Form, person: Person, at: datetime, people: People) -> e.Event:
    """What the person decided. Raises Incomplete if the form doesn't say enough."""
    return READERS[action](form, person, at, people)
