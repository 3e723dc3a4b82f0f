"""What rules see of one subject: facts computed on demand, and what went wrong with any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from bot.detect.folding import replace_surrogates
from bot.policy.cel.pattern_sets import PatternSet
from bot.policy.facts.fact_cache import MORE, FactCache, FactError, Item
from bot.policy.facts.fact_types import Vocabulary, plain_value, whole
from bot.policy.pack import Rule
from bot.policy.subject import MessageSubject, ReplySubject

MOST_ITEMS = 512
MOST_SAID = 50  # times that one rule speaks of one text; more of the same says nothing new


class FactContext:
    """Facts of one subject by name, for one judging. Never raises but FactError."""

    def __init__(
        self, vocabulary: Vocabulary, patterns: PatternSet, subject: ReplySubject | MessageSubject
    ) -> None:
        self.subject = subject
        self.failed: dict[str, FactError] = {}
        self._vocabulary = vocabulary
        self._patterns = patterns
        self._seen: FactCache[Any] = FactCache(subject)
        self._plain: dict[str, Any] = {}
        self._cut: dict[str, FactError] = {}
        self._said: Counter[str] = Counter()
        self._found: Mapping[str, tuple[Item, ...]] | FactError | None = None

    def fact_values(self, names: Iterable[str]) -> dict[str, Any]:
        """These facts as expressions get them; those that failed are left out (see `failed`)."""
        data = {}
        for name in names:
            if name not in self._plain and name not in self.failed:
                try:
                    self._plain[name] = plain_value(self._vocabulary.compute_fact(name, self._seen))
                except FactError as error:
                    self.failed[name] = error
            if name in self._plain:
                data[name] = self._plain[name]
        return data

    def list_items(self, each: str) -> tuple[Item, ...]:
        """The items of a list, as far as they are judged (see `unread`). Raises FactError."""
        if each in self.failed:
            raise self.failed[each]
        return self._bound_items(each, self._vocabulary.compute_fact(each, self._seen))

    def find_pattern_items(self, rule: Rule) -> tuple[Item, ...]:
        """The places that a rule's patterns match, as far as they are judged. Raises FactError."""
        if self._found is None:
            try:
                self._found = self._patterns.find_places(text_to_judge(self.subject))
            except Exception as error:
                self._found = FactError("find", f"{type(error).__name__}: {error}")
        if isinstance(self._found, FactError):
            raise self._found
        return self._bound_items(rule.full_id, self._found.get(rule.full_id, ()))

    def why_items_are_cut(self, rule: Rule) -> FactError | None:
        """What there is to say if a rule has not seen all of its items; None if it has."""
        return self._cut.get(rule.each or rule.full_id)

    def _bound_items(self, name: str, items: tuple[Item, ...]) -> tuple[Item, ...]:
        judged = items[:MOST_ITEMS]
        if judged and judged[-1] is MORE:
            judged = judged[:-1]
        if len(judged) < len(items):
            why = f"there are more than the {len(judged)} that were looked at"
            self._cut[name] = FactError(name, why)
        return judged

    def has_said_enough(self, rule: Rule) -> bool:
        """Whether this rule has spoken often enough of this text. Asking counts as once more.

        What it said at first has decided already: of one rule every finding leads to the same.
        """
        self._said[rule.full_id] += 1
        return self._said[rule.full_id] > MOST_SAID

    def item_data(self, each: str, item: Item) -> dict[str, Any]:
        """An item's fields as `it.…`; `each` is empty for a place that a pattern found."""
        if not each:
            return {"it.words": whole(item.words)}
        return self._vocabulary.item_data(each, item)


def text_to_judge(subject: ReplySubject | MessageSubject) -> str:
    """The exact text that is judged; findings point into it."""
    return replace_surrogates(
        subject.reply.text if isinstance(subject, ReplySubject) else subject.text
    )
