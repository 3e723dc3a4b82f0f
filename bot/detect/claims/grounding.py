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

from bot.detect.claims.difference import ENOUGH, as_said, share, weaker
from bot.detect.claims.passages import Placed, Profile, likeness, outdone, placed, sentences, stems
from bot.detect.claims.published_figures import Facts, Index, Stated, about, index, key, keys
from bot.model import Commitment, Span
from bot.model import CommitmentKind as Kind

_ANY_DAY = date(2000, 1, 1)  # for questions in which today plays no part
_SENTENCES = 64  # sentences of a text that are looked at for the facts behind it


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
        if id in known.by_id and share(known.stems[id], held) >= ENOUGH:
            found[id] = None
    near = _allowed(known, cited)
    for one in placed(body, locale, _ANY_DAY):
        answer = _backing(known, one, near, _ANY_DAY)
        if answer.status is not Status.UNBACKED and answer.fact:
            found[answer.fact] = None
    for sentence in islice(sentences(body, locale), _SENTENCES):
        near_by = about(known, sentence)[:1]
        found |= dict.fromkeys(id for id in near_by if share(known.stems[id], held) >= ENOUGH)
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
    ids = about(known, frozenset(here.sentence)) if here else ()
    topics = {known.by_id[id].topic for id in ids}
    return topics.pop() if len(topics) == 1 else None


def _allowed(known: Index, cited: tuple[str, ...]) -> frozenset[str]:
    """The cited facts, and those that share a topic with one."""
    topics = {known.by_id[id].topic for id in cited if id in known.by_id}
    return frozenset(id for topic in topics for id in known.by_topic[topic])


def _backing(known: Index, one: Placed, allowed: frozenset[str], today: date) -> Backing:
    """The answer for one figure."""
    ids = allowed or frozenset(about(known, frozenset(one.sentence)))
    matches, rivals = _matches(known, one, ids), list(_rivals(known, one, ids))
    if not matches and allowed:
        elsewhere = frozenset(about(known, frozenset(one.sentence))) - allowed
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
    found = (stated for named in keys(one) for stated in known.same.get(named, ()))
    return [
        stated
        for stated in found
        if stated.fact.id in ids and not weaker(one, stated.placed, known.locale)
    ]


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
    return key(one) == key(rival.placed) and not weaker(one, rival.placed, known.locale)


def _unbacked(known: Index, one: Placed, profile: Profile, rivals: list[Stated]) -> Backing:
    """The answer for a figure without a fact: the nearest one, and what differs."""
    if not rivals:
        return Backing(one.span, Status.UNBACKED, "", "no published fact says this", one.commitment)
    equal = [stated for stated in rivals if key(stated.placed) == key(one)]
    _, near = _nearest(profile, equal or rivals)
    differs = weaker(one, near.placed, known.locale) if equal else ""
    if not differs:
        published = near.placed.commitment
        there = as_said(published) if published else f"“{near.placed.span.words}”"
        here = as_said(one.commitment) if one.commitment else f"“{one.span.words}”"
        differs = f"published: {there}, this says {here}"
    return Backing(one.span, Status.UNBACKED, near.fact.id, differs, one.commitment)
