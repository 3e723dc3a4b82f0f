"""policies/culture/<channel>.yaml: how the brand speaks there, written by a person, until a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from bot.brand.culture import AddressForm, Culture
from bot.brand.settings import Brand
from bot.model.errors import BrandError, did_you_mean
from handlers.brandfiles.documents.document_shape import fill, find_unknown_locales, find_wrong_name
from handlers.brandfiles.documents.yaml_document import Document

FOLDER = "policies/culture"
REVIEW_SOON = timedelta(days=30)


class CultureShape(msgspec.Struct, frozen=True):
    channel: str
    by: str
    review_by: date
    tone: str
    longest: int = 0
    emoji: bool = True
    address: dict[str, AddressForm] = {}
    greeting: dict[str, str] = {}
    hours: dict[str, str] = {}


def read_cultures(
    documents: Iterable[Document],
    brand: Brand,
    today: date,
    problems: list[BrandError],
    notes: list[BrandError],
) -> dict[str, Culture]:
    """The profiles, by channel."""
    found = {}
    for document in documents:
        culture = _culture(document, brand, problems)
        if culture is None:
            continue
        found[culture.channel] = culture
        if culture.is_expired(today):
            problem = f"It had to be reviewed by {culture.review_by}: every reply there is held."
            mend = "Read it again, change what has changed, and move review_by."
            notes.append(document.error(problem, mend, "review_by"))
        elif culture.review_by - today <= REVIEW_SOON:
            problem = f"It has to be reviewed by {culture.review_by}."
            notes.append(document.error(problem, "Check that it still fits.", "review_by"))
    return found


def _culture(document: Document, brand: Brand, problems: list[BrandError]) -> Culture | None:
    before = len(problems)
    shape = fill(document, CultureShape, problems)
    if shape is None:
        return None

    def wrong(problem: str, mend: str, *path: str) -> None:
        problems.append(document.error(problem, mend, *path))

    problems += find_wrong_name(document, "channel", shape.channel)
    if shape.channel not in brand.channels:
        mend = did_you_mean(shape.channel, brand.channels)
        wrong(f"config.yaml has no channel “{shape.channel}”.", mend, "channel")
    if brand.find_person(shape.by) is None:
        mend = did_you_mean(shape.by, [person.id for person in brand.people])
        problem = f"Nobody called “{shape.by}” is under people in config.yaml."
        wrong(problem, f"Name the person who wrote it, by their id. {mend}", "by")
    if not shape.tone.strip():
        wrong("The tone is empty.", "Say in a sentence or two how we speak there.", "tone")
    if shape.longest < 0:
        wrong("“longest” is below 0.", "Give a number of characters; 0: any length.", "longest")
    for key in ("address", "greeting", "hours"):
        problems += find_unknown_locales(document, getattr(shape, key), brand.locales, key)
    for locale, words in shape.greeting.items():
        if words.count("{name}") != 1 or words.replace("{name}", "").count("{"):
            mend = "Write it like “Hello {name},”."
            wrong("A greeting holds {name}, once, and no other slot.", mend, "greeting", locale)
    return Culture(**msgspec.structs.asdict(shape)) if len(problems) == before else None
