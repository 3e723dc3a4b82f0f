"""What stands around a commitment: comparator, direction, negation, condition.

Promises: looks no further than the sentence, and at a bounded number of tokens but for the words
of a condition. Left to others: the figures themselves.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from bot.detect.commitments.lexicon import Role
from bot.detect.commitments.marks import Marks
from bot.model import Comparator

_NEAR = 4  # tokens within which a direction belongs to a figure
FAR = 12  # tokens within which something can be what is free
_LONGEST = 16  # tokens of a condition
_LENGTHS = {"over": 2, "under": 2, "from": 2, "for": 4, "with": 4, "without": 4}  # of a short one


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition: its tokens, and its plain text with the marker's plain name in front."""

    begin: int
    end: int
    text: str
    sure: bool  # `if`, `unless`; not a mere preposition


def find_comparator(marks: Marks, begin: int, end: int) -> tuple[Comparator, int]:
    """How the figure in these tokens is meant, and where the words that say so begin."""
    words, language = marks.tokens.words, marks.lexicon.language
    at = begin
    for _ in range(3):
        found = marks.mark_before(Role.BEFORE, at)
        if found:
            return found[1], found[0]
        if at and (words[at - 1] in language.fillers or words[at - 1] == "."):
            at -= 1
        else:
            break
    after = marks.mark_at(Role.AFTER, end)
    return (after[1], begin) if after else (Comparator.EXACTLY, begin)


def find_nearest_payload(marks: Marks, role: Role, begin: int, end: int, reach: int = _NEAR) -> str:
    """The payload of the nearest mark of a role in the same clause, in front or behind."""
    found = marks.at.get(role)
    if not found:
        return ""
    low, high = marks.clause_at(begin)
    for distance in range(reach):
        for index in (end + distance, begin - 1 - distance):
            if low <= index < high and index in found:
                return str(found[index][1])
    return ""


def is_negated(marks: Marks, begin: int, reach: int = 3) -> bool:
    """Whether a `not` stands shortly before, in the same clause."""
    found = marks.at.get(Role.NEGATION)
    if not found:
        return False
    low, _ = marks.clause_at(begin)
    return any(index in found for index in range(max(low, begin - reach), begin))


def is_withheld(marks: Marks, begin: int) -> bool:
    """Whether what is given here is denied further back: `we can't give you a discount of 20%`.

    Only a `not` right at a verb of giving reaches so far: `you don't need a code for 20% off`.
    """
    found, language = marks.at.get(Role.NEGATION), marks.lexicon.language
    if not found:
        return False
    words = marks.tokens.words
    anew = language.makers.get("base", frozenset())
    low, _ = marks.clause_at(begin)
    for index in range(begin - 1, max(low, begin - FAR) - 1, -1):
        if words[index] in language.joiners or words[index] in anew:
            return False
        if words[index] in language.givers:
            return any(at in found for at in range(max(low, index - 3), index))
    return False


def is_undone(marks: Marks, begin: int, end: int) -> bool:
    """Whether a `not` behind a verb undoes its promise, as in German: `wir erlassen sie nicht`."""
    found, language = marks.at.get(Role.NEGATION), marks.lexicon.language
    if not found or not language.undoing:
        return False
    words = marks.tokens.words
    _, high = marks.clause_at(begin)
    for index in range(end, min(high, end + FAR)):
        if words[index] in language.joiners:
            return False
        if index in found and words[index] in language.undoing:
            return index + 1 >= len(words) or words[index + 1] not in language.restricting
    return False


def find_clauses(marks: Marks) -> list[Clause]:
    """All conditions of a text, in order."""
    found: list[Clause] = []
    words = marks.tokens.words
    for index, (end, name) in sorted(marks.marks_of_role(Role.CONDITION)):
        if found and index < found[-1].end and name not in ("if", "unless"):
            continue
        if name in ("over", "under") and not (end < len(words) and _is_amount(words[end])):
            continue
        if name == "from" and not _is_money_at(marks, end):
            continue
        _, stop = marks.clause_at(index)
        stop = min(stop, end + _LENGTHS.get(name, _LONGEST))
        if stop > end:
            text = " ".join(["over" if name == "from" else str(name), *words[end:stop]])
            found.append(Clause(index, stop, text, name in ("if", "unless")))
    return found


def _is_money_at(marks: Marks, index: int) -> bool:
    """Whether an amount of money begins at a token: `$50`, `50 €`."""
    words = marks.tokens.words
    if index + 1 >= len(words):
        return False
    figure = words[index][0].isdigit()
    return marks.mark_at(Role.MONEY, index + 1 if figure else index) is not None


def _is_amount(word: str) -> bool:
    return word[0].isdigit() or not (word[0].isalpha() or word[0].isspace())


def find_condition(marks: Marks, found: list[Clause], begin: int, end: int) -> str:
    """The condition of a commitment in these tokens: the nearest of its sentence that it isn't in.

    A period also keeps what it runs from (`of delivery`), see `find_period_anchor`.
    """
    low, high = marks.sentence_at(begin)
    at = bisect_left(found, begin, key=lambda clause: clause.begin)
    best, best_distance = "", high - low + 1
    for clause in found[max(0, at - 3) : at + 3]:
        if clause.begin < low or clause.end > high or clause.begin <= begin < clause.end:
            continue
        distance = clause.begin - end if clause.begin >= end else begin - clause.end
        distance -= high - low if clause.sure else 0
        if distance < best_distance:
            best, best_distance = clause.text, distance
    return best


def find_period_anchor(marks: Marks, end: int) -> str:
    """What a period runs from, in plain words: `of delivery`; empty if nothing says."""
    words, language = marks.tokens.words, marks.lexicon.language
    if end >= len(words) or words[end] not in language.anchors:
        return ""
    _, high = marks.clause_at(end)
    kept = [word for word in words[end + 1 : min(high, end + 6)] if word not in language.fillers]
    behind = marks.at.get(Role.CONDITION, {})
    for place in range(end + 1, min(high, end + 6)):
        if place in behind:
            kept = [w for w in words[end + 1 : place] if w not in language.fillers]
            break
    return " ".join(["after", *kept[:3]]) if kept else ""
