"""Facts about what must stay private: personal data, a customer's values, secrets."""

from __future__ import annotations

from bot.detect import personal
from bot.model import Span
from bot.policy.facts_text import ReplySeen, own_words, part_at
from bot.policy.seen import Item, Seen
from bot.policy.subject import MessageSubject


def personal_data(see: ReplySeen) -> tuple[Item, ...]:
    """Personal data by its form; what the brand publishes as its own contact is none."""
    contacts = personal.contacts(tuple(see.subject.published.contacts))
    own = personal.contacts(see.subject.private) | personal.contacts(
        tuple(span.words for span in personal.find(see.subject.asked))
    )
    return tuple(
        _item(see, span, customers=bool(personal.contacts((span.words,)) & own))
        for span in personal.find(see.once(own_words), contacts)
    )


def written_by_customer(see: Seen[MessageSubject]) -> tuple[Item, ...]:
    """Personal data that the customer wrote."""
    return tuple(
        Item(span.words, span.start, span.end, {"kind": span.kind})
        for span in personal.find(see.subject.text)
    )


def _item(see: ReplySeen, span: Span, **fields: object) -> Item:
    at = {"kind": span.kind, "part": part_at(see, span.start)}
    return Item(span.words, span.start, span.end, at | fields)
