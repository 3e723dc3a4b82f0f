"""How a commitment differs from a published one of the same value, in plain words.

Promises: an empty string where the published one covers what is said, else the difference as a
person would put it. What may be left out, and what may not, is told at the top of `backing`.
Left to others: which published figure it is compared with.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.detect.claims.figure_context import FigureInContext, topic_stems
from bot.model import Commitment, CommitmentKind, Comparator

HARD = frozenset({"if", "unless", "only", "without", "for", "over", "under"})
ENOUGH = 0.6  # of a condition's telling words that must be found again


def describe_difference(one: FigureInContext, by: FigureInContext, locale: str) -> str:
    """What of the comparator or the condition differs, in plain words; empty if nothing does."""
    said, published = one.commitment, by.commitment
    if said is None or published is None:
        return ""
    if not _allows_comparator(said, published):
        return f"published: {write_commitment(published)}, this says {write_commitment(said)}"
    return _describe_conditions(one, said, published, locale)


def _allows_comparator(said: Commitment, published: Commitment) -> bool:
    """Whether the comparator of what is said is one that the published one allows."""
    if said.comparator is published.comparator:
        return True
    if said.kind is not CommitmentKind.PERIOD:
        return False
    pair = {said.comparator, published.comparator}
    if pair == {Comparator.EXACTLY, Comparator.AT_MOST}:
        return True
    return published.comparator is Comparator.AT_LEAST and said.comparator is Comparator.EXACTLY


def _describe_conditions(
    one: FigureInContext, said: Commitment, published: Commitment, locale: str
) -> str:
    here, there = (
        _split_condition(said.condition, locale),
        _split_condition(published.condition, locale),
    )
    around = {*one.sentence, *topic_stems(said.condition, locale)}
    for name, words in there.items():
        if name in HARD and share_of_words(words, around) < ENOUGH:
            return (
                f"published only “{_quote_condition(published.condition)}”, which this leaves out"
            )
    for name, words in here.items():
        published_words = topic_stems(published.condition, locale)
        if name in HARD and not published.condition and words:
            return f"this adds “{_quote_condition(said.condition)}”, which is not published"
        if (name == "unless") != ("unless" in there) and name in ("if", "unless") and there:
            return _describe_other_condition(said, published)
        if name == "after" and "after" in there and not words & published_words:
            return _describe_other_condition(said, published)
    return ""


def _describe_other_condition(said: Commitment, published: Commitment) -> str:
    theirs, ours = _quote_condition(published.condition), _quote_condition(said.condition)
    return f"published: “{theirs}”, this says “{ours}”"


def _split_condition(condition: str, locale: str) -> dict[str, frozenset[str]]:
    """The conditions of a commitment by the plain names of their markers, with their words."""
    parts = (part.partition(" ") for part in condition.split("; ") if part)
    return {name: topic_stems(rest, locale) for name, _, rest in parts}


def _quote_condition(condition: str) -> str:
    return condition.replace("; ", ", ")


def share_of_words(words: frozenset[str], held: Iterable[str]) -> float:
    """The share of words that are held; 1 if there are none."""
    have = frozenset(held)
    return sum(word in have for word in words) / len(words) if words else 1.0


_COMPARATORS = {
    Comparator.EXACTLY: "",
    Comparator.AT_MOST: "at most ",
    Comparator.AT_LEAST: "at least ",
    Comparator.ABOUT: "about ",
}


def write_commitment(one: Commitment) -> str:
    """A commitment in plain words: `not`, comparator, its own words, direction."""
    direction = "" if not one.direction or one.direction in one.words else f" ({one.direction})"
    return f"{'not ' * one.negated}{_COMPARATORS[one.comparator]}“{one.words}”{direction}"
