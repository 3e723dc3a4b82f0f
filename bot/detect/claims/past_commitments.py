"""Whether two texts of the brand contradict each other: the same topic, another value.

Against published text: each figure of a new text is laid beside the figures of the same kind, by
the words around it; it contradicts where the one that it resembles most says something else, and
none that resembles it as much says the same.

Against the record: `commitment_keys` names the shelves where earlier commitments on the same topic
are kept, a bounded number of them whatever the size of the record; `compare_with_past` looks at
what was on the shelf. A store looks the keys up; this module never does.

Values are equal when they are the same amount: 7 days are a week, 24 hours a day, 12 months a year;
business days are nothing but business days. Left to others: what follows from a disagreement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.detect.claims.amounts import normalize_amounts
from bot.detect.claims.figure_context import (
    ContextProfile,
    FigureInContext,
    WordWeights,
    context_similarity,
    find_figures_in_context,
    is_rather_about_rival,
)
from bot.model import Commitment, Span
from bot.model import CommitmentKind as Kind

_ALIKE = 0.3  # how alike the words around two figures must be to speak of the same thing

ShelvedCommitment = tuple[FigureInContext, ContextProfile]
PastCommitment = tuple[Commitment, date, str]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements on one thing that cannot both hold. `then` is the earlier or published one."""

    now: str
    then: str
    then_text: str
    said_on: date | None = None
    start: int = 0
    end: int = 0

    @property
    def describe_difference(self) -> str:
        """What differs, in plain words."""
        return f"earlier: {self.then}, this says {self.now}"


def find_contradictions(
    published: str, text: str, locale: str, today: date
) -> tuple[Contradiction, ...]:
    """Where a text contradicts a published one, by the words around each figure."""
    said = find_figures_in_context(text, locale, today)
    stated = find_figures_in_context(published, locale, today)
    weights = WordWeights.from_bags(one.sentence for one in stated)
    shelves: dict[str, list[ShelvedCommitment]] = {}
    for one in stated:
        shelves.setdefault(_shelf_of_figure(one), []).append(
            (one, ContextProfile.from_figure(one, weights))
        )
    found = (
        _find_contradiction(
            (one, ContextProfile.from_figure(one, weights)),
            shelves.get(_shelf_of_figure(one), ()),
            published,
        )
        for one in said
    )
    return tuple(one for one in found if one)


def _shelf_of_figure(one: FigureInContext) -> str:
    """What a figure is compared with: figures of its kind; a promise with the same promise."""
    commitment = one.commitment
    if commitment is None:
        return "figure"
    if commitment.kind is Kind.PROMISE:
        return f"promise {commitment.value}"
    return commitment.kind


def _find_contradiction(
    this: ShelvedCommitment, stated: Sequence[ShelvedCommitment], published: str
) -> Contradiction | None:
    """What a figure contradicts among those it could be about."""
    one, profile = this
    best, best_score, equal_score = None, 0.0, 0.0
    for other, its in stated:
        score = context_similarity(profile, its)
        if _are_equal(one, other):
            equal_score = max(equal_score, score)
        elif score > best_score:
            best, best_score = other, score
    if best is None or best_score < _ALIKE or not is_rather_about_rival(equal_score, best_score):
        return None
    return Contradiction(
        now=words_with_negation(one.span, one.commitment),
        then=words_with_negation(best.span, best.commitment),
        then_text=published,
        start=one.span.start,
        end=one.span.end,
    )


def words_with_negation(span: Span, commitment: Commitment | None) -> str:
    """The words of a figure, with the `not` that is part of what they say."""
    return f"not “{span.words}”" if commitment and commitment.negated else f"“{span.words}”"


def _are_equal(one: FigureInContext, other: FigureInContext) -> bool:
    if one.commitment is None or other.commitment is None:
        return one.span.words.casefold() == other.span.words.casefold()
    return is_same_amount(one.commitment, other.commitment)


def is_same_amount(one: Commitment, other: Commitment) -> bool:
    """Whether two commitments of a kind name the same amount; promises, whether both are kept."""
    if one.kind is Kind.PROMISE:
        return one.negated == other.negated
    if one.kind is Kind.DATE:  # “by Friday” said again is the same, though the day has moved on
        return one.value == other.value or one.words.casefold() == other.words.casefold()
    return normalize_amounts(one) == normalize_amounts(other) and one.negated == other.negated


def commitment_keys(commitment: Commitment) -> tuple[str, ...]:
    """The shelves on which a commitment is kept and looked for; none without a topic.

    Topic and kind, and the direction where there is one: what a fee is doesn't contradict what a
    discount is. A promise is kept by its verb.
    """
    if not commitment.topic:
        return ()
    kind = commitment.kind
    what = commitment.value if kind is Kind.PROMISE else commitment.direction
    of = commitment.unit if kind is Kind.COUNT else ""
    return (":".join((commitment.topic, kind, what, of)),)


def compare_with_past(
    commitment: Commitment, earlier: Iterable[PastCommitment]
) -> Contradiction | None:
    """How a commitment disagrees with what was said before on its shelf; the latest word decides.

    A condition of its own makes a case of its own: “on orders over $50” and “if damaged” are not
    compared. What a period runs from may be left out, but not be another: “30 days” is compared
    with “60 days of delivery”. Of equals on one day any that agrees settles it.
    """
    last: list[PastCommitment] = []
    for one in earlier:
        if not _is_same_case(commitment, one[0]):
            continue
        if not last or one[1] > last[0][1]:
            last = [one]
        elif one[1] == last[0][1]:
            last.append(one)
    if not last or any(is_same_amount(commitment, one[0]) for one in last):
        return None
    other, said_on, text = last[0]
    return Contradiction(
        now=f"“{commitment.words}”",
        then=f"“{other.words}”",
        then_text=text,
        said_on=said_on,
        start=commitment.start,
        end=commitment.end,
    )


def _is_same_case(one: Commitment, other: Commitment) -> bool:
    """Whether two commitments are about the same case."""
    (begun, conditions), (other_begun, other_conditions) = (
        _case_of_commitment(one),
        _case_of_commitment(other),
    )
    many, other_many = _counts_business_days(one), _counts_business_days(other)
    same_begin = not begun or not other_begun or begun == other_begun
    return same_begin and conditions == other_conditions and many == other_many


def _case_of_commitment(commitment: Commitment) -> tuple[str, frozenset[str]]:
    """What a commitment's period runs from, and its conditions."""
    parts = frozenset(part for part in commitment.condition.split("; ") if part)
    begun = next((part for part in sorted(parts) if part.startswith("after ")), "")
    return begun, parts - {begun}


def _counts_business_days(commitment: Commitment) -> bool:
    return commitment.kind is Kind.PERIOD and commitment.unit == "business day"
