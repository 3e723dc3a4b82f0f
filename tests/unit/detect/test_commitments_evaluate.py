"""The figures of `evaluate commitments`, on rows whose figures are known."""

from __future__ import annotations

from typing import Any

import pytest

from bot.evaluation.commitment_scores import score_commitments


def row(text: str, *gold: list[str | None]) -> dict[str, Any]:
    return {"text": text, "gold": list(gold)}


@pytest.mark.parametrize(
    ("text", "gold"),
    [
        ("It costs $5 million.", ["$5 million", "5000000", "Dollar", None]),
        ("It costs 5 EUR.", ["5 eur", "5", "Euro", "EUR"]),
        ("It costs 50 cents.", ["50 cents", "50", "Cent", None]),
        ("Five percent.", ["Five percent", "5%", None, None]),
        ("Two and a half hours.", ["Two and a half hours", "PT2.5H"]),
        ("1 year 1 month 21 days", ["1 year 1 month 21 days", "P1Y1M21D"]),
        ("Another business day.", ["Another business day", "P1BD"]),
        ("On 21/04/2016", ["21/04/2016", "2016-04-21"]),
        ("A small percentage.", ["percentage", "null", None, None]),
    ],
)
def test_values_match_by_normalised_equality(text: str, gold: list[str | None]) -> None:
    got = score_commitments([row(text, gold)])
    assert (got["precision"], got["recall"], got["f1"]) == (1.0, 1.0, 1.0)
    assert got["value_accuracy"] == (0.0 if gold[1] == "null" else 1.0)
    assert got["worst"] == []


def test_a_wrong_value_a_missed_span_and_a_false_one_are_counted() -> None:
    rows = [
        row("5 days", ["5 days", "P5D"]),
        row("6 days", ["6 days", "P7D"]),  # a wrong value
        row("eternity", ["eternity", "P1Y"]),  # missed
        row("8 days"),  # a false alarm
    ]
    got = score_commitments(rows)
    assert got["precision"] == got["recall"] == got["f1"] == pytest.approx(2 / 3)
    assert got["value_accuracy"] == 0.5
    assert [one["text"] for one in got["worst"]] == ["6 days", "eternity", "8 days"]


def test_only_the_kinds_that_are_labelled_are_judged() -> None:
    got = score_commitments([row("5 days, $5", ["5 days", "P5D"])])
    assert got["precision"] == 1.0


def test_the_currency_counts_where_it_is_named() -> None:
    assert score_commitments([row("5 EUR", ["5 EUR", "5", "Euro", "USD"])])["value_accuracy"] == 0.0


def test_nothing_labelled_is_no_figure() -> None:
    assert score_commitments([])["f1"] == 0.0
