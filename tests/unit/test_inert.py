"""What is written for Slack and for logs means nothing but itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import inert
from tests.unit.detect.hostile import NAUGHTY, anything, for_any


@for_any
@given(anything)
def test_slack_gives_back_what_was_written_and_acts_on_none_of_it(text: str) -> None:
    escaped = inert.slack(text)
    assert "<" not in escaped
    assert ">" not in escaped
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


def test_slack_escapes_what_slack_names_and_nothing_else() -> None:
    assert (
        inert.slack("<!channel> & “5 > 4” 'x' *b*") == "&lt;!channel&gt; &amp; “5 &gt; 4” 'x' *b*"
    )


@for_any
@given(anything, st.integers(0, 80))
def test_a_log_line_is_one_line_and_no_longer_than_asked(text: str, most: int) -> None:
    line = inert.line(text, most)
    assert len(line) <= most
    assert line.isprintable()
    line.encode()


@pytest.mark.parametrize("text", NAUGHTY)
def test_a_log_line_can_always_be_written(text: str) -> None:
    assert inert.line(text).isprintable()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("ok", "ok"),
        ("a\nINFO forged", "a\\nINFO forged"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\u202eabc", "\\u202eabc"),
        ("a\\nb", "a\\\\nb"),
        ("\ud800", "\\ud800"),
        ("Größe “42”", "Größe “42”"),
    ],
)
def test_what_cannot_be_seen_is_spelled_out(text: str, line: str) -> None:
    assert inert.line(text) == line


def test_what_is_cut_off_is_counted() -> None:
    assert inert.line("x" * 1000, 50).endswith("… (+1000 characters in all)")
