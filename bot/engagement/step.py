"""step(engagement, event, knowledge) -> (engagement, effects): the whole story of one ask.

Total: any event in any state gives an answer, never an exception. An event that `states.LIFE` does
not list for the state changes nothing; if a person caused it, they are told what is so. What goes
wrong inside a step (a rule, a template, a surprise) gives the engagement to a person, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.engagement import on_claim, on_decision, on_draft, on_message, on_reading, on_time
from bot.engagement.effects import Answer, Step, Tell
from bot.engagement.handing_over import cancel_planned, give_packet
from bot.engagement.sending import on_sending
from bot.engagement.states import LIFE
from bot.handoff.routing import reason_not_to_decide
from bot.knowledge import Knowledge
from bot.model import Actor, Engagement, Happened, Person, Reason, State, Why
from bot.model import events as e

Handler = Callable[[Engagement, e.Event, Knowledge], Step]

HANDLERS: Mapping[type[e.Event], Handler] = {
    # from the customer's side
    e.MessageArrived: on_message.message_arrives,
    e.MessageEdited: on_message.message_changes,
    e.MessageDeleted: on_message.message_goes,
    e.StaffSpoke: on_message.staff_speaks,
    e.PeerSpoke: on_message.peer_speaks,
    # from the machine
    e.Understood: on_reading.ask_is_read,
    e.NotUnderstood: on_reading.ask_is_unreadable,
    e.Drafted: on_draft.draft_is_made,
    e.CouldNotDraft: on_draft.no_draft_is_made,
    e.KnowledgeChanged: on_draft.files_change,
    e.DuePassed: on_time.due_time_passes,
    # from a person
    e.Approved: on_decision.person_approves,
    e.Edited: on_decision.person_edits,
    e.Rejected: on_decision.person_rejects,
    e.Redraft: on_decision.person_asks_for_draft,
    e.Tagged: on_decision.person_says_what_was_asked,
    e.Ignored: on_decision.person_closes,
    e.CorrectionBegun: on_decision.person_puts_right,
    e.TakenOver: on_claim.person_takes_over,
    e.Assigned: on_claim.person_assigns,
    e.Released: on_claim.person_gives_back,
    e.Escalated: on_claim.person_passes_on,
    # from the sending
    e.Undone: on_sending.person_undoes,
    e.SendNow: on_sending.person_hastens,
    e.Resolved: on_sending.person_looks,
    e.UndoElapsed: on_sending.nothing_changes,
    e.SendStarted: on_sending.call_begins,
    e.SendReturned: on_sending.call_is_held_back,
    e.Delivered: on_sending.reply_arrives,
    e.SendFailed: on_sending.call_fails,
    e.SendUnknown: on_sending.nothing_changes,
    e.NotFound: on_sending.nothing_changes,
    e.CannotLook: on_sending.outcome_stays_unknown,
}


def step(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """What becomes of an engagement when this happens, and what to do about it."""
    person = getattr(event, "person", None)
    may_follow = LIFE[before.state].get(type(event))
    if may_follow is None:
        return before, () if person is None else (Tell(Answer.TOO_LATE, done=False),)
    if (refused := _refuse(before, event, person, knowledge)) is not None:
        return before, (refused,)
    try:
        after, effects = HANDLERS[type(event)](before, event, knowledge)
        if after is before or after == before:  # nothing changed, and nothing is kept of it
            return before, effects
        if after.state not in may_follow:
            raise AssertionError(f"{before.state} -> {after.state} on {type(event).__name__}")
    except Exception as error:  # total: what cannot be worked out is a person's
        after, effects = _fail(before, event, error, knowledge)
    return replace(after, version=before.version + 1), effects


def _refuse(
    engagement: Engagement, event: e.Event, person: Person | None, knowledge: Knowledge
) -> Tell | None:
    """Why this person may not decide on it; None if they may."""
    if person is None or isinstance(event, e.StaffSpoke):
        return None
    team = knowledge.brand.find_team(engagement.handling.team)
    refusal = reason_not_to_decide(team, person)
    if refusal is None:
        return None
    return Tell(Answer(refusal.value), done=False, about={"person": person.id})


def _fail(before: Engagement, event: e.Event, error: Exception, knowledge: Knowledge) -> Step:
    """What a surprise does: a person has it, nothing is on its way, and the card says what broke.
    What is being sent stays with its own outcome."""
    about = {"event": type(event).__name__, "error": str(error) or type(error).__name__}
    why, told = Reason(Why.FAILED, about), Tell(Answer.FAILED, done=False, about=about)
    handling = before.handling.explain(why)
    if not before.state.open:
        kept = replace(before, handling=handling)
        return kept.note(event.at, Actor.SOFTWARE, Happened.FAILED, reason=why), (told,)
    after = replace(
        before,
        state=State.PERSON,
        handling=before.handling.hand_over(why, "no-draft"),
        proposal=before.proposal.withdraw(),
    )
    after = after.note(event.at, Actor.SOFTWARE, Happened.FAILED, reason=why)
    after, alarms = give_packet(before, after, event.at, knowledge)
    return after, (*cancel_planned(before), *alarms, told)
