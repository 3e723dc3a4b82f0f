"""The software has read an ask, or could not: to be drafted, to a person, or to its end.

The order is one of care: what rules send to a person comes first, whatever the intent; then what is
not known whole; then whether it is clear, answered here, and certain enough.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.brand.business_hours import answer_due_at
from bot.brand.settings import Intent
from bot.engagement.effects import Handlers, Step
from bot.engagement.handing_over import assign_team, close, hand_over, hand_over_by_rule
from bot.engagement.judging import judge_ask
from bot.handoff.peers import end_of_hold_off, find_peer_answers, name_peers
from bot.handoff.severity import find_leading
from bot.knowledge import Knowledge
from bot.learning.guarantee.guarantee_standing import Guarantee
from bot.learning.guarantee.reviewed_drafts import EVERYTHING
from bot.model import Actor, Engagement, Happened, Reading, Reason, State, Unclear, Why
from bot.model import events as e
from bot.understanding.several_asks import JOINT, answerable_intents, needs_follow_up

OVERHEARD_FOR = timedelta(days=7)  # then what nobody chose to enter is forgotten
PEER_ANSWERED = "peer-answered"  # the cause of a hand-over


def ask_is_read(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """What was read, and what was so around it."""
    assert isinstance(event, e.Understood)
    reading, at = event.reading, event.at
    known = before.understanding.read(reading, event.context, EVERYTHING)
    read = replace(before, understanding=known)
    if not reading.addressed and not before.chosen:
        return _overhear(read, at)
    read = replace(judge_ask(read, knowledge), handling=before.handling.follow_runbook("", False))
    verdict = read.understanding.verdict
    if verdict and (gravest := find_leading(verdict, knowledge.runbooks)) is not None:
        return hand_over_by_rule(before, read, at, gravest, knowledge)
    if event.context.stopped is not None:
        hushed = replace(read, handling=replace(read.handling, hushed=True))
        return hand_over(before, hushed, at, event.context.stopped, "loop", knowledge)
    if event.context.lost:  # content, context, intent: without one of them it is unclear
        return hand_over(before, read, at, Reason(Why.CONTEXT_LOST), "no-draft", knowledge)
    if any(signal.kind == "thanks" for signal in reading.signals):
        return close(read, at, Reason(Why.NO_REPLY_EXPECTED))
    together = _find_asks_to_answer(read, reading, knowledge)
    if not together and (reading.unclear is not None or reading.intent is None):
        unclear = reading.unclear or Unclear.OUT_OF_SCOPE
        why = Reason(Why.UNCLEAR, {"kind": unclear.value})
        return hand_over(before, read, at, why, unclear, knowledge)
    mode = knowledge.brand.channels[before.place.channel].mode
    if not mode.answers:
        why = Reason(Why.NO_DRAFTS_HERE, {"mode": mode.name})
        return hand_over(before, read, at, why, "no-draft", knowledge)
    if together:
        return _draft_several(read, together, at, knowledge)
    intent = knowledge.intents.get(reading.intent or "")
    if intent is None:
        why = Reason(Why.NO_SUCH_INTENT, {"intent": reading.intent or ""})
        return hand_over(before, read, at, why, "no-draft", knowledge)
    return _follow_intent(before, read, intent, at, knowledge)


def ask_is_unreadable(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """Understanding failed: a person reads it."""
    assert isinstance(event, e.NotUnderstood)
    why = Reason(Why.UNREADABLE, {"error": event.why})
    return hand_over(before, before, event.at, why, "no-draft", knowledge)


def credit_peers(before: Engagement, engagement: Engagement, at: datetime, k: Knowledge) -> Step:
    """A peer has answered: a person chooses, and nothing is pushed."""
    names = name_peers(find_peer_answers(engagement))
    by = answer_due_at(at, k.brand.hours_of_team(engagement.handling.team))
    hushed = replace(engagement.handling, hushed=True)
    fresh = replace(engagement, handling=hushed, clock=engagement.clock.set_due(by))
    why = Reason(Why.PEER_ANSWERED, {"names": names})
    return hand_over(before, fresh, at, why, PEER_ANSWERED, k)


def _overhear(engagement: Engagement, at: datetime) -> Step:
    heard = replace(
        engagement,
        state=State.OVERHEARD,
        handling=engagement.handling.explain(Reason(Why.OVERHEARD)),
        clock=engagement.clock.set_due(at + OVERHEARD_FOR),
    )
    return heard.note(at, Actor.SOFTWARE, Happened.OVERHEARD), ()


def _draft_several(
    engagement: Engagement, together: tuple[str, ...], at: datetime, knowledge: Knowledge
) -> Step:
    """Several asks, each clear: one reply answers them one by one."""
    routed = assign_team(engagement, "", at, knowledge)
    more = needs_follow_up(together, knowledge.intents)
    ready = replace(
        routed,
        state=State.UNDERSTOOD,
        understanding=replace(routed.understanding, intents=together),
        handling=replace(routed.handling, follow_up=more),
    )
    intents = JOINT.join(together)
    return ready.note(at, Actor.SOFTWARE, Happened.UNDERSTOOD_SEVERAL, intents=intents), ()


def _follow_intent(
    before: Engagement, read: Engagement, intent: Intent, at: datetime, knowledge: Knowledge
) -> Step:
    """One clear ask: what its intent says."""
    reading, name = read.understanding.reading, intent.id
    assert reading is not None
    if intent.reply == "handoff":
        why = Reason(Why.PERSON_WANTED, {"intent": name})
        return hand_over(before, read, at, why, "wants-person", knowledge)
    if intent.reply == "none" and any(s.kind == "complaint" for s in reading.signals):
        return hand_over(before, read, at, Reason(Why.COMPLAINT), "complaint", knowledge)
    read, why_not = _hold_to_guarantee(read, reading, knowledge)
    if why_not and not (read.understanding.audit and intent.reply == "draft"):
        return hand_over(before, read, at, why_not, "not-certain", knowledge)
    if intent.reply == "none":
        return close(read, at, Reason(Why.NO_REPLY_NEEDED, {"intent": name}))
    routed = assign_team(read, "", at, knowledge)
    handling = replace(routed.handling, follow_up=intent.needs == "person")
    ready = replace(routed, state=State.UNDERSTOOD, handling=handling)
    ready = ready.note(at, Actor.SOFTWARE, Happened.UNDERSTOOD, intent=name)
    return _let_peers_first(before, ready, intent, at, knowledge)


def _let_peers_first(
    before: Engagement, ready: Engagement, intent: Intent, at: datetime, knowledge: Knowledge
) -> Step:
    """What would be drafted now may wait for peers, or be theirs already."""
    channel = knowledge.brand.channels[ready.place.channel]
    end = end_of_hold_off(ready, channel, intent, at)
    if end is not None:
        why = Reason(Why.PEERS_FIRST, {"until": end.isoformat()})
        handling = ready.handling.explain(why)
        waits = replace(ready, state=State.PEERS, handling=handling, clock=ready.clock.set_due(end))
        return waits.note(at, Actor.SOFTWARE, Happened.WAITS_FOR_PEERS), ()
    if channel.hold_off and find_peer_answers(ready) and not ready.chosen:
        return credit_peers(before, ready, at, knowledge)
    return ready, ()


def _find_asks_to_answer(
    engagement: Engagement, reading: Reading, knowledge: Knowledge
) -> tuple[str, ...]:
    """The intents of several asks that one reply may answer. A guarantee was made for readings of
    one intent only: where one is in force, a person answers."""
    promised = knowledge.guarantees.get(engagement.place.channel)
    if promised is not None and promised.threshold_for_reading(reading) > EVERYTHING:
        return ()
    return answerable_intents(reading, knowledge.intents)


def _hold_to_guarantee(
    engagement: Engagement, reading: Reading, knowledge: Knowledge
) -> tuple[Engagement, Reason | None]:
    """Whether a guarantee lets this be drafted: None, or why it goes to a person."""
    promised = knowledge.guarantees.get(engagement.place.channel)
    if promised is None:
        return engagement, None
    audit, least = (
        promised.is_audited(engagement.messages[0].id),
        promised.threshold_for_reading(reading),
    )
    known = replace(engagement.understanding, audit=audit, least=least)
    why = _not_certain(promised) if reading.margin < least else None
    return replace(engagement, understanding=known), why


def _not_certain(promised: Guarantee) -> Reason:
    return Reason(Why.NOT_CERTAIN, {"standing": promised.standing.value})


HANDLERS: Handlers = {
    e.Understood: ask_is_read,
    e.NotUnderstood: ask_is_unreadable,
}
