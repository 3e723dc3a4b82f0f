"""Among peers the brand waits: whoever is there may answer first.

In a space where customers help each other, an addressed question that others could answer is not
drafted before the channel's `hold_off` has passed. A person can take it at any time; what concerns
safety, law, a wish for a person, somebody's own order, or the software itself doesn't wait. When
somebody answered meanwhile, no draft is pushed: a person sees the answer, and chooses. When the
customer thanks them, it is closed, and the silence is logged. The time for a first response begins
when the waiting ends.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.brand.business_hours import answer_due_at
from bot.brand.settings import ChannelProfile, Intent
from bot.engagement import steps
from bot.engagement.steps import Step, said, to_person
from bot.knowledge import Knowledge
from bot.model import Engagement, Message, PeerWords, State
from bot.model import events as e
from bot.understanding.signals import asks_whether_software, find_signals, is_question

ANSWERED = "peer-answered"
WHY = "answered. If that is right, prefer crediting it to posting an answer of our own."


def words_of(message: Message) -> PeerWords:
    """What is kept of somebody's words beside an ask: whose they are, and whether they ask too."""
    name = message.author.name or "Somebody"
    return PeerWords(message.id, message.author.id, name, is_question(message.text))


def until(
    engagement: Engagement, channel: ChannelProfile, intent: Intent, at: datetime
) -> datetime | None:
    """Until when the brand waits for peers; None if it needn't, or no longer."""
    if not (channel.peers and channel.hold_off) or engagement.chosen:
        return None
    if intent.needs == "person" or asks_whether_software(engagement.text):
        return None
    end = engagement.opened + channel.hold_off
    return end if at < end else None


def understood(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """As everywhere; but what would be drafted now may wait for peers, or be theirs already."""
    after, effects = steps.understood(engagement, event, knowledge)
    channel = knowledge.brand.channels[after.place.channel]
    intent = knowledge.intents.get(after.reading.intent or "") if after.reading else None
    if after.state is not State.UNDERSTOOD or intent is None:
        return after, effects
    end = until(after, channel, intent, event.at)
    if end is not None:
        return waiting(after, end, event.at, knowledge)
    if channel.hold_off and answered(after) and not after.chosen:
        return credited(after, event.at, knowledge)
    return after, effects


def message_arrived(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """As everywhere; but thanks to a peer who has answered ends it."""
    assert isinstance(event, e.MessageArrived)
    whom = thanked(engagement, event.message)
    if not whom:
        return steps.message_arrived(engagement, event, knowledge)
    joined = replace(engagement, messages=(*engagement.messages, event.message))
    why = f"The customer thanked {whom}: a peer's answer was enough."
    return steps.close(joined, event.at, "software", why, steps.cancelled(engagement, why))


def due_passed(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """As everywhere; while peers come first, it ends the waiting."""
    if engagement.state is State.PEERS:
        return over(engagement, event.at, knowledge)
    return steps.due_passed(engagement, event, knowledge)


def waiting(engagement: Engagement, end: datetime, at: datetime, knowledge: Knowledge) -> Step:
    """Peers first: nothing is drafted before `end`."""
    there = end.astimezone(knowledge.brand.hours.zone)
    why = f"Among peers: whoever is there may answer until {there:%H:%M}. Then it is drafted."
    waits = replace(engagement, state=State.PEERS, why=why, due=end)
    return said(waits, at, "software", "waits whether a peer answers"), ()


def answered(engagement: Engagement) -> tuple[PeerWords, ...]:
    """What others wrote beside the ask that is no question of their own."""
    return tuple(words for words in engagement.peers if not words.asks)


def peer_spoke(engagement: Engagement, event: e.Event, knowledge: Knowledge) -> Step:
    """Somebody else wrote beside the ask. It is shown with it, and changes nothing by itself."""
    assert isinstance(event, e.PeerSpoke)
    if any(words.message == event.words.message for words in engagement.peers):
        return engagement, ()
    heard = replace(engagement, peers=(*engagement.peers, event.words))
    return said(heard, event.at, event.words.name, "wrote beside it"), ()


def over(engagement: Engagement, at: datetime, knowledge: Knowledge) -> Step:
    """The waiting has ended: a draft, or a person if somebody answered."""
    found = answered(engagement)
    if found:
        return credited(engagement, at, knowledge)
    ready = replace(engagement, state=State.UNDERSTOOD, why="")
    return said(ready, at, "software", "no peer answered: to be drafted"), ()


def credited(engagement: Engagement, at: datetime, knowledge: Knowledge) -> Step:
    """A peer has answered: a person chooses, and nothing is pushed."""
    names = ", ".join(dict.fromkeys(words.name for words in answered(engagement)))
    fresh = replace(
        engagement,
        hushed=True,
        due=answer_due_at(at, knowledge.brand.hours_of_team(engagement.team)),
    )
    return to_person(fresh, at, f"{names} {WHY}", ANSWERED, knowledge)


def thanked(engagement: Engagement, message: Message) -> str:
    """Whom the customer thanks for an answer that wasn't ours; empty unless it is that, and no
    more. Nobody of ours has it, and we have said nothing."""
    found = answered(engagement)
    if not found or engagement.owner or engagement.replies or engagement.talking:
        return ""
    text = message.text
    for words in found:
        for part in (words.name, *words.name.split()):
            text = text.replace(part, " ")
    kinds = {signal.kind for signal in find_signals(text)}
    return ", ".join(dict.fromkeys(words.name for words in found)) if kinds == {"thanks"} else ""


def timed(before: Engagement, after: Engagement, at: datetime, knowledge: Knowledge) -> Engagement:
    """With a due time of its own, once the waiting for peers has ended in any way."""
    left = before.state is State.PEERS and after.state is not State.PEERS and after.state.open
    if not left or after.due != before.due:
        return after
    return replace(after, due=answer_due_at(at, knowledge.brand.hours_of_team(after.team)))
