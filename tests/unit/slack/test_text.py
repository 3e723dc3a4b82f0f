"""Slack's text and plain text: what was typed is what is read, and nothing of it is mark-up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.channels.slack.blocks.mrkdwn import (
    escape_mrkdwn,
    mentions,
    pieces,
    plain,
    shortened,
    units,
    whole,
    without_lead,
)
from tests.fakes.slack.rules import Seen, parsed

NAMES = {"U8": "Jonas", "U9": "Mira & co"}


@pytest.mark.parametrize(
    ("slack", "read"),
    [
        ("plain", "plain"),
        ("", ""),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("&amp;lt; is not &lt;", "&lt; is not <"),
        ("<@U8> and <@U7>", "@Jonas and @user"),
        ("<@U7|pat>", "@pat"),
        ("<@U9>", "@Mira & co"),
        ("<#C1|general> <#C1>", "#general #channel"),
        ("<!here> <!channel> <!everyone>", "@here @channel @everyone"),
        ("<!subteam^S1|@repairs>", "@repairs"),
        ("<!subteam^S1>", "@subteam"),
        ("<!date^1392734382^{date}|18 Feb 2014>", "18 Feb 2014"),
        ("<https://x.example/?a=1&amp;b=2>", "https://x.example/?a=1&b=2"),
        ("<https://x.example|our page>", "our page (https://x.example)"),
        ("<https://x.example|https://x.example>", "https://x.example"),
        ("<mailto:a@x.example|a@x.example>", "a@x.example"),
        ("1 < 2", "1 < 2"),
        ("<", "<"),
        ("<<@U8>", "<@U8"),
        (">", ">"),
    ],
)
def test_what_a_person_reads(slack: str, read: str) -> None:
    assert plain(slack, NAMES) == read


@given(st.text())
def test_typed_is_read_whatever_it_is(typed: str) -> None:
    assert plain(escape_mrkdwn(typed), NAMES) == typed


@given(st.text(alphabet="<>@#!|&;lt gtU8"))
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(plain(text, NAMES), str)


@given(st.text())
def test_what_is_sent_is_shown_and_nothing_in_it_works(text: str) -> None:
    shown = Seen()
    assert parsed(escape_mrkdwn(text), shown) == text
    assert (shown.mentions, shown.links) == ([], [])


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("<@UBOT> hello", "hello"),
        ("<@UBOT>: hello", "hello"),
        (" <@UBOT|trailhead>, <@UBOT> - hello", "hello"),
        ("hello <@UBOT>", "hello <@UBOT>"),
        ("<@UOTHER> hello", "<@UOTHER> hello"),
        ("<@UBOT>", ""),
        ("<@UBOT|never closed", ""),
    ],
)
def test_the_mention_in_front_is_not_what_they_ask(text: str, rest: str) -> None:
    assert without_lead(text, "UBOT") == rest


def test_mentioned_is_mentioned_exactly() -> None:
    assert mentions("hi <@UBOT>", "UBOT") and mentions("hi <@UBOT|x>", "UBOT")
    assert not mentions("hi <@UBOTHER>", "UBOT") and not mentions("hi @UBOT", "UBOT")


@given(st.text(), st.integers(2, 50))
def test_pieces_fit_and_lose_only_white_space(text: str, limit: int) -> None:
    parts = pieces(text, limit)
    assert all(units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(st.text(), st.integers(2, 50))
def test_shortened_fits_and_begins_the_same(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert units(short) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


def test_pieces_are_cut_between_paragraphs_then_lines_then_words() -> None:
    assert pieces("one two\n\nthree four", 12) == ["one two", "three four"]
    assert pieces("one two\nthree four", 12) == ["one two", "three four"]
    assert pieces("one two three", 8) == ["one two", "three"]
    assert pieces("onetwothree", 4) == ["onet", "woth", "ree"]


def test_lengths_are_counted_as_slack_counts() -> None:
    assert units("🥾") == 2
    assert pieces("🥾" * 3, 4) == ["🥾🥾", "🥾"]


def test_half_a_character_cannot_be_sent() -> None:
    assert whole("a\ud83eb") == "a\ufffdb"
    assert whole("🥾") == "🥾"
