"""What rules see of one subject: facts computed on demand, and what went wrong with any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.detect.text import safe
from bot.policy.pack import Rule
from bot.policy.patterns import PatternSet
from bot.policy.seen import FactError, Item, Seen
from bot.policy.subject import MessageSubject, ReplySubject
from bot.policy.terms import Vocabulary, plain

MOST_ITEMS = 512


class Sight:
    """Facts of one subject by name, for one judging. Never raises but FactError."""

    def __init__(
        self, vocabulary: Vocabulary, patterns: PatternSet, subject: ReplySubject | MessageSubject
    ) -> None:
        self.subject = subject
        self.failed: dict[str, FactError] = {}
        self._vocabulary = vocabulary
        self._patterns = patterns
        self._seen: Seen[Any] = Seen(subject)
        self._plain: dict[str, Any] = {}
        self._found: Mapping[str, tuple[Item, ...]] | FactError | None = None

    def data(self, names: Iterable[str]) -> dict[str, Any]:
        """These facts as expressions get them; those that failed are left out (see `failed`)."""
        data = {}
        for name in names:
            if name not in self._plain and name not in self.failed:
                try:
                    self._plain[name] = plain(self._vocabulary.value(name, self._seen))
                except FactError as error:
                    self.failed[name] = error
            if name in self._plain:
                data[name] = self._plain[name]
        return data

    def items(self, each: str) -> tuple[Item, ...]:
        """The items of a list. Raises FactError, also when there are too many to judge."""
        if each in self.failed:
            raise self.failed[each]
        return _few(each, self._vocabulary.value(each, self._seen))

    def found(self, rule: Rule) -> tuple[Item, ...]:
        """The places that a rule's patterns match. Raises FactError."""
        if self._found is None:
            try:
                self._found = self._patterns.find(text_of(self.subject))
            except Exception as error:
                self._found = FactError("find", f"{type(error).__name__}: {error}")
        if isinstance(self._found, FactError):
            raise self._found
        return _few("find", self._found.get(rule.name, ()))

    def item_data(self, each: str, item: Item) -> dict[str, Any]:
        """An item's fields as `it.…`; `each` is empty for a place that a pattern found."""
        if not each:
            return {"it.words": item.words}
        return self._vocabulary.item_data(each, item)


def text_of(subject: ReplySubject | MessageSubject) -> str:
    """The exact text that is judged; findings point into it."""
    return safe(subject.reply.text if isinstance(subject, ReplySubject) else subject.text)


def _few(name: str, items: tuple[Item, ...]) -> tuple[Item, ...]:
    if len(items) > MOST_ITEMS:
        raise FactError(name, f"there are {len(items)} of them, too many to judge one by one")
    return items
