"""What waits follows a change of the brand's files: no card shows what is no longer so.

The software's draft is made afresh; a person's own words stay theirs and are judged again; what was
approved and still can be called back is returned if the rules have become stricter with it. Where
nothing differs, nothing happens, so that a change may be put to a card any number of times.
"""

from __future__ import annotations

from dataclasses import replace

from bot.engagement.effects import Effect
from bot.engagement.proposing import judge_candidate, judged, own_reply
from bot.engagement.sending.recheck import forbids
from bot.engagement.steps import Step, cancelled, drafted, said, to_person
from bot.knowledge import Knowledge
from bot.model import Engagement, Origin, State, Verdict
from bot.model import events as e


def by_software(engagement: Engagement) -> bool:
    """Whether the reply on the card is the software's own draft."""
    return engagement.candidate is not None and engagement.candidate.origin is Origin.SOFTWARE


def knowledge_changed(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.KnowledgeChanged)
    candidate = engagement.candidate
    if candidate is None:
        return engagement, ()
    before, stop = engagement, tuple[Effect, ...]()
    if engagement.state is State.APPROVED:
        why = forbids(engagement, judge_candidate(engagement, candidate, knowledge, event.at))
        if not why:
            return engagement, ()
        stop = cancelled(engagement, why)
        back = replace(engagement, state=State.WAITING, approvals=(), delivery="", why=why)
        before = said(back, event.at, "software", f"not sent: {why}")
    afresh = _drafted_afresh if by_software(before) else _judged_again
    after, effects = afresh(before, event, knowledge)
    return after, (*stop, *effects)


def _drafted_afresh(
    engagement: Engagement, event: e.KnowledgeChanged, knowledge: Knowledge
) -> Step:
    draft, reading = event.draft, engagement.reading
    names = engagement.intents or ((reading.intent or "",) if reading else ("",))
    asked = [knowledge.intents.get(name) for name in names]
    mode = knowledge.brand.channels[engagement.place.channel].mode
    why = f"No honest draft any more: {event.why}" if draft is None else ""
    if any(intent is None or intent.reply != "draft" for intent in asked):
        why = "What they ask is no longer answered by a draft."
    if not mode.answers:
        why = f"No drafts here any more: {mode.meaning}"
    if draft is None or why:
        assert engagement.candidate is not None
        weighed = judged(engagement, engagement.candidate, knowledge, event.at)
        return to_person(replace(weighed, approvals=()), event.at, why, "no-draft", knowledge)
    follow_up = any(intent is not None and intent.needs == "person" for intent in asked)
    changed = said(engagement, event.at, "software", "rules or facts changed: drafted afresh")
    after, effects = drafted(
        replace(changed, follow_up=follow_up), e.Drafted(event.at, draft), knowledge
    )
    if _same(engagement, after) and engagement.follow_up == follow_up:
        return engagement, ()
    return replace(after, why=after.why or engagement.why), effects


def _judged_again(engagement: Engagement, event: e.KnowledgeChanged, knowledge: Knowledge) -> Step:
    assert engagement.candidate is not None
    reply = own_reply(engagement, engagement.candidate.body, knowledge)
    after = judged(engagement, reply, knowledge, event.at)
    if _same(engagement, after):
        return engagement, ()
    if after.digest != engagement.digest:
        after = replace(after, approvals=())
    return said(after, event.at, "software", "rules or facts changed: judged again"), ()


def _same(one: Engagement, other: Engagement) -> bool:
    """Whether a person would see the same: the same text, under the same findings."""
    return one.digest == other.digest and _seen(one.verdict) == _seen(other.verdict)


def _seen(verdict: Verdict | None) -> object:
    return verdict and (verdict.outcome, verdict.findings)
