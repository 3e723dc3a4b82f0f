"""What the brand says in public, indexed for those who draft and those who judge.

Built once from all published facts and never changed; a changed file makes a new one. `hash` names
the content: two with the same hash say the same. Whether a fact is current depends on the day, so
that is asked with `today`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

import re2

from bot.model import PublishedFact

_WORD = re.compile(r"[^\W_]+")  # linear; re2 is slow with many matches
_EMAIL = re2.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re2.compile(r"\+?[0-9][0-9 ()/.-]{5,}[0-9]")


class PublishedFacts:
    """All published facts. Ids are unique (the loader sees to it).

    `coming` are those that were announced for a later day: known, and backing nothing yet.
    """

    __slots__ = (
        "_by_id",
        "by_topic",
        "coming",
        "contacts",
        "facts",
        "hash",
        "hosts",
        "ids",
        "offers",
        "words",
    )

    def __init__(
        self, facts: Iterable[PublishedFact] = (), coming: Iterable[PublishedFact] = ()
    ) -> None:
        self.coming: Final = tuple(sorted(coming, key=lambda fact: (fact.id, _begins_on(fact))))
        self.facts: Final = tuple(sorted(facts, key=lambda fact: fact.id))
        self._by_id: Final = {fact.id: fact for fact in self.facts}
        self.ids: Final = frozenset(self._by_id)
        self.offers: Final = tuple(fact for fact in self.facts if fact.offer)
        topics: dict[str, tuple[PublishedFact, ...]] = {}
        for fact in self.facts:
            topics[fact.topic] = (*topics.get(fact.topic, ()), fact)
        self.by_topic: Final[Mapping[str, tuple[PublishedFact, ...]]] = MappingProxyType(topics)
        said = {
            text for fact in self.facts for text in (*fact.text.values(), *fact.titles.values())
        }
        #: host names of the sources, lower case: the only hosts a reply links to
        self.hosts: Final = frozenset(urlsplit(fact.url).hostname or "" for fact in self.facts) - {
            ""
        }
        #: every word that stands in a fact or a source's title, case-folded
        self.words: Final = frozenset(word for text in said for word in split_words(text))
        #: e-mail addresses and phone numbers that the facts give to everybody, as written
        self.contacts: Final = frozenset(
            found
            for text in said
            for pattern in (_EMAIL, _PHONE)
            for found in pattern.findall(text)
            if pattern is _EMAIL or sum(c.isdigit() for c in found) >= 7
        )
        self.hash: Final = _hash_facts(self.facts, self.coming)

    @classmethod
    def on_day(cls, today: date, facts: Iterable[PublishedFact]) -> PublishedFacts:
        """What is so on this day. Of several versions of a fact the newest that has begun holds."""
        written = sorted(facts, key=_begins_on)
        begun = {fact.id: fact for fact in written if _begins_on(fact) <= today}
        return cls(begun.values(), (fact for fact in written if _begins_on(fact) > today))

    def get_fact(self, id: str) -> PublishedFact | None:
        return self._by_id.get(id)

    def current_facts(self, today: date) -> tuple[PublishedFact, ...]:
        """The facts that back something on this day."""
        return tuple(fact for fact in self.facts if not fact.expired(today))

    def facts_due_for_review(self, today: date, days: int = 30) -> tuple[PublishedFact, ...]:
        """Facts that are still current, and whose review is due within so many days."""
        until = today + timedelta(days=days)
        return tuple(fact for fact in self.current_facts(today) if fact.review_by <= until)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PublishedFacts) and other.hash == self.hash

    def __hash__(self) -> int:
        return hash(self.hash)

    def __repr__(self) -> str:
        return f"<Published {len(self.facts)} facts {self.hash[:8]}>"


def _begins_on(fact: PublishedFact) -> date:
    return fact.since or date.min


def split_words(text: str) -> list[str]:
    """The words of a text, case-folded."""
    return [word.casefold() for word in _WORD.findall(text)]


def _hash_facts(facts: tuple[PublishedFact, ...], coming: tuple[PublishedFact, ...]) -> str:
    """SHA-256, in hex, of what the facts say; derived values are left out."""
    plain = {
        "facts": [_fact_as_data(fact) for fact in facts],
        "coming": [_fact_as_data(it) for it in coming],
    }
    canonical = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _fact_as_data(fact: PublishedFact) -> dict[str, object]:
    return {
        "id": fact.id,
        "text": dict(fact.text),
        "value": dict(fact.value),
        "titles": dict(fact.titles),
        "url": fact.url,
        "as_of": fact.as_of.isoformat(),
        "review_by": fact.review_by.isoformat(),
        "expires": fact.expires.isoformat() if fact.expires else None,
        "offer": fact.offer,
        "from": fact.since.isoformat() if fact.since else None,
    }
