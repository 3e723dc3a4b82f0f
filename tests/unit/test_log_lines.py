"""What strangers wrote forges no line of a log."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.cli.log_lines import OneLineFormatter, one_line
from tests.unit.detect.hostile import NAUGHTY, anything, for_any


@for_any
@given(anything, st.integers(0, 80))
def test_a_log_line_is_one_line_and_no_longer_than_asked(text: str, most: int) -> None:
    line = one_line(text, most)
    assert len(line) <= most
    assert line.isprintable()
    line.encode()


@pytest.mark.parametrize("text", NAUGHTY)
def test_a_log_line_can_always_be_written(text: str) -> None:
    assert one_line(text).isprintable()


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
    assert one_line(text) == line


def test_what_is_cut_off_is_counted() -> None:
    assert one_line("x" * 1000, 50).endswith("… (+1000 characters in all)")


def test_a_record_is_one_line_and_a_traceback_forges_none() -> None:
    try:
        raise ValueError("it broke\nERROR forged: \x1b[2Jgone")
    except ValueError as error:
        record = logging.LogRecord(
            "aboveboard", logging.ERROR, "", 0, "said %r\nINFO forged", ("x",), exc_info=None
        )
        shown = OneLineFormatter("%(levelname)s %(message)s").format(record)
        told = OneLineFormatter().formatException((ValueError, error, error.__traceback__))
    assert shown == "ERROR said 'x'\\nINFO forged"
    assert "\x1b" not in told
