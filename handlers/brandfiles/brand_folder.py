"""A brand's folder -> everything that it says of itself, or all that keeps it from being used.

Config, facts, intents and templates; the packs of rules are read by handlers.brandfiles.pack_files.
All problems are collected, not only the first, so that one `aboveboard check` shows them all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.brand.business_hours import local_day
from bot.brand.culture import Culture
from bot.brand.published import PublishedFacts
from bot.brand.runbooks import Runbook
from bot.brand.settings import Brand, Intent
from bot.detect.commitments.extraction import extract_commitments
from bot.drafting.compose import compose_draft
from bot.drafting.envelope_words import LANGUAGES, has_envelope_words
from bot.drafting.reply_templates import Templates, template_path
from bot.model import PublishedFact
from bot.model.errors import AboveboardError, BrandError, NoDraft, did_you_mean
from bot.policy.rule_changes import ChangeReason
from handlers.brandfiles import change_reasons as changes
from handlers.brandfiles.change_reasons import read_reasons
from handlers.brandfiles.culture_files import FOLDER, read_cultures
from handlers.brandfiles.documents.yaml_document import Document, read
from handlers.brandfiles.intent_files import Intents
from handlers.brandfiles.published_files import contradictions, read_topic
from handlers.brandfiles.runbook_files import FOLDER as RUNBOOKS
from handlers.brandfiles.runbook_files import read_runbooks
from handlers.brandfiles.settings import config
from handlers.brandfiles.template_files import check_sources, iterate_templates, read_sources

REVIEW_SOON = 30  # days
OTHERS = (
    changes.FILE,
    "policies/promises.yaml",
)  # read elsewhere; a change of them is a change all the same


@dataclass(frozen=True, slots=True)
class LoadedBrand:
    """All of a brand but its packs. `notes` are worth a look, and keep nothing from working.

    `version` is a hash of the files, and of what the day makes of them: two folders with the same
    version behave the same.
    """

    root: Path
    brand: Brand
    published: PublishedFacts
    intents: Mapping[str, Intent]
    templates: Templates
    cultures: Mapping[str, Culture]
    reasons: tuple[ChangeReason, ...]
    runbooks: Mapping[str, Runbook]
    notes: tuple[BrandError, ...]
    version: str


class UnusableBrandError(AboveboardError):
    """A brand cannot be used. One line a problem, each with its place and mend."""

    def __init__(
        self, problems: tuple[BrandError, ...], notes: tuple[BrandError, ...] = ()
    ) -> None:
        self.problems, self.notes = problems, notes
        super().__init__("\n".join(str(problem) for problem in problems))


def load(root: Path, when: date | datetime) -> LoadedBrand:
    """Read the brand in this folder, as of a day, or of the day that it is there at a moment.
    Raises UnusableBrandError with all problems."""
    problems: list[BrandError] = []
    notes: list[BrandError] = []
    if not (root / config.FILE).exists():
        mend = "Name the brand's folder with --root, or begin one with `aboveboard init DIRECTORY`."
        raise UnusableBrandError((BrandError(config.FILE, 0, "There is no such file.", mend),))
    files = _hash_files(root)  # first: what is saved while we read is then a change to read again
    document = _read(root / config.FILE, root, problems)
    brand = config.read_config(document, problems) if document else None
    if brand is None:
        raise UnusableBrandError(tuple(problems))
    _check_languages(brand, document, problems)
    today = local_day(when, brand.hours) if isinstance(when, datetime) else when
    published, later = _published(root, brand, today, problems, notes)
    intents = _intents(root, brand, problems, notes)
    profiles = _folder(root, FOLDER, problems)
    cultures = read_cultures(profiles, brand, today, problems, notes)
    reasons = read_reasons(root, problems)
    runbooks = read_runbooks(_folder(root, RUNBOOKS, problems), brand, problems)
    sources = read_sources(root, problems)
    check_sources(sources, brand, later, intents, problems)
    if problems:
        raise UnusableBrandError(_in_order(problems), _in_order(notes))
    templates = Templates(sources)
    _try_replies(brand, published, intents, templates, today, problems, notes)
    if problems:
        raise UnusableBrandError(_in_order(problems), _in_order(notes))
    return LoadedBrand(
        root,
        brand,
        published,
        intents,
        templates,
        cultures,
        reasons,
        runbooks,
        _in_order(notes),
        version=_version(files, published, cultures, today),
    )


def _published(
    root: Path, brand: Brand, today: date, problems: list[BrandError], notes: list[BrandError]
) -> tuple[PublishedFacts, PublishedFacts]:
    """What is published today, and what will be when all that is announced has begun."""
    facts: list[PublishedFact] = []
    files: dict[str, Document] = {}
    for document in _folder(root, "policies/published", problems):
        topic = read_topic(document, brand.locales, extract_commitments, problems)
        facts += topic
        files |= {fact.id: document for fact in topic}
    if not facts and not problems:
        mend = "Add policies/published/returns.yaml, or begin with `aboveboard init`."
        problems.append(BrandError("policies/published", 0, "No fact is published.", mend))

    def place(id: str) -> tuple[str, int]:
        return files[id].file, files[id].line("facts", id.partition(".")[2])

    published = PublishedFacts.on_day(today, facts)
    later = PublishedFacts.on_day(date.max, facts) if published.coming else published
    disagreeing = {
        (one.id, other.id): (one, other)
        for so in {published: None, later: None}
        for one, other in contradictions(fact for fact in facts if so.get_fact(fact.id) is fact)
    }
    for one, other in disagreeing.values():
        problem = f"“{other.id}” says the same as “{one.id}”, with another figure."
        problems.append(BrandError(*place(other.id), problem, "Correct one, or remove it."))
    for fact in published.facts:
        if fact.expired(today):
            problem = f"“{fact.id}” is past its day: replies that use it go to a person."
            mend = "Check that it still holds, then move review_by (or expires)."
            notes.append(BrandError(*place(fact.id), problem, mend))
    for fact in published.facts_due_for_review(today, REVIEW_SOON):
        problem = f"“{fact.id}” has to be reviewed by {fact.review_by}."
        notes.append(BrandError(*place(fact.id), problem, "Check that it still holds."))
    return published, later


def _intents(
    root: Path, brand: Brand, problems: list[BrandError], notes: list[BrandError]
) -> Mapping[str, Intent]:
    intents = Intents(brand.locales)
    for document in _folder(root, "policies/intents", problems):
        intents.read(document)
    problems += intents.problems
    notes += intents.notes
    if not intents.intents and not problems:
        mend = "Add policies/intents/return-item.yaml, or begin with `aboveboard init`."
        problems.append(BrandError("policies/intents", 0, "No intent is described.", mend))
    return intents.intents


def _check_languages(brand: Brand, document: Document | None, problems: list[BrandError]) -> None:
    for n, locale in enumerate(brand.locales):
        if document and not has_envelope_words(locale):
            problem = f"The product has no words of its own in “{locale}” (who speaks, the links)."
            mend = did_you_mean(locale, LANGUAGES) + " Add them in bot/drafting/envelope_words.py."
            problems.append(document.error(problem, mend.strip(), "brand", "locales", n))


def _try_replies(
    brand: Brand,
    published: PublishedFacts,
    intents: Mapping[str, Intent],
    templates: Templates,
    today: date,
    problems: list[BrandError],
    notes: list[BrandError],
) -> None:
    """Fill every reply once, so that what cannot be filled is known before a customer asks."""
    for intent in intents.values():
        for locale in brand.locales:
            if intent.reply != "draft":
                continue
            try:
                compose_draft(intent.id, locale, published, templates, brand, today)
            except NoDraft as error:
                fact = published.get_fact(error.fact)
                coming = error.fact in {fact.id for fact in published.coming}
                severe = notes if coming or (fact and fact.expired(today)) else problems
                severe.append(BrandError(template_path("replies", intent.id, locale), 0, error.why))


def _folder(root: Path, folder: str, problems: list[BrandError]) -> list[Document]:
    documents = []
    for path in sorted((root / folder).glob("*")):
        if path.name.startswith("."):
            continue
        if path.suffix != ".yaml":
            name = path.relative_to(root).as_posix()
            problems.append(BrandError(name, 0, "Only .yaml files are read here.", "Move it."))
            continue
        document = _read(path, root, problems)
        if document:
            documents.append(document)
    return documents


def _read(path: Path, root: Path, problems: list[BrandError]) -> Document | None:
    try:
        return read(path, path.relative_to(root).as_posix())
    except BrandError as error:
        problems.append(error)
        return None


def _in_order(found: list[BrandError]) -> tuple[BrandError, ...]:
    return tuple(sorted(found, key=lambda error: (error.file, error.line)))


def _hash_files(root: Path) -> bytes:
    """Of each file's name and bytes. What cannot be read has none here; reading it says why."""
    names = [config.FILE, *OTHERS]
    for folder in ("policies/published", "policies/intents", FOLDER, RUNBOOKS):
        names += [path.relative_to(root).as_posix() for path in (root / folder).glob("*.yaml")]
    for path in iterate_templates(root):
        names.append(path.relative_to(root).as_posix())
    digest = hashlib.sha256()
    for name in sorted(names):
        try:
            content = (root / name).read_bytes()
        except OSError:
            continue
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.digest()


def _version(
    files: bytes, published: PublishedFacts, cultures: Mapping[str, Culture], today: date
) -> str:
    """Of the files, and of what the day makes of them: what has begun, and what has run out."""
    expired = [fact.id for fact in published.facts if fact.expired(today)]
    overdue = [name for name, culture in cultures.items() if culture.is_expired(today)]
    day = "\0".join((published.hash, *expired, "", *overdue))
    return hashlib.sha256(files + day.encode()).hexdigest()
