"""Facts about how a reply sounds. Hints: they inform, rules decide, and none blocks by itself."""

from __future__ import annotations

from bot.detect import tone
from bot.model import Span
from bot.policy.facts.fact_cache import Item, items_of
from bot.policy.facts.text_facts import ReplySeen, body, body_at


def tone_of(see: ReplySeen) -> tuple[Item, ...]:
    """Pressure, blame, disparagement and the like, where the body sounds so."""
    at = see.once(body_at)

    def item(span: Span) -> Item:
        return Item(span.words, at + span.start, at + span.end, {"kind": span.kind})

    return items_of(tone.find(see.once(body), see.subject.reply.locale), tone.MOST, item)
