"""Gathering, certified, cannot be certified: what leads from one to another, and what is said."""

from __future__ import annotations

from dataclasses import replace

from bot.brand.guarantee_terms import GuaranteeTerms
from bot.learning.guarantee.audit_sample import is_in_audit_sample
from bot.learning.guarantee.guarantee_standing import (
    GuaranteeStanding,
    assess_guarantee,
    fewest_reviews,
)
from bot.learning.guarantee.guarantee_words import write_claim, write_percent
from bot.learning.guarantee.reviewed_drafts import EVERYTHING, NOTHING, ReviewedDraft
from bot.model import Reading

TERMS = GuaranteeTerms(wrong=0.1, doubt=0.1, window=200, audit=0.1)
RIGHT, WRONG = ReviewedDraft(1.7, True), ReviewedDraft(1.7, False)


def test_few_reviews_gather_and_everything_is_drafted() -> None:
    found = assess_guarantee("web", [RIGHT] * 10, TERMS)
    assert found.standing is GuaranteeStanding.GATHERING
    assert found.draft_threshold == EVERYTHING
    assert found.missing == fewest_reviews(TERMS) - 10
    assert f"at least {found.missing} drafts more have to be reviewed" in write_claim(found)
    assert "Nothing is claimed" in write_claim(found)


def test_enough_right_ones_are_certified_with_their_numbers() -> None:
    found = assess_guarantee("web", [RIGHT] * 100, TERMS)
    assert found.standing is GuaranteeStanding.CERTIFIED
    words = write_claim(found)
    for number in ("10%", "90%", "100 drafts", "of 100 at this threshold, 0 were wrong"):
        assert number in words


def test_what_is_wrong_below_a_margin_is_left_to_people() -> None:
    shaky = [ReviewedDraft(0.2, k % 2 == 0) for k in range(80)]
    found = assess_guarantee("web", [*shaky, *[RIGHT] * 100], TERMS)
    assert found.standing is GuaranteeStanding.CERTIFIED
    assert 0.2 < found.draft_threshold <= 1.7


def test_when_the_rest_of_the_window_could_not_help_nothing_can_be_certified() -> None:
    found = assess_guarantee("web", [WRONG] * 40, TERMS)
    assert found.standing is GuaranteeStanding.UNCERTIFIABLE
    assert found.draft_threshold == NOTHING
    assert "Everything goes to a person" in write_claim(found)


def test_a_wrong_draft_early_asks_for_more_and_stops_nothing() -> None:
    found = assess_guarantee("web", [WRONG, *[RIGHT] * 35], TERMS)
    assert found.standing is GuaranteeStanding.GATHERING
    assert found.missing > fewest_reviews(TERMS) - 36


def test_from_what_could_not_be_certified_only_the_audit_leads_back() -> None:
    """The window forgets the wrong ones; that alone is no reason to draft everything again."""
    audit = ReviewedDraft(1.7, True, audit=True, least=NOTHING)
    few = assess_guarantee("web", [*[WRONG] * 40, *[audit] * 3], TERMS)
    assert few.standing is GuaranteeStanding.UNCERTIFIABLE
    later = assess_guarantee("web", [*[WRONG] * 40, *[audit] * 199], TERMS)
    assert later.standing is GuaranteeStanding.CERTIFIED


def test_only_the_window_counts() -> None:
    found = assess_guarantee("web", [*[WRONG] * 500, *[RIGHT] * 200], TERMS)
    assert found.standing is GuaranteeStanding.CERTIFIED
    assert len(found.judged) == 200


def test_what_another_model_reads_is_drafted_and_reviewed() -> None:
    reading = Reading("returns", 0.9, None, "en", True, True, model="old", margin=0.1)
    found = assess_guarantee("web", [WRONG] * 40, TERMS, models=frozenset({"old"}))
    assert found.threshold_for_reading(reading) == NOTHING
    assert found.threshold_for_reading(replace(reading, model="new")) == EVERYTHING


def test_the_audit_draws_its_share_by_a_key_that_nobody_can_guess() -> None:
    names = [f"C1:{k}" for k in range(4000)]
    one = {name for name in names if is_in_audit_sample(b"one", name, 0.1)}
    other = {name for name in names if is_in_audit_sample(b"other", name, 0.1)}
    assert 330 < len(one) < 470  # 400 expected, 3.7 standard deviations
    assert one == {name for name in names if is_in_audit_sample(b"one", name, 0.1)}
    assert len(one & other) < 70  # 40 expected
    assert not any(is_in_audit_sample(b"one", name, 0.0) for name in names)
    assert all(is_in_audit_sample(b"one", name, 1.0) for name in names)


def test_a_share_is_said_with_three_figures_at_most() -> None:
    said = [write_percent(share) for share in (0.05, 0.025, 0.001344, 0.9, 1.0, 0.0)]
    assert said == ["5%", "2.5%", "0.134%", "90%", "100%", "0%"]
