"""Authors' patterns against strangers' text: all of them in one pass, on RE2.

Every pattern of every rule's `find:` is in one RE2 set; only those it names are run to find the
places. Letters match whatever their case. A set that runs out of memory would match nothing and
say nothing, so it holds one pattern that always matches: if that is missing, the set has failed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import re2

from bot.policy.facts.fact_cache import MORE, Item

MOST_PLACES = 512  # found for one pattern
MEMORY = 64 << 20  # bytes, for all of them
MEMORY_EACH = 1 << 20

_ALWAYS = "(?s)^"


def re2_options(memory: int = MEMORY) -> Any:
    made = re2.Options()
    made.case_sensitive = False
    made.log_errors = False
    made.max_mem = memory
    return made


class PatternSet:
    """Patterns by the rule that owns them. `find` is linear in the text, whatever the patterns."""

    def __init__(self, owned: Iterable[tuple[str, str]], memory: int = MEMORY) -> None:
        self._owned = tuple(owned)
        self._patterns = [re2.compile(pattern, re2_options()) for _, pattern in self._owned]
        self._set = re2.Set.SearchSet(re2_options(memory))
        for _, pattern in self._owned:
            self._set.Add(pattern)
        self._sentinel = self._set.Add(_ALWAYS)
        self._set.Compile()

    def __len__(self) -> int:
        return len(self._owned)

    def find_places(self, text: str) -> dict[str, tuple[Item, ...]]:
        """Rule -> the places where its patterns match, in the order of the text.

        Raises MemoryError if the set gave up.
        """
        if not self._owned:
            return {}
        matched = self._set.Match(text)
        if self._sentinel not in matched:
            raise MemoryError("the patterns need more memory than they may have")
        found: dict[str, dict[tuple[int, int], Item]] = {}
        for index in matched:
            if index == self._sentinel:
                continue
            places = found.setdefault(self._owned[index][0], {})
            for count, match in enumerate(self._patterns[index].finditer(text)):
                if count == MOST_PLACES:
                    places[len(text) + 1, 0] = MORE
                    break
                start, end = match.span()
                places[start, end] = Item(text[start:end], start, end, {})
        return {rule: tuple(places[at] for at in sorted(places)) for rule, places in found.items()}


def why_pattern_is_unusable(pattern: str) -> str:
    """Why a pattern cannot be used; empty if it can."""
    try:
        compiled = re2.compile(pattern, re2_options(MEMORY_EACH))
    except re2.error as error:
        reason = error.args[0] if error.args else error
        return reason.decode() if isinstance(reason, bytes) else str(reason)
    if compiled.search("") is not None:
        return "it matches where there is nothing"
    return ""
