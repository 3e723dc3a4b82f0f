"""What the customer, the machine and the sending do to an engagement. Each is one small story.

Every function here takes a state that `states.LIFE` lists for its event and returns one that it
lists as following. What people decide is in `decisions`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.brand.business_hours import answer_due_at
from bot.cards.wording import UNCLEAR, name_of
from bot.engagement.effects import Append, Cancel, Corrected, Effect, Forget, Notify, Publish
from bot.engagement.proposing import judged, software_reply, weigh_message
from bot.handoff.routing import least_busy, route, wanted
from bot.handoff.severity import graver, leading
from bot.knowledge import Knowledge
from bot.learning.guarantee.guarantee_terms import EVERYTHING
from bot.learning.guarantee.guarantee_words import write_why_a_person
from bot.model import (
    Engagement,
    Finding,
    Happening,
    Message,
    Outcome,
    Reading,
    State,
    Unclear,
    turns,
)
from bot.model import events as e
from bot.record.entry import EntryKind
from bot.understanding.several_asks import answerable_intents, needs_follow_up

Step = tuple[Engagement, tuple[Effect, ...]]

OVERHEARD_FOR = timedelta(days=7)  # then what nobody chose to enter is forgotten
# without a runbook that says so: no automatic reply, for a loop needs an end, and it is our own
# notices that keep another program answering
SILENT_REASONS = frozenset({"loop", "back-and-forth"})
LATE = ("software", "it is late")


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
    if engagement.answered and not asked_since(engagement):  # a new turn, with a time of its own
        hours = knowledge.brand.hours_of_team(engagement.team)
        joined = replace(joined, due=answer_due_at(event.at, hours), late=False, broken=False)
    what = "wrote" if first else "wrote again"
    after, effects = reread(joined, event.at, "customer", what)
    if after.state is not State.PERSON:
        return after, effects
    return _graver_now(one_more(after, event.message), effects, event, knowledge)


def one_more(engagement: Engagement, message: Message) -> Engagement:
    """One message more without an answer; a line that follows the last one closely is none."""
    before = [it for it in engagement.messages if it.id != message.id]
    if before and turns([*before, message]) == turns(before):
        return engagement
    around, channel = engagement.circumstances, message.place.channel
    on = dict(around.unanswered_on)
    on[channel] = on.get(channel, 0) + 1
    around = replace(around, unanswered=around.unanswered + 1, unanswered_on=tuple(on.items()))
    return replace(engagement, circumstances=around)


def kept_waiting(engagement: Engagement, effects: tuple[Effect, ...], knowledge: Knowledge) -> Step:
    """A person has it, and the customer waits on: a rule that speaks for the first time now is
    acknowledged to the customer, unless somebody is talking with them."""
    before = engagement.asked.findings if engagement.asked else ()
    asked = weigh_message(engagement, knowledge)
    after = replace(engagement, asked=asked)
    known = {finding.rule for finding in before if finding.outcome is Outcome.HANDOFF}
    handing = (f for f in asked.findings if f.outcome is Outcome.HANDOFF)
    fresh = next((reason_of(f) for f in handing if f.rule not in known), "")
    busy = engagement.owner or not spoken_to(engagement) or engagement.hushed
    if not fresh or busy or fresh in SILENT_REASONS:
        return after, effects
    return after, (*effects, Notify(fresh))


def reason_of(finding: Finding) -> str:
    """Under which reason the customer is told: the id of the rule."""
    return finding.rule.rpartition("/")[2]


def _graver_now(
    engagement: Engagement, effects: tuple[Effect, ...], event: e.MessageArrived, k: Knowledge
) -> Step:
    """A person has it, and nothing is drafted; but new words may say that it is graver now."""
    alone = replace(engagement, messages=(event.message,), reading=None)
    asked = weigh_message(alone, k)
    found = leading(asked, k.runbooks)
    if found is None or not graver(found, engagement, k.runbooks):
        return kept_waiting(engagement, effects, k)
    known = replace(engagement, asked=asked)
    if engagement.answered is None and not engagement.talking:  # nobody has said anything yet
        known = replace(known, owner="")
    graver_so, more = by_rule(known, event.at, found, k, engagement.owner)
    return graver_so, (*effects, *more)


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
    engagement: Engagement,
    at: datetime,
    who: str,
    why: str,
    effects: tuple[Effect, ...] = (),
    *,
    recorded: str = "",
    measure: str = "",
) -> Step:
    """An end without a reply; logged as a decision. `recorded`: why, as the public reads it."""
    after = replace(engagement, state=State.CLOSED, why=why, approvals=(), digest="")
    entry = Append(EntryKind.CLOSED, recorded or why, measure)
    return said(after, at, who, why), (*effects, entry, Publish())


def staff_spoke(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.StaffSpoke)
    why = f"{name_of(event.person)} is talking with the customer in the channel."
    after = replace(
        engagement,
        state=State.PERSON,
        owner=event.person.id,
        why=why,
        approvals=(),
        delivery="",
        talking=True,
        answered=event.at,
        escalated="",
    )
    spoke = said(after, event.at, name_of(event.person), "answered in the channel")
    return spoke, cancelled(engagement, why)


def spoken_to(engagement: Engagement) -> bool:
    """Whether the customer spoke to us, or a person chose to enter: only then a notice may go out.
    Unread, the platform's own facts have to say so."""
    reading = engagement.reading
    if reading is not None:
        return reading.addressed or engagement.chosen
    return any(m.direct or m.mention or m.reply for m in engagement.messages)


def asked_since(engagement: Engagement) -> bool:
    """Whether the customer has written since we answered last."""
    last = engagement.answered
    return last is None or any(message.at > last for message in engagement.messages)


def routed(engagement: Engagement, reason: str, at: datetime, knowledge: Knowledge) -> Engagement:
    """With the team that takes it, and due by that team's hours.

    Where a person chose the team, it stays; so does a time that the customer was told.
    """
    brand = knowledge.brand
    team = brand.find_team(engagement.team) if engagement.placed else None
    team = team or route(brand.teams, wanted(engagement, reason), at, brand.hours)
    placed = replace(engagement, team=team.id if team else "")
    hours = brand.hours_of_team(placed.team)
    by = engagement.due
    if not (engagement.notices or engagement.late or engagement.answered):
        by = answer_due_at(engagement.opened, hours)
    return replace(placed, due=by)


def to_person(
    engagement: Engagement,
    at: datetime,
    why: str,
    reason: str,
    knowledge: Knowledge,
    owner: str = "",
    recorded: str = "",
) -> Step:
    """Hand over: a person has it, the customer hears so, the record says so.

    `owner`: who has it by name. Without one the team has it, or whoever of the team it names.
    `recorded`: what the record says instead of `why`, which may name somebody of ours.
    """
    after = routed(engagement, reason, at, knowledge)
    after = replace(after, state=State.PERSON, why=why, reason=reason)
    if after.due <= at:  # what the customer is told now is another time, and it is late already
        again = answer_due_at(at, knowledge.brand.hours_of_team(after.team))
        after = replace(after, late=True, due=again)
    after = said(after, at, "software", f"handed over: {why}")
    owner = owner or engagement.owner
    after = replace(after, owner=owner) if owner else _named(after, at, knowledge)
    effects: tuple[Effect, ...] = (Append(EntryKind.HANDED_OVER, recorded or why),)
    if not engagement.hushed and not engagement.owner and spoken_to(engagement):
        effects = (Notify(reason), *effects)
    return after, effects


def _named(engagement: Engagement, at: datetime, knowledge: Knowledge) -> Engagement:
    """Given to somebody by name, where the team is one that does so."""
    team = knowledge.brand.find_team(engagement.team)
    if team is None or not team.least_busy:
        return engagement
    person = least_busy(team, knowledge.brand.people, engagement.circumstances.load)
    if person is None:
        return engagement
    named = replace(engagement, owner=person.id)
    what = f"gave it to {name_of(person)}, who has the fewest open cards"
    return said(named, at, "software", what)


def by_rule(
    engagement: Engagement, at: datetime, finding: Finding, knowledge: Knowledge, owner: str = ""
) -> Step:
    """Hand over because a rule says so, under its runbook if it names one."""
    runbook = knowledge.runbooks.get(finding.runbook)
    reason = reason_of(finding)
    found = engagement.asked.findings if engagement.asked else ()
    silent = any(reason_of(f) in SILENT_REASONS for f in found if f.outcome is Outcome.HANDOFF)
    silent = silent or (runbook is not None and not runbook.automatic)
    under = replace(engagement, runbook=runbook.id if runbook else "", hushed=silent)
    return to_person(under, at, finding.because, reason, knowledge, owner)


def understood(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.Understood)
    reading = event.reading
    known = replace(
        engagement,
        reading=reading,
        circumstances=event.circumstances,
        read=None,
        meant="",
        audit=False,
        least=EVERYTHING,
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
    known = replace(known, asked=asked, runbook="", hushed=False, intents=())
    if (gravest := leading(asked, knowledge.runbooks)) is not None:
        return by_rule(known, event.at, gravest, knowledge)
    if event.circumstances.stopped:
        hushed = replace(known, hushed=True)
        return to_person(hushed, event.at, event.circumstances.stopped, "loop", knowledge)
    if event.circumstances.lost:  # content, context, intent: without one of them it is unclear
        why = "Unclear: what was said before could not be looked up."
        return to_person(known, event.at, why, "no-draft", knowledge)
    if any(signal.kind == "thanks" for signal in reading.signals):
        return close(known, event.at, "software", "No reply needed: the customer expects none.")
    together = _one_by_one(known, reading, knowledge)
    if not together and (reading.unclear is not None or reading.intent is None):
        unclear = reading.unclear or Unclear.OUT_OF_SCOPE
        return to_person(known, event.at, f"Unclear: {UNCLEAR[unclear]}.", unclear, knowledge)
    channel = knowledge.brand.channels[engagement.place.channel]
    if not channel.mode.answers:
        why = f"No drafts here: {channel.mode.meaning}"
        return to_person(known, event.at, why, "no-draft", knowledge)
    if together:
        more = needs_follow_up(together, knowledge.intents)
        known = routed(known, "", event.at, knowledge)
        ready = replace(known, state=State.UNDERSTOOD, intents=together, follow_up=more)
        titles = ", ".join(knowledge.intents[name].title_in("en") for name in together)
        return said(ready, event.at, "software", f"understood, one by one: {titles}"), ()
    assert reading.intent is not None
    intent = knowledge.intents.get(reading.intent)
    if intent is None:
        why = f"No intent “{reading.intent}” any more."
        return to_person(known, event.at, why, "no-draft", knowledge)
    if intent.reply == "handoff":
        why = f"Asked for: {intent.title_in('en')}."
        return to_person(known, event.at, why, "wants-person", knowledge)
    if intent.reply == "none" and any(s.kind == "complaint" for s in reading.signals):
        why = "They complain: that is never closed without a person."
        return to_person(known, event.at, why, "complaint", knowledge)
    known, why = _certain(known, reading, knowledge)
    if why and not (known.audit and intent.reply == "draft"):
        return to_person(known, event.at, why, "not-certain", knowledge)
    if intent.reply == "none":
        return close(known, event.at, "software", f"No reply needed: {intent.title_in('en')}.")
    known = routed(known, "", event.at, knowledge)
    ready = replace(known, state=State.UNDERSTOOD, follow_up=intent.needs == "person")
    return said(ready, event.at, "software", f"understood: {intent.title_in('en')}"), ()


def _one_by_one(engagement: Engagement, reading: Reading, knowledge: Knowledge) -> tuple[str, ...]:
    """The intents of several asks that one reply may answer. A guarantee was made for readings of
    one intent only: where one is in force, a person answers."""
    promised = knowledge.guarantees.get(engagement.place.channel)
    if promised is not None and promised.threshold_for_reading(reading) > EVERYTHING:
        return ()
    return answerable_intents(reading, knowledge.intents)


def _certain(
    engagement: Engagement, reading: Reading, knowledge: Knowledge
) -> tuple[Engagement, str]:
    """Whether a guarantee lets this be drafted: empty, or why it goes to a person."""
    promised = knowledge.guarantees.get(engagement.place.channel)
    if promised is None:
        return engagement, ""
    audit, least = (
        promised.is_audited(engagement.messages[0].id),
        promised.threshold_for_reading(reading),
    )
    why = write_why_a_person(promised) if reading.margin < least else ""
    return replace(engagement, audit=audit, least=least), why


def not_understood(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.NotUnderstood)
    return to_person(engagement, event.at, f"Could not be read: {event.why}", "no-draft", knowledge)


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
        return to_person(after, event.at, why, "no-draft", knowledge)
    ready = replace(after, state=State.WAITING)
    return said(ready, event.at, "software", f"drafted from {event.draft.template}"), ()


def could_not_draft(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    assert isinstance(event, e.CouldNotDraft)
    reason = Unclear.NO_FACTS if event.fact else "no-draft"
    return to_person(engagement, event.at, f"No honest draft: {event.why}", reason, knowledge)


def due_passed(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """Late: people see it first, the customer hears it once. Nothing is sent for lateness.

    What somebody has and left untouched is brought before the leads at once, anything else when the
    second time has passed as well; the customer isn't nagged about that. What was overheard, and
    nobody chose to enter, is forgotten instead.
    """
    hours = knowledge.brand.hours_of_team(engagement.team)
    if engagement.state is State.OVERHEARD:
        gone = replace(engagement, state=State.CLOSED, messages=(), reading=None, digest="")
        why = "Overheard, and nobody chose to enter: the words were removed."
        return said(replace(gone, why=why), event.at, "software", why), (Forget(),)
    if not asked_since(engagement):  # it was answered: nobody waits
        return replace(engagement, due=answer_due_at(event.at, hours)), ()
    if engagement.late:
        if engagement.broken:
            return engagement, ()
        why = "The second time that was promised has passed as well, and nothing was sent."
        broken = replace(engagement, broken=True, escalated=why)
        return said(broken, event.at, "software", f"brought it before the leads: {why}"), ()
    late = said(replace(engagement, late=True, due=answer_due_at(event.at, hours)), event.at, *LATE)
    if engagement.owner:
        owner = knowledge.brand.find_person(engagement.owner)
        who = name_of(owner) if owner else engagement.owner
        why = f"{who} has it, and nothing was sent by the time that was promised."
        late = said(replace(late, escalated=why), event.at, "software", f"before the leads: {why}")
    hears = spoken_to(engagement) and not engagement.talking and not engagement.hushed
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
    around = replace(engagement.circumstances, unanswered=0, unanswered_on=())
    sent = replace(
        engagement,
        replies=engagement.replies + 1,
        first_contact=False,
        answered=event.at,
        circumstances=around,
    )
    sent = said(sent, event.at, "software", "sent")
    put_right = (Corrected(engagement.corrects),) if engagement.corrects else ()
    if not engagement.follow_up:
        return replace(sent, state=State.SENT, why=""), (*put_right, Publish())
    why = "The published rule was sent; the customer's own case needs a person."
    after = followed_up(sent, event.at, why, knowledge)
    return after, (Notify(after.reason), Append(EntryKind.HANDED_OVER, why), Publish())


def followed_up(
    engagement: Engagement, at: datetime, why: str, knowledge: Knowledge, owner: str = ""
) -> Engagement:
    """What is left for a person once the published rule was sent: the customer's own case, with a
    time of its own."""
    cleared = replace(
        engagement,
        state=State.PERSON,
        why=why,
        reason="needs-person",
        follow_up=False,
        draft=None,
        candidate=None,
        digest="",
        verdict=None,
        approvals=(),
        delivery="",
        editor="",
        late=False,
        broken=False,
        escalated="",
        answered=None,
    )
    after = routed(cleared, "needs-person", at, knowledge)
    after = replace(after, due=answer_due_at(at, knowledge.brand.hours_of_team(after.team)))
    owner = owner or engagement.owner
    return replace(after, owner=owner) if owner else _named(after, at, knowledge)


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
