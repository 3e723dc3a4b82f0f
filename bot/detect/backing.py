"""Whether what a reply commits to is published: which fact stands behind each figure of it.

Promises: every commitment and every bare figure of the text gets an answer — backed by a fact,
backed only by a fact that has expired, or unbacked, then with the nearest fact and what differs in
plain words. The index is built once per set of published facts; the cost of a reply does not grow
with their number. Left to others: what follows (the rules).

A fact backs a commitment if it is of the same topic (it is cited, shares a topic with a cited
fact, or is what the words around the commitment are about) and says the same: kind, value, unit,
end of the range, direction, negation, and

- comparator: the same; of periods “within 60 days” and “60 days” say the same, and “at least 2
  years” backs “2 years”, which promises less. “Up to 30%” never backs “30%”, nor “about 5 days” “5
  days”: they promise more;
- condition: an `if`, `unless`, `only`, `without`, `for` or `over` of the fact must be found in the
  sentence; one that the fact does not have may not be added. What a period runs from (`after
  delivery`) may be left out, but not be another.

And it must be the fact that is spoken of: where another figure of the same kind stands in words
that are clearly more alike, the figure has been taken from the wrong place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from typing import Protocol

from bot.detect.context import Placed, Profile, Weights, likeness, outdone, placed, sentences, stems
from bot.model import Commitment, Comparator, PublishedFact, Span
from bot.model import CommitmentKind as Kind

_ABOUT = 0.35  # how alike a fact's words must be to those of a sentence to be what it is about
_NEARLY = 0.9  # as near as the nearest, or nearly
_RAREST = 12  # words of a sentence by which facts are looked for, the rarest ones
_LOOKED_AT = 64  # facts looked at for one word
_FACTS = 16  # facts that one sentence can be about
_SENTENCES = 64  # sentences of a text that are looked at for the facts behind it
_HARD = frozenset({"if", "unless", "only", "without", "for", "over", "under"})
_ANY_DAY = date(2000, 1, 1)  # for questions in which today plays no part
_SHARE = 0.6  # of a condition's telling words that must be found again


class Status(StrEnum):
    BACKED = "backed"
    EXPIRED = "expired"
    UNBACKED = "unbacked"


@dataclass(frozen=True, slots=True)
class Backing:
    """What stands behind one figure of a text.

    `fact` is the id of the fact behind it, or of the nearest one; empty if there is none near.
    `differs` says in plain words why it isn't backed. `commitment` is None for a bare figure.
    """

    span: Span
    status: Status
    fact: str = ""
    differs: str = ""
    commitment: Commitment | None = None


class Facts(Protocol):
    """Published facts: whatever holds them, and is hashable by its content."""

    @property
    def facts(self) -> tuple[PublishedFact, ...]: ...

    def __hash__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure of a published fact, with the words around it."""

    fact: PublishedFact
    placed: Placed
    profile: Profile


@dataclass(frozen=True, slots=True)
class Index:
    """The figures of all facts in one language, by what they say, and the facts by their words."""

    locale: str
    by_id: Mapping[str, PublishedFact]
    stated: Mapping[str, tuple[Stated, ...]]  # by id
    same: Mapping[tuple[object, ...], tuple[Stated, ...]]  # by kind, value, unit, …
    by_topic: Mapping[str, tuple[str, ...]]  # ids
    holding: Mapping[str, tuple[str, ...]]  # stem → ids
    stems: Mapping[str, frozenset[str]]
    total: Mapping[str, float]  # the weight of all stems of a fact
    weights: Weights


@lru_cache(maxsize=16)
def index(published: Facts, locale: str) -> Index:
    """The index of these facts as they are written in a locale, or in its language."""
    stated: dict[str, tuple[Stated, ...]] = {}
    same: dict[tuple[object, ...], list[Stated]] = {}
    topics: dict[str, list[str]] = {}
    holding: dict[str, list[str]] = {}
    texts = {fact.id: _text(fact, locale) for fact in published.facts}
    words = {id: stems(text, locale) for id, text in texts.items()}
    weights = Weights.of(words.values())
    for fact in published.facts:
        topics.setdefault(fact.topic, []).append(fact.id)
        stated[fact.id] = tuple(
            Stated(fact, one, Profile.of(one, weights))
            for one in placed(texts[fact.id], locale, fact.as_of)
        )
        for figure in stated[fact.id]:
            for key in _keys(figure.placed):
                same.setdefault(key, []).append(figure)
        for word in words[fact.id]:
            holding.setdefault(word, []).append(fact.id)
    return Index(
        locale=locale,
        by_id={fact.id: fact for fact in published.facts},
        stated=stated,
        same={key: tuple(found) for key, found in same.items()},
        by_topic={topic: tuple(ids) for topic, ids in topics.items()},
        holding={word: tuple(ids) for word, ids in holding.items()},
        stems=words,
        total={id: sum(map(weights, bag)) or 1.0 for id, bag in words.items()},
        weights=weights,
    )


def _text(fact: PublishedFact, locale: str) -> str:
    language = locale.replace("_", "-").partition("-")[0]
    return fact.text.get(locale) or fact.text.get(language) or ""


def _key(one: Placed) -> tuple[object, ...]:
    """What must be equal for one figure to back another; the rest is weighed."""
    commitment = one.commitment
    if commitment is None:
        return ("figure", one.span.words.casefold())
    said = commitment
    return (said.kind, said.value, said.unit, said.direction, said.until, said.negated)


def _keys(one: Placed) -> tuple[tuple[object, ...], ...]:
    """The keys a figure is found by. A date is also found by its words: “by Friday” in a published
    text is the same as in a reply, though it is another day.
    """
    if one.commitment is None or one.commitment.kind is not Kind.DATE:
        return (_key(one),)
    return _key(one), ("date", one.span.words.casefold(), one.commitment.negated)


@lru_cache(maxsize=64)  # the rules, the record and the precedents all ask about the same text
def backings(
    text: str, published: Facts, cited: tuple[str, ...], locale: str, today: date
) -> tuple[Backing, ...]:
    """What stands behind each commitment and each bare figure of a text, in order of place."""
    known = index(published, locale)
    near = _allowed(known, cited)
    return tuple(_backing(known, one, near, today) for one in placed(text, locale, today))


def backed(
    commitment: Commitment,
    published: Facts,
    cited: tuple[str, ...],
    locale: str,
    today: date,
    text: str = "",
) -> Backing:
    """What stands behind one commitment of a text; without the text only cited topics count."""
    known = index(published, locale)
    found = (one for one in placed(text, locale, today) if one.commitment == commitment)
    span = Span(commitment.start, commitment.end, commitment.kind, commitment.words)
    one = next(found, Placed(span, commitment, {}, {}))
    return _backing(known, one, _allowed(known, cited), today)


def behind(body: str, published: Facts, cited: tuple[str, ...], locale: str) -> tuple[str, ...]:
    """The facts that stand behind a body, in order: those that back something in it, those it is
    about, and of the cited ones those whose words it still holds. Whether they are current is
    asked elsewhere.
    """
    known = index(published, locale)
    found: dict[str, None] = {}
    held = stems(body, locale)
    for id in cited:
        if id in known.by_id and _share(known.stems[id], held) >= _SHARE:
            found[id] = None
    near = _allowed(known, cited)
    for one in placed(body, locale, _ANY_DAY):
        answer = _backing(known, one, near, _ANY_DAY)
        if answer.status is not Status.UNBACKED and answer.fact:
            found[answer.fact] = None
    for sentence in islice(sentences(body, locale), _SENTENCES):
        about = _about(known, sentence)
        found |= dict.fromkeys(id for id in about[:1] if _share(known.stems[id], held) >= _SHARE)
    return tuple(found)


def topic_of(commitment: Commitment, text: str, published: Facts, locale: str) -> str | None:
    """The topic that a commitment of a free text is about, by the words of its sentence.

    None if no fact is near, or facts of two topics are equally near: then a person decides.
    """
    if commitment.topic:
        return commitment.topic
    known = index(published, locale)
    found = (one for one in placed(text, locale, _ANY_DAY) if one.commitment is not None)
    here = next((one for one in found if one.span.start == commitment.start), None)
    about = _about(known, here.sentence) if here else []
    topics = {known.by_id[id].topic for id in about}
    return topics.pop() if len(topics) == 1 else None


def _allowed(known: Index, cited: tuple[str, ...]) -> frozenset[str]:
    """The cited facts, and those that share a topic with one."""
    topics = {known.by_id[id].topic for id in cited if id in known.by_id}
    return frozenset(id for topic in topics for id in known.by_topic[topic])


def _about(known: Index, words: Iterable[str]) -> tuple[str, ...]:
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


def _backing(known: Index, one: Placed, allowed: frozenset[str], today: date) -> Backing:
    """The answer for one figure."""
    ids = allowed or frozenset(_about(known, one.sentence))
    matches, rivals = _matches(known, one, ids), list(_rivals(known, one, ids))
    if not matches and allowed:
        elsewhere = frozenset(_about(known, one.sentence)) - allowed
        matches = _matches(known, one, elsewhere)
        rivals += _rivals(known, one, elsewhere)
    profile = Profile.of(one, known.weights)
    if not matches:
        return _unbacked(known, one, profile, rivals)
    current = [stated for stated in matches if not stated.fact.expired(today)]
    score, best = _nearest(profile, current or matches)
    for rival in rivals:
        likely = likeness(profile, rival.profile)
        if outdone(score, likely) and not _says_the_same(known, one, rival):
            return _unbacked(known, one, profile, [rival])
    if current:
        return Backing(one.span, Status.BACKED, best.fact.id, "", one.commitment)
    ended = f"“{best.fact.id}” has expired"
    return Backing(one.span, Status.EXPIRED, best.fact.id, ended, one.commitment)


def _nearest(profile: Profile, figures: Sequence[Stated]) -> tuple[float, Stated]:
    """The figure whose words are most alike, and how alike they are."""
    scored = [(likeness(profile, figure.profile), figure) for figure in figures]
    return max(scored, key=lambda pair: pair[0])


def _matches(known: Index, one: Placed, ids: frozenset[str]) -> list[Stated]:
    """The figures of these facts that say the same."""
    found = (stated for key in _keys(one) for stated in known.same.get(key, ()))
    return [stated for stated in found if stated.fact.id in ids and not _weaker(known, one, stated)]


def _rivals(known: Index, one: Placed, ids: Iterable[str]) -> Iterator[Stated]:
    """The figures of these facts that this one could have been meant to be."""
    for id in ids:
        for stated in known.stated[id]:
            if _comparable(one, stated.placed):
                yield stated


def _comparable(one: Placed, other: Placed) -> bool:
    if one.commitment is None or other.commitment is None:
        return one.commitment is other.commitment and one.span.kind == other.span.kind
    if one.commitment.kind is Kind.PROMISE:
        return one.commitment.value == other.commitment.value
    return one.commitment.kind is other.commitment.kind


def _says_the_same(known: Index, one: Placed, rival: Stated) -> bool:
    return _key(one) == _key(rival.placed) and not _weaker(known, one, rival)


def _weaker(known: Index, one: Placed, stated: Stated) -> str:
    """What of the comparator or the condition differs, in plain words; empty if nothing does."""
    said, published = one.commitment, stated.placed.commitment
    if said is None or published is None:
        return ""
    if not _fits(said, published):
        return f"published: {_as_said(published)}, this says {_as_said(said)}"
    return _conditions(known, one, said, published)


def _fits(said: Commitment, published: Commitment) -> bool:
    """Whether the comparator of what is said is one that the published one allows."""
    if said.comparator is published.comparator:
        return True
    if said.kind is not Kind.PERIOD:
        return False
    pair = {said.comparator, published.comparator}
    if pair == {Comparator.EXACTLY, Comparator.AT_MOST}:
        return True
    return published.comparator is Comparator.AT_LEAST and said.comparator is Comparator.EXACTLY


def _conditions(known: Index, one: Placed, said: Commitment, published: Commitment) -> str:
    here, there = _parts(known, said.condition), _parts(known, published.condition)
    around = {*one.sentence, *_words(known, said.condition)}
    for name, words in there.items():
        if name in _HARD and _share(words, around) < _SHARE:
            return f"published only “{_shown(published.condition)}”, which this leaves out"
    for name, words in here.items():
        published_words = _words(known, published.condition)
        if name in _HARD and not published.condition and words:
            return f"this adds “{_shown(said.condition)}”, which is not published"
        if (name == "unless") != ("unless" in there) and name in ("if", "unless") and there:
            return (
                f"published: “{_shown(published.condition)}”, this says “{_shown(said.condition)}”"
            )
        if name == "after" and "after" in there and not words & published_words:
            return (
                f"published: “{_shown(published.condition)}”, this says “{_shown(said.condition)}”"
            )
    return ""


def _parts(known: Index, condition: str) -> dict[str, frozenset[str]]:
    """The conditions of a commitment by the plain names of their markers, with their words."""
    parts = (part.partition(" ") for part in condition.split("; ") if part)
    return {name: _words(known, rest) for name, _, rest in parts}


def _words(known: Index, text: str) -> frozenset[str]:
    return stems(text, known.locale)


def _shown(condition: str) -> str:
    return condition.replace("; ", ", ")


def _share(words: frozenset[str], held: Iterable[str]) -> float:
    """The share of words that are held; 1 if there are none."""
    have = frozenset(held)
    return sum(word in have for word in words) / len(words) if words else 1.0


def _unbacked(known: Index, one: Placed, profile: Profile, rivals: list[Stated]) -> Backing:
    """The answer for a figure without a fact: the nearest one, and what differs."""
    if not rivals:
        return Backing(one.span, Status.UNBACKED, "", "no published fact says this", one.commitment)
    equal = [stated for stated in rivals if _key(stated.placed) == _key(one)]
    _, near = _nearest(profile, equal or rivals)
    differs = _weaker(known, one, near) if equal else ""
    if not differs:
        published = near.placed.commitment
        there = _as_said(published) if published else f"“{near.placed.span.words}”"
        here = _as_said(one.commitment) if one.commitment else f"“{one.span.words}”"
        differs = f"published: {there}, this says {here}"
    return Backing(one.span, Status.UNBACKED, near.fact.id, differs, one.commitment)


_COMPARATORS = {
    Comparator.EXACTLY: "",
    Comparator.AT_MOST: "at most ",
    Comparator.AT_LEAST: "at least ",
    Comparator.ABOUT: "about ",
}


def _as_said(one: Commitment) -> str:
    """A commitment in plain words: `not`, comparator, its own words, direction."""
    direction = "" if not one.direction or one.direction in one.words else f" ({one.direction})"
    return f"{'not ' * one.negated}{_COMPARATORS[one.comparator]}“{one.words}”{direction}"
