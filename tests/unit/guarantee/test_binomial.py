"""The binomial tail and its bound, beside SciPy's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learning.guarantee.binomial import probability_at_most, upper_bound_of_share

pytestmark = pytest.mark.slow  # loading SciPy is more than a thought: left out of make quick

counts = st.integers(0, 3000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(counts, st.floats(0.001, 0.999))
def test_the_tail_is_the_binomials(count: tuple[int, int], share: float) -> None:
    from scipy.stats import binom

    assert probability_at_most(*count, share) == pytest.approx(
        binom.cdf(*count, share), rel=1e-6, abs=1e-12
    )


@given(counts, st.floats(0.001, 0.5))
def test_the_bound_is_clopper_and_pearsons(count: tuple[int, int], doubt: float) -> None:
    from scipy.stats import beta

    wrong, of = count
    known = beta.ppf(1 - doubt, wrong + 1, of - wrong) if wrong < of else 1.0
    assert upper_bound_of_share(wrong, of, doubt) == pytest.approx(known, abs=1e-6)
