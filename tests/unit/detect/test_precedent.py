"""Whether two texts of the brand contradict each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.detect.claims.past_commitments import (
    commitment_keys,
    compare_with_past,
    find_contradictions,
)
from bot.detect.commitments.extraction import extract_commitments
from bot.evaluation.consistency_scores import score_consistency
from bot.model import Commitment

TODAY = date(2026, 11, 21)
PAGE = (
    "You can return unworn items within 60 days of delivery. Sale items can be returned within 14 "
    "days. A return label costs $4.90. Items over 25 kg are collected for a fee of $35. Clubs get "
    "5% off from 10 items and 12% off from 30 items. We ship to Norway."
)


def differences(text: str) -> list[str]:
    return [one.describe_difference for one in find_contradictions(PAGE, text, "en", TODAY)]


@pytest.mark.parametrize(
    ("text", "difference"),
    [
        ("Unworn items can be returned within 14 days of delivery.", "60 days"),
        ("Sale items can be returned within 60 days.", "14 days"),
        ("A return label costs $35.", "$4.90"),
        ("Heavy items over 25 kg are collected for a fee of $4.90.", "$35"),
        ("Clubs get 12% off from 10 items.", "5%"),
        ("You can return unworn items within 45 days of delivery.", "60 days"),
        ("You can return unworn items within 60 business days of delivery.", "60 days"),
        ("We don't ship to Norway.", "ship"),
    ],
)
def test_another_figure_on_the_same_topic_contradicts(text: str, difference: str) -> None:
    assert any(difference in words for words in differences(text))


@pytest.mark.parametrize(
    "text",
    [
        PAGE,
        "Anything unworn may come back for sixty days after delivery.",
        "For sale items you have two weeks.",
        "The label for a return is 4.90 dollars.",
        "If it is heavier than 25 kg, collecting it costs 35 dollars.",
        "From 30 items on, a club saves 12 percent.",
        "Yes, Norway is one of the countries that we ship to.",
        "Our shops open at 9:00.",
        "",
    ],
)
def test_the_same_in_other_words_does_not(text: str) -> None:
    assert differences(text) == []


def test_opening_hours_turned_round_contradict() -> None:
    found = find_contradictions("Open from 9:00 to 18:00.", "Open from 18:00 to 9:00.", "en", TODAY)
    assert len(found) == 2


def test_an_item_of_a_list_is_read_under_its_heading() -> None:
    page = "If you are a member:\n- 2 free bags\nIf you are a guest:\n- 1 free bag"
    swapped = "If you are a member:\n- 1 free bags\nIf you are a guest:\n- 2 free bag"
    assert find_contradictions(page, page, "en", TODAY) == ()
    assert len(find_contradictions(page, swapped, "en", TODAY)) == 2


def test_a_disagreement_shows_both_sides_and_the_place() -> None:
    text = "Hello! Sale items can be returned within 60 days."
    (one,) = find_contradictions(PAGE, text, "en", TODAY)
    assert one.describe_difference == "earlier: “14 days”, this says “60 days”"
    assert text[one.start : one.end] == "60 days"
    assert one.then_text == PAGE


@settings(max_examples=100, deadline=None)
@given(st.text(), st.text())
def test_any_two_texts_have_an_answer(published: str, text: str) -> None:
    find_contradictions(published, text, "en", TODAY)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PAGE.split()), max_size=30).map(" ".join))
def test_no_text_contradicts_itself(text: str) -> None:
    assert find_contradictions(text, text, "en", TODAY) == ()


def commitment(text: str, topic: str = "returns") -> Commitment:
    return replace(extract_commitments(text, "en", TODAY)[0], topic=topic)


def test_a_shelf_is_named_by_topic_and_what_is_said() -> None:
    assert commitment_keys(commitment("60 days")) == ("returns:period::",)
    assert commitment_keys(commitment("$5 fee")) != commitment_keys(commitment("$5 off"))
    assert commitment_keys(commitment("30 stores")) != commitment_keys(commitment("30 bags"))
    assert commitment_keys(commitment("we refund")) != commitment_keys(commitment("we replace"))
    assert commitment_keys(commitment("60 days", topic="")) == ()


def earlier(text: str, day: int) -> tuple[Commitment, date, str]:
    return commitment(text), date(2026, 11, day), text


def test_what_was_said_last_decides() -> None:
    now = commitment("60 days")
    found = compare_with_past(now, [earlier("60 days", 1), earlier("45 days", 2)])
    assert found is not None
    assert (found.then, found.then_text, found.said_on) == (
        "“45 days”",
        "45 days",
        date(2026, 11, 2),
    )
    assert compare_with_past(now, [earlier("45 days", 1), earlier("60 days", 2)]) is None
    assert compare_with_past(now, []) is None


def test_the_same_amount_in_another_unit_agrees_and_business_days_do_not() -> None:
    assert compare_with_past(commitment("14 days"), [earlier("2 weeks", 1)]) is None
    assert compare_with_past(commitment("24 hours"), [earlier("1 day", 1)]) is None
    assert compare_with_past(commitment("12 months"), [earlier("a year", 1)]) is None
    assert compare_with_past(commitment("14 days"), [earlier("15 days", 1)]) is not None


def test_another_condition_is_another_case() -> None:
    now = commitment("5 days if damaged")
    assert compare_with_past(now, [earlier("9 days", 1)]) is None
    assert compare_with_past(now, [earlier("9 days if damaged", 1)]) is not None


def test_what_a_period_runs_from_may_be_left_out_but_not_be_another() -> None:
    delivered = commitment("within 60 days of delivery")
    assert compare_with_past(
        commitment("within 30 days"), [earlier("within 60 days of delivery", 1)]
    )
    assert compare_with_past(delivered, [earlier("within 30 days", 1)]) is not None
    assert compare_with_past(delivered, [earlier("within 60 days", 1)]) is None
    assert compare_with_past(delivered, [earlier("within 30 days of purchase", 1)]) is None


def test_evaluation_counts_what_was_caught_and_what_was_a_false_alarm() -> None:
    said = "Sale items can be returned within {}."
    rows = [
        {"published": PAGE, "text": said.format("60 days"), "contradicts": True},
        {"published": PAGE, "text": "Sale items are lovely.", "contradicts": True},
        {"published": PAGE, "text": said.format("14 days"), "contradicts": False},
        {"published": PAGE, "text": said.format("60 days"), "contradicts": False},
    ]
    got = score_consistency(rows)
    assert (got["precision"], got["recall"], got["f1"], got["false_alarm_rate"]) == (0.5,) * 4
    assert [row["text"] for row in got["worst"]] == ["Sale items are lovely.", rows[3]["text"]]
    assert score_consistency([])["f1"] == 0.0
