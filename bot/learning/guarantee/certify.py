"""Which thresholds keep the share of wrong drafts below α, by what people said of reviewed drafts.

The loss of a message at a threshold is 1 when a draft is made for it (its margin is at least the
threshold) and the intent is wrong, else 0. Two claims, of different strength, on different shares:

**Strict**, on the share of *drafts* that are wrong, R(t) = P(wrong | margin ≥ t). Learn-then-test
(Angelopoulos, Bates, Candès, Jordan, Lei 2021, arXiv:2110.01052): each threshold t is a hypothesis
“R(t) > α”, its p-value the exact binomial tail of its count (`binomial.at_most`). They are tested
in a fixed order, from the strictest down, so that many thresholds cost nothing; every threshold
that is rejected before the first that isn't is certified, and P(any certified t has R(t) > α) ≤ δ.
At the strictest thresholds there are too few drafts to reject anything, so the order begins at
two places, each with its share of δ; what succeeds hands its share on (the fallback procedure:
Wiens and Dmitrienko 2005). The thresholds are fixed numbers, chosen before any message was seen.

**On average**, on the share of *understood messages* that get a wrong draft: P(margin ≥ t, wrong).
Conformal risk control (Angelopoulos, Bates, Fisch, Lei, Schuster 2022, arXiv:2208.02814): the
lowest threshold with (K + 1) / (n + 1) ≤ α, of n messages with K wrong at or above it. It holds in
expectation over the reviewed messages and the next one; a single window may be worse. It needs a
loss that falls as the threshold rises: this one does, the share of drafts needn't. The thresholds
are finitely many, and “no draft at all” is one of them, so ties and continuity are no matter.

Both suppose that the next message is exchangeable with the reviewed ones (the strict one: that they
are independent draws). What breaks that is drift.

**Who was reviewed.** At thresholds below one that was in force, only what was drawn for the audit
was reviewed. So at or above the highest threshold of the window (`Judged.least`) every review
counts; below it, only audits, which are a random sample of everything. Which of the two is used
depends on the past, hence on the same reviews: δ (or α) is split between them, and the union bound
makes that harmless.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.brand.guarantee_terms import GuaranteeTerms
from bot.learning.guarantee.binomial import probability_at_most, upper_bound_of_share
from bot.learning.guarantee.reviewed_drafts import EVERYTHING, ReviewedDraft

GRID = tuple(step / 20 for step in range(80, -1, -1))  # margins, the strictest first
STARTS: Mapping[float, float] = {1.5: 0.5, EVERYTHING: 0.5}  # of δ
REVIEWED, AUDITED = 0.8, 0.2  # of δ: for what everybody was reviewed of; for audits alone


@dataclass(frozen=True, slots=True)
class ThresholdPoint:
    """One threshold, and what is known of it.

    Of `judged` reviews `reviewed` may be counted here. `drafts` of them have at least this margin,
    and `wrong` of those are wrong.
    `by_audit`: only the audit sample could say so. `allowed` is α, or its part. `doubt` is the part
    of δ that the test has; 0 if the order never came here; None if the claim is on average.
    """

    threshold: float
    judged: int
    reviewed: int
    drafts: int
    wrong: int
    by_audit: bool
    allowed: float
    doubt: float | None
    certified: bool = False

    @property
    def wrong_share_bound(self) -> float:
        """What the share of wrong drafts is at most, in the sense of the claim; 1 if untested.

        On average it is on the scale of α, of which the test has `allowed`.
        """
        if self.doubt is None:
            scaled = (self.wrong + 1) / (self.reviewed + 1) / _split_doubt(self.by_audit)
            return min(1.0, scaled)
        return upper_bound_of_share(self.wrong, self.drafts, self.doubt) if self.doubt else 1.0

    @property
    def missing_reviews(self) -> int | None:
        """About how many further reviews it takes before this can be certified, if they are all
        right, and count here as often as the reviews so far; None if no number would do."""
        if self.certified:
            return 0
        if self.doubt == 0.0 or (self.judged and not self.drafts):
            return None
        if self.doubt is None:
            more = math.ceil((self.wrong + 1) / self.allowed - 1e-9) - 1 - self.reviewed
            return _scale_count(max(1, more), self.judged, self.reviewed)
        return _scale_count(self._reviews_needed(self.doubt), self.judged, self.drafts)

    def _reviews_needed(self, doubt: float) -> int:
        def enough(more: int) -> bool:
            return probability_at_most(self.wrong, self.drafts + more, self.allowed) <= doubt

        most = 1
        while not enough(most):
            most *= 2
        return bisect_left(range(most), True, lo=most // 2, key=enough)


def _scale_count(count: int, of: int, counted: int) -> int:
    return math.ceil(count * of / counted) if counted else count


def certify_thresholds(
    judged: Sequence[ReviewedDraft], terms: GuaranteeTerms
) -> tuple[ThresholdPoint, ...]:
    """Every threshold of the grid, the strictest first, and whether it is certified."""
    counted = _count_at_thresholds(judged, terms)
    return tuple(
        _test_on_average(counted) if terms.doubt is None else _test_strictly(counted, terms.doubt)
    )


def risk_curve(
    points: Sequence[ThresholdPoint], terms: GuaranteeTerms
) -> list[tuple[float, float, float]]:
    """For a plot, the loosest first: (threshold, share that was wrong, bound), where there were
    drafts. Where the order never came, the bound is what its first test would have been."""
    first = min(STARTS.values()) * (terms.doubt or 0.0)
    shown = []
    for it in reversed(points):
        if it.drafts:
            tried = it if it.doubt != 0.0 else replace(it, doubt=first * _split_doubt(it.by_audit))
            of = it.reviewed if it.doubt is None else it.drafts
            shown.append((it.threshold, it.wrong / of, tried.wrong_share_bound))
    return shown


def _test_strictly(points: Sequence[ThresholdPoint], delta: float) -> Iterator[ThresholdPoint]:
    """Each is tested with its own share of δ, and with what the one before it has to hand on."""
    share, certified = 0.0, False
    for it in points:
        share = STARTS.get(it.threshold, 0.0) + (share if certified else 0.0)
        doubt = share * delta * _split_doubt(it.by_audit)
        certified = probability_at_most(it.wrong, it.drafts, it.allowed) <= doubt
        yield replace(it, doubt=doubt, certified=certified)


def _test_on_average(points: Sequence[ThresholdPoint]) -> Iterator[ThresholdPoint]:
    for it in points:
        allowed = it.allowed * _split_doubt(it.by_audit)
        # A threshold that nothing passes keeps any promise, and is no threshold.
        certified = it.drafts > 0 and it.wrong + 1 <= allowed * (it.reviewed + 1)
        yield replace(it, allowed=allowed, doubt=None, certified=certified)


def lowest_certified(points: Sequence[ThresholdPoint]) -> ThresholdPoint | None:
    """The certified threshold that keeps the most drafts; None if there is none."""
    return next((point for point in reversed(points) if point.certified), None)


def _count_at_thresholds(
    judged: Sequence[ReviewedDraft], terms: GuaranteeTerms
) -> list[ThresholdPoint]:
    """What was seen at each threshold, before anything is tested."""
    import numpy as np

    margins = np.array([one.margin for one in judged])
    wrong = np.array([not one.right for one in judged], dtype=bool)
    audits = np.array([one.audit for one in judged], dtype=bool)
    least = max((one.least for one in judged), default=EVERYTHING)
    points = []
    for threshold in GRID:
        by_audit = threshold < least
        sample = audits if by_audit else margins >= least
        drafts = sample & (margins >= threshold)
        counts = int(sample.sum()), int(drafts.sum()), int((drafts & wrong).sum())
        points.append(ThresholdPoint(threshold, len(judged), *counts, by_audit, terms.wrong, 0.0))
    return points


def _split_doubt(by_audit: bool) -> float:
    return AUDITED if by_audit else REVIEWED
