"""`aboveboard judge` says what is wrong with a line in words, with its place and the mend."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from handlers.cli import main
from tests.shop import ROOT

pytestmark = pytest.mark.slow  # more than a thought: left out of make quick


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"txt": "a"}', "there is no “txt”. Did you mean “text”?"),
        ('{"channel": "web"}', "“text” is missing."),
        ('{"text": "a", "audience": "all"}', "“all” is not an audience. There are: public"),
        ('{"text": 3}', "“text” is not a text."),
        ('{"text": "a", "private": "x"}', "“private” is not a list of texts."),
        ("[1]", "this is not an object."),
        ("{", "this is not JSON."),
    ],
)
def test_a_line_that_cannot_be_judged(tmp_path: Path, line: str, words: str) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text('{"text": "You can return items."}\n' + line)
    result = CliRunner().invoke(main, ["--root", str(ROOT), "judge", str(file)])
    assert result.exit_code == 1
    assert f"{file}:2: {words}" in result.stderr


def test_nothing_to_try_is_said() -> None:
    result = CliRunner().invoke(main, ["--root", str(ROOT), "try", "  "])
    assert result.exit_code == 1
    assert "There is no message." in result.stderr
