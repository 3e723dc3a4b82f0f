"""Facts about what a reply commits to: each promise with substance, and what stands behind it.

The body is read; the envelope's own words are code's, and its sources are published. What backs a
figure is `bot.detect.claims.grounding`'s answer, what contradicts it
`bot.detect.claims.past_commitments`'s; here they become items with their place in the whole text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from babel.numbers import get_currency_precision

from bot.brand.published import Published
from bot.detect.claims import past_commitments as precedent
from bot.detect.claims.grounding import Backing, Status, backings, topic_of
from bot.model import Commitment, CommitmentKind
from bot.policy.facts.fact_cache import Item
from bot.policy.facts.text_facts import ReplySeen, body, body_at

#: what makes an amount an offer: it is taken off, given, or let off
_GIVEN = frozenset({"off", "credit", "gift", "sample", "trial", "upgrade"})
_GENEROUS = frozenset({"waive", "credit", "gift", "discount", "guarantee", "match"})


def backed(see: ReplySeen) -> tuple[Backing, ...]:
    """What stands behind each commitment and each bare figure of the body, in order of place."""
    reply, subject = see.subject.reply, see.subject
    return backings(see.once(body), subject.published, reply.facts, reply.locale, subject.today)


def commitments(see: ReplySeen) -> tuple[Item, ...]:
    """Every promise with substance, backed or not."""
    at = see.once(body_at)
    return tuple(_item(see, one, at) for one in see.once(backed) if one.commitment is not None)


def offers(see: ReplySeen) -> tuple[Item, ...]:
    """The commitments that give something away."""
    return tuple(item for item in see.once(commitments) if item.fields["offer"])


def figures(see: ReplySeen) -> tuple[Item, ...]:
    """Every number that is no commitment."""
    at = see.once(body_at)
    return tuple(
        Item(
            one.span.words,
            at + one.span.start,
            at + one.span.end,
            {"kind": one.span.kind, **_behind(see, one)},
        )
        for one in see.once(backed)
        if one.commitment is None
    )


def conflicts(see: ReplySeen) -> tuple[Item, ...]:
    """What says otherwise than a published text, or than what was told somebody before."""
    return (*_against_published(see), *_against_record(see))


def _item(see: ReplySeen, one: Backing, at: int) -> Item:
    said = one.commitment
    assert said is not None
    fields = {
        "kind": said.kind.value,
        "value": said.value,
        "unit": said.unit,
        "number": float(said.number or 0),
        "minor": minor_units(said),
        "comparator": said.comparator.value,
        "direction": said.direction,
        "condition": said.condition,
        "negated": said.negated,
        "offer": _is_offer(see, said, one),
        **_behind(see, one),
    }
    return Item(one.span.words, at + one.span.start, at + one.span.end, fields)


def _behind(see: ReplySeen, one: Backing) -> dict[str, object]:
    """The fields that say what stands behind a figure. `id` is empty unless a fact backs it."""
    backs = one.status is Status.BACKED
    return {
        "backed": backs,
        "expired": one.status is Status.EXPIRED,
        "id": one.fact if backs else "",
        "nearest": one.fact,
        "cited": one.fact in see.subject.reply.facts,
        "why": one.differs,
    }


def minor_units(said: Commitment) -> int:
    """An amount of money in its currency's smallest unit (5.00 EUR: 500); 0 for anything else."""
    if said.kind is not CommitmentKind.MONEY or said.number is None:
        return 0
    return int(said.number.scaleb(get_currency_precision(said.unit) if said.unit else 2))


def _is_offer(see: ReplySeen, said: Commitment, one: Backing) -> bool:
    if said.negated:
        return False
    fact = see.subject.published.get(one.fact) if one.status is Status.BACKED else None
    if fact is not None and fact.offer:
        return True
    if said.kind is CommitmentKind.PROMISE:
        return said.value in _GENEROUS
    free = said.kind is CommitmentKind.MONEY and said.value == "0"
    return free or said.direction in _GIVEN


def _against_published(see: ReplySeen) -> Iterator[Item]:
    """Figures that no fact backs, and that a text on the same topic says otherwise."""
    subject, at = see.subject, see.once(body_at)
    loose = [one for one in see.once(backed) if one.status is Status.UNBACKED]
    near = {one.fact.partition(".")[0] for one in loose if one.fact}
    cited = {id.partition(".")[0] for id in subject.reply.facts}
    starts = {one.span.start for one in loose}
    for topic in sorted(near | cited) if loose else ():
        published = _topic_text(subject.published, topic, subject.locale)
        if not published:
            continue
        for one in precedent.contradictions(
            published, see.once(body), subject.locale, subject.today
        ):
            if one.start in starts:
                starts.discard(one.start)
                yield _conflict(see, one, at, topic, "published", "")


@lru_cache(maxsize=256)
def _topic_text(published: Published, topic: str, locale: str) -> str:
    facts = published.by_topic.get(topic, ())
    return "\n".join(fact.text[locale] for fact in facts if locale in fact.text)


def _against_record(see: ReplySeen) -> Iterator[Item]:
    """Commitments that an earlier reply on the same topic made otherwise."""
    subject, at = see.subject, see.once(body_at)
    if not subject.earlier:
        return
    shelves: dict[str, list[precedent.Earlier]] = {}
    for told in subject.earlier:
        for key in precedent.keys(told.commitment):
            shelves.setdefault(key, []).append((told.commitment, told.said_on, told.text))
    for one in see.once(backed):
        if one.commitment is None:
            continue
        topic = one.fact.partition(".")[0] or topic_of(
            one.commitment, see.once(body), subject.published, subject.locale
        )
        said = replace(one.commitment, topic=topic or "")
        for key in precedent.keys(said):
            if differing := precedent.compare(said, shelves.get(key, ())):
                day = differing.said_on.isoformat() if differing.said_on else ""
                told_in = (differing.said_on, differing.then_text)
                entry = next(
                    (it.entry for it in subject.earlier if (it.said_on, it.text) == told_in), ""
                )
                yield _conflict(see, differing, at, said.topic, "record", day, entry)


def _conflict(
    see: ReplySeen,
    one: precedent.Disagreement,
    at: int,
    topic: str,
    where: str,
    day: str,
    entry: str = "",
) -> Item:
    kinds = {b.span.start: b.span.kind for b in see.once(backed)}
    fields = {
        "kind": where,
        "of": str(kinds.get(one.start, "")),
        "topic": topic,
        "now": one.now,
        "then": one.then,
        "text": one.then_text,
        "said_on": day,
        "entry": entry,
    }
    return Item(see.once(body)[one.start : one.end], at + one.start, at + one.end, fields)
