"""step(engagement, event, knowledge) -> (engagement, effects): the whole story of one ask.

Total: any event in any state gives an answer, never an exception. An event that `states.LIFE` does
not list for the state changes nothing; if a person caused it, they are told what is so. What goes
wrong inside a step (a rule, a template, a surprise) gives the engagement to a person, and says so.
"""

from __future__ import annotations

from dataclasses import replace

from bot.engagement import on_claim, on_decision, on_draft, on_message, on_reading, on_time
from bot.engagement.effects import Answer, Handlers, Step, Tell
from bot.engagement.handing_over import cancel_planned, give_packet
from bot.engagement.sending import on_sending
from bot.engagement.states import LIFE
from bot.handoff.routing import reason_not_to_decide
from bot.knowledge import Knowledge
from bot.model import Actor, Engagement, Happened, Person, Reason, State, Why
from bot.model import events as e

HANDLERS: Handlers = {
    **on_message.HANDLERS,
    **on_reading.HANDLERS,
    **on_draft.HANDLERS,
    **on_time.HANDLERS,
    **on_decision.HANDLERS,
    **on_claim.HANDLERS,
    **on_sending.HANDLERS,
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
    try:
        after, alarms = give_packet(before, after, event.at, knowledge)
    except Exception:  # it may be the very surprise: they have the ask and the reason
        alarms = ()
    return after, (*cancel_planned(before), *alarms, told)
