"""The software has drafted, or found no honest draft; and what waits follows a change of the files.

After a change no card shows what is no longer so: the software's draft is made afresh, a person's
own words stay theirs and are judged again, and what was approved and can still be called back is
returned if the verdict on it has changed. Where nothing differs nothing happens, so that a change
may be put to a card any number of times."""

from __future__ import annotations

from dataclasses import replace

from bot.engagement.effects import Effect, Handlers, Step
from bot.engagement.handing_over import cancel_planned, hand_over, withdraw_proposal
from bot.engagement.judging import judge_candidate, own_reply, propose, software_reply
from bot.engagement.sending.recheck import reason_to_return
from bot.knowledge import Knowledge
from bot.model import Actor, Engagement, Happened, Origin, Outcome, Reason, State, Unclear, Why
from bot.model import events as e


def draft_is_made(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """A draft, judged: before a person, or to one if the rules block it."""
    assert isinstance(event, e.Drafted)
    fresh = replace(
        before,
        proposal=before.proposal.begin(event.draft, event.at),
        handling=before.handling.explain(None),
    )
    after = propose(fresh, software_reply(fresh, knowledge), knowledge, event.at)
    verdict = after.proposal.verdict
    if verdict is not None and verdict.outcome is Outcome.BLOCK:
        why = Reason(Why.DRAFT_BLOCKED, {"rule": verdict.findings[0].rule})
        return hand_over(before, after, event.at, why, "no-draft", knowledge)
    ready = replace(after, state=State.WAITING)
    template = event.draft.template
    return ready.note(event.at, Actor.SOFTWARE, Happened.DRAFTED, template=template), ()


def no_draft_is_made(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """There is no honest draft: a person writes."""
    assert isinstance(event, e.CouldNotDraft)
    cause = Unclear.NO_FACTS if event.fact else "no-draft"
    why = Reason(Why.NO_HONEST_DRAFT, {"detail": event.why})
    return hand_over(before, before, event.at, why, cause, knowledge)


def files_change(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """Other rules, facts, intents or templates are in force."""
    assert isinstance(event, e.KnowledgeChanged)
    candidate = before.proposal.candidate
    if candidate is None:
        return before, ()
    engagement, stop = before, tuple[Effect, ...]()
    if before.state is State.APPROVED:
        verdict = judge_candidate(before, candidate, knowledge, event.at)
        why = reason_to_return(before, verdict)
        if why is None:
            return before, ()
        stop = cancel_planned(before)
        back = withdraw_proposal(replace(before, state=State.WAITING))
        back = replace(back, handling=back.handling.explain(why))
        engagement = back.note(event.at, Actor.SOFTWARE, Happened.NOT_SENT, reason=why)
    redo = _draft_afresh if is_by_software(engagement) else _judge_again
    after, effects = redo(before, engagement, event, knowledge)
    return after, (*stop, *effects)


def is_by_software(engagement: Engagement) -> bool:
    """Whether the reply on the card is the software's own draft."""
    candidate = engagement.proposal.candidate
    return candidate is not None and candidate.origin is Origin.SOFTWARE


def _draft_afresh(
    before: Engagement, engagement: Engagement, event: e.KnowledgeChanged, knowledge: Knowledge
) -> Step:
    known = engagement.understanding
    names = known.intents or ((known.reading.intent or "",) if known.reading else ("",))
    asked = [knowledge.intents.get(name) for name in names]
    mode = knowledge.brand.channels[engagement.place.channel].mode
    why = Reason(Why.NO_HONEST_DRAFT_NOW, {"detail": event.why}) if event.draft is None else None
    if any(intent is None or intent.reply != "draft" for intent in asked):
        why = Reason(Why.NOT_DRAFTED_NOW)
    if not mode.answers:
        why = Reason(Why.NO_DRAFTS_HERE_NOW, {"mode": mode.name})
    if event.draft is None or why is not None:
        assert engagement.proposal.candidate is not None
        assert why is not None
        weighed = propose(engagement, engagement.proposal.candidate, knowledge, event.at)
        withdrawn = withdraw_proposal(weighed)
        return hand_over(before, withdrawn, event.at, why, "no-draft", knowledge)
    more = any(intent is not None and intent.needs == "person" for intent in asked)
    changed = engagement.note(event.at, Actor.SOFTWARE, Happened.DRAFTED_AFRESH)
    changed = replace(changed, handling=replace(changed.handling, follow_up=more))
    after, effects = draft_is_made(changed, e.Drafted(event.at, event.draft), knowledge)
    if _shows_the_same(engagement, after) and engagement.handling.follow_up == more:
        return engagement, ()
    kept = after.handling.explain(after.handling.why or engagement.handling.why)
    return replace(after, handling=kept), effects


def _judge_again(
    before: Engagement, engagement: Engagement, event: e.KnowledgeChanged, knowledge: Knowledge
) -> Step:
    assert engagement.proposal.candidate is not None
    reply = own_reply(engagement, engagement.proposal.candidate.body, knowledge)
    after = propose(engagement, reply, knowledge, event.at)
    if _shows_the_same(engagement, after):
        return engagement, ()
    proposal = after.proposal
    if proposal.digest != engagement.proposal.digest or _has_changed(engagement, after):
        after = withdraw_proposal(after)
    return after.note(event.at, Actor.SOFTWARE, Happened.JUDGED_AGAIN), ()


def _has_changed(one: Engagement, other: Engagement) -> bool:
    """Whether the verdict has changed: somebody's approval was given to another."""
    verdict = other.proposal.verdict
    return verdict is not None and bool(verdict.new_findings(one.proposal.verdict))


def _shows_the_same(one: Engagement, other: Engagement) -> bool:
    """Whether a person would see the same: the same text, under the same findings."""
    return _what_is_shown(one) == _what_is_shown(other)


def _what_is_shown(engagement: Engagement) -> object:
    verdict = engagement.proposal.verdict
    return engagement.proposal.digest, verdict and (verdict.outcome, verdict.findings)


HANDLERS: Handlers = {
    e.Drafted: draft_is_made,
    e.CouldNotDraft: no_draft_is_made,
    e.KnowledgeChanged: files_change,
}
