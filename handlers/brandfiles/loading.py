"""From a brand's folder to what is in force: `Knowledge`, and a reader trained on its examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.brand.business_hours import local_day
from bot.brand.promises import PublishedPromise
from bot.brand.settings import Brand
from bot.knowledge import Knowledge
from bot.model.errors import BrandError
from bot.policy.rulebook import Rulebook, find_unknown_places, try_rulebook
from handlers.brandfiles.brand_folder import LoadedBrand, UnusableBrandError, load
from handlers.brandfiles.documents.yaml_document import read
from handlers.brandfiles.pack_files import read_pack, slow_patterns
from handlers.brandfiles.promise_files import read_promises
from handlers.brandfiles.runbook_files import unknown_runbooks, unused_runbooks
from handlers.brandfiles.settings import config
from handlers.brandfiles.settings.listener_settings import notes_on
from handlers.brandfiles.settings.team_settings import unknown_takings

if TYPE_CHECKING:
    from bot.understanding.reader import MessageReader


def load_brand(root: Path) -> Brand:
    """config.yaml alone. Raises UnusableBrandError."""
    problems: list[BrandError] = []
    brand = None
    try:
        brand = config.read_config(read(root / config.FILE, config.FILE), problems)
    except BrandError as error:
        problems.append(error)
    if brand is None or problems:
        raise UnusableBrandError(tuple(problems))
    return brand


def load_knowledge(root: Path, now: datetime, notes: list[str] | None = None) -> Knowledge:
    """Everything but the reader. Raises UnusableBrandError with all that is wrong; `notes` collects
    what is only worth a look."""
    brand, problems = _brand(root, now)
    rulebook: Rulebook | None = None
    if brand is not None:
        rulebook = _rulebook(root, brand, now, problems)
        if notes is not None:
            notes += [str(note) for note in brand.notes]
            notes += notes_on(brand.brand.channels.values())
            if rulebook is not None:
                notes += map(str, unused_runbooks(rulebook, brand.runbooks))
    promises: Mapping[str, PublishedPromise] = {}
    if brand is not None and rulebook is not None:
        promises = read_promises(root, brand.brand.locales, rulebook, problems)
    if problems or brand is None or rulebook is None:
        raise UnusableBrandError(tuple(problems))
    return Knowledge(
        brand=brand.brand,
        published=brand.published,
        rulebook=rulebook,
        templates=brand.templates,
        intents=brand.intents,
        promises=promises,
        version=f"{brand.version}:{rulebook.hash}",
        cultures=brand.cultures,
        reasons=brand.reasons,
        runbooks=brand.runbooks,
    )


def _brand(root: Path, now: datetime) -> tuple[LoadedBrand | None, list[BrandError]]:
    try:
        return load(root, now), []
    except UnusableBrandError as error:
        return None, list(error.problems)


def _rulebook(
    root: Path, brand: LoadedBrand, now: datetime, problems: list[BrandError]
) -> Rulebook | None:
    names = brand.brand.packs
    tried = [read_pack(root / "policies" / name, f"policies/{name}", problems) for name in names]
    packs = [pack for pack in tried if pack is not None]
    if len(packs) < len(tried):
        return None
    rulebook, found = try_rulebook(packs, today=local_day(now, brand.brand.hours))
    problems += found
    if problems:
        return None
    problems += slow_patterns(rulebook)
    problems += find_unknown_places(rulebook, brand.brand.channels, brand.brand.modes)
    if brand.brand.teams:
        document = read(root / config.FILE, config.FILE)
        problems += unknown_takings(document, brand.brand.teams, brand.intents, rulebook)
    problems += unknown_runbooks(rulebook, brand.runbooks)
    return None if problems else rulebook


def load_library(root: Path, now: datetime) -> Library:
    """All that is in force. Trains the models if their examples are new; that takes seconds."""
    from handlers.models.reader_loading import reader_for  # who reads no message needs no models

    knowledge = load_knowledge(root, now)
    return Library(knowledge, reader_for(root, knowledge))


def same_examples(one: Knowledge, other: Knowledge) -> bool:
    """Whether the models trained for one serve the other."""
    return one.intents == other.intents and one.brand.understanding == other.brand.understanding


@dataclass
class Library:
    knowledge: Knowledge
    reader: MessageReader
    settle: Callable[[Knowledge], Knowledge] = lambda knowledge: knowledge  # what was said at start
    trouble: list[str] = field(default_factory=list)
    watched: list[Callable[[], str | None]] = field(default_factory=list)

    def banners(self) -> list[str]:
        """What people must know now: `trouble`, and what each of `watched` says is wrong."""
        return [*self.trouble, *(words for status in self.watched if (words := status()))]
