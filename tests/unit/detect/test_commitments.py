"""Texts and what they commit to; what holds for any text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.detect.commitments.extraction import (
    LIMIT,
    commitment_essence,
    extract_commitments,
    find_bare_figures,
    find_vague_amounts,
)
from bot.detect.commitments.lexer import fold_in_place
from bot.model import Commitment, CommitmentKind, Comparator

TODAY = date(2026, 11, 21)  # a Saturday
CASES = yaml.safe_load((Path(__file__).parent / "commitments.yaml").read_text())
LOCALES = st.sampled_from(["en", "de", "en-GB", "de_AT", "fr", "tlh", "", "../etc"])
PIECES = st.sampled_from(
    [
        "1", "60", "1,000.50", "０３", "$", "€", "USD", "%", "percent", "half", "a", "and", "days",
        "business", "within", "from", "to", "-", "/", "(", ")", ":", ".", "\n", "free", "no", "not",
        "we", "refund", "if", "over", "May", "3rd", "next", "Friday", "million", "cents", "hundred",
        "twenty", "couple", "of", "http://x.y/1", "i̇", "İ", "ரூ", "9am", "innerhalb", "Tage",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join))


def shown(one: Commitment) -> str:
    """A commitment as the table writes it."""
    value = f"{one.value}..{one.until}" if one.until else one.value
    comparator = "" if one.comparator is Comparator.EXACTLY else one.comparator.value
    direction = f"({one.direction})" if one.direction else ""
    parts = [one.kind.value, value, one.unit, comparator, direction, "not" if one.negated else ""]
    condition = f" | {one.condition}" if one.condition else ""
    return " ".join(part for part in parts if part) + condition


@pytest.mark.parametrize(
    ("locale", "case"),
    [(locale, case) for locale, cases in CASES.items() for case in cases],
    ids=lambda value: value["say"][:40] if isinstance(value, dict) else value,
)
def test_what_a_text_commits_to(locale: str, case: dict[str, object]) -> None:
    assert [shown(one) for one in extract_commitments(str(case["say"]), locale, TODAY)] == case[
        "means"
    ]


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(TEXTS, LOCALES)
def test_any_text_has_an_answer_that_points_at_its_words(text: str, locale: str) -> None:
    for one in extract_commitments(text, locale, TODAY):
        assert text[one.start : one.end] == one.words != ""
        if one.kind is CommitmentKind.DATE:
            date.fromisoformat(one.value)
        elif one.kind is not CommitmentKind.PROMISE:
            assert one.number == Decimal(one.value)
            assert one.value == "0" or not one.value.endswith(".0")
    for span in (*find_vague_amounts(text, locale), *find_bare_figures(text, locale, ())):
        assert text[span.start : span.end].startswith(span.words)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(st.characters(exclude_characters=".)")), st.lists(PIECES).map(" ".join)))
def test_every_digit_is_accounted_for(text: str) -> None:
    """It stands in a commitment or is a bare figure; what was left out is numbers of a list."""
    if "://" in text or "www." in text:
        return
    commitments = extract_commitments(text, "en", TODAY)
    spans = [(one.start, one.end) for one in commitments]
    spans += [(one.start, one.end) for one in find_bare_figures(text, "en", commitments)]
    lines = {line.strip().split(" ")[0] for line in fold_in_place(text).split("\n")}
    for place, char in enumerate(fold_in_place(text)):
        if char in "0123456789" and not any(low <= place < high for low, high in spans):
            assert any(first[:1].isdigit() for first in lines)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold_in_place(text)) == len(text)


def test_the_same_text_is_always_read_alike() -> None:
    text = "60 days, $5 and 30% off"
    assert extract_commitments(text, "en", TODAY) == extract_commitments(text, "en", TODAY)


def test_what_is_not_read_is_said_to_be_unread() -> None:
    """A text too full of figures is not taken for one without the rest of them."""
    text = "$1 " * 2 * LIMIT + "and 99% off"
    commitments = extract_commitments(text, "en", TODAY)
    assert len(commitments) == LIMIT
    last = find_bare_figures(text, "en", commitments)[-1]
    assert (last.kind, last.end) == ("unread", len(text))


def test_bare_figures_and_times() -> None:
    text = "1. Call 030 123 456, room 12, from 09:30.\n2) iPhone15 is one of seven."
    found = find_bare_figures(text, "en", extract_commitments(text, "en", TODAY))
    assert [(one.kind, one.words) for one in found] == [
        ("figure", "030 123 456"),
        ("figure", "12"),
        ("time", "09:30"),
        ("figure", "15"),
        ("figure", "seven"),
    ]


def test_a_figure_that_hangs_on_an_amount_is_a_figure() -> None:
    text = "It costs $5B7."
    found = find_bare_figures(text, "en", extract_commitments(text, "en", TODAY))
    assert [(one.kind, one.words) for one in found] == [("figure", "7")]


def test_amounts_without_a_figure_are_vague() -> None:
    found = find_vague_amounts(
        "We keep a percentage, for several days, of some dollars, and 5 percent.", "en"
    )
    assert [(one.kind, one.words) for one in found] == [
        ("percent", "percentage"),
        ("period", "several days"),
        ("money", "some dollars"),
    ]


def test_a_fact_commits_to_the_same_in_every_language() -> None:
    english = extract_commitments(
        "You can return items within 60 days. 30 stores, 5 € fee.", "en", TODAY
    )
    german = extract_commitments(
        "Sie können Artikel innerhalb von 60 Tagen zurückgeben. 30 Filialen, 5 € Gebühr.",
        "de",
        TODAY,
    )
    assert {commitment_essence(one) for one in english} == {
        commitment_essence(one) for one in german
    }


@pytest.mark.parametrize(
    ("locale", "value"), [("en", "1500"), ("de", "1.5"), ("de-CH", "1500"), ("fr", "1.5")]
)
def test_the_locale_decides_what_a_comma_is(locale: str, value: str) -> None:
    assert extract_commitments("€ 1,500", locale, TODAY)[0].value == value
