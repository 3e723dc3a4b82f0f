"""Facts about how a reply sounds. Hints: they inform, rules decide, and none blocks by itself."""

from __future__ import annotations

from bot.detect.tone.tone_detection import MOST_TONES, find_tone
from bot.model import Span
from bot.policy.facts.fact_cache import Item, make_items
from bot.policy.facts.text_facts import ReplyFactCache, find_body_start, reply_body


def find_tone_items(cache: ReplyFactCache) -> tuple[Item, ...]:
    """Pressure, blame, disparagement and the like, where the body sounds so."""
    at = cache.compute_once(find_body_start)

    def item(span: Span) -> Item:
        return Item(span.words, at + span.start, at + span.end, {"kind": span.kind})

    return make_items(
        find_tone(cache.compute_once(reply_body), cache.subject.reply.locale), MOST_TONES, item
    )
