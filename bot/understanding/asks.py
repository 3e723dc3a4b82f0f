"""Several asks in one message: cut, each part read, and two that disagree are several.

A message is cut at the ends of its sentences and where one ask may be joined to the next (“and
also”, a comma). A part counts when it is long enough to ask something, and the model accepts it on
its own: nearly, if it is a question or a request; clearly, if it only states something, since
people explain before they ask. Who they are (“I've been a customer for 12 years.”) never counts.
Two parts are two asks when one of them is accepted, their intents differ, and neither could well
mean what the other does. A person gets both.

The other way about: who says who they are before they ask (“I'm a VIP. Can I …?”) has asked one
thing. When the whole isn't clear, the part that asks may speak for it (`estimate_of_asking_part`):
if it alone is a question or a request, is clearly accepted, and the whole leans to the same intent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from bot.model import Ask
from bot.understanding.classifier.intent_model import IntentEstimate
from bot.understanding.sentences import Segment, split_sentences, straighten_quotes, trim_segment
from bot.understanding.words.cue_shape import LanguageCues

_SHORTEST = 3  # words
_MOST_PARTS = 8
_LIKELY = 0.5  # a probability from which a part's reading counts
_NEARLY = 1.0  # how far below the threshold of acceptance it may be: parts are short
_CLEARLY = 0.2  # how far above it a part has to be that asks nothing
_LEANS = 0.2  # the least probability that the whole gives to what its asking part asks
_PLAUSIBLE = 0.05  # a probability from which a part may well mean what the other does


def cut_into_parts(text: str, words: LanguageCues | None) -> Iterator[tuple[Segment, ...]]:
    """Ways of cutting a text, the surest first; each has at least two parts."""
    whole = [s for s in split_sentences(text) if len(s.text.split()) >= _SHORTEST]
    if len(whole) > 1:
        yield tuple(whole[:_MOST_PARTS])
    if words is None:
        return
    for sentence in (whole or list(split_sentences(text)))[:_MOST_PARTS]:
        for start, end in _find_joints(sentence.text, words):
            left = trim_segment(text, sentence.start, sentence.start + start)
            right = trim_segment(text, sentence.start + end, sentence.end)
            if left and right and _has_question_mark(left) and _has_question_mark(right):
                yield left, right


def _find_joints(sentence: str, words: LanguageCues) -> list[tuple[int, int]]:
    """Where one ask may be joined to the next: a joining word, or a comma."""
    commas = [(i, i + 1) for i, char in enumerate(sentence) if char == ","]
    return sorted([*words.joins.find_places(straighten_quotes(sentence)), *commas])[:_MOST_PARTS]


def _has_question_mark(part: Segment) -> bool:
    return len(part.text.split()) >= _SHORTEST


def find_several_asks(
    text: str, words: LanguageCues | None, read: Callable[[str], IntentEstimate]
) -> tuple[Ask, ...]:
    """The asks of a message that asks for more than one thing; empty for one that doesn't.

    `read` is asked about the same part more than once, and should remember.
    """
    for parts in cut_into_parts(text, words):
        made = [read(part.text) for part in parts]
        counting = [
            not _is_introduction(part, words) and _is_counted(one, _is_asked(part, words))
            for part, one in zip(parts, made, strict=True)
        ]
        if _do_disagree([one for one, counts in zip(made, counting, strict=True) if counts]):
            alone = _holds_nothing_else(text, parts, words)
            return tuple(
                _make_ask(part, one, counts, alone and _is_asked(part, words))
                for part, one, counts in zip(parts, made, counting, strict=True)
            )
    return ()


def estimate_of_asking_part(
    text: str,
    words: LanguageCues | None,
    whole: IntentEstimate,
    read: Callable[[str], IntentEstimate],
) -> IntentEstimate:
    """What the one asking part makes of a message whose whole isn't clear; else the whole's."""
    if whole.is_accepted or whole.near_miss or not whole.ordered or words is None:
        return whole
    for parts in cut_into_parts(text, words):
        asking = [part for part in parts if _is_asked(part, words)]
        if len(asking) != 1 or len(asking) == len(parts):
            continue
        part = read(asking[0].text)
        clear = part.is_accepted and part.margin >= _CLEARLY
        if clear and whole.probability_of(part.order[0]) >= _LEANS:
            return part
    return whole


def _do_disagree(counting: list[IntentEstimate]) -> bool:
    return any(estimate.is_accepted for estimate in counting) and any(
        one.order[0] != other.order[0]
        and one.probability_of(other.order[0]) < _PLAUSIBLE
        and other.probability_of(one.order[0]) < _PLAUSIBLE
        for one, other in combinations(counting, 2)
    )


def _is_asked(part: Segment, words: LanguageCues | None) -> bool:
    """Whether a part is a question or a request; where the language has no words for it, yes."""
    level = straighten_quotes(part.text)
    return (
        words is None
        or level.rstrip().endswith("?")
        or words.questions.begins_text(level)
        or words.requests.occurs_in(level)
        or words.orders.occurs_in(level)
    )


def _is_introduction(part: Segment, words: LanguageCues | None) -> bool:
    """Whether a part only says who is writing, or greets."""
    level = straighten_quotes(part.text)
    return (
        words is not None and words.introductions.begins_text(level) and not _is_asked(part, words)
    )


def _is_counted(estimate: IntentEstimate, asked: bool) -> bool:
    likely = float(estimate.probabilities[0]) >= _LIKELY
    least = -_NEARLY if asked else _CLEARLY
    near = estimate.margin >= least and estimate.ordered and not estimate.near_miss
    return likely and near


def _make_ask(part: Segment, estimate: IntentEstimate, counts: bool, asks: bool) -> Ask:
    """`asks`: it is a question or a request, and the message holds nothing else beside such parts:
    what only tells something (“My friend got more.”) is not answered as if it had been asked."""
    intent = estimate.order[0] if counts else None
    clear = counts and asks and estimate.is_accepted and estimate.in_scope
    return Ask(part.text, part.start, part.end, intent, float(estimate.probabilities[0]), clear)


def _holds_nothing_else(text: str, parts: tuple[Segment, ...], words: LanguageCues | None) -> bool:
    """Whether what is left of a text beside its parts is a greeting or what joins them."""
    ends = [0, *(part.end for part in parts)]
    starts = [*(part.start for part in parts), len(text)]
    left = (text[end:start] for end, start in zip(ends, starts, strict=True))
    return all(_says_nothing(piece, words) for piece in left)


def _says_nothing(piece: str, words: LanguageCues | None) -> bool:
    level = straighten_quotes(piece).strip(" \t\r\n.,!;:-")
    if not level or words is None:
        return not level
    return any(
        (0, len(level)) in phrases.find_places(level) for phrases in (words.joins, words.greetings)
    )
