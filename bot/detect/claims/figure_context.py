"""The words around a figure: what it is about.

A figure alone says little: “7” of the refund and “7” of the delivery are told apart by the words
beside them. `find_figures_in_context` gives each commitment and each bare figure of a text with the
stems near it (weighed by nearness) and those of its sentence; `context_similarity` compares two of
them, rare words counting more (`WordWeights`). Pure; time linear in the text. Left to others: what
follows from it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import log, sqrt

from bot.detect.claims.amounts import normalize_clock_time
from bot.detect.claims.stemming import stem_word
from bot.detect.commitments.extraction import extract_commitments, find_bare_figures, mark_text
from bot.detect.commitments.languages.language_tables import CommitmentLanguage
from bot.detect.commitments.marks import Marks
from bot.model import Commitment, Span

_REACH = 8  # tokens to each side that count as near
_LONGEST = 48  # tokens of a sentence that are looked at, to each side

_PAUSES = frozenset(",;:()")
_ACROSS = 0.5  # what a word counts beyond a comma or an “and”
_BESIDE = 0.5  # what the words right beside count, which say little of the topic
_SURE = 0.95
_BULLETS = frozenset("-*•")
_ITEMS = 12  # lines of a list over which its heading is looked for

Bag = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class FigureInContext:
    """A commitment, or a bare figure (then `commitment` is None), with the words around it.

    `value`: a bare figure as all write it, `10` for `ten`, minutes since midnight for a time."""

    span: Span
    commitment: Commitment | None
    near: Bag
    sentence: Bag
    value: str = ""


@dataclass(frozen=True, slots=True)
class WordWeights:
    """How much a stem says of what a text is about: the fewer sentences hold it, the more."""

    known: Mapping[str, float]
    unknown: float

    @classmethod
    def from_bags(cls, bags: Iterable[Iterable[str]]) -> WordWeights:
        counts: Counter[str] = Counter()
        total = 1
        for bag in bags:
            total += 1
            counts.update(set(bag))
        known = {word: log(1 + total / (1 + seen)) for word, seen in counts.items()}
        return cls(known, log(1 + total))

    def __call__(self, word: str) -> float:
        return self.known.get(word, self.unknown)


@dataclass(frozen=True, slots=True)
class ContextProfile:
    """The words around a figure, weighed, each bag of length one: ready to be compared."""

    near: Bag
    sentence: Bag

    @classmethod
    def from_figure(cls, one: FigureInContext, weights: WordWeights) -> ContextProfile:
        return cls(_weigh_bag(one.near, weights), _weigh_bag(one.sentence, weights))


def _weigh_bag(bag: Bag, weights: WordWeights) -> Bag:
    weighed = {word: share * weights(word) for word, share in bag.items()}
    length = sqrt(sum(weight * weight for weight in weighed.values()))
    return {word: weight / length for word, weight in weighed.items()} if length else {}


def context_similarity(one: ContextProfile, other: ContextProfile) -> float:
    """How alike the words around two figures are, 0 to 1: the near ones and the sentence's."""
    return (
        _cosine_similarity(one.near, other.near) + _cosine_similarity(one.sentence, other.sentence)
    ) / 2


def _cosine_similarity(one: Bag, other: Bag) -> float:
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return sum(weight * large[word] for word, weight in small.items() if word in large)


def find_figures_in_context(text: str, locale: str, today: date) -> tuple[FigureInContext, ...]:
    """Commitments and bare figures of a text, in order of place, with the words around each."""
    commitments = extract_commitments(text, locale, today)
    marks = mark_text(text, locale)
    found: list[tuple[Span, Commitment | None]] = [
        (Span(one.start, one.end, one.kind, one.words), one) for one in commitments
    ]
    found += [(span, None) for span in find_bare_figures(text, locale, commitments)]
    found.sort(key=lambda one: (one[0].start, one[0].end))
    kinds = {start: span.kind for span, _ in found for start in range(span.start, span.end)}
    told = _topic_stems(marks) if found else []
    return tuple(
        FigureInContext(
            span,
            one,
            *_context_stems(marks, told, span, kinds),
            "" if one else _value_of_figure(span, marks.lexicon.language),
        )
        for span, one in found
    )


def _value_of_figure(span: Span, language: CommitmentLanguage) -> str:
    words = span.words.casefold()
    if span.kind == "time":
        return normalize_clock_time(words)
    return str(language.numbers.get(words, words))


def _topic_stems(marks: Marks) -> list[str]:
    """Each token's stem, or nothing where it says nothing of a topic."""
    language = marks.lexicon.language
    return [
        stem_word(word, language) if is_topic_word(word, language) else ""
        for word in marks.tokens.words
    ]


def _context_stems(
    marks: Marks, told: list[str], span: Span, kinds: Mapping[int, str]
) -> tuple[Bag, Bag]:
    """The stems near a span, and those of its sentence.

    Figures of another kind say which case it is (`12% off from 30 items`); those of its own kind
    don't: they are what it may have been mistaken for.
    """
    tokens, joiners = marks.tokens, marks.lexicon.language.joiners
    words = tokens.words
    begin = bisect_left(tokens.starts, span.start)
    end = bisect_left(tokens.starts, span.end)
    low, high = marks.sentence_at(min(begin, max(0, len(words) - 1)))
    heading = _heading_stems(marks, told, low)
    low, high = max(low, begin - _LONGEST), min(high, end + _LONGEST)
    sentence = dict.fromkeys((word for word in (*heading, *told[low:high]) if word), 1.0)
    near = dict.fromkeys(_adjacent_words(words, begin, end), _BESIDE)
    near |= dict.fromkeys(heading, _ACROSS)
    for way in (
        range(begin - 1, max(low, begin - _REACH) - 1, -1),
        range(end, min(high, end + _REACH)),
    ):
        share = 1.0
        for away, index in enumerate(way):
            word = words[index]
            if told[index]:
                weight = share * (1.0 - away / _REACH)
                near[told[index]] = max(near.get(told[index], 0.0), weight)
            elif word in _PAUSES or word in joiners:
                share *= _ACROSS
            elif word[0].isdigit() and kinds.get(tokens.starts[index]) != span.kind:
                near[word] = max(near.get(word, 0.0), share)
    return near, sentence


def _adjacent_words(words: list[str], begin: int, end: int) -> list[str]:
    """The words right before and behind, of whatever sort: `from` 9:00 `to` 18:00."""
    return [f"<{words[begin - 1]}" if begin else "<", f">{words[end]}" if end < len(words) else ">"]


def _heading_stems(marks: Marks, told: list[str], low: int) -> list[str]:
    """The stems of the line that heads a list (`If you are a member:`), for an item of it."""
    words = marks.tokens.words
    if low >= len(words) or words[low] not in _BULLETS:
        return []
    at = bisect_left(marks.stops, low)
    for stop in reversed(marks.stops[max(0, at - _ITEMS) : at]):
        if stop and words[stop - 1] == ":":
            begin, _ = marks.sentence_at(stop - 1)
            return [word for word in told[max(begin, stop - _LONGEST) : stop] if word]
    return []


def is_topic_word(word: str, language: CommitmentLanguage) -> bool:
    """Whether a word says something of what a sentence is about; figures do not."""
    return len(word) > 1 and word[0].isalpha() and word not in language.common


def topic_stems(text: str, locale: str) -> frozenset[str]:
    """The telling stems of a whole text."""
    marks = mark_text(text, locale)
    language = marks.lexicon.language
    return frozenset(
        stem_word(word, language) for word in marks.tokens.words if is_topic_word(word, language)
    )


def iterate_sentence_stems(text: str, locale: str) -> Iterator[frozenset[str]]:
    """The telling stems of each sentence that has some."""
    marks = mark_text(text, locale)
    language, words = marks.lexicon.language, marks.tokens.words
    low = 0
    for stop in (*marks.stops, len(words)):
        if found := frozenset(
            stem_word(w, language) for w in words[low:stop] if is_topic_word(w, language)
        ):
            yield found
        low = stop + 1


def is_rather_about_rival(likeness: float, rival: float) -> bool:
    """Whether a figure is rather about a rival than about what it equals, by their likenesses.

    The very same words around a rival say it surely; the less alike they are, the further the
    equal figure has to be behind.
    """
    return likeness < rival**2 * _SURE
