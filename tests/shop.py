"""The shipped brand, as the tests use it: real files, real rules, real templates."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path

from bot.knowledge import Knowledge
from bot.model import Person, Role
from handlers.brandfiles.loading import Library, load_knowledge, load_library
from handlers.models.reader_loading import reader_for

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("config.yaml", "policies", "templates")  # of a brand's folder
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)  # a Monday

ADA = Person("ada", "Ada", frozenset({Role.APPROVER}))
MILAN = Person("milan", "Milan", frozenset({Role.LEAD}))
NOOR = Person("noor", "Noor", frozenset({Role.VIEWER}))


@cache
def knowledge() -> Knowledge:
    """What is in force in the shipped brand."""
    return load_knowledge(ROOT, NOW)


@lru_cache(maxsize=4)
def _shipped(at: datetime) -> Library:
    return load_library(ROOT, at)


def shipped(at: datetime = NOW) -> Library:
    """The shipped brand as a server that starts then has it. What is read is shared by all tests of
    a process, for it never changes; the library around it is the caller's own."""
    return replace(_shipped(at), trouble=[], watched=[])


def library_of(root: Path, at: datetime) -> Library:
    """What a server that starts then has in force; `root` is the shipped brand's folder or a copy
    of it, perhaps changed."""
    if root == ROOT or _read_files(root) == _read_files(ROOT):
        return shipped(at)
    return load_library(root, at)


def _read_files(root: Path) -> dict[str, bytes]:
    found = [root / part for part in PARTS]
    files = [file for path in found for file in (path, *path.rglob("*")) if file.is_file()]
    return {str(file.relative_to(root)): file.read_bytes() for file in files}


def copy_brand(folder: Path, *changes: tuple[str, str]) -> Path:
    """The shipped brand in a folder of its own, with word patterns only; `changes` as in `edit`.

    Its models are those that the shipped brand's folder keeps: trained once, for all tests.
    """
    for part in PARTS:
        source = ROOT / part
        copy: Callable[..., object] = shutil.copytree if source.is_dir() else shutil.copy2
        copy(source, folder / part)
    edit(folder, ("model: strong", "model: lite"), *changes)
    lite = load_knowledge(folder, NOW)
    reader_for(ROOT, lite)
    shutil.copytree(ROOT / "var" / "models", folder / "var" / "models", dirs_exist_ok=True)
    return folder


def edit(folder: Path, *changes: tuple[str, str]) -> None:
    """Change config.yaml as an operator does: each pair is (the words there, other words)."""
    config = folder / "config.yaml"
    text = config.read_text("utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    config.write_text(text, "utf-8")
