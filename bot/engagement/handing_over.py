"""How an ask comes to a person, or to its end: the moves that several events share.

Every hand-over goes this way, so none is silent: the team is found, the time set, the customer
told, the record written, and the packet built. `before` is the engagement as the event found it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.brand.business_hours import answer_due_at
from bot.engagement.effects import Alarm, Append, Cancel, Effect, Notify, Publish, Step
from bot.engagement.judging import judge_ask
from bot.handoff.packet_building import build_packet
from bot.handoff.routing import describe_ask, find_least_busy, route
from bot.handoff.severity import cause_of
from bot.knowledge import Knowledge
from bot.model import Actor, Engagement, Finding, Happened, Outcome, Reason, State, Why
from bot.record.entry import EntryKind

# without a runbook that says so: no automatic reply, for a loop needs an end, and it is our own
# notices that keep another program answering
SILENT_CAUSES = frozenset({"loop", "back-and-forth"})


def hand_over(
    before: Engagement,
    engagement: Engagement,
    at: datetime,
    why: Reason,
    cause: str,
    knowledge: Knowledge,
    owner: str = "",
) -> Step:
    """A person has it, the customer hears so, the record says so. `owner`: who has it by name;
    without one the team has it, or whoever of the team it names."""
    after = assign_team(engagement, cause, at, knowledge)
    after = replace(after, state=State.PERSON, handling=after.handling.hand_over(why, cause))
    if after.clock.due <= at:  # what the customer is told now is another time, and it is late
        again = answer_due_at(at, knowledge.brand.hours_of_team(after.handling.team))
        after = replace(after, clock=after.clock.miss(again))
    after = after.note(at, Actor.SOFTWARE, Happened.HANDED_OVER, reason=why)
    after = assign_owner(after, owner or engagement.handling.owner, at, knowledge)
    effects: tuple[Effect, ...] = (Append(EntryKind.HANDED_OVER, why),)
    told = engagement.handling.hushed or engagement.handling.owner
    if not told and engagement.addressed_us:
        effects = (Notify(cause), *effects)
    after, alarms = give_packet(before, after, at, knowledge)
    return after, (*effects, *alarms)


def hand_over_by_rule(
    before: Engagement,
    engagement: Engagement,
    at: datetime,
    finding: Finding,
    knowledge: Knowledge,
    owner: str = "",
) -> Step:
    """Hand over because a rule says so, under its runbook if it names one."""
    runbook = knowledge.runbooks.get(finding.runbook)
    verdict = engagement.understanding.verdict
    found = verdict.findings if verdict else ()
    silent = any(cause_of(f) in SILENT_CAUSES for f in found if f.outcome is Outcome.HANDOFF)
    silent = silent or (runbook is not None and not runbook.automatic)
    under = engagement.handling.follow_runbook(runbook.id if runbook else "", silent)
    why = Reason(Why.RULE, {"rule": finding.rule})
    under_it = replace(engagement, handling=under)
    return hand_over(before, under_it, at, why, cause_of(finding), knowledge, owner)


def assign_team(
    engagement: Engagement, cause: str, at: datetime, knowledge: Knowledge
) -> Engagement:
    """With the team that takes it, and due by that team's hours.

    Where a person chose the team, it stays; so does a time that the customer was told.
    """
    brand, handling, clock = knowledge.brand, engagement.handling, engagement.clock
    team = brand.find_team(handling.team) if handling.placed else None
    team = team or route(brand.teams, describe_ask(engagement, cause), at, brand.hours)
    handling = replace(handling, team=team.id if team else "")
    if not (engagement.notices or clock.late or clock.answered):
        clock = clock.set_due(answer_due_at(engagement.opened, brand.hours_of_team(handling.team)))
    return replace(engagement, handling=handling, clock=clock)


def assign_owner(
    engagement: Engagement, owner: str, at: datetime, knowledge: Knowledge
) -> Engagement:
    """Given to this person; without one, to whoever of the team is least busy, where the team is
    one that names somebody."""
    if owner:
        return replace(engagement, handling=replace(engagement.handling, owner=owner))
    team = knowledge.brand.find_team(engagement.handling.team)
    if team is None or not team.least_busy:
        return engagement
    load = engagement.understanding.context.load
    person = find_least_busy(team, knowledge.brand.people, load)
    if person is None:
        return engagement
    given = replace(engagement, handling=replace(engagement.handling, owner=person.id))
    return given.note(at, Actor.SOFTWARE, Happened.GIVEN_TO, to=person.id)


def give_packet(before: Engagement, after: Engagement, at: datetime, knowledge: Knowledge) -> Step:
    """With what the person needs, if the event gave it to them or changed what they need.

    A person who takes what nobody has read yet gets it as it is: there is nothing to hand over.
    """
    fresh = before.state is not State.PERSON or before.handling.why != after.handling.why
    changed = fresh or before.messages != after.messages
    known = after.understanding
    unread = known.reading is None and not after.handling.cause
    if after.state is not State.PERSON or not changed or unread:
        return after, ()
    if known.reading is not None and known.verdict is None:
        after = judge_ask(after, knowledge)
    packet = build_packet(before, after, at, knowledge)
    packed = replace(after, handling=replace(after.handling, packet=packet))
    had = before.handling.packet
    if not packet.missing or (had and had.missing == packet.missing):
        return packed, ()
    parts = " ".join(one.about["part"] for one in packet.missing)
    noted = packed.note(at, Actor.SOFTWARE, Happened.INCOMPLETE, parts=parts)
    return noted, (Alarm(packet.missing),)


def close(
    engagement: Engagement,
    at: datetime,
    why: Reason,
    effects: tuple[Effect, ...] = (),
    *,
    actor: Actor = Actor.SOFTWARE,
    person: str = "",
    measure: str = "",
) -> Step:
    """An end without a reply; logged as a decision."""
    after = replace(
        engagement,
        state=State.CLOSED,
        handling=engagement.handling.explain(why),
        proposal=engagement.proposal.close(),
    )
    after = after.note(at, actor, Happened.CLOSED, person=person, reason=why)
    return after, (*effects, Append(EntryKind.CLOSED, why, measure), Publish())


def cancel_planned(engagement: Engagement) -> tuple[Effect, ...]:
    """What stops a planned delivery, if there is one."""
    planned = engagement.state is State.APPROVED and engagement.proposal.delivery
    return (Cancel(engagement.proposal.delivery),) if planned else ()


def withdraw_proposal(engagement: Engagement) -> Engagement:
    """With nothing approved and nothing on its way; the text stays."""
    return replace(engagement, proposal=engagement.proposal.withdraw())


def leave_peers(engagement: Engagement, at: datetime, knowledge: Knowledge) -> Engagement:
    """With a due time of its own, if the waiting for peers ends with this event."""
    if engagement.state is not State.PEERS:
        return engagement
    by = answer_due_at(at, knowledge.brand.hours_of_team(engagement.handling.team))
    return replace(engagement, clock=engagement.clock.set_due(by))
