"""A person decides: approve, edit, reject, another draft, what was asked, no reply, put it right.

A decision names the digest of the reply that the person saw; on another text it changes nothing,
and they hear who was first. Rights were checked by `step` before it comes here, and are checked
again before the send. Nothing here sends: it plans, and the undo window runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.engagement.effects import Answer, Effect, Handlers, Notify, Plan, Step, Tell
from bot.engagement.handing_over import close, give_packet, hand_over, leave_peers
from bot.engagement.judging import delivery_id, own_reply, propose
from bot.knowledge import Knowledge
from bot.model import Actor, Engagement, Happened, Outcome, Reason, State, Why
from bot.model import events as e
from bot.model.proposal import NO_PROPOSAL


def person_approves(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """The exact reply that was seen, if the rules say of it now what they said then."""
    assert isinstance(event, e.Approved)
    seen, who = before.proposal, event.person.id
    if event.digest != seen.digest or seen.candidate is None:
        return refuse(before, Answer.NOT_THE_TEXT_SEEN)
    weighed = propose(before, seen.candidate, knowledge, event.at)
    verdict = weighed.proposal.verdict
    assert verdict is not None
    if verdict.outcome is Outcome.BLOCK:
        return refuse(weighed, Answer.BLOCKED)
    if verdict.new_findings(seen.verdict):
        again = replace(weighed, proposal=weighed.proposal.withdraw())
        return refuse(again, Answer.NEW_FINDINGS)
    if verdict.approvers > 1 and who == seen.editor:
        return refuse(weighed, Answer.OWN_WORDS)
    if any(approval.person == who for approval in seen.approvals):
        return refuse(weighed, Answer.APPROVED_ALREADY)
    more = replace(weighed, proposal=weighed.proposal.approve(who, event.at))
    if len(more.proposal.approvals) < verdict.approvers:
        first = more.note(event.at, Actor.PERSON, Happened.APPROVED_FIRST, person=who)
        return first, (Tell(Answer.ONE_MORE, done=True),)
    return _plan(more, event.at, who, knowledge)


def person_edits(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """A person's own words, judged by the same rules: clean, they are approved in this one step."""
    assert isinstance(event, e.Edited)
    if event.digest != before.proposal.digest:
        return refuse(before, Answer.CHANGED_MEANWHILE)
    if not event.body.strip():
        return refuse(before, Answer.NO_TEXT)
    who = event.person.id
    theirs = replace(
        before,
        state=State.WAITING,
        proposal=before.proposal.edit(who),
        handling=replace(before.handling, owner=who),
    )
    after = propose(theirs, own_reply(before, event.body, knowledge), knowledge, event.at)
    verdict = after.proposal.verdict
    assert verdict is not None
    if verdict.outcome.rank >= Outcome.HOLD.rank:
        outcome = verdict.outcome.value
        what = Happened.WROTE_AGAINST_RULES
        kept = after.note(event.at, Actor.PERSON, what, person=who, outcome=outcome)
        return kept, (Tell(Answer.KEPT_AGAINST_RULES, done=False),)
    wrote = after.note(event.at, Actor.PERSON, Happened.WROTE_OWN, person=who)
    if verdict.approvers > 1:
        return wrote, (Tell(Answer.KEPT_FOR_ANOTHER, done=True),)
    if not event.send:
        return wrote, (Tell(Answer.KEPT, done=True),)
    approved = replace(wrote, proposal=wrote.proposal.approve(who, event.at))
    return _plan(approved, event.at, who, knowledge)


def person_rejects(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """The draft goes, the card stays with that person: the customer is not left in silence."""
    assert isinstance(event, e.Rejected)
    if event.digest != before.proposal.digest:
        return refuse(before, Answer.TOO_LATE)
    who = event.person.id
    about = {"person": who, "objection": event.objection.value, "words": event.reason}
    gone = replace(_note_meaning(before, event.intent, knowledge), proposal=NO_PROPOSAL)
    why = Reason(Why.REJECTED, about)
    after, effects = hand_over(before, gone, event.at, why, "rejected", knowledge, who)
    return after, (*effects, Tell(Answer.REJECTED, done=True))


def person_asks_for_draft(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """Another draft; with an intent named, a correction of what was understood."""
    assert isinstance(event, e.Redraft)
    known, who = before.understanding, event.person.id
    reading = known.reading
    left = leave_peers(before, event.at, knowledge)
    undecided = replace(left, state=State.UNDERSTOOD, proposal=left.proposal.close())
    together = () if event.intent else known.intents
    if together and all(name in knowledge.intents for name in together):
        again = undecided.note(event.at, Actor.PERSON, Happened.ASKED_FOR_DRAFT, person=who)
        return again, (Tell(Answer.DRAFTING, done=True),)
    intent = event.intent or (reading.intent if reading else None)
    if reading is None or not intent or intent not in knowledge.intents:
        return refuse(before, Answer.PICK_AN_INTENT)
    undecided = _note_meaning(undecided, event.intent, knowledge)
    corrected = replace(reading, intent=intent, unclear=None)
    more = knowledge.intents[intent].needs == "person"
    after = replace(
        undecided,
        understanding=replace(undecided.understanding, reading=corrected, intents=()),
        handling=replace(undecided.handling, follow_up=more),
        chosen=before.chosen or before.state is State.OVERHEARD,
    )
    what = Happened.ASKED_FOR_DRAFT
    after = after.note(event.at, Actor.PERSON, what, person=who, intent=intent)
    return after, (Tell(Answer.DRAFTING, done=True),)


def person_says_what_was_asked(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """For learning, and nothing else."""
    assert isinstance(event, e.Tagged)
    after = _note_meaning(before, event.intent, knowledge)
    if after is before:
        return refuse(before, Answer.PICK_WHAT_WAS_ASKED)
    who, intent = event.person.id, event.intent if event.intent in knowledge.intents else ""
    what = Happened.SAID_WHAT_WAS_ASKED
    after = after.note(event.at, Actor.PERSON, what, person=who, intent=intent)
    return after, (Tell(Answer.NOTED, done=True),)


def person_closes(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """Closed without a reply, with a reason; with a measure, where its runbook has one."""
    assert isinstance(event, e.Ignored)
    if not event.reason.strip():
        return refuse(before, Answer.SAY_WHY_CLOSED)
    who, words = event.person.id, event.reason
    if not event.measure:
        why = Reason(Why.CLOSED_BY_PERSON, {"person": who, "words": words})
        after, effects = close(before, event.at, why, actor=Actor.PERSON, person=who)
        return after, (*effects, Tell(Answer.CLOSED, done=True))
    runbook = knowledge.runbooks.get(before.handling.runbook)
    measure = runbook.find_measure(event.measure) if runbook else None
    if measure is None:
        return refuse(before, Answer.NO_SUCH_MEASURE, measure=event.measure)
    why = Reason(Why.MEASURE_TAKEN, {"person": who, "measure": measure.id, "words": words})
    after, effects = close(
        before, event.at, why, actor=Actor.PERSON, person=who, measure=measure.id
    )
    if not (measure.tells and before.addressed_us):
        return after, (*effects, Tell(Answer.CLOSED_WITH_MEASURE, done=True))
    heard: tuple[Effect, ...] = (Notify("measure-taken"),)
    return after, (*heard, *effects, Tell(Answer.CLOSED_AND_TOLD, done=True))


def person_puts_right(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """What is right now, before a person who approves it like any reply. The engagement is a new
    one, with the messages that were answered wrongly."""
    assert isinstance(event, e.CorrectionBegun)
    who = event.person.id
    if not event.body.strip():
        why = Reason(Why.PUTS_RIGHT_UNWRITTEN)
        bare = replace(before, state=State.PERSON, handling=before.handling.explain(why))
        after = bare.note(event.at, Actor.PERSON, Happened.FOUND_WRONG, person=who)
        return give_packet(before, after, event.at, knowledge)
    begun = replace(before, state=State.WAITING, proposal=before.proposal.edit(who))
    after = propose(begun, own_reply(begun, event.body, knowledge), knowledge, event.at)
    after = replace(after, handling=after.handling.explain(Reason(Why.PUTS_RIGHT)))
    return after.note(event.at, Actor.PERSON, Happened.FOUND_WRONG_AND_WROTE, person=who), ()


def refuse(engagement: Engagement, answer: Answer, **about: str) -> Step:
    """What was asked for is not so; the person hears why."""
    return engagement, (Tell(answer, done=False, about=about),)


def _plan(engagement: Engagement, at: datetime, who: str, knowledge: Knowledge) -> Step:
    candidate = engagement.proposal.candidate
    assert candidate is not None
    undo = knowledge.brand.channels[engagement.place.channel].undo
    delivery = delivery_id(engagement)
    after = replace(
        engagement,
        state=State.APPROVED,
        proposal=engagement.proposal.plan(delivery),
        handling=engagement.handling.explain(None),
    )
    after = after.note(at, Actor.PERSON, Happened.APPROVED, person=who)
    plan = Plan(delivery, candidate, engagement.proposal.digest, who, undo)
    return after, (plan, Tell(Answer.APPROVED, done=True, about={"undo": f"{undo:g}"}))


def _note_meaning(engagement: Engagement, intent: str, knowledge: Knowledge) -> Engagement:
    """With what a person says it was; unchanged if that is nothing that can be said."""
    if intent not in knowledge.intents and intent != e.NOTHING:
        return engagement
    return replace(engagement, understanding=engagement.understanding.correct(intent))


HANDLERS: Handlers = {
    e.Approved: person_approves,
    e.Edited: person_edits,
    e.Rejected: person_rejects,
    e.Redraft: person_asks_for_draft,
    e.Tagged: person_says_what_was_asked,
    e.Ignored: person_closes,
    e.CorrectionBegun: person_puts_right,
}
