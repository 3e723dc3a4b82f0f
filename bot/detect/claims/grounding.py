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

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from bot.detect.claims.difference import (
    ENOUGH,
    describe_difference,
    share_of_words,
    write_commitment,
)
from bot.detect.claims.figure_context import (
    ContextProfile,
    FigureInContext,
    context_similarity,
    find_figures_in_context,
    is_rather_about_rival,
    iterate_sentence_stems,
    topic_stems,
)
from bot.detect.claims.published_figures import (
    FactCollection,
    PublishedFigure,
    PublishedFiguresIndex,
    figure_key,
    figure_keys,
    find_related_facts,
    index_published_figures,
)
from bot.model import Commitment, Span
from bot.model import CommitmentKind as Kind

_ANY_DAY = date(2000, 1, 1)  # for questions in which today plays no part
_RESTATES = 0.75  # of a fact's telling words
_SENTENCES = 64  # sentences of a text that are looked at for the facts behind it


class GroundingStatus(StrEnum):
    BACKED = "backed"
    EXPIRED = "expired"
    UNBACKED = "unbacked"


@dataclass(frozen=True, slots=True)
class Grounding:
    """What stands behind one figure of a text.

    `fact` is the id of the fact behind it, or of the nearest one; empty if there is none near.
    `differs` says in plain words why it isn't backed. `commitment` is None for a bare figure.
    """

    span: Span
    status: GroundingStatus
    fact: str = ""
    differs: str = ""
    commitment: Commitment | None = None


@lru_cache(maxsize=64)  # the rules, the record and the precedents all ask about the same text
def ground_figures(
    text: str, published: FactCollection, cited: tuple[str, ...], locale: str, today: date
) -> tuple[Grounding, ...]:
    """What stands behind each commitment and each bare figure of a text, in order of place."""
    known = index_published_figures(published, locale)
    near = _list_allowed_facts(known, cited)
    return tuple(
        _ground_figure(known, one, near, today)
        for one in find_figures_in_context(text, locale, today)
    )


def facts_behind(
    body: str, published: FactCollection, cited: tuple[str, ...], locale: str
) -> tuple[str, ...]:
    """The facts that stand behind a body, in order: those that back something in it, those it is
    about, and of the cited ones those whose words it still holds. Whether they are current is
    asked elsewhere.
    """
    known = index_published_figures(published, locale)
    found: dict[str, None] = {}
    held = topic_stems(body, locale)
    for id in cited:
        if id in known.by_id and share_of_words(known.stems[id], held) >= ENOUGH:
            found[id] = None
    near = _list_allowed_facts(known, cited)
    for one in find_figures_in_context(body, locale, _ANY_DAY):
        answer = _ground_figure(known, one, near, _ANY_DAY)
        if answer.status is not GroundingStatus.UNBACKED and answer.fact:
            found[answer.fact] = None
    for sentence in islice(iterate_sentence_stems(body, locale), _SENTENCES):
        near_by = find_related_facts(known, sentence)[:1]
        found |= dict.fromkeys(
            id for id in near_by if share_of_words(known.stems[id], held) >= ENOUGH
        )
    return tuple(found)


def restates_fact(sentence: str, fact: str, published: FactCollection, locale: str) -> bool:
    """Whether a sentence says nearly all that a fact says, in its words."""
    known = index_published_figures(published, locale)
    stems = known.stems.get(fact, frozenset())
    return bool(stems) and share_of_words(stems, topic_stems(sentence, locale)) >= _RESTATES


def find_topic(
    commitment: Commitment, text: str, published: FactCollection, locale: str
) -> str | None:
    """The topic that a commitment of a free text is about, by the words of its sentence.

    None if no fact is near, or facts of two topics are equally near: then a person decides.
    """
    if commitment.topic:
        return commitment.topic
    known = index_published_figures(published, locale)
    found = (
        one for one in find_figures_in_context(text, locale, _ANY_DAY) if one.commitment is not None
    )
    here = next((one for one in found if one.span.start == commitment.start), None)
    ids = find_related_facts(known, frozenset(here.sentence)) if here else ()
    topics = {known.by_id[id].topic for id in ids}
    return topics.pop() if len(topics) == 1 else None


def _list_allowed_facts(known: PublishedFiguresIndex, cited: tuple[str, ...]) -> frozenset[str]:
    """The cited facts, and those that share a topic with one."""
    topics = {known.by_id[id].topic for id in cited if id in known.by_id}
    return frozenset(id for topic in topics for id in known.by_topic[topic])


def _ground_figure(
    known: PublishedFiguresIndex, one: FigureInContext, allowed: frozenset[str], today: date
) -> Grounding:
    """The answer for one figure."""
    ids = allowed or frozenset(find_related_facts(known, frozenset(one.sentence)))
    matches, rivals = _equal_figures(known, one, ids), list(_rival_figures(known, one, ids))
    if not matches and allowed:
        elsewhere = frozenset(find_related_facts(known, frozenset(one.sentence))) - allowed
        matches = _equal_figures(known, one, elsewhere)
        rivals += _rival_figures(known, one, elsewhere)
    profile = ContextProfile.from_figure(one, known.weights)
    if not matches:
        return _grounding_without_fact(known, one, profile, rivals)
    current = [stated for stated in matches if not stated.fact.expired(today)]
    score, best = _nearest_figure(profile, current or matches)
    for rival in rivals:
        likely = context_similarity(profile, rival.profile)
        if is_rather_about_rival(score, likely) and not _says_the_same(known, one, rival):
            return _grounding_without_fact(known, one, profile, [rival])
    if current:
        return Grounding(one.span, GroundingStatus.BACKED, best.fact.id, "", one.commitment)
    ended = f"“{best.fact.id}” has expired"
    return Grounding(one.span, GroundingStatus.EXPIRED, best.fact.id, ended, one.commitment)


def _nearest_figure(
    profile: ContextProfile, figures: Sequence[PublishedFigure]
) -> tuple[float, PublishedFigure]:
    """The figure whose words are most alike, and how alike they are."""
    scored = [(context_similarity(profile, figure.profile), figure) for figure in figures]
    return max(scored, key=lambda pair: pair[0])


def _equal_figures(
    known: PublishedFiguresIndex, one: FigureInContext, ids: frozenset[str]
) -> list[PublishedFigure]:
    """The figures of these facts that say the same."""
    found = (stated for named in figure_keys(one) for stated in known.same.get(named, ()))
    return [
        stated
        for stated in found
        if stated.fact.id in ids and not describe_difference(one, stated.placed, known.locale)
    ]


def _rival_figures(
    known: PublishedFiguresIndex, one: FigureInContext, ids: Iterable[str]
) -> Iterator[PublishedFigure]:
    """The figures of these facts that this one could have been meant to be."""
    for id in ids:
        for stated in known.stated[id]:
            if _are_comparable(one, stated.placed):
                yield stated


def _are_comparable(one: FigureInContext, other: FigureInContext) -> bool:
    if one.commitment is None or other.commitment is None:
        return one.commitment is other.commitment and one.span.kind == other.span.kind
    if one.commitment.kind is Kind.PROMISE:
        return one.commitment.value == other.commitment.value
    return one.commitment.kind is other.commitment.kind


def _says_the_same(
    known: PublishedFiguresIndex, one: FigureInContext, rival: PublishedFigure
) -> bool:
    return figure_key(one) == figure_key(rival.placed) and not describe_difference(
        one, rival.placed, known.locale
    )


def _grounding_without_fact(
    known: PublishedFiguresIndex,
    one: FigureInContext,
    profile: ContextProfile,
    rivals: list[PublishedFigure],
) -> Grounding:
    """The answer for a figure without a fact: the nearest one, and what differs."""
    if not rivals:
        return Grounding(
            one.span, GroundingStatus.UNBACKED, "", "no published fact says this", one.commitment
        )
    equal = [stated for stated in rivals if figure_key(stated.placed) == figure_key(one)]
    _, near = _nearest_figure(profile, equal or rivals)
    differs = describe_difference(one, near.placed, known.locale) if equal else ""
    if not differs:
        published = near.placed.commitment
        there = write_commitment(published) if published else f"“{near.placed.span.words}”"
        here = write_commitment(one.commitment) if one.commitment else f"“{one.span.words}”"
        differs = f"published: {there}, this says {here}"
    return Grounding(one.span, GroundingStatus.UNBACKED, near.fact.id, differs, one.commitment)
