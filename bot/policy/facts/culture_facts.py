"""Facts about the place where a reply is said: its profile, and what the reply makes of it.

A channel without a profile asks for nothing: any length, emoji, any address.
"""

from __future__ import annotations

from bot.detect.tone import manners
from bot.model import Span
from bot.policy.facts.fact_cache import Item, items_of
from bot.policy.facts.text_facts import ReplySeen, body, body_at


def known(see: ReplySeen) -> bool:
    return see.subject.culture is not None


def expired(see: ReplySeen) -> bool:
    culture = see.subject.culture
    return culture is not None and culture.expired(see.subject.today)


def until(see: ReplySeen) -> str:
    culture = see.subject.culture
    return culture.review_by.isoformat() if culture else ""


def longest(see: ReplySeen) -> int:
    culture = see.subject.culture
    return culture.longest if culture else 0


def emoji_welcome(see: ReplySeen) -> bool:
    culture = see.subject.culture
    return culture is None or culture.emoji


def addressing(see: ReplySeen) -> str:
    culture = see.subject.culture
    return culture.addressing(see.subject.reply.locale) if culture else ""


def emoji(see: ReplySeen) -> tuple[Item, ...]:
    """Emoji in the body."""
    at = see.once(body_at)
    found = manners.emoji(see.once(body))
    return items_of(found, manners.MOST, lambda span: _item(span, at, {}))


def address(see: ReplySeen) -> tuple[Item, ...]:
    """Words of the body that address people formally or informally."""
    at = see.once(body_at)
    found = manners.address(see.once(body), see.subject.reply.locale)
    return items_of(found, manners.MOST, lambda span: _item(span, at, {"kind": span.kind}))


def address_mixed(see: ReplySeen) -> bool:
    return len({item.fields["kind"] for item in see.once(address) if item.fields}) > 1


def _item(span: Span, at: int, fields: dict[str, str]) -> Item:
    return Item(span.words, at + span.start, at + span.end, fields)
