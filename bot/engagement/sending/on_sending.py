"""What the sending does to an engagement: undo, the call, its outcome, what a person saw of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.brand.business_hours import answer_due_at
from bot.engagement.effects import (
    Answer,
    Append,
    Corrected,
    Effect,
    Handlers,
    Hasten,
    Notify,
    Publish,
    Step,
    Tell,
)
from bot.engagement.handing_over import (
    assign_owner,
    assign_team,
    cancel_planned,
    give_packet,
    withdraw_proposal,
)
from bot.engagement.judging import propose
from bot.knowledge import Knowledge
from bot.model import Actor, Engagement, Happened, Reason, Role, State, Why
from bot.model import events as e
from bot.model.proposal import NO_PROPOSAL
from bot.record.entry import EntryKind

OWN_CASE = "needs-person"  # the cause of a follow-up


def nothing_changes(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """It concerns the delivery alone."""
    return before, ()


def person_undoes(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """Within the undo window: back before people, nothing sent."""
    assert isinstance(event, e.Undone)
    back = withdraw_proposal(replace(before, state=State.WAITING))
    back = back.note(event.at, Actor.PERSON, Happened.UNDID, person=event.person.id)
    return back, (*cancel_planned(before), Tell(Answer.UNDONE, done=True))


def person_hastens(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """The undo window ends now. A lead may also go over what the channel sends in an hour."""
    assert isinstance(event, e.SendNow)
    over_cap = Role.LEAD in event.person.roles
    hasten = Hasten(before.proposal.delivery, over_cap)
    return before, (hasten, Tell(Answer.BEING_SENT, done=True))


def call_begins(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """Committed before the call: from here on only its outcome leads on."""
    return replace(before, state=State.SENDING), ()


def call_is_held_back(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """It was no longer as approved: before people again, judged as it is now."""
    assert isinstance(event, e.SendReturned)
    back = withdraw_proposal(replace(before, state=State.WAITING))
    back = replace(back, handling=back.handling.explain(event.why))
    if before.proposal.candidate is not None:
        back = propose(back, before.proposal.candidate, knowledge, event.at)
    return back.note(event.at, Actor.SOFTWARE, Happened.NOT_SENT, reason=event.why), ()


def reply_arrives(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """Sent. What is left of the customer's own case goes to a person."""
    assert isinstance(event, e.Delivered)
    sent = replace(_count_reply(before, event.at), first_contact=False)
    sent = replace(sent, understanding=sent.understanding.mark_answered())
    sent = sent.note(event.at, Actor.SOFTWARE, Happened.SENT)
    return _end(before, sent, event.at, knowledge)


def person_looks(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """A person has looked in the channel where the software could not."""
    assert isinstance(event, e.Resolved)
    who = event.person.id
    if not event.arrived:
        back = withdraw_proposal(replace(before, state=State.WAITING))
        back = replace(back, handling=back.handling.explain(None))
        back = back.note(event.at, Actor.PERSON, Happened.LOOKED_ABSENT, person=who)
        return back, (Tell(Answer.BACK_TO_APPROVE, done=True),)
    seen = before.note(event.at, Actor.PERSON, Happened.LOOKED_ARRIVED, person=who)
    owner = who if before.handling.follow_up else ""
    after, effects = _end(before, _count_reply(seen, event.at), event.at, knowledge, owner)
    answer = Answer.NOTED if before.handling.follow_up else Answer.NOTED_SENT
    return after, (*effects, Tell(answer, done=True))


def call_fails(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """The channel certainly did not take it: tried again later, or before people again."""
    assert isinstance(event, e.SendFailed)
    if event.again:
        return before, ()
    why = Reason(Why.CHANNEL_REFUSED, {"detail": event.why})
    back = withdraw_proposal(replace(before, state=State.WAITING))
    back = replace(back, handling=back.handling.explain(why))
    return back.note(event.at, Actor.SOFTWARE, Happened.NOT_SENT, reason=why), ()


def outcome_stays_unknown(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """Nobody can say whether it arrived: a person looks."""
    assert isinstance(event, e.CannotLook)
    why = Reason(Why.CANNOT_LOOK, {"detail": event.why})
    lost = replace(before, state=State.UNCERTAIN, handling=before.handling.explain(why))
    return lost.note(event.at, Actor.SOFTWARE, Happened.UNCERTAIN, reason=why), ()


def _count_reply(engagement: Engagement, at: datetime) -> Engagement:
    clock = engagement.clock.answer(at)
    handling = engagement.handling.explain(None)
    return replace(engagement, replies=engagement.replies + 1, clock=clock, handling=handling)


def _end(
    before: Engagement, sent: Engagement, at: datetime, knowledge: Knowledge, owner: str = ""
) -> Step:
    """Once it arrived: what it put right is noted, the turn is public, the rest is a person's."""
    if not sent.handling.follow_up:
        right = (Corrected(sent.corrects),) if sent.corrects else ()
        return replace(sent, state=State.SENT), (*right, Publish())
    why = Reason(Why.OWN_CASE)
    after = _follow_up(sent, at, why, knowledge, owner)
    after, alarms = give_packet(before, after, at, knowledge)
    told: tuple[Effect, ...] = (Notify(OWN_CASE), Append(EntryKind.HANDED_OVER, why), Publish())
    return after, (*told, *alarms)


def _follow_up(
    engagement: Engagement, at: datetime, why: Reason, knowledge: Knowledge, owner: str
) -> Engagement:
    """What is left for a person once the published rule was sent: the customer's own case, with a
    time of its own."""
    handling = replace(engagement.handling.hand_over(why, OWN_CASE), follow_up=False)
    cleared = replace(
        engagement,
        state=State.PERSON,
        handling=replace(handling, escalated=None),
        proposal=NO_PROPOSAL,
        clock=replace(engagement.clock, late=False, broken=False, answered=None),
    )
    after = assign_team(cleared, OWN_CASE, at, knowledge)
    again = answer_due_at(at, knowledge.brand.hours_of_team(after.handling.team))
    after = replace(after, clock=after.clock.set_due(again))
    return assign_owner(after, owner or engagement.handling.owner, at, knowledge)


HANDLERS: Handlers = {
    e.Undone: person_undoes,
    e.SendNow: person_hastens,
    e.Resolved: person_looks,
    e.UndoElapsed: nothing_changes,
    e.SendStarted: call_begins,
    e.SendReturned: call_is_held_back,
    e.Delivered: reply_arrives,
    e.SendFailed: call_fails,
    e.SendUnknown: nothing_changes,
    e.NotFound: nothing_changes,
    e.CannotLook: outcome_stays_unknown,
}
