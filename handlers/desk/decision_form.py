"""From a posted form to a person's decision: one reader for each action that has a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.cards.decisions import DECISIONS, Action, Filled
from bot.model import Objection, Person
from bot.model import events as e
from handlers.pages import Form

LONGEST_REPLY = 8_000  # characters
LONGEST_REASON = 500


class Incomplete(Exception):
    """Something is missing in the form; `str` says what, in words for the person."""


People = Callable[[str], Person | None]
Given = dict[str, Any]  # fields of `Filled`


def _edit(form: Form, people: People) -> Given:
    body = form.get("body").strip()
    if not body:
        raise Incomplete("There is no text yet. Write what the customer should read.")
    if len(body) > LONGEST_REPLY:
        raise Incomplete(f"The text has {len(body)} characters; {LONGEST_REPLY} are the most.")
    return {"words": body}


def _reject(form: Form, people: People) -> Given:
    known = form.get("objection")
    objection = Objection(known) if known in set(Objection) else Objection.OTHER
    reason = form.get("reason").strip()[:LONGEST_REASON]
    if not reason and objection is Objection.OTHER:
        raise Incomplete("Say why, so that the next draft is better.")
    return {"words": reason, "choice": form.get("intent"), "objection": objection}


def _ignore(form: Form, people: People) -> Given:
    words = _reason(form, "Say why it needs no answer.")
    return {"words": words, "choice": form.get("measure")}


def _escalate(form: Form, people: People) -> Given:
    words = _reason(form, "Say why, so that they know where to begin.")
    return {"words": words, "choice": form.get("team")}


def _assign(form: Form, people: People) -> Given:
    to = people(form.get("to"))
    if to is None:
        raise Incomplete("Choose who should have it.")
    return {"to": to}


def _intent(form: Form, people: People) -> Given:
    return {"choice": form.get("intent")}


def _reason(form: Form, missing: str) -> str:
    reason = form.get("reason").strip()[:LONGEST_REASON]
    if not reason:
        raise Incomplete(missing)
    return reason


#: what each form gives beside the text that was seen and who had it; an action without one, nothing
READERS: Mapping[Action, Callable[[Form, People], Given]] = {
    Action.EDIT: _edit,
    Action.REJECT: _reject,
    Action.IGNORE: _ignore,
    Action.ASSIGN: _assign,
    Action.REDRAFT: _intent,
    Action.TAG: _intent,
    Action.ESCALATE: _escalate,
}


def read_decision(
    action: Action, form: Form, person: Person, at: datetime, people: People
) -> e.Event:
    """What the person decided. Raises Incomplete if the form doesn't say enough."""
    given = READERS[action](form, people) if action in READERS else {}
    filled = Filled(at, person, form.get("digest"), seen=form.get("seen"))
    return DECISIONS[action].make(replace(filled, **given))
