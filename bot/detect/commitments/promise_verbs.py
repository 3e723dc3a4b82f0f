"""Promises to do something, by a closed list of verbs: `we refund`, `will be replaced`.

Promises: a verb counts only beside a word that makes it a promise (`we`, `will`, `you can`), within
the reach of its language and not across a word that undoes it (`we ask you to …, who, was`).
Left to others: which verbs there are (the language's tables).
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.detect.commitments.lexicon import Role
from bot.detect.commitments.marks import Marks


def find_promises(marks: Marks) -> Iterator[tuple[int, int, str]]:
    """Begin, end (tokens) and name of each verb that promises."""
    for index, (end, named) in marks.marks_of_role(Role.PROMISE):
        if named and _is_promise_made(marks, index, named[1]):
            yield index, end, named[0]


def _is_promise_made(marks: Marks, index: int, form: str) -> bool:
    language, words = marks.lexicon.language, marks.tokens.words
    makers = language.makers.get(form, frozenset())
    low, high = marks.sentence_at(index)
    for at in range(index - 1, max(low, index - language.reach) - 1, -1):
        if words[at] in makers:
            return not _is_request(marks, at, low)
        if words[at] in language.breakers:
            return False
    for at in range(index + 1, min(high, index + language.reach) if language.behind else 0):
        if words[at] in makers and words[at] in language.behind:
            return True
        if words[at] in language.breakers:
            return False
    return False


def _is_request(marks: Marks, at: int, low: int) -> bool:
    """Whether a `to` before the verb follows what is no promise: `we ask you to return`."""
    language, words = marks.lexicon.language, marks.tokens.words
    if words[at] not in language.infinitives:
        return False
    return at == low or words[at - 1] not in language.willing
