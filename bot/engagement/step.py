"""step(engagement, event, knowledge) -> (engagement, effects): the whole story of one ask.

Total: any event in any state gives an answer, never an exception. An event that `states.LIFE` does
not list for the state changes nothing; if a person caused it, they are told what is so. What goes
wrong inside a step (a rule, a template, a surprise) gives the engagement to a person, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.cards.wording import late_words
from bot.engagement import claims, decisions, follow, peers, steps
from bot.engagement.effects import Effect, Tell
from bot.engagement.states import LIFE
from bot.handoff.packet_building import hand_over
from bot.handoff.routing import refusal
from bot.knowledge import Knowledge
from bot.model import Engagement, Happening, Person, State
from bot.model import events as e

Step = tuple[Engagement, tuple[Effect, ...]]
Handler = Callable[[Engagement, e.Event, Knowledge], Step]

HANDLERS: Mapping[type[e.Event], Handler] = {
    # from the customer's side
    e.MessageArrived: peers.message_arrived,
    e.MessageEdited: steps.message_edited,
    e.MessageDeleted: steps.message_deleted,
    e.StaffSpoke: steps.staff_spoke,
    e.PeerSpoke: peers.peer_spoke,
    # from the machine
    e.Understood: peers.understood,
    e.NotUnderstood: steps.not_understood,
    e.Drafted: steps.drafted,
    e.CouldNotDraft: steps.could_not_draft,
    e.DuePassed: peers.due_passed,
    e.KnowledgeChanged: follow.knowledge_changed,
    # from a person
    e.Approved: decisions.approved,
    e.Edited: decisions.edited,
    e.Rejected: decisions.rejected,
    e.TakenOver: claims.taken_over,
    e.Assigned: claims.assigned,
    e.Released: claims.released,
    e.Escalated: claims.escalated,
    e.Redraft: decisions.redraft,
    e.Tagged: decisions.tagged,
    e.Ignored: decisions.ignored,
    e.Undone: decisions.undone,
    e.SendNow: decisions.send_now,
    e.Resolved: decisions.resolved,
    e.CorrectionBegun: decisions.correction_begun,
    # from the sending
    e.UndoElapsed: steps.unchanged,
    e.SendStarted: steps.send_started,
    e.SendReturned: steps.send_returned,
    e.Delivered: steps.delivered,
    e.SendFailed: steps.send_failed,
    e.SendUnknown: steps.unchanged,
    e.NotFound: steps.unchanged,
    e.CannotLook: steps.cannot_look,
}


def step(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """What becomes of an engagement when this happens, and what to do about it."""
    person = getattr(event, "person", None)
    follows = LIFE[engagement.state].get(type(event))
    if follows is None:
        return engagement, _tell_late(engagement, person, event.at)
    if refused := _refused(engagement, event, person, knowledge):
        return engagement, (Tell(refused, done=False),)
    try:
        after, effects = HANDLERS[type(event)](engagement, event, knowledge)
        if after.state not in follows:
            raise AssertionError(f"{engagement.state} -> {after.state} on {type(event).__name__}")
    except Exception as error:  # total: what cannot be worked out is a person's
        after, effects = _to_a_person(engagement, event, error)
    if after is engagement:  # nothing changed, and nothing is kept of it
        return engagement, effects
    after = peers.timed(engagement, after, event.at, knowledge)
    after, loud = hand_over(engagement, after, event, knowledge)
    return replace(after, version=engagement.version + 1), (*effects, *loud)


def _refused(
    engagement: Engagement, event: e.Event, person: Person | None, knowledge: Knowledge
) -> str:
    """Why this person may not decide on it, in words; empty if they may."""
    if person is None or isinstance(event, e.StaffSpoke):
        return ""
    return refusal(knowledge.brand.find_team(engagement.team), person)


def _to_a_person(engagement: Engagement, event: e.Event, error: Exception) -> Step:
    why = f"{type(event).__name__} could not be handled: {error or type(error).__name__}"
    note = Happening(event.at, "software", why)
    state = State.PERSON if engagement.state.open else engagement.state
    after = replace(
        engagement,
        state=state,
        why=why,
        approvals=() if state is State.PERSON else engagement.approvals,
        reason="no-draft" if state is State.PERSON else engagement.reason,
        timeline=(*engagement.timeline, note),
    )
    effects = steps.cancelled(engagement, why) if state is State.PERSON else ()
    return after, (*effects, Tell(why, done=False))


def _tell_late(engagement: Engagement, person: Person | None, at: datetime) -> tuple[Effect, ...]:
    return () if person is None else (Tell(late_words(engagement, at), done=False),)
