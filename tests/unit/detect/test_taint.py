"""Taint: a private value is found however it is written; public words are nobody's secret."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.detect.taint.private_values import find_private_values
from bot.detect.taint.taint_detection import find_tainted, public_vocabulary
from tests.unit.detect.hostile import anything, for_any, points_into

NOTHING: frozenset[str] = frozenset()
LOOKALIKES = str.maketrans("aeopcyAEOHT", "аеорсуАЕОНТ")  # Latin to Cyrillic

WAYS = {
    "as it is": lambda v: v,
    "upper case": str.upper,
    "lower case": str.lower,
    "spaced out": lambda v: " ".join(v.replace(" ", "")),
    "joined": lambda v: "".join(c for c in v if c.isalnum()),
    "hyphened": lambda v: v.replace(" ", "-"),
    "look-alike letters": lambda v: v.translate(LOOKALIKES),
    "zero width": "\u200b".join,
    "full width": lambda v: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in v),
}
VALUES = (
    "Anna Schmidt",
    "Oluwaseun O'Brien",
    "#W5967152",
    "TH-4711-B82",
    "anna.schmidt@example.com",
    "+49 171 2345678",
    "Lindenallee 17, 72070 Tübingen",
    "Theresa",
)


@for_any
@given(anything, st.lists(anything, max_size=4).map(tuple))
def test_any_text_and_any_values_get_an_answer(text: str, values: tuple[str, ...]) -> None:
    assert points_into(text, find_tainted(text, values, NOTHING))


@for_any
@given(st.lists(anything, max_size=3).map(tuple), anything)
def test_any_messages_give_values(messages: tuple[str, ...], name: str) -> None:
    assert all(isinstance(value, str) for value in find_private_values(messages, name, NOTHING))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("value", VALUES)
def test_a_private_value_is_found_however_it_is_written(value: str, way: str) -> None:
    text = f"We have noted {WAYS[way](value)} for you."
    spans = find_tainted(text, ("nobody else", value), NOTHING)
    assert spans, text
    assert points_into(text, spans)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Anna Schmidt", "Hi Anna, it is on its way."),
        ("Anna Schmidt", "Das gehört Frau Schmidt."),
        ("Anna Schmidt", "Schmidts Paket ist da."),
        ("#W5967152", "The parcel 5967152 left us."),
        ("#W5967152", "W5967l52"),
        ("+49 171 2345678", "We call 0171/234 56 78."),
        ("anna.schmidt@example.com", "We write to annaschmidt."),
        ("Lindenallee 17, 72070 Tübingen", "It goes to 72070."),
        ("Lindenallee 17, 72070 Tübingen", "LINDENALLEE 17"),
        ("Mark Young", "Thanks, Mark, it is done."),
    ],
)
def test_a_telling_part_is_enough(value: str, text: str) -> None:
    assert find_tainted(text, (value,), NOTHING)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Mark Young", "Please mark the box; it suits young feet."),
        ("Ali", "This is all: we reply to all of you."),
        ("Ann", "We are planning it."),
        ("Forrest Gump", "Keep one for rest days."),
        ("60 Oak Street", "You can return it within 60 days."),
        ("12345", "Order 9123456 is another one."),
        ("1000 Elm Avenue", "For 1000 steps."),
        ("Lindenallee 17, 72070 Tübingen", "There are 17 of them."),
        ("+49 171 2345678", "The code is 2345."),
        ("", "Anything."),
        ("#", "Anything # at all."),
    ],
)
def test_words_and_figures_that_give_nobody_away_are_left_alone(value: str, text: str) -> None:
    assert find_tainted(text, (value,), NOTHING) == ()


def test_the_public_vocabulary_is_taken_away() -> None:
    public = public_vocabulary(("Our store in Tübingen, Lindenallee 17, is open.",))
    private = ("Tübingen", "Lindenallee", "Theresa")
    (span,) = find_tainted("Come to Tübingen, Lindenallee, Theresa.", private, public)
    assert span.words == "Theresa"
    assert find_tainted("It is at 17 Lindenallee.", ("17 Lindenallee",), public) == ()


def test_the_values_of_a_conversation_are_what_it_gives_away() -> None:
    messages = (
        "Hi, my name is jonas weber and order W123456 from Hamburg hasn't arrived.",
        "Mail jonas@web.de or call 0171 2345678. I live at 60 Oak Street with Theresa.",
    )
    values = find_private_values(messages, "Jonas W.", NOTHING)
    for value in ("jonas weber", "W123456", "Hamburg", "jonas@web.de", "0171 2345678", "Theresa"):
        assert value in values
    reply = "You can return unworn items within 60 days of delivery. Orders arrive in 3 days."
    assert find_tainted(reply, values, NOTHING) == ()


def test_german_nouns_are_not_names() -> None:
    messages = ("Guten Tag, ich heiße Jonas Weber, die Bestellung 4711123 mit Zelt fehlt noch.",)
    assert set(find_private_values(messages, "", NOTHING)) == {"4711123", "Jonas Weber"}


@pytest.mark.parametrize(
    "message",
    [
        "Wo bleibt mein Paket? Mit freundlichen Grüßen Vesna Kovač",
        "Wo bleibt mein Paket? LG Vesna Kovač",
        "Hier ist Vesna Kovač, wo bleibt mein Paket?",
    ],
)
def test_a_german_greeting_announces_a_name(message: str) -> None:
    assert "Vesna Kovač" in find_private_values((message,), "", NOTHING)


def test_public_values_of_a_conversation_are_left_out() -> None:
    public = public_vocabulary(("Trailhead sells the Ridgeline tent.",))
    assert find_private_values(("Is the Ridgeline in stock at Trailhead?",), "", public) == ()


@pytest.mark.parametrize(
    ("value", "text", "found"),
    [
        ("Thị", "This is what we publish.", False),
        ("Theresa", "Theresas parcel is here.", True),
        ("Theresa", "Theresa's parcel is here.", True),
    ],
)
def test_a_genitive_is_found_and_another_word_is_not_taken_for_one(
    value: str, text: str, found: bool
) -> None:
    assert bool(find_tainted(text, (value,), NOTHING)) is found
