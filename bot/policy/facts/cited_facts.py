"""Facts about the published facts behind a reply: whether they are there, current, and shown."""

from __future__ import annotations

from bot.policy.facts.fact_cache import Item
from bot.policy.facts.text_facts import ReplyFactCache

NEVER = 36_500  # days


def list_cited_items(cache: ReplyFactCache) -> tuple[Item, ...]:
    """The facts that the reply rests on, each as an item without a place in the text."""
    subject = cache.subject
    shown = {source.url for source in subject.reply.envelope.sources}
    items = []
    for id in subject.reply.facts:
        fact = subject.published.get_fact(id)
        end = min(fact.review_by, fact.expires or fact.review_by) if fact else None
        items.append(
            Item(
                "",
                0,
                0,
                {
                    "id": id,
                    "topic": id.partition(".")[0],
                    "published": fact is not None,
                    "expired": fact is not None and fact.expired(subject.today),
                    "as_of": fact.as_of.isoformat() if fact else "",
                    "until": end.isoformat() if end else "",
                    "days_left": (end - subject.today).days if end else -NEVER,
                    "offer": fact is not None and fact.offer,
                    "source": fact.url if fact else "",
                    "shown": fact is not None and fact.url in shown,
                },
            )
        )
    return tuple(items)


def current_offer_ids(cache: ReplyFactCache) -> tuple[str, ...]:
    """The ids of the published offers that are current."""
    offers, today = cache.subject.published.offers, cache.subject.today
    return tuple(fact.id for fact in offers if not fact.expired(today))


def current_fact_ids(cache: ReplyFactCache) -> tuple[str, ...]:
    return tuple(sorted(cache.subject.published.ids))
