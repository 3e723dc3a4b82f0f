"""What a person's decision does to an engagement.

A decision names the digest of the reply that the person saw. Rights were checked by `step` before
it comes here, and are checked again before the send. Nothing here sends: it plans, and the undo
window runs.
"""

from __future__ import annotations

from dataclasses import replace

from bot.cards.wording import OBJECTIONS, late_words, name_of
from bot.engagement.effects import Append, Corrected, Effect, Hasten, Notify, Plan, Publish, Tell
from bot.engagement.proposing import delivery_id, judged, own_reply
from bot.engagement.steps import Step, cancelled, close, followed_up, said, spoken_to, to_person
from bot.knowledge import Knowledge
from bot.model import Approval, Engagement, Objection, Outcome, Role, State
from bot.model import events as e
from bot.record.entry import EntryKind


def _told(engagement: Engagement, words: str) -> Step:
    return engagement, (Tell(words, done=False),)


def approved(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.Approved)
    if event.digest != engagement.digest or engagement.candidate is None:
        return _told(
            engagement,
            "Nothing changed: the text is no longer the one you saw. Please read it again.",
        )
    who = event.person
    weighed = judged(engagement, engagement.candidate, knowledge, event.at)
    assert weighed.verdict is not None and engagement.verdict is not None
    if weighed.digest != engagement.digest:
        return weighed, (Tell("The text has changed. Please read it again.", done=False),)
    verdict = weighed.verdict
    if verdict.outcome is Outcome.BLOCK:
        words = f"Blocked: {verdict.findings[0].because} Nobody can send this text; change it."
        return weighed, (Tell(words, done=False),)
    if verdict.outcome.rank > engagement.verdict.outcome.rank:
        words = (
            "The rules have changed since you read it; there are new findings. Please look again."
        )
        return weighed, (Tell(words, done=False),)
    if verdict.approvers > 1 and who.id == engagement.editor:
        return _told(
            weighed, "These are your own words: the rule wants somebody else to approve them."
        )
    if any(a.person == who.id for a in weighed.approvals):
        return _told(weighed, "You have approved this already; it needs one more person.")
    approval = Approval(who.id, event.digest, event.at)
    more = replace(weighed, approvals=(*weighed.approvals, approval))
    if len(more.approvals) < verdict.approvers:
        one = said(more, event.at, name_of(who), "approved; one more person is needed")
        return one, (Tell("Approved. The rules want a second person.", done=True),)
    return _plan(more, event, knowledge)


def _plan(engagement: Engagement, event: e.Approved | e.Edited, knowledge: Knowledge) -> Step:
    assert engagement.candidate is not None
    undo = knowledge.brand.channels[engagement.place.channel].undo
    delivery = delivery_id(engagement)
    after = replace(engagement, state=State.APPROVED, delivery=delivery, why="")
    after = said(after, event.at, name_of(event.person), "approved")
    plan = Plan(delivery, engagement.candidate, engagement.digest, event.person.id, undo)
    words = f"Approved. Sends in {undo:g} s." if undo else "Approved. It is being sent."
    return after, (plan, Tell(words, done=True))


def edited(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """A person's own words, judged by the same rules: clean, they are approved in this one step."""
    assert isinstance(event, e.Edited)
    if event.digest != engagement.digest:
        return _told(
            engagement, "Nothing was sent: somebody changed this meanwhile. Your text is kept here."
        )
    if not event.body.strip():
        return _told(engagement, "There is no text to send yet.")
    who = event.person
    reply = own_reply(engagement, event.body, knowledge)
    theirs = replace(engagement, editor=who.id, owner=who.id, approvals=(), stale=False)
    after = judged(theirs, reply, knowledge, event.at)
    after = replace(after, state=State.WAITING)
    verdict = after.verdict
    assert verdict is not None
    if verdict.outcome.rank >= Outcome.HOLD.rank:
        word = "Blocked" if verdict.outcome is Outcome.BLOCK else "Held"
        kept = said(after, event.at, name_of(who), f"wrote; {word.lower()} by the rules")
        words = f"{word}: {verdict.findings[0].because} Your text is kept."
        return kept, (Tell(words, done=False),)
    wrote = said(after, event.at, name_of(who), "wrote their own version")
    if verdict.approvers > 1:
        words = "Kept. The rules want another person to approve it."
        return wrote, (Tell(words, done=True),)
    if not event.send:
        return wrote, (Tell("Kept. The rules have nothing against it.", done=True),)
    approval = Approval(who.id, wrote.digest, event.at)
    return _plan(replace(wrote, approvals=(approval,)), event, knowledge)


def rejected(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """The draft goes, the card stays with that person: the customer is not left in silence."""
    assert isinstance(event, e.Rejected)
    if event.digest != engagement.digest:
        return _told(engagement, late_words(engagement, event.at))
    who = name_of(event.person)
    kind = OBJECTIONS[event.objection] if event.objection is not Objection.OTHER else ""
    reason = ". ".join(filter(None, (kind, event.reason))) or "no reason given"
    why = f"{who} rejected the draft: {reason}"
    gone = replace(
        _meant(engagement, event.intent, knowledge),
        draft=None,
        candidate=None,
        digest="",
        verdict=None,
        approvals=(),
        editor="",
    )
    recorded = f"A person rejected the draft: {reason}"
    after, effects = to_person(
        gone, event.at, why, "rejected", knowledge, event.person.id, recorded
    )
    return after, (*effects, Tell("Rejected. It is yours now: write to the customer.", done=True))


def redraft(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """Another draft; with an intent named, a correction of what was understood."""
    assert isinstance(event, e.Redraft)
    reading = engagement.reading
    intent = event.intent or (reading.intent if reading else None)
    together = () if event.intent else engagement.intents
    if together and all(name in knowledge.intents for name in together):
        again = replace(engagement, state=State.UNDERSTOOD, approvals=(), digest="")
        what = "asked for another draft"
        return said(again, event.at, name_of(event.person), what), (Tell("Drafting.", done=True),)
    if reading is None or not intent or intent not in knowledge.intents:
        return _told(engagement, "Say what the customer asks: pick an intent for the draft.")
    corrected = replace(reading, intent=intent, unclear=None)
    after = replace(
        _meant(engagement, event.intent, knowledge),
        state=State.UNDERSTOOD,
        reading=corrected,
        intents=(),
        chosen=engagement.chosen or engagement.state is State.OVERHEARD,
        approvals=(),
        digest="",
        follow_up=knowledge.intents[intent].needs == "person",
    )
    what = f"asked for a draft: {knowledge.intents[intent].title_in('en')}"
    return said(after, event.at, name_of(event.person), what), (Tell("Drafting.", done=True),)


def tagged(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """What was asked, as a person says: for learning, and nothing else."""
    assert isinstance(event, e.Tagged)
    after = _meant(engagement, event.intent, knowledge)
    if after is engagement:
        return _told(engagement, "Say what the customer asked: pick an intent.")
    known = knowledge.intents.get(event.intent)
    what = f"said what was asked: {known.title_in('en') if known else 'none of our intents'}"
    return said(after, event.at, name_of(event.person), what), (Tell("Noted.", done=True),)


def _meant(engagement: Engagement, intent: str, knowledge: Knowledge) -> Engagement:
    """With what a person says it was; the software's own reading is kept for what is learned."""
    if intent not in knowledge.intents and intent != e.NOTHING:
        return engagement
    return replace(engagement, meant=intent, read=engagement.read or engagement.reading)


def ignored(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.Ignored)
    if not event.reason.strip():
        return _told(engagement, "Say why it needs no answer; the reason stays on the record.")
    who = name_of(event.person)
    reason = event.reason or "no reason given"
    if not event.measure:
        why = f"{who} closed it without a reply: {reason}"
        after, effects = close(engagement, event.at, who, why, recorded=reason)
        return after, (*effects, Tell("Closed without a reply.", done=True))
    runbook = knowledge.runbooks.get(engagement.runbook)
    measure = runbook.find_measure(event.measure) if runbook else None
    if measure is None:
        return _told(engagement, f"Nothing changed: “{event.measure}” is no measure here.")
    why = f"{who} closed it. {measure.title}: {reason}"
    after, effects = close(engagement, event.at, who, why, recorded=reason, measure=measure.id)
    heard: tuple[Effect, ...] = ()
    words = "Closed, with its reason on the record."
    if measure.tells and spoken_to(engagement):
        heard = (Notify("measure-taken"),)
        words = "Closed. Whoever wrote it is told, and how to object."
    return after, (*heard, *effects, Tell(words, done=True))


def undone(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.Undone)
    who = name_of(event.person)
    stop = cancelled(engagement, f"{who} undid it")
    back = replace(engagement, state=State.WAITING, approvals=(), delivery="")
    return said(back, event.at, who, "undid the approval"), (
        *stop,
        Tell("Undone. Nothing was sent.", done=True),
    )


def send_now(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """The undo window ends now. A lead may also go over what the channel sends in an hour."""
    assert isinstance(event, e.SendNow)
    over_cap = Role.LEAD in event.person.roles
    return engagement, (Hasten(engagement.delivery, over_cap), Tell("It is being sent.", done=True))


def resolved(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """A person has looked in the channel where the software could not."""
    assert isinstance(event, e.Resolved)
    who = name_of(event.person)
    if not event.arrived:
        back = replace(engagement, state=State.WAITING, approvals=(), delivery="", why="")
        what = "looked: it did not arrive"
        return said(back, event.at, who, what), (Tell("Back with you to approve.", done=True),)
    seen = said(engagement, event.at, who, "looked: it arrived")
    sent = replace(seen, replies=engagement.replies + 1, why="", answered=event.at)
    if engagement.follow_up:
        why = "The published rule was sent; the customer's own case needs a person."
        person = followed_up(sent, event.at, why, knowledge, event.person.id)
        told = Tell("Noted.", done=True)
        return person, (Notify(person.reason), Append(EntryKind.HANDED_OVER, why), Publish(), told)
    put_right = (Corrected(engagement.corrects),) if engagement.corrects else ()
    ended = replace(sent, state=State.SENT)
    return ended, (*put_right, Publish(), Tell("Noted: sent.", done=True))


def correction_begun(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """What is right now, before a person who approves it like any reply. The engagement is a new
    one, with the messages that were answered wrongly."""
    assert isinstance(event, e.CorrectionBegun)
    who = name_of(event.person)
    why = "We told this customer something that is wrong; this puts it right."
    if not event.body.strip():
        bare = replace(engagement, state=State.PERSON, why=f"{why} Write what is right.")
        return said(bare, event.at, who, "found our answer wrong"), ()
    begun = replace(engagement, editor=event.person.id)
    reply = own_reply(begun, event.body, knowledge)
    after = replace(judged(begun, reply, knowledge, event.at), state=State.WAITING, why=why)
    return said(after, event.at, who, "found our answer wrong, and wrote what is right"), ()
