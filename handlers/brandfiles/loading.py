"""From a brand's folder to what is in force: `Knowledge`, and a reader trained on its examples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.brand.business_hours import local_day
from bot.brand.settings import Brand
from bot.knowledge import Knowledge
from bot.model.errors import BrandError
from bot.policy.rulebook import Rulebook, find_unknown_places, try_rulebook
from handlers.brandfiles.brand_folder import LoadedBrand, UnusableBrandError, load, read_brand
from handlers.brandfiles.documents.brand_files import BrandFiles, Fingerprint, take_fingerprint
from handlers.brandfiles.pack_files import read_pack, slow_patterns
from handlers.brandfiles.promise_files import read_promises
from handlers.brandfiles.runbook_files import unknown_runbooks, unused_runbooks
from handlers.brandfiles.settings.listener_settings import notes_on
from handlers.brandfiles.settings.team_settings import unknown_takings

if TYPE_CHECKING:
    from bot.understanding.reader import MessageReader


def load_brand(root: Path) -> Brand:
    """config.yaml alone. Raises UnusableBrandError."""
    return read_brand(BrandFiles(root, []))[1]


def load_knowledge(root: Path, now: datetime, notes: list[str] | None = None) -> Knowledge:
    """Everything but the reader. Raises UnusableBrandError with all that is wrong; `notes` collects
    what is only worth a look."""
    problems: list[BrandError] = []
    loaded = load(root, now)
    brand = loaded.brand
    rulebook = _rulebook(root, loaded, now, problems)
    if notes is not None:
        notes += [*map(str, loaded.notes), *notes_on(brand.channels.values())]
    if rulebook is None:
        raise UnusableBrandError(tuple(problems))
    if notes is not None:
        notes += map(str, unused_runbooks(rulebook, loaded.runbooks))
    promises = read_promises(loaded.promises, brand.locales, rulebook, problems)
    if problems:
        raise UnusableBrandError(tuple(problems))
    return Knowledge(
        brand=brand,
        published=loaded.published,
        rulebook=rulebook,
        templates=loaded.templates,
        intents=loaded.intents,
        promises=promises,
        version=f"{loaded.version}:{rulebook.hash}",
        cultures=loaded.cultures,
        reasons=loaded.reasons,
        runbooks=loaded.runbooks,
    )


def _rulebook(
    root: Path, loaded: LoadedBrand, now: datetime, problems: list[BrandError]
) -> Rulebook | None:
    brand = loaded.brand
    names = brand.packs
    tried = [read_pack(root / "policies" / name, f"policies/{name}", problems) for name in names]
    packs = [pack for pack in tried if pack is not None]
    if len(packs) < len(tried):
        return None
    rulebook, found = try_rulebook(packs, today=local_day(now, brand.hours))
    problems += found
    if problems:
        return None
    problems += slow_patterns(rulebook)
    problems += find_unknown_places(rulebook, brand.channels, brand.modes)
    problems += unknown_takings(loaded.config, brand.teams, loaded.intents, rulebook)
    problems += unknown_runbooks(rulebook, loaded.runbooks)
    return None if problems else rulebook


def load_library(root: Path, now: datetime) -> Library:
    """All that is in force. Trains the models if their examples are new; that takes seconds."""
    from handlers.models.reader_loading import reader_for  # who reads no message needs no models

    seen = take_fingerprint(root)
    knowledge = load_knowledge(root, now)
    return Library(knowledge, reader_for(root, knowledge), seen=seen)


def same_examples(one: Knowledge, other: Knowledge) -> bool:
    """Whether the models trained for one serve the other."""
    return one.intents == other.intents and one.brand.understanding == other.brand.understanding


@dataclass
class Library:
    knowledge: Knowledge
    reader: MessageReader
    seen: Fingerprint | None = None  # what the files looked like just before they were read
    settle: Callable[[Knowledge], Knowledge] = lambda knowledge: knowledge  # what was said at start
    trouble: list[str] = field(default_factory=list)
    watched: list[Callable[[], str | None]] = field(default_factory=list)

    def banners(self) -> list[str]:
        """What people must know now: `trouble`, and what each of `watched` says is wrong."""
        return [*self.trouble, *(words for status in self.watched if (words := status()))]
