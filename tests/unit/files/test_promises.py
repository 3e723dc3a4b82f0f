"""What the brand promises in public is kept by something, in every language it answers in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from handlers.brandfiles.brand_folder import UnusableBrandError
from handlers.brandfiles.loading import load_knowledge
from tests.shop import NOW, ROOT, knowledge


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for part in ("policies", "templates"):
        shutil.copytree(ROOT / part, tmp_path / part)
    shutil.copy(ROOT / "config.yaml", tmp_path)
    return tmp_path


def test_each_shipped_promise_is_kept_by_a_rule_or_a_test() -> None:
    kept = {it.rule.promise for it in knowledge().rulebook.rules if it.rule.status == "enforce"}
    for promise in knowledge().promises.values():
        assert promise.id in kept or all((ROOT / test).is_file() for test in promise.tests)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "  - id: nothing-internal\n",
            "  - id: nothing-internl\n",
            "there is no promise “nothing-internal”",
        ),
        (
            "    tests: [tests/scenario/test_corrections.py]\n",
            "",
            "Nothing keeps the promise “an-answer-when-we-say”",
        ),
        (
            "      de: Wir reden, wo man uns anspricht.\n",
            "",
            "“only-where-invited” says nothing in “de”",
        ),
        ("id: only-where-invited", "id: nothing-internal", "is there twice"),
    ],
)
def test_a_promise_that_nothing_keeps_is_refused_with_its_line(
    folder: Path, old: str, new: str, words: str
) -> None:
    path = folder / "policies/promises.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    with pytest.raises(UnusableBrandError) as error:
        load_knowledge(folder, NOW)
    assert words in str(error.value)
    assert ".yaml:" in str(error.value)


def test_a_brand_without_the_file_promises_nothing(folder: Path) -> None:
    (folder / "policies/promises.yaml").unlink()
    assert load_knowledge(folder, NOW).promises == {}
