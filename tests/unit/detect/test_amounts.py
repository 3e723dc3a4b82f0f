"""Amounts are compared as they are, however they are written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brand.published import PublishedFacts
from bot.detect.claims.amounts import normalize_clock_time
from bot.detect.claims.grounding import GroundingStatus, ground_figures
from bot.detect.commitments.extraction import find_bare_figures
from tests.unit.detect.published import fact as make_fact

TODAY = date(2026, 11, 1)
ALIKE = [
    ("You can return items within 14 days.", "You can return items within two weeks.", "en"),
    ("The trial lasts 6 months.", "The trial lasts half a year.", "en"),
    ("The deposit is $0.50.", "The deposit is 50 cents.", "en"),
    ("Our shop opens at 15:00.", "Our shop opens at 3 pm.", "en"),
    ("Our shop closes at 19:30.", "Our shop closes at 7.30 pm.", "en"),
    ("Der Test dauert 30 Minuten.", "Der Test dauert eine halbe Stunde.", "de"),
    ("Der Laden öffnet um 15:00 Uhr.", "Der Laden öffnet um 15 Uhr.", "de"),
]
UNLIKE = [
    ("You can return items within 14 days.", "You can return items within three weeks.", "en"),
    ("It takes 10 business days.", "It takes two weeks.", "en"),
    ("Our shop opens at 15:00.", "Our shop opens at 3 am.", "en"),
    ("Der Test dauert 30 Minuten.", "Der Test dauert eine Stunde.", "de"),
]


def _status(fact: str, text: str, locale: str) -> list[GroundingStatus]:
    facts = PublishedFacts([make_fact("terms.one", {locale: fact})])
    found = ground_figures(text, facts, ("terms.one",), locale, TODAY)
    figures = (it for it in found if it.commitment is None or it.commitment.number is not None)
    return [it.status for it in figures]


@pytest.mark.parametrize(("fact", "text", "locale"), ALIKE)
def test_the_same_amount_in_other_words_is_backed(fact: str, text: str, locale: str) -> None:
    assert _status(fact, text, locale) == [GroundingStatus.BACKED]


@pytest.mark.parametrize(("fact", "text", "locale"), UNLIKE)
def test_another_amount_is_not(fact: str, text: str, locale: str) -> None:
    assert _status(fact, text, locale) == [GroundingStatus.UNBACKED]


def test_a_time_of_day_with_endless_minutes_is_none() -> None:
    endless = f"09:{'5' * 5000}"
    assert normalize_clock_time(endless) == endless


@given(st.text(max_size=12))
def test_any_words_have_a_normal_form(words: str) -> None:
    assert normalize_clock_time(words) == normalize_clock_time(words.upper()) or not words.isascii()


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Your reservation XEHM4B7 stands.", []),
        ("Your reservation PEP4E0 stands.", []),
        ("Use the code SAVE20.", ["20"]),
        ("Use the code 50OFF.", ["50OFF"]),
        ("Size XL5, part 4711.", ["5", "4711"]),
    ],
)
def test_pieces_of_a_reference_are_no_figures(text: str, figures: list[str]) -> None:
    assert [span.words for span in find_bare_figures(text, "en", ())] == figures
