"""Several asks in one message: cut, each part read, and two that disagree are several.

A message is cut at the ends of its sentences and where one ask may be joined to the next (“and
also”, “by the way”). Parts count when they are long enough to ask something and the model accepts
them on their own: then two parts with different intents are two asks, and a person gets both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.model import Ask
from bot.understanding.model import Estimate
from bot.understanding.text import Segment, segment, sentences, straight
from bot.understanding.words import Words

_SHORTEST = 3  # words
_MOST_PARTS = 8


def parts_of(text: str, words: Words | None) -> Iterator[tuple[Segment, ...]]:
    """Ways of cutting a text, the surest first; each has at least two parts."""
    whole = [s for s in sentences(text) if len(s.text.split()) >= _SHORTEST]
    if len(whole) > 1:
        yield tuple(whole[:_MOST_PARTS])
    if words is None:
        return
    for sentence in (whole or list(sentences(text)))[:_MOST_PARTS]:
        for start, end in _joints(sentence.text, words):
            left = segment(text, sentence.start, sentence.start + start)
            right = segment(text, sentence.start + end, sentence.end)
            if left and right and _asks(left) and _asks(right):
                yield left, right


def _joints(sentence: str, words: Words) -> list[tuple[int, int]]:
    """Where one ask may be joined to the next: a joining word, or a comma."""
    commas = [(i, i + 1) for i, char in enumerate(sentence) if char == ","]
    return sorted([*words.joins.find(straight(sentence)), *commas])[:_MOST_PARTS]


def _asks(part: Segment) -> bool:
    return len(part.text.split()) >= _SHORTEST


def several(
    text: str, words: Words | None, read: Callable[[str], Estimate], least: float
) -> tuple[Ask, ...]:
    """The asks of a message that asks for more than one thing; empty for one that doesn't.

    `least` is the probability from which a part's reading counts.
    """
    seen: dict[str, Estimate] = {}
    for parts in parts_of(text, words):
        asks = []
        for part in parts:
            if part.text not in seen:
                seen[part.text] = read(part.text)
            estimate = seen[part.text]
            probability = float(estimate.probabilities[0])
            accepted = estimate.accepted and probability >= least
            intent = estimate.order[0] if accepted else None
            asks.append(Ask(part.text, part.start, part.end, intent, probability))
        if len({ask.intent for ask in asks if ask.intent}) > 1:
            return tuple(asks)
    return ()
