"""Among peers the brand waits: whoever is there may answer first.

In a space where customers help each other, an addressed question that others could answer is not
drafted before the channel's `hold_off` has passed. A person can take it at any time; what concerns
safety, law, a wish for a person, somebody's own order, or the software itself doesn't wait. When
somebody answered meanwhile, no draft is pushed: a person sees the answer, and chooses. When the
customer thanks them, it is closed, and the silence is logged. The time for a first response begins
when the waiting ends.
"""

from __future__ import annotations

from datetime import datetime

from bot.brand.settings import ChannelProfile, Intent
from bot.model import Engagement, Message, PeerWords
from bot.understanding.signals import asks_whether_software, find_signals, is_question


def keep_peer_words(message: Message) -> PeerWords:
    """What is kept of somebody's words beside an ask: whose they are, and whether they ask too."""
    name = message.author.name or "Somebody"
    return PeerWords(message.id, message.author.id, name, is_question(message.text))


def end_of_hold_off(
    engagement: Engagement, channel: ChannelProfile, intent: Intent, at: datetime
) -> datetime | None:
    """Until when the brand waits for peers; None if it needn't, or no longer."""
    if not (channel.peers and channel.hold_off) or engagement.chosen:
        return None
    if intent.needs == "person" or asks_whether_software(engagement.text):
        return None
    end = engagement.opened + channel.hold_off
    return end if at < end else None


def find_peer_answers(engagement: Engagement) -> tuple[PeerWords, ...]:
    """What others wrote beside the ask that is no question of their own."""
    return tuple(words for words in engagement.peers if not words.asks)


def name_peers(answers: tuple[PeerWords, ...]) -> str:
    """Who answered, each once, in the order in which they did."""
    return ", ".join(dict.fromkeys(words.name for words in answers))


def name_thanked_peers(engagement: Engagement, message: Message) -> str:
    """Whom the customer thanks for an answer that wasn't ours; empty unless it is that, and no
    more. Nobody of ours has it, and we have said nothing."""
    found, handling = find_peer_answers(engagement), engagement.handling
    if not found or handling.owner or engagement.replies or handling.talking:
        return ""
    text = message.text
    for words in found:
        for part in (words.name, *words.name.split()):
            text = text.replace(part, " ")
    kinds = {signal.kind for signal in find_signals(text)}
    return name_peers(found) if kinds == {"thanks"} else ""
