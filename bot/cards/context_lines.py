"""What a person should know of the past before they decide, in plain words: a line for each thing.

From the circumstances that were stored with the reading, so the card says what was so then; only
how long ago it is counts from now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.brand.settings import ChannelProfile
from bot.cards.wording import ago, span
from bot.knowledge import Knowledge
from bot.model import Engagement


def list_context(engagement: Engagement, knowledge: Knowledge, now: datetime) -> tuple[str, ...]:
    """The lines, the most pressing first. Empty for an ask without a past."""
    return tuple(_lines(engagement, knowledge, now))


def _lines(engagement: Engagement, knowledge: Knowledge, now: datetime) -> Iterator[str]:
    context, channels = engagement.understanding.context, knowledge.brand.channels
    if context.unanswered > 1:
        where = " and ".join(
            f"{count} on {_title(name, channels)}" for name, count in context.unanswered_on if count
        )
        yield f"{context.unanswered} messages of theirs are without an answer: {where}."
    if context.returning and context.last_spoke is None:
        yield "They have never written here before: whoever listens for long deserves an answer."
    elif context.returning and context.last_spoke is not None:
        silent = span(engagement.opened - context.last_spoke)
        yield f"They write for the first time in {silent}."
    if context.repeated and context.repeated_at is not None:
        where = _title(context.repeated_on, channels)
        times = "Asked" if context.repeated == 1 else f"Asked {context.repeated} times"
        before = ago(context.repeated_at, now)
        yield f"{times} and answered before, the last time {before} on {where}."
    if context.echoes > 2:
        yield f"{context.echoes} of their messages came within seconds of ours: is it a program?"
    if context.same_on:
        where = _title(context.same_on, channels)
        yield f"The same was asked on {where}, where it still waits: one answer is enough."
    last, settings = context.last_spoke, knowledge.brand.customers
    if last is not None and not context.returning and now - last > settings.stale_after:
        yield f"We last spoke {ago(last, now)}: what was so then may have changed."


def _title(name: str, channels: Mapping[str, ChannelProfile]) -> str:
    known = channels.get(name)
    return known.title if known else name
