"""Facts about what must stay private: personal data, a customer's values, secrets."""

from __future__ import annotations

from functools import lru_cache

from bot.brand.published import PublishedFacts
from bot.detect.personal.personal_data import (
    MOST_PERSONAL_DATA,
    find_personal_data,
    normalize_contacts,
)
from bot.detect.secrets.secret_detection import MOST_SECRETS, find_secrets
from bot.detect.taint.taint_detection import MOST_TAINTS, find_tainted, public_vocabulary
from bot.model import Span
from bot.policy.facts.fact_cache import FactCache, Item, make_items
from bot.policy.facts.text_facts import ReplyFactCache, blank_entry_links, find_part_at
from bot.policy.subject import MessageSubject


def find_personal_data_items(cache: ReplyFactCache) -> tuple[Item, ...]:
    """Personal data by its form; what the brand publishes as its own contact is none."""
    subject = cache.subject
    spans = find_personal_data(
        cache.compute_once(blank_entry_links), _contacts_in_public(subject.published)
    )
    if not spans:
        return ()
    written = tuple(span.words for span in find_personal_data(subject.asked))
    own = normalize_contacts((*subject.private, *written))

    def item(span: Span) -> Item:
        return _item_outside_envelope(
            cache, span, customers=not own.isdisjoint(normalize_contacts((span.words,)))
        )

    return make_items(spans, MOST_PERSONAL_DATA, item)


def find_tainted_items(cache: ReplyFactCache) -> tuple[Item, ...]:
    """Values of the customer's private context that surface in the text."""
    subject = cache.subject
    if not subject.private:
        return ()
    public = _public_vocabulary(subject.published) | public_vocabulary((subject.brand.name,))
    spans = find_tainted(cache.compute_once(blank_entry_links), subject.private, public)
    return make_items(spans, MOST_TAINTS, lambda span: _item_outside_envelope(cache, span))


@lru_cache(maxsize=4)
def _contacts_in_public(published: PublishedFacts) -> frozenset[str]:
    return normalize_contacts(tuple(published.contacts))


@lru_cache(maxsize=4)
def _public_vocabulary(published: PublishedFacts) -> frozenset[str]:
    """What everybody can read, in the form in which taint compares: nobody's secret."""
    return public_vocabulary(
        words
        for fact in published.facts
        for words in (*fact.text.values(), *fact.titles.values(), fact.url)
    )


def find_secret_items(cache: ReplyFactCache) -> tuple[Item, ...]:
    """Credentials, and what the brand lists as internal."""
    spans = find_secrets(cache.compute_once(blank_entry_links), cache.subject.brand.internal)
    return make_items(spans, MOST_SECRETS, lambda span: _item_outside_envelope(cache, span))


def find_personal_data_of_customer(cache: FactCache[MessageSubject]) -> tuple[Item, ...]:
    """Personal data that the customer wrote."""

    def item(span: Span) -> Item:
        return Item(span.words, span.start, span.end, {"kind": span.kind})

    return make_items(find_personal_data(cache.subject.text), MOST_PERSONAL_DATA, item)


def _item_outside_envelope(cache: ReplyFactCache, span: Span, **fields: object) -> Item:
    at = {"kind": span.kind, "part": find_part_at(cache, span.start)}
    return Item(span.words, span.start, span.end, at | fields)
