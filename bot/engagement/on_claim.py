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
from bot.engagement.effects import Answer, Handlers, Step, Tell
from bot.engagement.handing_over import cancel_planned, give_packet, leave_peers, withdraw_proposal
from bot.handoff.routing import may_decide_for
from bot.knowledge import Knowledge
from bot.model import Actor, Engagement, Happened, Reason, Role, State, Why
from bot.model import events as e


def person_takes_over(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """The claim; of what was overheard, the choice to enter."""
    assert isinstance(event, e.TakenOver)
    person, handling = event.person.id, before.handling
    if handling.owner not in ("", person, event.seen):
        return before, (Tell(Answer.SOMEBODY_WAS_FIRST, done=False),)
    if before.state is State.PERSON and handling.owner == person:
        return before, (Tell(Answer.YOURS, done=True),)
    entered = before.state is State.OVERHEARD
    left = withdraw_proposal(leave_peers(before, event.at, knowledge))
    kept = handling.why if before.state is not State.PEERS and not entered else None
    why = kept or Reason(Why.TAKEN_OVER, {"person": person})
    after = replace(
        left,
        state=State.PERSON,
        handling=left.handling.explain(why),
        chosen=before.chosen or entered,
    )
    after = _claim(after, person, event.at, knowledge, anew=entered)
    what = Happened.CHOSE_TO_ENTER if entered else Happened.TOOK_OVER
    after = after.note(event.at, Actor.PERSON, what, person=person)
    after, alarms = give_packet(before, after, event.at, knowledge)
    return after, (*cancel_planned(before), *alarms, Tell(Answer.YOURS, done=True))


def person_assigns(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """To a colleague who may decide on it."""
    assert isinstance(event, e.Assigned)
    to, person = event.to.id, event.person.id
    if not may_decide_for(knowledge.brand.find_team(before.handling.team), event.to):
        return before, (Tell(Answer.MAY_NOT_BE_GIVEN, done=False, about={"to": to}),)
    state = State.WAITING if before.state is State.WAITING else State.PERSON
    left = replace(leave_peers(before, event.at, knowledge), state=state)
    if state is State.PERSON and (before.state is State.PEERS or left.handling.why is None):
        why = Reason(Why.GIVEN, {"person": person, "to": to})
        left = replace(left, handling=left.handling.explain(why))
    after = _claim(left, to, event.at, knowledge)
    after = after.note(event.at, Actor.PERSON, Happened.ASSIGNED, person=person, to=to)
    after, alarms = give_packet(before, after, event.at, knowledge)
    return after, (*alarms, Tell(Answer.ASSIGNED, done=True))


def person_gives_back(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """Back to its team: others see it as theirs again."""
    assert isinstance(event, e.Released)
    owner, person = before.handling.owner, event.person
    if not owner:
        return before, (Tell(Answer.NOBODY_HAS_IT, done=False),)
    if owner != person.id and Role.LEAD not in person.roles:
        return before, (Tell(Answer.OTHERS_HAVE_IT, done=False),)
    after = replace(before, handling=before.handling.release())
    team = before.handling.team
    after = after.note(event.at, Actor.PERSON, Happened.GAVE_BACK, person=person.id, team=team)
    return after, (Tell(Answer.GIVEN_BACK, done=True),)


def person_passes_on(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """To another team, or to the leads of the one that has it."""
    assert isinstance(event, e.Escalated)
    words, person = event.reason.strip(), event.person.id
    if not words:
        return before, (Tell(Answer.SAY_WHY_PASSED, done=False),)
    team = knowledge.brand.find_team(event.team)
    if event.team and (team is None or event.team == before.handling.team):
        return before, (Tell(Answer.CHOOSE_ANOTHER_TEAM, done=False),)
    to = team.id if team else ""
    why = Reason(Why.PASSED_ON, {"person": person, "team": to, "words": words})
    had = before.handling
    handling = had.pass_to_team(to, why) if team else had.pass_to_leads(why)
    after = replace(before, handling=handling)
    after = after.note(
        event.at, Actor.PERSON, Happened.PASSED_ON, person=person, team=to, words=words
    )
    after, alarms = give_packet(before, after, event.at, knowledge)
    return after, (*alarms, Tell(Answer.PASSED_ON, done=True, about={"team": to}))


def _claim(
    engagement: Engagement, person: str, at: datetime, knowledge: Knowledge, anew: bool = False
) -> Engagement:
    """In a person's hands. A time that has passed begins anew, for them; the customer keeps what
    they were told."""
    clock = replace(engagement.clock, broken=False)
    if anew or clock.due <= at:
        clock = clock.set_due(
            answer_due_at(at, knowledge.brand.hours_of_team(engagement.handling.team))
        )
    return replace(engagement, handling=engagement.handling.claim(person), clock=clock)


HANDLERS: Handlers = {
    e.TakenOver: person_takes_over,
    e.Assigned: person_assigns,
    e.Released: person_gives_back,
    e.Escalated: person_passes_on,
}
