"""What a reply commits the brand to, with the topic and the published fact of each commitment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.brand.published import Published
from bot.detect.claims.grounding import Status, backings, topic_of
from bot.model import Commitment


def attributed(
    text: str, locale: str, published: Published, cited: tuple[str, ...], today: date
) -> tuple[Commitment, ...]:
    """The commitments of a text. One that a published fact backs carries the fact's id and topic;
    another carries the topic that its words are about, if there is exactly one.
    """
    found = []
    for backing in backings(text, published, cited, locale, today):
        commitment = backing.commitment
        if commitment is None:
            continue
        fact = published.get(backing.fact) if backing.status is not Status.UNBACKED else None
        if fact is not None:
            found.append(replace(commitment, source=fact.id, topic=fact.topic))
        else:
            topic = topic_of(commitment, text, published, locale) or ""
            found.append(replace(commitment, topic=topic))
    return tuple(found)
