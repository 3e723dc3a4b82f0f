"""Tokens to marks: which words mean something here, and what.

Promises: one look-up a token; a longer phrase hides the shorter ones that begin where it does and
play the same role. Left to others: what the marks mean together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.detect.commitments.lexer import Tokens
from bot.detect.commitments.lexicon import Lexicon, Role

Mark = tuple[int, Any]  # the other end of the phrase, and what it stands for


@dataclass(slots=True)
class Marks:
    """What stands where. `at[role][begin]` is (end, payload); `until[role][end]` is (begin, …)."""

    tokens: Tokens
    lexicon: Lexicon
    at: dict[Role, dict[int, Mark]] = field(default_factory=dict)
    until: dict[Role, dict[int, Mark]] = field(default_factory=dict)
    figures: list[int] = field(default_factory=list)  # tokens where a number begins
    stops: list[int] = field(default_factory=list)
    pauses: list[int] = field(default_factory=list)

    def mark_at(self, role: Role, index: int) -> Mark | None:
        found = self.at.get(role)
        return found.get(index) if found else None

    def mark_before(self, role: Role, index: int) -> Mark | None:
        """The phrase of this role that ends right before token `index`."""
        found = self.until.get(role)
        return found.get(index) if found else None

    def sentence_at(self, index: int) -> tuple[int, int]:
        """The tokens of the sentence around one token, half open."""
        return _range_between(self.stops, index, len(self.tokens.words))

    def clause_at(self, index: int) -> tuple[int, int]:
        """The tokens around one token up to the next comma or sentence end, half open."""
        return _range_between(self.pauses, index, len(self.tokens.words))

    def marks_of_role(self, role: Role) -> Iterable[tuple[int, Mark]]:
        return self.at.get(role, {}).items()


def _range_between(marks: list[int], index: int, size: int) -> tuple[int, int]:
    after = bisect_right(marks, index)
    begin = marks[after - 1] + 1 if after else 0
    return begin, marks[after] if after < len(marks) else size


def mark_tokens(tokens: Tokens, lexicon: Lexicon) -> Marks:
    """All marks of a text."""
    marks = Marks(tokens, lexicon)
    words, entries = tokens.words, lexicon.entries
    numbers, halves = lexicon.language.numbers, lexicon.language.fractions
    at, until, figures = marks.at, marks.until, marks.figures
    for index, word in enumerate(words):
        if "0" <= word[0] <= "9" or word in numbers or word in halves:
            figures.append(index)
        for rest, role, payload in entries.get(word, ()):
            end = index + 1
            if rest:
                end += len(rest)
                if tuple(words[index + 1 : end]) != rest:
                    continue
            found = at.setdefault(role, {})
            if index not in found:
                found[index] = (end, payload)
                until.setdefault(role, {}).setdefault(end, (index, payload))
    _without_spent(at)
    marks.stops.extend(i for i in at.get(Role.STOP, ()) if _ends_sentence(marks, i))
    marks.pauses.extend(sorted([*marks.stops, *at.get(Role.PAUSE, ())]))
    return marks


def _without_spent(at: dict[Role, dict[int, Mark]]) -> None:
    """Take out the `no` of `no more than` and `at no cost`: it has done its work there."""
    negations = at.get(Role.NEGATION)
    if not negations:
        return
    for role in (Role.FREE, Role.BEFORE):
        for begin, (end, _) in at.get(role, {}).items():
            if end - begin > 1:
                for index in range(begin, end):
                    negations.pop(index, None)


def _ends_sentence(marks: Marks, index: int) -> bool:
    """Whether a mark ends a sentence: a point before a space does, but for `ca. 5`, `3. Mai`."""
    tokens = marks.tokens
    if tokens.words[index] != "." or index + 1 == len(tokens.words):
        return True
    if tokens.touches_previous(index + 1):
        return False
    behind = tokens.words[index + 1]
    if marks.mark_before(Role.BEFORE, index) and behind[0].isdigit():
        return False
    ordinal = index > 0 and tokens.words[index - 1].isdigit()
    return not (ordinal and marks.mark_at(Role.MONTH, index + 1))
