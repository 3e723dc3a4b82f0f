"""Facts about how a reply sounds. Hints: they inform, rules decide, and none blocks by itself."""

from __future__ import annotations

from bot.detect import tone
from bot.policy.facts_text import ReplySeen, body, body_at
from bot.policy.seen import Item


def tone_of(see: ReplySeen) -> tuple[Item, ...]:
    """Pressure, blame, disparagement and the like, where the body sounds so."""
    at = see.once(body_at)
    return tuple(
        Item(span.words, at + span.start, at + span.end, {"kind": span.kind})
        for span in tone.find(see.once(body), see.subject.reply.locale)
    )
