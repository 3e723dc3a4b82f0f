"""What may be certified from reviews, and what may not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brand.guarantee_terms import GuaranteeTerms
from bot.learning.guarantee.certify import ThresholdPoint, certify_thresholds, lowest_certified
from bot.learning.guarantee.guarantee_standing import fewest_reviews
from bot.learning.guarantee.reviewed_drafts import EVERYTHING, NOTHING, ReviewedDraft

pytestmark = pytest.mark.slow  # more than a thought: left out of make quick

STRICT = GuaranteeTerms(wrong=0.05, doubt=0.1, window=1000, audit=0.1)
AVERAGE = replace(STRICT, doubt=None)

reviews = st.lists(
    st.builds(
        ReviewedDraft,
        margin=st.floats(0, 4),
        right=st.sampled_from([True, True, True, True, False]),
        audit=st.booleans(),
        least=st.sampled_from([EVERYTHING, EVERYTHING, 0.5, NOTHING]),
    ),
    max_size=300,
)
terms = st.builds(
    GuaranteeTerms,
    wrong=st.sampled_from([0.05, 0.2, 0.4]),
    doubt=st.sampled_from([0.1, 0.4, None]),
    window=st.just(1000),
    audit=st.just(0.1),
)


def certified(judged: list[ReviewedDraft], terms: GuaranteeTerms) -> set[float]:
    return {point.threshold for point in certify_thresholds(judged, terms) if point.certified}


def at(threshold: float, judged: list[ReviewedDraft], terms: GuaranteeTerms) -> ThresholdPoint:
    return next(
        point for point in certify_thresholds(judged, terms) if point.threshold == threshold
    )


@pytest.mark.parametrize("terms", [STRICT, AVERAGE])
def test_too_few_reviews_claim_nothing_and_say_how_many_are_missing(terms: GuaranteeTerms) -> None:
    enough = fewest_reviews(terms)
    some = [ReviewedDraft(0.3, True)] * (enough - 1)
    assert not certified(some, terms)
    assert at(EVERYTHING, some, terms).missing_reviews == 1
    found = lowest_certified(certify_thresholds([*some, ReviewedDraft(0.3, True)], terms))
    assert found is not None
    assert found.threshold == EVERYTHING


def test_a_strict_claim_needs_as_many_right_ones_as_the_binomial_says() -> None:
    """0.95 ** 63 is just below a half of four fifths of 0.1."""
    assert fewest_reviews(STRICT) == 63
    assert fewest_reviews(replace(STRICT, doubt=0.05)) == 77
    assert fewest_reviews(AVERAGE) == 24


@given(reviews, terms)
def test_what_is_missing_suffices_and_not_one_less(
    judged: list[ReviewedDraft], terms: GuaranteeTerms
) -> None:
    """All of it reviewed: so many more that are right certify the lowest threshold."""
    judged = [replace(one, least=EVERYTHING) for one in judged]
    missing = at(EVERYTHING, judged, terms).missing_reviews
    assert missing is not None
    more = ReviewedDraft(EVERYTHING, True)
    assert at(EVERYTHING, [*judged, *[more] * missing], terms).certified
    if missing:
        assert not at(EVERYTHING, [*judged, *[more] * (missing - 1)], terms).certified


@given(reviews, terms, st.data())
def test_a_wrong_draft_more_never_certifies_more(
    judged: list[ReviewedDraft], terms: GuaranteeTerms, data: st.DataObject
) -> None:
    if not judged:
        return
    k = data.draw(st.integers(0, len(judged) - 1))
    worse = [*judged[:k], replace(judged[k], right=False), *judged[k + 1 :]]
    assert certified(worse, terms) <= certified(judged, terms)


@given(reviews, terms)
def test_asking_for_less_certifies_no_less(
    judged: list[ReviewedDraft], terms: GuaranteeTerms
) -> None:
    easier = replace(terms, wrong=terms.wrong + 0.1)
    assert certified(judged, terms) <= certified(judged, easier)


@given(reviews, terms)
def test_every_certified_threshold_keeps_its_bound(
    judged: list[ReviewedDraft], terms: GuaranteeTerms
) -> None:
    for point in certify_thresholds(judged, terms):
        assert 0.0 <= point.wrong_share_bound <= 1.0
        if point.certified:
            assert point.drafts > 0
            assert point.wrong_share_bound <= terms.wrong + 1e-9
            assert point.wrong / point.drafts <= terms.wrong or terms.doubt is None


@given(reviews)
def test_on_average_it_is_the_lowest_threshold_that_conformal_risk_control_names(
    judged: list[ReviewedDraft],
) -> None:
    judged = [replace(one, least=EVERYTHING) for one in judged]
    found = lowest_certified(certify_thresholds(judged, AVERAGE))
    n = len(judged)

    def risk(threshold: float) -> float:
        return (sum(j.margin >= threshold and not j.right for j in judged) + 1) / (n + 1)

    kept = [
        p.threshold
        for p in certify_thresholds(judged, AVERAGE)
        if risk(p.threshold) <= 0.04 and p.drafts
    ]
    assert (found.threshold if found else None) == min(kept, default=None)


def test_margins_that_tie_are_drafted_together() -> None:
    """Half of what ties is wrong: a threshold cannot part them, so none of it is certified."""
    tied = [ReviewedDraft(0.5, k % 2 == 0) for k in range(200)] + [ReviewedDraft(1.5, True)] * 200
    found = lowest_certified(certify_thresholds(tied, STRICT))
    assert found is not None
    assert found.threshold > 0.5


def test_below_a_threshold_that_was_in_force_only_the_audit_speaks() -> None:
    """People answered what lay below 1.0 unless it was drawn: what they did review there is a
    choice, however good it looks."""
    above = [ReviewedDraft(1.5, True, least=1.0)] * 200
    chosen = [ReviewedDraft(0.2, True, least=1.0)] * 500
    drawn = [ReviewedDraft(0.2, False, audit=True, least=1.0)] * 20
    found = lowest_certified(certify_thresholds([*above, *chosen, *drawn], STRICT))
    assert found is not None
    assert found.threshold == 1.0
    assert at(0.5, [*above, *chosen, *drawn], STRICT).by_audit


def test_the_audit_can_lower_a_threshold_again() -> None:
    above = [ReviewedDraft(1.5, True, least=1.0)] * 200
    drawn = [ReviewedDraft(0.2, True, audit=True, least=1.0)] * 200
    found = lowest_certified(certify_thresholds([*above, *drawn], STRICT))
    assert found is not None
    assert found.threshold == EVERYTHING


def test_while_nothing_was_certain_only_the_audit_counts() -> None:
    hidden = [ReviewedDraft(2.5, True, least=NOTHING)] * 500
    assert not certified(hidden, STRICT)
    assert certified([replace(one, audit=True) for one in hidden], STRICT)


def test_an_order_that_begins_in_two_places_passes_what_fails_for_want_of_drafts() -> None:
    """Nothing is read with a margin of 1.5 or more, so the first place rejects nothing."""
    low = [ReviewedDraft(0.7, True)] * 100
    found = lowest_certified(certify_thresholds(low, STRICT))
    assert found is not None
    assert found.threshold == EVERYTHING
    assert not at(1.5, low, STRICT).certified
