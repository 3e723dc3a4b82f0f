"""An example joins an intent's file, and nothing else of the file changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.errors import BrandError
from handlers.brandfiles.documents.yaml_document import parse
from handlers.service.learning.example_files import add, inserted
from tests.shop import ROOT

FOLDER = "policies/intents"
RETURN = (ROOT / FOLDER / "return-item.yaml").read_text()

LAYOUTS = {
    "block": "examples:\n  en:\n    - a # note\n    - b\n  # what customers of the shop write\n",
    "at the key's column": "examples:\n  en:\n  - a\n  - b\nneeds: nobody\n",
    "several lines": 'examples:\n  en:\n    - |\n      a\n      b\n    - "c\n      d" # w\n# z\n',
    "in a line": "examples: {en: [a, 'b' , c], de: []}\n",
    "flow over lines": "examples: {en: [\n  a,\n  b,\n ]}\nneeds: nobody\n",
    "no last line end": "# only\nexamples:\n  en: [a]",
    "nothing yet": "examples:\n  en: [a]\nnot_this: {}\n",
}


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize(
    ("part", "locale"), [("examples", "en"), ("examples", "de"), ("not_this", "en")]
)
def test_every_layout_keeps_its_lines(text: str, part: str, locale: str) -> None:
    after = inserted(text, "f", part, locale, "new: one")
    value = parse(text, "f").value
    value.setdefault(part, {}).setdefault(locale, []).append("new: one")
    assert parse(after, "f").value == value
    comments = [line for line in text.splitlines() if "#" in line]
    assert all(line in after.splitlines() for line in comments)


@given(
    st.text(min_size=1, max_size=80).map(lambda t: " ".join(t.split())).filter(bool),
    st.sampled_from(["examples", "not_this"]),
)
@settings(max_examples=60, deadline=None)
def test_any_words_are_added_as_they_are_or_refused(words: str, part: str) -> None:
    """Customers' words are data: no quote, colon or bracket of theirs changes the file."""
    try:
        after = inserted(RETURN, "f", part, "en", words)
    except BrandError:
        assert not words.isprintable()
        return
    before, now = RETURN.splitlines(), after.splitlines()
    assert [line for line in now if line in before] == before
    assert parse(after, "f").value[part]["en"][-1] == words


def brand(folder: Path) -> Path:
    shutil.copytree(ROOT / FOLDER, folder / FOLDER)
    return folder


def test_what_the_brand_could_not_load_is_not_written(tmp_path: Path) -> None:
    root = brand(tmp_path)
    known = "How do I send something back?"
    with pytest.raises(BrandError, match="is an example already"):
        add(root, ("en", "de"), "exchange-item", "examples", "en", known)
    with pytest.raises(BrandError, match="an example of it, and not"):
        add(root, ("en", "de"), "return-item", "not_this", "en", known)
    with pytest.raises(BrandError, match="no such file"):
        add(root, ("en", "de"), "no-such-intent", "examples", "en", "words")
    files = {path.name: path.read_bytes() for path in (root / FOLDER).iterdir()}
    assert files == {path.name: path.read_bytes() for path in (ROOT / FOLDER).iterdir()}


def test_it_is_written_in_one_step(tmp_path: Path) -> None:
    root = brand(tmp_path)
    path = root / FOLDER / "return-item.yaml"
    path.chmod(0o640)
    add(root, ("en", "de"), "return-item", "examples", "en", "may the tent come back to you")
    assert "    - may the tent come back to you\n" in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o640
    assert len(list((root / FOLDER).iterdir())) == len(list((ROOT / FOLDER).iterdir()))


def test_a_folder_that_may_not_be_written_says_so(tmp_path: Path) -> None:
    root = brand(tmp_path)
    path = root / FOLDER / "return-item.yaml"
    path.unlink()
    path.mkdir()
    with pytest.raises(BrandError, match="cannot be read"):
        add(root, ("en", "de"), "return-item", "examples", "en", "words")
