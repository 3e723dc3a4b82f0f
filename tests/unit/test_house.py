"""The house: few names a folder, a name for each file, and each room says what lives there."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = ("bot", "handlers")
MOST_NAMES = 12  # in a folder of code; the two roots may hold one more
MOST_LINES = 500
SEAM = {"channel.py"}  # the fixed names of a seam: once in each channel's folder
SLACK_MAY_BE_NAMED = {  # as a form of credentials, of addresses and of mark-up, which texts hold
    "bot/detect/secrets/credential_formats.py",
    "bot/detect/links.py",
    "bot/detect/markup.py",
    "bot/policy/vocabulary.py",
}


def folders() -> Iterator[Path]:
    for root in CODE:
        for folder in [ROOT / root, *(ROOT / root).rglob("*")]:
            if folder.is_dir() and list(folder.glob("*.py")):
                yield folder


def files() -> list[Path]:
    return [path for root in CODE for path in (ROOT / root).rglob("*.py")]


@pytest.mark.parametrize("folder", list(folders()), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_folder_holds_a_dozen_names_and_says_what_lives_there(folder: Path) -> None:
    names = {
        path.name
        for path in folder.iterdir()
        if path.name not in ("__init__.py", "__pycache__") and not path.name.startswith(".")
    }
    most = MOST_NAMES + (folder.parent == ROOT)
    assert len(names) <= most, f"{len(names)} names: {sorted(names)}"
    told = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8")))
    assert told, f"{folder}/__init__.py does not say what lives there"


def test_a_file_name_appears_once() -> None:
    names = Counter(path.name for path in files() if path.name != "__init__.py")
    assert {name for name, count in names.items() if count > 1} <= SEAM


def test_no_file_is_longer_than_can_be_read() -> None:
    long = [path for path in files() if len(path.read_text("utf-8").splitlines()) > MOST_LINES]
    assert not long


def test_no_channel_is_named_in_the_core() -> None:
    named = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "bot").rglob("*.py")
        if "slack" in path.read_text("utf-8").casefold()
    }
    assert named <= SLACK_MAY_BE_NAMED


def test_what_a_page_calls_exists() -> None:
    templates = (path.read_text("utf-8") for path in (ROOT / "templates").rglob("*.j2"))
    called = {name for text in templates for name in re.findall(r"\.([a-z_]+)\(", text)}
    defined = {
        node.name
        for path in files()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    assert {
        name for name in called - defined if not hasattr(str, name) and not hasattr(dict, name)
    } <= {"isoformat"}
