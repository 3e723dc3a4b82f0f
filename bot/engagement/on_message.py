"""Somebody wrote, changed or took back their words: the customer, a peer, or one of the brand's.

A customer's new words pull an ask back to be read, as long as nothing was sent for them: what was
drafted before they were read answers another question. With a person who has it, it stays.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.brand.business_hours import answer_due_at
from bot.engagement.effects import Effect, Handlers, Notify, Step
from bot.engagement.handing_over import (
    SILENT_CAUSES,
    cancel_planned,
    close,
    give_packet,
    hand_over_by_rule,
    leave_peers,
)
from bot.engagement.judging import judge_ask, weigh_message
from bot.handoff.peers import name_thanked_peers
from bot.handoff.severity import cause_of, find_leading, is_graver
from bot.knowledge import Knowledge
from bot.model import Actor, Engagement, Happened, Message, Outcome, Reason, State, Why, turns
from bot.model import events as e
from bot.model.proposal import NO_PROPOSAL


def message_arrives(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """A message of the customer's more. Thanks to a peer who has answered ends it."""
    assert isinstance(event, e.MessageArrived)
    joined = replace(before, messages=(*before.messages, event.message))
    if names := name_thanked_peers(before, event.message):
        why = Reason(Why.PEER_THANKED, {"names": names})
        return close(joined, event.at, why, cancel_planned(before))
    if before.clock.answered and not before.asked_since_answer:
        hours = knowledge.brand.hours_of_team(before.handling.team)
        joined = replace(joined, clock=joined.clock.restart(answer_due_at(event.at, hours)))
    what = Happened.WROTE_AGAIN if before.messages else Happened.WROTE
    after, effects = read_again(joined, event.at, what, knowledge)
    if after.state is not State.PERSON:
        return after, effects
    after = _count_unanswered(after, event.message)
    return _weigh_new_words(before, after, effects, event, knowledge)


def message_changes(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """The customer changed their words: the old ones are gone. After our answer that is noted, and
    changes nothing."""
    assert isinstance(event, e.MessageEdited)
    if before.state is State.SENT:
        return before.note(event.at, Actor.CUSTOMER, Happened.CHANGED_AFTER_ANSWER), ()
    new = event.message
    messages = tuple(new if m.id == new.id else m for m in before.messages)
    changed = forget_words(replace(before, messages=messages))
    after, effects = read_again(changed, event.at, Happened.CHANGED_MESSAGE, knowledge)
    after, alarms = give_packet(before, after, event.at, knowledge)
    return after, (*effects, *alarms)


def message_goes(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """The customer took a message back: its words are gone from everything kept of the ask."""
    assert isinstance(event, e.MessageDeleted)
    kept = tuple(m for m in before.messages if m.id != event.message)
    left = forget_words(replace(before, messages=kept))
    quiet = before.state in (State.SENT, State.CLOSED)
    if quiet or (kept and before.state is State.OVERHEARD):
        return left.note(event.at, Actor.CUSTOMER, Happened.TOOK_MESSAGE_BACK), ()
    if not kept:
        stop, left = cancel_planned(before), replace(left, proposal=NO_PROPOSAL)
        return close(left, event.at, Reason(Why.TAKEN_BACK), stop, actor=Actor.CUSTOMER)
    after, effects = read_again(left, event.at, Happened.TOOK_MESSAGE_BACK, knowledge)
    after, alarms = give_packet(before, after, event.at, knowledge)
    return after, (*effects, *alarms)


def peer_speaks(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """Somebody else wrote beside the ask. It is shown with it, and changes nothing by itself."""
    assert isinstance(event, e.PeerSpoke)
    message = event.words.message
    if any(words.message == message for words in before.peers):
        return before, ()
    heard = replace(before, peers=(*before.peers, event.words))
    return heard.note(event.at, Actor.PEER, Happened.WROTE_BESIDE, message=message), ()


def staff_speaks(before: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """Somebody of the brand's answered in the channel itself: a person has it, and is talking."""
    assert isinstance(event, e.StaffSpoke)
    person = event.person.id
    why = Reason(Why.TALKING, {"person": person})
    left = leave_peers(before, event.at, knowledge)
    after = replace(
        left,
        state=State.PERSON,
        handling=left.handling.talk(person, why),
        proposal=left.proposal.withdraw(),
        clock=left.clock.answer(event.at),
    )
    after = after.note(event.at, Actor.PERSON, Happened.ANSWERED_IN_CHANNEL, person=person)
    after, alarms = give_packet(before, after, event.at, knowledge)
    return after, (*cancel_planned(before), *alarms)


def read_again(engagement: Engagement, at: datetime, what: Happened, knowledge: Knowledge) -> Step:
    """The customer's words changed: nothing drafted before may go out unread.

    With a person who has it, it stays with them; otherwise it is understood afresh.
    """
    effects = cancel_planned(engagement)
    kept = engagement.state is State.PERSON
    kept = kept or bool(engagement.handling.owner or engagement.proposal.editor)
    proposal = engagement.proposal.outdate()
    after = leave_peers(engagement.note(at, Actor.CUSTOMER, what), at, knowledge)
    if kept:
        handling = after.handling
        if handling.why is None:
            owner = handling.owner or engagement.proposal.editor
            handling = handling.explain(Reason(Why.ITS_OWNERS, {"person": owner}))
        kept_by = replace(after, state=State.PERSON, proposal=proposal, handling=handling)
        return kept_by, effects
    proposal = replace(proposal, digest="", verdict=None)
    return replace(after, state=State.ARRIVED, proposal=proposal), effects


def forget_words(engagement: Engagement) -> Engagement:
    """Without anything that may quote what was taken back: what was read in it, what the rules
    said of it, what a person was given. What was decided stays, by its kind."""
    known, handling = engagement.understanding, engagement.handling
    reading = known.reading and replace(known.reading, asks=(), signals=())
    first = known.first_reading and replace(known.first_reading, asks=(), signals=())
    verdict = known.verdict and known.verdict.without_words()
    packet = handling.packet and replace(handling.packet, rules=verdict.findings if verdict else ())
    return replace(
        engagement,
        understanding=replace(known, reading=reading, first_reading=first, verdict=verdict),
        handling=replace(handling, packet=packet),
    )


def _count_unanswered(engagement: Engagement, message: Message) -> Engagement:
    """One message more without an answer; a line that follows the last one closely is none."""
    earlier = [it for it in engagement.messages if it.id != message.id]
    if earlier and turns([*earlier, message]) == turns(earlier):
        return engagement
    known, channel = engagement.understanding, message.place.channel
    on = dict(known.context.unanswered_on)
    on[channel] = on.get(channel, 0) + 1
    count = known.context.unanswered + 1
    context = replace(known.context, unanswered=count, unanswered_on=tuple(on.items()))
    return replace(engagement, understanding=replace(known, context=context))


def _weigh_new_words(
    before: Engagement,
    engagement: Engagement,
    effects: tuple[Effect, ...],
    event: e.MessageArrived,
    knowledge: Knowledge,
) -> Step:
    """A person has it, and nothing is drafted; but new words may say that it is graver now."""
    unread = replace(engagement.understanding, reading=None)
    alone = replace(engagement, messages=(event.message,), understanding=unread)
    verdict = weigh_message(alone, knowledge)
    found = find_leading(verdict, knowledge.runbooks)
    if found is None or not is_graver(found, engagement, knowledge.runbooks):
        waits, more = _keep_waiting(engagement, knowledge)
        after, alarms = give_packet(before, waits, event.at, knowledge)
        return after, (*effects, *more, *alarms)
    known = replace(engagement, understanding=engagement.understanding.judge(verdict))
    if engagement.clock.answered is None and not engagement.handling.talking:
        known = replace(known, handling=replace(known.handling, owner=""))  # nobody spoke yet
    owner = engagement.handling.owner
    after, more = hand_over_by_rule(before, known, event.at, found, knowledge, owner)
    return after, (*effects, *more)


def _keep_waiting(engagement: Engagement, knowledge: Knowledge) -> Step:
    """The customer waits on: a rule that speaks for the first time now is acknowledged to them,
    unless somebody is talking with them."""
    earlier = engagement.understanding.verdict
    after = judge_ask(engagement, knowledge)
    known = {f.rule for f in earlier.findings if f.outcome is Outcome.HANDOFF} if earlier else set()
    verdict = after.understanding.verdict
    handing = (f for f in verdict.findings if f.outcome is Outcome.HANDOFF) if verdict else ()
    fresh = next((cause_of(f) for f in handing if f.rule not in known), "")
    handling = engagement.handling
    busy = handling.owner or not engagement.addressed_us or handling.hushed
    if not fresh or busy or fresh in SILENT_CAUSES:
        return after, ()
    return after, (Notify(fresh),)


HANDLERS: Handlers = {
    e.MessageArrived: message_arrives,
    e.MessageEdited: message_changes,
    e.MessageDeleted: message_goes,
    e.StaffSpoke: staff_speaks,
    e.PeerSpoke: peer_speaks,
}
