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
from handlers.brandfiles.change_reasons import FILE as CHANGES
from handlers.brandfiles.change_reasons import read_reasons
from handlers.brandfiles.culture_files import FOLDER, read_cultures
from handlers.brandfiles.documents.brand_files import BrandFiles
from handlers.brandfiles.documents.yaml_document import Document
from handlers.brandfiles.intent_files import Intents
from handlers.brandfiles.promise_files import FILE as PROMISES
from handlers.brandfiles.published_files import contradictions, read_topic
from handlers.brandfiles.runbook_files import FOLDER as RUNBOOKS
from handlers.brandfiles.runbook_files import read_runbooks
from handlers.brandfiles.settings import config
from handlers.brandfiles.template_files import check_sources, read_sources

REVIEW_SOON = 30  # days


@dataclass(frozen=True, slots=True)
class LoadedBrand:
    """All of a brand but its packs. `notes` are worth a look, and keep nothing from working.

    `config` and `promises` are the documents that are held against the rules later. `version` is a
    hash of the files, and of what the day makes of them: two folders with the same version behave
    the same.
    """

    config: Document
    brand: Brand
    published: PublishedFacts
    intents: Mapping[str, Intent]
    templates: Templates
    cultures: Mapping[str, Culture]
    reasons: tuple[ChangeReason, ...]
    runbooks: Mapping[str, Runbook]
    promises: Document | None
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
    files = BrandFiles(root, problems)
    document, brand = read_brand(files)
    _check_languages(brand, document, problems)
    today = local_day(when, brand.hours) if isinstance(when, datetime) else when
    published, later = _published(files, brand, today, notes)
    intents = _intents(files, brand, notes)
    cultures = read_cultures(files.read_folder(FOLDER), brand, today, problems, notes)
    reasons = read_reasons(files.read_document(CHANGES, optional=True), problems)
    runbooks = read_runbooks(files.read_folder(RUNBOOKS), brand, problems)
    promises = files.read_document(PROMISES, optional=True)
    sources = read_sources(files)
    check_sources(sources, brand, later, intents, problems)
    if problems:
        raise UnusableBrandError(_in_order(problems), _in_order(notes))
    templates = Templates(sources)
    _try_replies(brand, published, intents, templates, today, problems, notes)
    if problems:
        raise UnusableBrandError(_in_order(problems), _in_order(notes))
    return LoadedBrand(
        document,
        brand,
        published,
        intents,
        templates,
        cultures,
        reasons,
        runbooks,
        promises,
        _in_order(notes),
        version=_version(files.digest(), published, cultures, today),
    )


def read_brand(files: BrandFiles) -> tuple[Document, Brand]:
    """config.yaml, and the brand that it describes. Raises UnusableBrandError."""
    if not (files.root / config.FILE).exists():
        mend = "Name the brand's folder with --root, or begin one with `aboveboard init DIRECTORY`."
        raise UnusableBrandError((BrandError(config.FILE, 0, "There is no such file.", mend),))
    document = files.read_document(config.FILE)
    brand = config.read_config(document, files.problems) if document else None
    if document is None or brand is None:
        raise UnusableBrandError(tuple(files.problems))
    return document, brand


def _published(
    files: BrandFiles, brand: Brand, today: date, notes: list[BrandError]
) -> tuple[PublishedFacts, PublishedFacts]:
    """What is published today, and what will be when all that is announced has begun."""
    facts: list[PublishedFact] = []
    places: dict[str, Document] = {}
    problems = files.problems
    for document in files.read_folder("policies/published"):
        topic = read_topic(document, brand.locales, extract_commitments, problems)
        facts += topic
        places |= {fact.id: document for fact in topic}
    if not facts and not problems:
        mend = "Add policies/published/returns.yaml, or begin with `aboveboard init`."
        problems.append(BrandError("policies/published", 0, "No fact is published.", mend))

    def place(id: str) -> tuple[str, int]:
        return places[id].file, places[id].line("facts", id.partition(".")[2])

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


def _intents(files: BrandFiles, brand: Brand, notes: list[BrandError]) -> Mapping[str, Intent]:
    intents = Intents(brand.locales)
    for document in files.read_folder("policies/intents"):
        intents.read(document)
    files.problems += intents.problems
    notes += intents.notes
    if not intents.intents and not files.problems:
        mend = "Add policies/intents/return-item.yaml, or begin with `aboveboard init`."
        files.problems.append(BrandError("policies/intents", 0, "No intent is described.", mend))
    return intents.intents


def _check_languages(brand: Brand, document: Document, problems: list[BrandError]) -> None:
    for n, locale in enumerate(brand.locales):
        if not has_envelope_words(locale):
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


def _in_order(found: list[BrandError]) -> tuple[BrandError, ...]:
    return tuple(sorted(found, key=lambda error: (error.file, error.line)))


def _version(
    files: bytes, published: PublishedFacts, cultures: Mapping[str, Culture], today: date
) -> str:
    """Of the files, and of what the day makes of them: what has begun, and what has run out."""
    expired = [fact.id for fact in published.facts if fact.expired(today)]
    overdue = [name for name, culture in cultures.items() if culture.is_expired(today)]
    day = "\0".join((published.hash, *expired, "", *overdue))
    return hashlib.sha256(files + day.encode()).hexdigest()
