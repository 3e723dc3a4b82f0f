"""A brand's folder is read once, and every change that matters shows from outside."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.model.errors import BrandError
from handlers.brandfiles.documents.brand_files import BrandFiles, take_fingerprint
from handlers.brandfiles.loading import load_knowledge
from tests.shop import NOW, ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("config.yaml", "policies/published/returns.yaml", "templates/notices/x/en.j2"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"name: {name}\n")
    return tmp_path


def test_what_was_read_has_a_digest_of_names_and_texts(folder: Path) -> None:
    def digest(*names: str) -> bytes:
        files = BrandFiles(folder, [])
        for name in names:
            files.read_document(name)
        return files.digest()

    published = "policies/published/returns.yaml"
    both = digest("config.yaml", published)
    assert both == digest(published, "config.yaml") != digest(published)
    (folder / published).write_text("name: another\n")
    assert both != digest("config.yaml", published)


def test_what_cannot_be_read_is_a_problem_and_what_may_be_missing_is_none(folder: Path) -> None:
    problems: list[BrandError] = []
    files = BrandFiles(folder, problems)
    assert files.read_document("policies/CHANGES.yaml", optional=True) is None
    assert problems == []
    (folder / "policies/published/note.txt").touch()
    (folder / "policies/published/.draft.yaml").touch()
    (folder / "policies/published/odd.yaml").write_text("a: [")
    (document,) = files.read_folder("policies/published")
    assert document.file == "policies/published/returns.yaml"
    assert [problem.file for problem in problems] == [
        "policies/published/note.txt",
        "policies/published/odd.yaml",
    ]
    assert files.read_text("policies/none.yaml") is None
    assert "no such file" in problems[-1].problem


def test_a_change_shows_from_outside_and_an_editors_own_file_does_not(folder: Path) -> None:
    before = take_fingerprint(folder)
    assert len(before) == 3
    (folder / "policies/.returns.yaml.swp").touch()
    (folder / "templates/.git").mkdir()
    assert take_fingerprint(folder) == before
    (folder / "policies/published/returns.yaml").write_text("longer than it was before")
    changed = take_fingerprint(folder)
    assert changed != before
    (folder / "templates/notices/x/en.j2").unlink()
    assert take_fingerprint(folder) != changed


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert take_fingerprint(tmp_path) == ()
    assert list(BrandFiles(tmp_path, []).iterate_names("templates/replies")) == []


@pytest.mark.slow
def test_each_file_of_a_brand_is_opened_once_a_load() -> None:
    opened: list[str] = []
    at_it = [True]

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and at_it and str(arguments[0]).startswith(str(ROOT)):
            opened.append(str(arguments[0]))

    sys.addaudithook(note)
    load_knowledge(ROOT, NOW)
    at_it.clear()
    brand = Counter(name for name in opened if name.endswith((".yaml", ".j2")))
    assert len(brand) > 100
    assert set(brand.values()) == {1}
