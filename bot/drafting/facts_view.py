"""Published facts as a reply template sees them, and which of them it used.

`facts.returns.window` is the fact's whole sentence in the template's locale, and
`facts.returns.window.value` its value. Nothing else can be reached from here. What cannot be said
honestly (no such fact, not in this locale, past its day) raises NoDraft and names the fact.
"""

from __future__ import annotations

from datetime import date

from bot.brand.published import PublishedFacts
from bot.model import PublishedFact
from bot.model.errors import NoDraft, did_you_mean


class FactView:
    """One fact in one locale. As text it is the fact's sentence."""

    __slots__ = ("_fact", "_locale")

    def __init__(self, fact: PublishedFact, locale: str) -> None:
        self._fact = fact
        self._locale = locale

    def __str__(self) -> str:
        return self._fact.text[self._locale]

    def __getitem__(self, name: str) -> str:
        fact, locale = self._fact, self._locale
        if name != "value":
            raise NoDraft(f"“{fact.id}.{name}”: a fact has only a text and a value.", fact.id)
        if locale not in fact.value:
            raise NoDraft(f"“{fact.id}” has no value in “{locale}”.", fact.id)
        return fact.value[locale]


class TopicView:
    __slots__ = ("_facts", "_topic")

    def __init__(self, facts: FactsView, topic: str) -> None:
        self._facts = facts
        self._topic = topic

    def __getitem__(self, name: str) -> FactView:
        return self._facts._use_fact(f"{self._topic}.{name}")

    def __str__(self) -> str:
        raise NoDraft(f"“{self._topic}” is a topic, not a fact.")


class FactsView:
    """All facts, for one rendering on one day. `used` says which, in order of first use."""

    __slots__ = ("_locale", "_published", "_today", "_used")

    def __init__(self, published: PublishedFacts, locale: str, today: date) -> None:
        self._published = published
        self._locale = locale
        self._today = today
        self._used: dict[str, None] = {}

    def __getitem__(self, topic: str) -> TopicView:
        return TopicView(self, topic)

    def __str__(self) -> str:
        raise NoDraft("“facts” is all facts, not one.")

    def used_facts(self) -> tuple[str, ...]:
        return tuple(self._used)

    def _use_fact(self, id: str) -> FactView:
        fact = self._published.get_fact(id)
        if fact is None:
            for coming in self._published.coming:
                if coming.id == id:
                    raise NoDraft(f"“{id}” holds from {coming.since}, not yet.", id)
            raise NoDraft(f"“{id}”: no such fact. {did_you_mean(id, self._published.ids)}", id)
        if fact.expired(self._today):
            last = min(fact.review_by, fact.expires or fact.review_by)
            raise NoDraft(f"“{id}” was good until {last.isoformat()} and needs a review.", id)
        if self._locale not in fact.text:
            raise NoDraft(f"“{id}” has no text in “{self._locale}”.", id)
        self._used[id] = None
        return FactView(fact, self._locale)
