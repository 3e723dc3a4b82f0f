"""A due time has passed. People see what is late first; nothing is sent for lateness but a notice.

What somebody has and left untouched is brought before the leads at once, anything else when the
second time has passed as well; the customer isn't nagged about that. What was overheard, and nobody
chose to enter, is forgotten. While peers come first, the time ends the waiting.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.brand.business_hours import answer_due_at
from bot.engagement.effects import Forget, Handlers, Notify, Step
from bot.engagement.handing_over import leave_peers
from bot.engagement.on_reading import credit_peers
from bot.handoff.peers import find_peer_answers
from bot.knowledge import Knowledge
from bot.model import Actor, Engagement, Happened, Reason, State, Why
from bot.model import events as e
from bot.model.proposal import NO_PROPOSAL
from bot.model.reading import NOT_READ


def due_time_passes(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    at, clock = event.at, before.clock
    if before.state is State.PEERS:
        return _end_hold_off(before, at, knowledge)
    if before.state is State.OVERHEARD:
        return _forget(before, at)
    again = answer_due_at(at, knowledge.brand.hours_of_team(before.handling.team))
    if not before.asked_since_answer:  # it was answered: nobody waits
        return replace(before, clock=clock.set_due(again)), ()
    if not clock.late:
        return _miss(replace(before, clock=clock.miss(again)), at)
    if clock.broken:
        return before, ()
    broken = replace(before, clock=clock.miss_again())
    return _escalate(broken, at, Reason(Why.LATE_TWICE)), ()


def _miss(late: Engagement, at: datetime) -> Step:
    handling = late.handling
    late = late.note(at, Actor.SOFTWARE, Happened.LATE)
    if handling.owner:
        late = _escalate(late, at, Reason(Why.OWNER_LATE, {"person": handling.owner}))
    hears = late.addressed_us and not handling.talking and not handling.hushed
    return late, (Notify("later"),) if hears and not late.corrects else ()


def _escalate(engagement: Engagement, at: datetime, why: Reason) -> Engagement:
    up = replace(engagement, handling=engagement.handling.escalate(why))
    return up.note(at, Actor.SOFTWARE, Happened.BEFORE_LEADS, reason=why)


def _forget(before: Engagement, at: datetime) -> Step:
    why = Reason(Why.OVERHEARD_EXPIRED)
    gone = replace(
        before,
        state=State.CLOSED,
        messages=(),
        understanding=NOT_READ,
        proposal=NO_PROPOSAL,
        handling=replace(before.handling.explain(why), packet=None),
    )
    return gone.note(at, Actor.SOFTWARE, Happened.CLOSED, reason=why), (Forget(),)


def _end_hold_off(before: Engagement, at: datetime, knowledge: Knowledge) -> Step:
    """A draft, or a person if somebody answered."""
    left = leave_peers(before, at, knowledge)
    if find_peer_answers(before):
        return credit_peers(before, left, at, knowledge)
    ready = replace(left, state=State.UNDERSTOOD, handling=left.handling.explain(None))
    return ready.note(at, Actor.SOFTWARE, Happened.NO_PEER_ANSWERED), ()


HANDLERS: Handlers = {
    e.DuePassed: due_time_passes,
}
