"""Personal data by its form: what is found, what isn't, and what the brand publishes itself."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.detect.personal.personal_data import (
    LONGEST_READ,
    MOST_PERSONAL_DATA,
    find_personal_data,
    normalize_contacts,
)
from tests.unit.detect.hostile import anything, for_any, points_into


@for_any
@given(anything)
def test_any_text_gets_an_answer(text: str) -> None:
    assert points_into(text, find_personal_data(text))


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Write to anna.b+x@mail.example.com.", "EMAIL_ADDRESS", "anna.b+x@mail.example.com"),
        ("anna (at) example (dot) com", "EMAIL_ADDRESS", "anna (at) example (dot) com"),
        ("Call +49 30 901820 today", "PHONE_NUMBER", "+49 30 901820"),
        ("Call (212) 555-0123 today", "PHONE_NUMBER", "(212) 555-0123"),
        ("my number is 0171/2345678", "PHONE_NUMBER", "0171/2345678"),
        ("Reach me under 9498777106", "PHONE_NUMBER", "9498777106"),
        ("Tel.: ０３０ ９０１８２０", "PHONE_NUMBER", "０３０ ９０１８２０"),
        ("It was 4111 1111 1111 1111.", "CREDIT_CARD", "4111 1111 1111 1111"),
        ("my card 5555555555554445 is gone", "CREDIT_CARD", "5555555555554445"),  # mistyped
        ("IBAN DE89 3704 0044 0532 0130 00 please", "IBAN_CODE", "DE89 3704 0044 0532 0130 00"),
        ("pay to gb82west12345698765432 now", "IBAN_CODE", "gb82west12345698765432"),
        ("SSN 536-90-4399", "US_SSN", "536-90-4399"),
        ("from 192.168.10.7 at night", "IP_ADDRESS", "192.168.10.7"),
        ("from 2001:db8::8a2e:370:7334.", "IP_ADDRESS", "2001:db8::8a2e:370:7334"),
        ("AHV 756.9217.0769.85", "CH_AHV", "756.9217.0769.85"),
        ("NINO AB 12 34 56 C", "UK_NINO", "AB 12 34 56 C"),
        ("Steuer-ID: 36574261809", "DE_TAX_ID", "36574261809"),
        ("your order 4711123 left us", "REFERENCE", "4711123"),
        ("Kundennummer: 8841207", "REFERENCE", "8841207"),
        ("12 Oak Street, Springfield", "STREET_ADDRESS", "12 Oak Street"),
        ("Sie wohnen Lindenallee 7?", "STREET_ADDRESS", "Sie wohnen Lindenallee 7"),
    ],
)
def test_what_identifies_somebody_is_found(text: str, kind: str, words: str) -> None:
    assert [(span.kind, span.words) for span in find_personal_data(text)] == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "You can return unworn items within 60 days of delivery.",
        "It costs 1,299.00 euros, or 49.95 for members.",
        "Open Monday to Friday 9.00-18.00, Saturday 10-16.",
        "Zwischen 1 000 000 und 2.000.000 Schritten.",
        "As of 2026-10-01, review by 01/04/2027; the 2025/2026 season.",
        "Version 4.18.2.1 of the app, at 10:00:30.",
        "The tent weighs 2.15 kg and is 210 x 140 x 105 cm.",
        "Form OMB No. 0560-0155",
        "-77.034040723966 and 0.000000012",
        "std::string and a::b",
        "1234456% of it",
        "@trailhead answers here",
    ],
)
def test_figures_that_belong_to_nobody_are_left_alone(text: str) -> None:
    assert find_personal_data(text) == ()


def test_an_invisible_character_hides_nothing() -> None:
    (span,) = find_personal_data("write to an\u200bna@exam\u00adple.com now")
    assert (span.kind, span.words) == ("EMAIL_ADDRESS", "an\u200bna@exam\u00adple.com")


@pytest.mark.parametrize(
    ("published", "text"),
    [
        ("help@trailhead.example", "Write to Help@Trailhead.example."),
        ("+49 30 901820", "Call +49 (30) 90 18 20."),
    ],
)
def test_what_the_brand_publishes_is_not_personal(published: str, text: str) -> None:
    assert find_personal_data(text)
    assert find_personal_data(text, normalize_contacts((published,))) == ()


def test_what_is_too_long_to_read_is_not_called_clean() -> None:
    text = "x " * LONGEST_READ
    (span,) = find_personal_data(text)
    assert (span.kind, span.start, span.end) == ("UNREAD", LONGEST_READ, len(text))


def test_a_text_of_nothing_but_numbers_stays_an_answer() -> None:
    spans = find_personal_data("0171 2345678\n" * 4000)
    assert 0 < len(spans) <= MOST_PERSONAL_DATA + 1


def test_a_word_that_begins_like_a_street_is_none() -> None:
    """RE2 knows only a to z as letters of a word, so “dr” seems to end before “ücken”."""
    text = "Ich habe die Schuhe in 44 bekommen und sie drücken vorne, bitte in 45."
    assert not [span for span in find_personal_data(text) if span.kind == "STREET_ADDRESS"]


@pytest.mark.parametrize(
    "text",
    [
        "Thank you. 2 colleagues are looking into it.",
        "Please bring 2 photos to the shop.",
        "Your 2 parcels are on their way.",
        "Monitoring 24 hours a day",
        "We had 3 tents in this place",
    ],
)
def test_a_number_beside_a_word_that_is_more_than_a_street_is_no_address(text: str) -> None:
    assert not [span for span in find_personal_data(text) if span.kind == "STREET_ADDRESS"]


@pytest.mark.parametrize(
    "text", ["943 Maple Drive", "Kölner Ring 12", "Petőfi u. 12", "Lindenweg 4"]
)
def test_written_as_a_name_it_is_one(text: str) -> None:
    assert [span for span in find_personal_data(text) if span.kind == "STREET_ADDRESS"]
