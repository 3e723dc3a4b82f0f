"""Facts about the place where a reply is said: its profile, and what the reply makes of it.

A channel without a profile asks for nothing: any length, emoji, any address.
"""

from __future__ import annotations

from bot.detect.tone import address_forms
from bot.model import Span
from bot.policy.facts.fact_cache import Item, make_items
from bot.policy.facts.text_facts import ReplyFactCache, find_body_start, reply_body


def has_profile(cache: ReplyFactCache) -> bool:
    return cache.subject.culture is not None


def is_profile_expired(cache: ReplyFactCache) -> bool:
    culture = cache.subject.culture
    return culture is not None and culture.is_expired(cache.subject.today)


def profile_review_by(cache: ReplyFactCache) -> str:
    culture = cache.subject.culture
    return culture.review_by.isoformat() if culture else ""


def profile_longest_body(cache: ReplyFactCache) -> int:
    culture = cache.subject.culture
    return culture.longest if culture else 0


def are_emoji_welcome(cache: ReplyFactCache) -> bool:
    culture = cache.subject.culture
    return culture is None or culture.emoji


def profile_address_form(cache: ReplyFactCache) -> str:
    culture = cache.subject.culture
    return culture.address_form(cache.subject.reply.locale) if culture else ""


def find_emoji_in_body(cache: ReplyFactCache) -> tuple[Item, ...]:
    """Emoji in the body."""
    at = cache.compute_once(find_body_start)
    found = address_forms.find_emoji(cache.compute_once(reply_body))
    return make_items(found, address_forms.MOST, lambda span: _item_in_body(span, at, {}))


def find_address_forms_in_body(cache: ReplyFactCache) -> tuple[Item, ...]:
    """Words of the body that address people formally or informally."""
    at = cache.compute_once(find_body_start)
    found = address_forms.find_address_forms(
        cache.compute_once(reply_body), cache.subject.reply.locale
    )
    return make_items(
        found, address_forms.MOST, lambda span: _item_in_body(span, at, {"kind": span.kind})
    )


def is_address_form_mixed(cache: ReplyFactCache) -> bool:
    return (
        len(
            {
                item.fields["kind"]
                for item in cache.compute_once(find_address_forms_in_body)
                if item.fields
            }
        )
        > 1
    )


def _item_in_body(span: Span, at: int, fields: dict[str, str]) -> Item:
    return Item(span.words, at + span.start, at + span.end, fields)
