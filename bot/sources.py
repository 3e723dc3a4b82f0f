"""Which published facts stand behind a text's commitments: its topics, its sources, its entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.detect.commitments import extract
from bot.model import Commitment
from bot.published import Published


def attributed(
    text: str, locale: str, published: Published, cited: tuple[str, ...], today: date
) -> tuple[Commitment, ...]:
    """The commitments of a text, each with the fact it repeats (`source`) and that fact's topic.

    Cited facts come first; a commitment that no fact makes keeps an empty source.
    """
    facts = [fact for key in cited if (fact := published.get(key)) is not None]
    facts += [fact for fact in published.current(today) if fact.id not in cited]
    made = {
        (c.kind, c.value, c.unit): fact
        for fact in reversed(facts)
        for c in fact.commitments.get(locale, ())
    }
    found = []
    for commitment in extract(text, locale, today):
        fact = made.get((commitment.kind, commitment.value, commitment.unit))
        if fact is not None:
            commitment = replace(commitment, source=fact.id, topic=fact.topic)
        found.append(commitment)
    return tuple(found)


def behind(
    text: str, locale: str, published: Published, cited: tuple[str, ...], today: date
) -> tuple[str, ...]:
    """The ids of the facts behind a text: those it cites, then those that make its commitments."""
    made = (c.source for c in attributed(text, locale, published, cited, today) if c.source)
    return tuple(dict.fromkeys((*cited, *made)))
