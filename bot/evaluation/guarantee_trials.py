"""Does the guarantee hold? Many windows drawn from a population whose errors are all known.

The population is a list of scored messages. Each window is drawn from it with replacement, so that
the true share of wrong drafts at any threshold is the population's own, without sampling error;
what is counted is how often a window leads to a threshold whose true share is above α.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.brand.guarantee_terms import GuaranteeTerms
from bot.learning.guarantee.certify import GRID, certify_thresholds, lowest_certified
from bot.learning.guarantee.reviewed_drafts import ReviewedDraft

ChooseThreshold = Callable[[Sequence[ReviewedDraft], GuaranteeTerms], float | None]


@dataclass(frozen=True, slots=True)
class Trial:
    """Of `windows`: how many led to a threshold (`claims`), and how many of these to one whose true
    share is above α (`broken`). `mean` is the mean of the true share over all windows, 0 where
    there was no threshold; `kept` the mean share of messages that are drafted for."""

    windows: int
    claims: int
    broken: int
    mean: float
    kept: float


def threshold_by_certificate(
    judged: Sequence[ReviewedDraft], terms: GuaranteeTerms
) -> float | None:
    """The threshold by which the product decides."""
    point = lowest_certified(certify_thresholds(judged, terms))
    return point.threshold if point else None


def naive_threshold(judged: Sequence[ReviewedDraft], terms: GuaranteeTerms) -> float | None:
    """The lowest threshold at which at most α of the window's drafts were wrong: what is done
    without a guarantee, to compare with. On average: of its messages, not of its drafts.
    """
    for threshold in reversed(GRID):
        drafts = [one for one in judged if one.margin >= threshold]
        of = len(judged) if terms.doubt is None else len(drafts)
        if drafts and sum(not one.right for one in drafts) <= terms.wrong * of:
            return threshold
    return None


def run_trial(
    margins: Any,
    right: Any,
    terms: GuaranteeTerms,
    choose: ChooseThreshold = threshold_by_certificate,
    *,
    windows: int,
    seed: int,
) -> Trial:
    """Draw `windows` windows and look at what each leads to."""
    dice = np.random.default_rng(seed)
    claims = broken = 0
    shares, kept = [], []
    for _ in range(windows):
        rows = dice.integers(len(margins), size=terms.window)
        judged = [ReviewedDraft(float(margins[k]), bool(right[k])) for k in rows]
        threshold = choose(judged, terms)
        drafted = margins >= (np.inf if threshold is None else threshold)
        wrong = int((drafted & ~right).sum())
        of = len(margins) if terms.doubt is None else max(1, int(drafted.sum()))
        claims += threshold is not None
        broken += wrong / of > terms.wrong
        shares.append(wrong / of)
        kept.append(float(drafted.mean()))
    return Trial(windows, claims, broken, float(np.mean(shares)), float(np.mean(kept)))
