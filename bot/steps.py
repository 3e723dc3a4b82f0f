"""What the customer, the machine and the sending do to an engagement. Each is one small story.

Every function here takes a state that `states.LIFE` lists for its event and returns one that it
lists as following. What people decide is in `decisions`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot import events as e
from bot.candidate import judged, software_reply, weigh_message
from bot.effects import Append, Cancel, Corrected, Effect, Forget, Notify, Publish
from bot.hours import due
from bot.knowledge import Knowledge
from bot.model import Engagement, Happening, Outcome, State, Unclear
from bot.record.entry import Kind
from bot.wording import UNCLEAR, name_of

Step = tuple[Engagement, tuple[Effect, ...]]

OVERHEARD_FOR = timedelta(days=7)  # then what nobody chose to enter is forgotten
SILENT_REASONS = frozenset({"abuse"})  # a runbook and a person; never an automatic reply


def said(engagement: Engagement, at: datetime, who: str, what: str) -> Engagement:
    """A line more in the timeline."""
    return replace(engagement, timeline=(*engagement.timeline, Happening(at, who, what)))


def cancelled(engagement: Engagement, why: str) -> tuple[Effect, ...]:
    """What stops a planned delivery, if there is one."""
    planned = engagement.state is State.APPROVED and engagement.delivery
    return (Cancel(engagement.delivery, why),) if planned else ()


def unchanged(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    return engagement, ()


def reread(engagement: Engagement, at: datetime, who: str, what: str) -> Step:
    """The customer's words changed: nothing drafted before may go out unread.

    With a person who has it, it stays with them; otherwise it is understood afresh.
    """
    effects = cancelled(engagement, what)
    held = engagement.state is State.PERSON or bool(engagement.owner or engagement.editor)
    after = said(engagement, at, who, what)
    after = replace(after, approvals=(), delivery="", stale=engagement.candidate is not None)
    if held:
        return replace(
            after, state=State.PERSON, digest="" if after.stale else after.digest
        ), effects
    return replace(after, state=State.ARRIVED, digest="", verdict=None), effects


def message_arrived(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.MessageArrived)
    first = not engagement.messages
    joined = replace(engagement, messages=(*engagement.messages, event.message))
    what = "wrote" if first else "wrote again"
    return reread(joined, event.at, "customer", what)


def message_edited(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.MessageEdited)
    new = event.message
    messages = tuple(new if m.id == new.id else m for m in engagement.messages)
    changed = replace(engagement, messages=messages)
    if engagement.state is State.SENT:
        return said(engagement, event.at, "customer", "changed their message after our answer"), ()
    return reread(changed, event.at, "customer", "changed their message")


def message_deleted(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.MessageDeleted)
    kept = tuple(m for m in engagement.messages if m.id != event.message)
    left = replace(engagement, messages=kept)
    if engagement.state in (State.SENT, State.CLOSED):
        return said(left, event.at, "customer", "took a message back"), ()
    if kept and engagement.state is State.OVERHEARD:
        return said(left, event.at, "customer", "took a message back"), ()
    if kept:
        return reread(left, event.at, "customer", "took a message back")
    effects = cancelled(engagement, "the message was taken back")
    return close(left, event.at, "customer", "The message was taken back by its author.", effects)


def close(
    engagement: Engagement, at: datetime, who: str, why: str, effects: tuple[Effect, ...] = ()
) -> Step:
    """An end without a reply; logged as a decision."""
    after = replace(engagement, state=State.CLOSED, why=why, approvals=(), digest="")
    return said(after, at, who, why), (*effects, Append(Kind.CLOSED, why), Publish())


def staff_spoke(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.StaffSpoke)
    why = f"{name_of(event.person)} is talking with the customer in the channel."
    after = replace(
        engagement, state=State.PERSON, owner=event.person.id, why=why, approvals=(), delivery=""
    )
    spoke = said(after, event.at, name_of(event.person), "answered in the channel")
    return spoke, cancelled(engagement, why)


def silent(engagement: Engagement) -> bool:
    """Whether nothing may answer it by itself: not even that it takes longer."""
    asked = engagement.asked
    return asked is not None and any(
        finding.rule.rpartition("/")[2] in SILENT_REASONS for finding in asked.findings
    )


def to_person(engagement: Engagement, at: datetime, why: str, reason: str) -> Step:
    """Hand over: a person has it, the customer hears so, the record says so."""
    after = replace(engagement, state=State.PERSON, why=why)
    effects: tuple[Effect, ...] = (Append(Kind.HANDED_OVER, why),)
    reading = engagement.reading
    spoken_to = engagement.chosen or reading is None or reading.addressed
    if spoken_to and reason not in SILENT_REASONS and not engagement.owner:
        effects = (Notify(reason), *effects)
    return said(after, at, "software", f"handed over: {why}"), effects


def understood(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.Understood)
    reading = event.reading
    known = replace(
        engagement, reading=reading, circumstances=event.circumstances, read=None, meant=""
    )
    if not reading.addressed and not engagement.chosen:
        heard = replace(
            known,
            state=State.OVERHEARD,
            why="Overheard: nobody asked us.",
            due=event.at + OVERHEARD_FOR,
        )
        return said(heard, event.at, "software", "overheard; waits for a person to choose"), ()
    asked = weigh_message(known, knowledge)
    known = replace(known, asked=asked)
    if asked.outcome is Outcome.HANDOFF:
        worst = asked.findings[0]
        return to_person(known, event.at, worst.because, worst.rule.rpartition("/")[2])
    if reading.unclear is not None or reading.intent is None:
        unclear = reading.unclear or Unclear.OUT_OF_SCOPE
        return to_person(known, event.at, f"Unclear: {UNCLEAR[unclear]}.", unclear)
    channel = knowledge.brand.channels[engagement.place.channel]
    if not channel.mode.answers:
        return to_person(known, event.at, f"No drafts here: {channel.mode.meaning}", "no-draft")
    intent = knowledge.intents.get(reading.intent)
    if intent is None:
        return to_person(known, event.at, f"No intent “{reading.intent}” any more.", "no-draft")
    if intent.reply == "none":
        return close(known, event.at, "software", f"No reply needed: {intent.name('en')}.")
    if intent.reply == "handoff":
        return to_person(known, event.at, f"Asked for: {intent.name('en')}.", "wants-person")
    ready = replace(known, state=State.UNDERSTOOD, follow_up=intent.needs == "person")
    return said(ready, event.at, "software", f"understood: {intent.name('en')}"), ()


def not_understood(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.NotUnderstood)
    return to_person(engagement, event.at, f"Could not be read: {event.why}", "no-draft")


def drafted(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.Drafted)
    fresh = replace(
        engagement,
        draft=event.draft,
        stale=False,
        approvals=(),
        editor="",
        why="",
        ready=event.at,
    )
    reply = software_reply(fresh, knowledge)
    after = judged(fresh, reply, knowledge, event.at)
    assert after.verdict is not None
    if after.verdict.outcome is Outcome.BLOCK:
        why = f"The draft is blocked: {after.verdict.findings[0].because}"
        return to_person(after, event.at, why, "no-draft")
    ready = replace(after, state=State.WAITING)
    return said(ready, event.at, "software", f"drafted from {event.draft.template}"), ()


def could_not_draft(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.CouldNotDraft)
    reason = Unclear.NO_FACTS if event.fact else "no-draft"
    return to_person(engagement, event.at, f"No honest draft: {event.why}", reason)


def due_passed(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """Late: people see it first, the customer hears it once. Nothing is sent for lateness.

    What was overheard, and nobody chose to enter, is forgotten instead.
    """
    if engagement.state is State.OVERHEARD:
        gone = replace(engagement, state=State.CLOSED, messages=(), reading=None, digest="")
        why = "Overheard, and nobody chose to enter: the words were removed."
        return said(replace(gone, why=why), event.at, "software", why), (Forget(),)
    if engagement.late:
        return engagement, ()
    again = due(event.at, knowledge.brand.hours)
    late = said(replace(engagement, late=True, due=again), event.at, "software", "it is late")
    addressed = engagement.reading is None or engagement.reading.addressed
    hears = addressed and not engagement.owner and not silent(engagement)
    hears = hears and not engagement.corrects
    return late, (Notify("later"),) if hears else ()


def send_started(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    return replace(engagement, state=State.SENDING), ()


def send_returned(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.SendReturned)
    back = replace(engagement, state=State.WAITING, approvals=(), delivery="", why=event.why)
    if engagement.candidate is not None:
        back = judged(back, engagement.candidate, knowledge, event.at)
    return said(back, event.at, "software", f"not sent: {event.why}"), ()


def delivered(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.Delivered)
    sent = replace(engagement, replies=engagement.replies + 1, first_contact=False)
    sent = said(sent, event.at, "software", "sent")
    put_right = (Corrected(engagement.corrects),) if engagement.corrects else ()
    if not engagement.follow_up:
        return replace(sent, state=State.SENT, why=""), (*put_right, Publish())
    why = "The published rule was sent; the customer's own case needs a person."
    cleared = replace(
        sent,
        state=State.PERSON,
        why=why,
        follow_up=False,
        draft=None,
        candidate=None,
        digest="",
        verdict=None,
        approvals=(),
        delivery="",
        editor="",
    )
    return cleared, (Append(Kind.HANDED_OVER, why), Publish())


def send_failed(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.SendFailed)
    if event.again:
        return engagement, ()
    why = f"The channel refused it: {event.why}"
    back = replace(engagement, state=State.WAITING, approvals=(), delivery="", why=why)
    return said(back, event.at, "software", why), ()


def cannot_look(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.CannotLook)
    why = f"Nobody can say whether it arrived: {event.why} Please look in the channel."
    return said(replace(engagement, state=State.UNCERTAIN, why=why), event.at, "software", why), ()
