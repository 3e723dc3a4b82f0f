"""Whose an engagement is: claim, assign, give back, pass on.

A claim names who had it when the person reached for it, so of two who reach at once one wins, and
the other learns who. Giving back returns it to its team; passing on brings it before another team
or the leads, with a reason. None of it sends anything, and none of it moves a time that a customer
was promised: only a time that has passed already begins anew.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.brand.business_hours import answer_due_at
from bot.cards.wording import ago, name_of
from bot.engagement.effects import Effect, Tell
from bot.engagement.steps import Step, cancelled, said
from bot.handoff.routing import decides
from bot.knowledge import Knowledge
from bot.model import Engagement, Person, Role, State
from bot.model import events as e


def taken_over(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.TakenOver)
    person, who = event.person, name_of(event.person)
    if engagement.owner not in ("", person.id, event.seen):
        return engagement, (Tell(_first(engagement, event.at, knowledge), done=False),)
    entered = engagement.state is State.OVERHEARD
    stop: tuple[Effect, ...] = cancelled(engagement, f"{who} took over")
    fresh = replace(engagement, delivery="", approvals=(), chosen=engagement.chosen or entered)
    why = engagement.why if engagement.why and not entered else f"{who} took over."
    after = replace(fresh, state=State.PERSON, why=why)
    after = _held(after, person, event.at, knowledge, anew=entered)
    return said(after, event.at, who, "chose to enter" if entered else "took over"), (
        *stop,
        Tell("It is yours.", done=True),
    )


def assigned(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.Assigned)
    team = knowledge.brand.find_team(engagement.team)
    if not decides(team, event.to):
        role = "" if team is None or team.role is None else f" on what is {team.title}’s"
        words = f"{name_of(event.to)} may not decide{role}; give it to somebody who may."
        return engagement, (Tell(words, done=False),)
    state = State.WAITING if engagement.state is State.WAITING else State.PERSON
    after = _held(replace(engagement, state=state), event.to, event.at, knowledge)
    what = f"assigned it to {name_of(event.to)}"
    return said(after, event.at, name_of(event.person), what), (Tell("Assigned.", done=True),)


def released(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.Released)
    if not engagement.owner:
        return engagement, (Tell("Nothing changed: nobody has it.", done=False),)
    if engagement.owner != event.person.id and Role.LEAD not in event.person.roles:
        owner = _name(engagement.owner, knowledge)
        words = f"Nothing changed: {owner} has it, and only they or a lead give it back."
        return engagement, (Tell(words, done=False),)
    team = knowledge.brand.find_team(engagement.team)
    to = team.title if team else "everybody"
    after = replace(engagement, owner="", talking=False)
    return said(after, event.at, name_of(event.person), f"gave it back to {to}"), (
        Tell(f"Given back: {to} can see it again.", done=True),
    )


def escalated(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """To another team, or to the leads of the one that has it."""
    assert isinstance(event, e.Escalated)
    reason = event.reason.strip()
    if not reason:
        return engagement, (Tell("Say why, so that they know where to begin.", done=False),)
    team = knowledge.brand.find_team(event.team)
    if event.team and (team is None or event.team == engagement.team):
        return engagement, (Tell("Choose another team, or the leads.", done=False),)
    who, to = name_of(event.person), team.title if team else "the leads"
    words = f"{who} passed it to {to}: {reason}"
    after = replace(
        engagement,
        owner="",
        talking=False,
        placed=True,
        team=team.id if team else engagement.team,
        escalated="" if team else words,
        why=words,
    )
    return said(after, event.at, who, f"passed it to {to}: {reason}"), (
        Tell(f"Passed to {to}.", done=True),
    )


def _held(
    engagement: Engagement, person: Person, at: datetime, knowledge: Knowledge, anew: bool = False
) -> Engagement:
    """In a person's hands. A time that has passed begins anew, for them; the customer keeps what
    they were told."""
    by = engagement.due
    if anew or by <= at:
        by = answer_due_at(at, knowledge.brand.hours_of_team(engagement.team))
    return replace(engagement, owner=person.id, escalated="", broken=False, due=by)


def _first(engagement: Engagement, at: datetime, knowledge: Knowledge) -> str:
    """For whoever reached for it second."""
    owner = _name(engagement.owner, knowledge)
    line = next((line for line in reversed(engagement.timeline) if owner in line.who), None)
    since = f", since {ago(line.at, at)}" if line else ""
    return f"Nothing changed: {owner} was first and has it{since}."


def _name(person: str, knowledge: Knowledge) -> str:
    known = knowledge.brand.find_person(person)
    return name_of(known) if known else person
