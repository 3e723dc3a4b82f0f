"""The figures of published facts, indexed: by what they say, and by the words around them.

Promises: built once per set of facts and language; afterwards a look-up costs the same whatever
their number. Left to others: whether one figure backs another (`backing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from bot.detect.claims.amounts import normalize_amounts
from bot.detect.claims.figure_context import (
    ContextProfile,
    FigureInContext,
    WordWeights,
    find_figures_in_context,
    topic_stems,
)
from bot.model import CommitmentKind as Kind
from bot.model import PublishedFact

_ABOUT = 0.35  # how alike a fact's words must be to those of a sentence to be what it is about
_NEARLY = 0.9  # as near as the nearest, or nearly
_RAREST = 12  # words of a sentence by which facts are looked for, the rarest ones
_LOOKED_AT = 64  # facts looked at for one word
_FACTS = 16  # facts that one sentence can be about

Key = tuple[object, ...]


class FactCollection(Protocol):
    """Published facts: whatever holds them, and is hashable by its content."""

    @property
    def facts(self) -> tuple[PublishedFact, ...]: ...

    def __hash__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One figure of a published fact, with the words around it."""

    fact: PublishedFact
    placed: FigureInContext
    profile: ContextProfile


@dataclass(frozen=True, slots=True, eq=False)
class PublishedFiguresIndex:
    """The figures of all facts in one language, by what they say, and the facts by their words."""

    locale: str
    by_id: Mapping[str, PublishedFact]
    stated: Mapping[str, tuple[PublishedFigure, ...]]  # by id
    same: Mapping[Key, tuple[PublishedFigure, ...]]  # by kind, value, unit, …
    by_topic: Mapping[str, tuple[str, ...]]  # ids
    holding: Mapping[str, tuple[str, ...]]  # stem → ids
    stems: Mapping[str, frozenset[str]]
    total: Mapping[str, float]  # the weight of all stems of a fact
    weights: WordWeights


@lru_cache(maxsize=16)
def index_published_figures(published: FactCollection, locale: str) -> PublishedFiguresIndex:
    """The index of these facts as they are written in a locale, or in its language."""
    stated: dict[str, tuple[PublishedFigure, ...]] = {}
    same: dict[Key, list[PublishedFigure]] = {}
    topics: dict[str, list[str]] = {}
    holding: dict[str, list[str]] = {}
    texts = {fact.id: _fact_text(fact, locale) for fact in published.facts}
    words = {id: topic_stems(text, locale) for id, text in texts.items()}
    weights = WordWeights.from_bags(words.values())
    for fact in published.facts:
        topics.setdefault(fact.topic, []).append(fact.id)
        stated[fact.id] = tuple(
            PublishedFigure(fact, one, ContextProfile.from_figure(one, weights))
            for one in find_figures_in_context(texts[fact.id], locale, fact.as_of)
        )
        for figure in stated[fact.id]:
            for known in figure_keys(figure.placed):
                same.setdefault(known, []).append(figure)
        for word in words[fact.id]:
            holding.setdefault(word, []).append(fact.id)
    return PublishedFiguresIndex(
        locale=locale,
        by_id={fact.id: fact for fact in published.facts},
        stated=stated,
        same={known: tuple(found) for known, found in same.items()},
        by_topic={topic: tuple(ids) for topic, ids in topics.items()},
        holding={word: tuple(ids) for word, ids in holding.items()},
        stems=words,
        total={id: sum(map(weights, bag)) or 1.0 for id, bag in words.items()},
        weights=weights,
    )


def _fact_text(fact: PublishedFact, locale: str) -> str:
    language = locale.replace("_", "-").partition("-")[0]
    return fact.text.get(locale) or fact.text.get(language) or ""


def figure_key(one: FigureInContext) -> Key:
    """What must be equal for one figure to back another; the rest is weighed."""
    said = one.commitment
    if said is None:
        return (one.span.kind, one.value)
    if said.kind in (Kind.PROMISE, Kind.DATE):
        return (said.kind, said.value, said.unit, said.direction, said.until, said.negated)
    unit, values = normalize_amounts(said)
    counted = said.unit if said.kind is Kind.COUNT else unit
    return (said.kind, counted, values, said.direction, said.negated)


def figure_keys(one: FigureInContext) -> tuple[Key, ...]:
    """The keys a figure is found by. A date is also found by its words: “by Friday” in a published
    text is the same as in a reply, though it is another day.
    """
    if one.commitment is None or one.commitment.kind is not Kind.DATE:
        return (figure_key(one),)
    return figure_key(one), ("date", one.span.words.casefold(), one.commitment.negated)


@lru_cache(maxsize=128)  # every figure of a sentence asks about the same words
def find_related_facts(known: PublishedFiguresIndex, words: frozenset[str]) -> tuple[str, ...]:
    """The facts that a sentence with these stems is about, nearest first: all nearly as near.

    By the share of the weight of its rarest words that a fact has too, or of the fact's if those
    weigh less.
    """
    held = sorted((len(known.holding[word]), word) for word in words if word in known.holding)
    rarest = [word for _, word in held[:_RAREST]]
    unknown = sum(word not in known.holding for word in words)
    mine = sum(map(known.weights, rarest)) + min(unknown, _RAREST) * known.weights.unknown
    shared: dict[str, float] = {}
    for word in rarest:
        weight = known.weights(word)
        for id in known.holding[word][:_LOOKED_AT]:
            shared[id] = shared.get(id, 0.0) + weight
    scores = {id: weight / min(mine, known.total[id]) for id, weight in shared.items()}
    best = max(scores.values(), default=0.0)
    if best < _ABOUT:
        return ()
    near = [id for id, score in scores.items() if score >= best * _NEARLY]
    return tuple(sorted(near, key=lambda id: (-scores[id], id))[:_FACTS])
