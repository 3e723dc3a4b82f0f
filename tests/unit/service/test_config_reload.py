"""What is saved is taken over, whenever it was saved; what cannot be read leaves the old."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from handlers.brandfiles.documents.brand_files import take_fingerprint
from handlers.brandfiles.loading import Library, load_knowledge
from handlers.service.engine.config_reload import Watch
from tests.fakes.clock import VirtualClock
from tests.shop import NOW, ROOT

pytestmark = pytest.mark.slow  # each loads a brand


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "config.yaml", tmp_path)
    for part in ("policies", "templates"):
        shutil.copytree(ROOT / part, tmp_path / part)
    return tmp_path


def load(root: Path) -> Library:
    seen = take_fingerprint(root)
    knowledge = load_knowledge(root, NOW)
    return Library(knowledge, None, seen=seen)  # type: ignore[arg-type]  # nothing is read here


def append(root: Path, words: str) -> None:
    path = root / "config.yaml"
    path.write_text(path.read_text("utf-8") + words, "utf-8")


async def test_what_is_saved_before_the_first_look_is_taken_over(root: Path) -> None:
    library = load(root)
    told: list[str] = []

    async def changed() -> None:
        told.append(library.knowledge.version)

    append(root, "\n# saved while the models were loaded\n")
    watch = Watch(root, library, VirtualClock(NOW), changed)
    before = library.knowledge.version
    assert await watch.look()
    assert told == [library.knowledge.version] != [before]
    assert not await watch.look()


async def test_what_cannot_be_learned_from_leaves_the_old_in_force_and_says_so(
    root: Path,
) -> None:
    library = load(root)

    async def changed() -> None:
        raise AssertionError("nothing is swapped")

    watch = Watch(root, library, VirtualClock(NOW), changed)
    before = library.knowledge
    text = (root / "config.yaml").read_text("utf-8")
    assert "encoder: shipped" in text
    named = text.replace("encoder: shipped", "encoder: no-such-folder")
    (root / "config.yaml").write_text(named, "utf-8")
    assert not await watch.look()
    assert library.knowledge is before
    (banner,) = library.banners()
    assert "no-such-folder" in banner
    (root / "config.yaml").write_text(text, "utf-8")
    assert not await watch.look()
    assert library.banners() == []
