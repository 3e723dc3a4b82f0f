"""The history that a store holds, decision by decision, for a replay; candidate rules by file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from bot.brand.business_hours import local_day
from bot.evaluation.replay import RuleReplay
from bot.knowledge import Knowledge
from bot.model import Engagement
from bot.model.errors import BrandError
from bot.policy.rulebook import compile_rulebook, find_unknown_places, rulebook_problems
from handlers.brandfiles.brand_folder import UnusableBrandError
from handlers.brandfiles.loading import load_knowledge
from handlers.brandfiles.pack_files import read_pack, slow_patterns
from handlers.ports.store_port import Transaction
from handlers.store import repository


def with_packs(root: Path, knowledge: Knowledge, folders: tuple[Path, ...]) -> Knowledge:
    """The same brand with these packs: each in the place of the one of its name, or beside the
    others. Rules that are announced count as begun. Raises UnusableBrandError."""
    problems: list[BrandError] = []
    given = {folder.name: folder for folder in folders}
    names = dict.fromkeys((*knowledge.brand.packs, *given))
    places = {name: given.get(name, root / "policies" / name) for name in names}
    read = [read_pack(path, _shown_path(path), problems) for path in places.values()]
    packs = [pack for pack in read if pack is not None]
    problems += rulebook_problems(packs)
    if not problems:
        rulebook = compile_rulebook(packs)
        problems += slow_patterns(rulebook)
        problems += find_unknown_places(rulebook, knowledge.brand.channels, knowledge.brand.modes)
    if problems:
        raise UnusableBrandError(tuple(problems))
    return replace(knowledge, rulebook=rulebook)


def load_candidate(
    root: Path, other: Path | None, packs: tuple[Path, ...], now: datetime
) -> Knowledge:
    """What would be in force: the files of another folder, with these packs. Raises
    UnusableBrandError."""
    base = other or root
    return with_packs(base, load_knowledge(base, now), packs)


def replay_asks(tx: Transaction, replaying: RuleReplay, since: date | None = None) -> None:
    """Put every ask that came since this day to a replay; samples are nobody's, and left out."""
    hours = replaying.business_hours
    for engagement in list_asks(tx):
        if since is None or local_day(engagement.opened, hours) >= since:
            replaying.replay_engagement(engagement)


def list_asks(tx: Transaction) -> Iterator[Engagement]:
    for row in tx.table("engagements"):
        if not row["it"].get("sample"):
            yield repository.read_row(row, Engagement)


def _shown_path(path: Path) -> str:
    return f"policies/{path.name}" if path.parent.name == "policies" else str(path)
