"""Facts about what a reply commits to: each promise with substance, and what stands behind it.

The body is read; the envelope's own words are code's, and its sources are published. What backs a
figure is `bot.detect.claims.grounding`'s answer, what contradicts it
`bot.detect.claims.past_commitments`'s; here they become items with their place in the whole text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from babel.numbers import get_currency_precision

from bot.brand.published import PublishedFacts
from bot.detect.claims import past_commitments
from bot.detect.claims.claim_words import claims_nothing
from bot.detect.claims.grounding import (
    Grounding,
    GroundingStatus,
    find_topic,
    ground_figures,
    restates_fact,
)
from bot.model import Commitment, CommitmentKind
from bot.policy.facts.fact_cache import Item
from bot.policy.facts.text_facts import ReplyFactCache, find_body_start, reply_body
from bot.understanding.sentences import Segment, split_sentences

#: what makes an amount an offer: it is taken off, given, or let off
_GIVEN = frozenset({"off", "credit", "gift", "sample", "trial", "upgrade"})
_GENEROUS = frozenset({"waive", "credit", "gift", "discount", "guarantee", "match"})


def reply_groundings(cache: ReplyFactCache) -> tuple[Grounding, ...]:
    """What stands behind each commitment and each bare figure of the body, in order of place."""
    reply, subject = cache.subject.reply, cache.subject
    return ground_figures(
        cache.compute_once(reply_body), subject.published, reply.facts, reply.locale, subject.today
    )


def reply_sentences(cache: ReplyFactCache) -> tuple[Segment, ...]:
    """The sentences of the body, in order of place."""
    return split_sentences(cache.compute_once(reply_body))


def find_commitment_items(cache: ReplyFactCache) -> tuple[Item, ...]:
    """Every promise with substance, backed or not."""
    at = cache.compute_once(find_body_start)
    return tuple(
        _commitment_item(cache, one, at)
        for one in cache.compute_once(reply_groundings)
        if one.commitment is not None
    )


def find_offer_items(cache: ReplyFactCache) -> tuple[Item, ...]:
    """The commitments that give something away."""
    return tuple(item for item in cache.compute_once(find_commitment_items) if item.fields["offer"])


def find_figure_items(cache: ReplyFactCache) -> tuple[Item, ...]:
    """Every number that is no commitment."""
    at = cache.compute_once(find_body_start)
    return tuple(
        Item(
            one.span.words,
            at + one.span.start,
            at + one.span.end,
            {"kind": one.span.kind, **_grounding_fields(cache, one)},
        )
        for one in cache.compute_once(reply_groundings)
        if one.commitment is None
    )


def find_conflict_items(cache: ReplyFactCache) -> tuple[Item, ...]:
    """What says otherwise than a published text, or than what was told somebody before."""
    return (*_conflicts_with_published(cache), *_conflicts_with_record(cache))


def _commitment_item(cache: ReplyFactCache, one: Grounding, at: int) -> Item:
    said = one.commitment
    assert said is not None
    fields = {
        "kind": said.kind.value,
        "value": said.value,
        "unit": said.unit,
        "number": float(said.number or 0),
        "minor": to_minor_units(said),
        "comparator": said.comparator.value,
        "direction": said.direction,
        "condition": said.condition,
        "negated": said.negated,
        "offer": _is_offer(cache, said, one),
        **_grounding_fields(cache, one),
    }
    return Item(one.span.words, at + one.span.start, at + one.span.end, fields)


def _grounding_fields(cache: ReplyFactCache, one: Grounding) -> dict[str, object]:
    """The fields that say what stands behind a figure. `id` is empty unless a fact backs it."""
    backs = one.status is GroundingStatus.BACKED
    return {
        "backed": backs,
        "expired": one.status is GroundingStatus.EXPIRED,
        "id": one.fact if backs else "",
        "nearest": one.fact,
        "cited": one.fact in cache.subject.reply.facts,
        "why": one.differs,
        "no_claim": one.status is GroundingStatus.UNBACKED
        and _claims_nothing_at(cache, one.span.start, one.fact),
    }


def _claims_nothing_at(cache: ReplyFactCache, place: int, fact: str) -> bool:
    """Whether the sentence at a place of the body seems to claim nothing. One in the very words of
    the `fact` that is nearest (its id; empty: none) is held against that."""
    claims = not claims_nothing(_find_sentence(cache, place))
    return not claims and not _restates_at(cache, place, fact)


def _restates_at(cache: ReplyFactCache, place: int, fact: str) -> bool:
    """Whether the sentence at a place of the body says a fact in nearly all of its words."""
    subject = cache.subject
    sentence = _find_sentence(cache, place)
    return restates_fact(sentence, fact, subject.published, subject.locale)


def _find_sentence(cache: ReplyFactCache, place: int) -> str:
    sentences = cache.compute_once(reply_sentences)
    index = bisect_right([it.start for it in sentences], place) - 1
    return sentences[max(index, 0)].text if sentences else ""


def to_minor_units(said: Commitment) -> int:
    """An amount of money in its currency's smallest unit (5.00 EUR: 500); 0 for anything else."""
    if said.kind is not CommitmentKind.MONEY or said.number is None:
        return 0
    return int(said.number.scaleb(get_currency_precision(said.unit) if said.unit else 2))


def _is_offer(cache: ReplyFactCache, said: Commitment, one: Grounding) -> bool:
    if said.negated:
        return False
    fact = (
        cache.subject.published.get_fact(one.fact) if one.status is GroundingStatus.BACKED else None
    )
    if fact is not None and fact.offer:
        return True
    if said.kind is CommitmentKind.PROMISE:
        return said.value in _GENEROUS
    free = said.kind is CommitmentKind.MONEY and said.value == "0"
    return free or said.direction in _GIVEN


def _conflicts_with_published(cache: ReplyFactCache) -> Iterator[Item]:
    """Figures that no fact backs, and that a text on the same topic says otherwise."""
    subject, at = cache.subject, cache.compute_once(find_body_start)
    loose = [
        one
        for one in cache.compute_once(reply_groundings)
        if one.status is GroundingStatus.UNBACKED
    ]
    near = {one.fact.partition(".")[0] for one in loose if one.fact}
    cited = {id.partition(".")[0] for id in subject.reply.facts}
    starts = {one.span.start for one in loose}
    for topic in sorted(near | cited) if loose else ():
        published = _topic_text_in_public(subject.published, topic, subject.locale)
        if not published:
            continue
        for one in past_commitments.find_contradictions(
            published, cache.compute_once(reply_body), subject.locale, subject.today
        ):
            if one.start in starts:
                starts.discard(one.start)
                yield _conflict_item(cache, one, at, topic, "published", "")


@lru_cache(maxsize=256)
def _topic_text_in_public(published: PublishedFacts, topic: str, locale: str) -> str:
    facts = published.by_topic.get(topic, ())
    return "\n".join(fact.text[locale] for fact in facts if locale in fact.text)


def _conflicts_with_record(cache: ReplyFactCache) -> Iterator[Item]:
    """Commitments that an earlier reply on the same topic made otherwise."""
    subject, at = cache.subject, cache.compute_once(find_body_start)
    if not subject.earlier:
        return
    shelves: dict[str, list[past_commitments.PastCommitment]] = {}
    for told in subject.earlier:
        for key in past_commitments.commitment_keys(told.commitment):
            shelves.setdefault(key, []).append((told.commitment, told.said_on, told.text))
    for one in cache.compute_once(reply_groundings):
        if one.commitment is None:
            continue
        topic = one.fact.partition(".")[0] or find_topic(
            one.commitment, cache.compute_once(reply_body), subject.published, subject.locale
        )
        said = replace(one.commitment, topic=topic or "")
        for key in past_commitments.commitment_keys(said):
            if differing := past_commitments.compare_with_past(said, shelves.get(key, ())):
                day = differing.said_on.isoformat() if differing.said_on else ""
                told_in = (differing.said_on, differing.then_text)
                entry = next(
                    (it.entry for it in subject.earlier if (it.said_on, it.text) == told_in), ""
                )
                yield _conflict_item(cache, differing, at, said.topic, "record", day, entry)


def _conflict_item(
    cache: ReplyFactCache,
    one: past_commitments.Contradiction,
    at: int,
    topic: str,
    where: str,
    day: str,
    entry: str = "",
) -> Item:
    kinds = {b.span.start: b.span.kind for b in cache.compute_once(reply_groundings)}
    nearest = next(
        (b.fact for b in cache.compute_once(reply_groundings) if b.span.start == one.start), ""
    )
    fields = {
        "kind": where,
        "of": str(kinds.get(one.start, "")),
        "topic": topic,
        "now": one.now,
        "then": one.then,
        "text": one.then_text,
        "said_on": day,
        "entry": entry,
        "no_claim": _claims_nothing_at(cache, one.start, nearest),
        "restates": _restates_at(cache, one.start, nearest),
    }
    return Item(
        cache.compute_once(reply_body)[one.start : one.end], at + one.start, at + one.end, fields
    )
