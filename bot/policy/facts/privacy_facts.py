"""Facts about what must stay private: personal data, a customer's values, secrets."""

from __future__ import annotations

from functools import lru_cache

from bot.brand.published import Published
from bot.detect import personal, secrets, taint
from bot.model import Span
from bot.policy.facts.fact_cache import Item, Seen, items_of
from bot.policy.facts.text_facts import ReplySeen, own_words, part_at
from bot.policy.subject import MessageSubject


def personal_data(see: ReplySeen) -> tuple[Item, ...]:
    """Personal data by its form; what the brand publishes as its own contact is none."""
    subject = see.subject
    spans = personal.find(see.once(own_words), _contacts(subject.published))
    if not spans:
        return ()
    written = tuple(span.words for span in personal.find(subject.asked))
    own = personal.contacts((*subject.private, *written))

    def item(span: Span) -> Item:
        return _item(see, span, customers=not own.isdisjoint(personal.contacts((span.words,))))

    return items_of(spans, personal.MOST, item)


def tainted(see: ReplySeen) -> tuple[Item, ...]:
    """Values of the customer's private context that surface in the text."""
    subject = see.subject
    if not subject.private:
        return ()
    public = _public(subject.published) | taint.vocabulary((subject.brand.name,))
    spans = taint.find(see.once(own_words), subject.private, public)
    return items_of(spans, taint.MOST, lambda span: _item(see, span))


@lru_cache(maxsize=4)
def _contacts(published: Published) -> frozenset[str]:
    return personal.contacts(tuple(published.contacts))


@lru_cache(maxsize=4)
def _public(published: Published) -> frozenset[str]:
    """What everybody can read, in the form in which taint compares: nobody's secret."""
    return taint.vocabulary(
        words
        for fact in published.facts
        for words in (*fact.text.values(), *fact.titles.values(), fact.url)
    )


def secrets_told(see: ReplySeen) -> tuple[Item, ...]:
    """Credentials, and what the brand lists as internal."""
    spans = secrets.find(see.once(own_words), see.subject.brand.internal)
    return items_of(spans, secrets.MOST, lambda span: _item(see, span))


def written_by_customer(see: Seen[MessageSubject]) -> tuple[Item, ...]:
    """Personal data that the customer wrote."""

    def item(span: Span) -> Item:
        return Item(span.words, span.start, span.end, {"kind": span.kind})

    return items_of(personal.find(see.subject.text), personal.MOST, item)


def _item(see: ReplySeen, span: Span, **fields: object) -> Item:
    at = {"kind": span.kind, "part": part_at(see, span.start)}
    return Item(span.words, span.start, span.end, at | fields)
