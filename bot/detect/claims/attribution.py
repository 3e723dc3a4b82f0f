"""What a reply commits the brand to, with the topic and the published fact of each commitment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.brand.published import PublishedFacts
from bot.detect.claims.grounding import GroundingStatus, find_topic, ground_figures
from bot.model import Commitment


def attribute_commitments(
    text: str, locale: str, published: PublishedFacts, cited: tuple[str, ...], today: date
) -> tuple[Commitment, ...]:
    """The commitments of a text. One that a published fact backs carries the fact's id and topic;
    another carries the topic that its words are about, if there is exactly one.
    """
    found = []
    for backing in ground_figures(text, published, cited, locale, today):
        commitment = backing.commitment
        if commitment is None:
            continue
        fact = (
            published.get_fact(backing.fact)
            if backing.status is not GroundingStatus.UNBACKED
            else None
        )
        if fact is not None:
            found.append(replace(commitment, source=fact.id, topic=fact.topic))
        else:
            topic = find_topic(commitment, text, published, locale) or ""
            found.append(replace(commitment, topic=topic))
    return tuple(found)
