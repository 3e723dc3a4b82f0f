"""policies/published/<topic>.yaml -> published facts, with the commitments that each makes.

What a fact commits to is read from its own text by the extractor that also reads drafts, in every
locale; the locales must commit to the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

import msgspec
import re2

from bot.brand.published import split_words
from bot.detect.commitments.extraction import commitment_essence
from bot.model import Commitment, PublishedFact
from bot.model.errors import BrandError
from handlers.brandfiles.documents.document_shape import fill, find_unknown_locales, find_wrong_name
from handlers.brandfiles.documents.yaml_document import Document

Extract = Callable[[str, str, date], tuple[Commitment, ...]]

LONGEST_TEXT = 600  # characters
_NAME = re2.compile(r"[a-z][a-z0-9_]*")


class SourceShape(msgspec.Struct, frozen=True):
    title: dict[str, str]
    url: str


class NextShape(msgspec.Struct, frozen=True):
    """What a fact will say, and from which day. What isn't given stays as it is."""

    from_: date = msgspec.field(name="from")
    text: dict[str, str]
    value: dict[str, str] = {}
    offer: bool | None = None
    source: SourceShape | None = None
    review_by: date | None = None
    expires: date | None = None


class FactShape(msgspec.Struct, frozen=True):
    text: dict[str, str]
    value: dict[str, str] = {}
    offer: bool = False
    source: SourceShape | None = None
    as_of: date | None = None
    review_by: date | None = None
    expires: date | None = None
    from_: date | None = msgspec.field(default=None, name="from")
    next: NextShape | None = None


class TopicShape(msgspec.Struct, frozen=True):
    topic: str
    source: SourceShape
    as_of: date
    review_by: date
    facts: dict[str, FactShape]


def read_topic(
    document: Document, locales: tuple[str, ...], extract: Extract, problems: list[BrandError]
) -> tuple[PublishedFact, ...]:
    """The facts of one file that can be used; why others can't is added to `problems`."""
    shape = fill(document, TopicShape, problems)
    if shape is None:
        return ()
    problems += find_wrong_name(document, "topic", shape.topic)
    if not _NAME.fullmatch(shape.topic):
        mend = "Use small letters, digits and _, beginning with a letter."
        problems.append(document.error(f"“{shape.topic}” is not a topic's name.", mend, "topic"))
        return ()
    facts = []
    for name, written in shape.facts.items():
        for fact, place in _versions(name, written):
            found = list(_misfits(document, name, place, fact, shape, locales))
            problems += found
            if not found:
                facts.append(_fact(document, name, place, fact, shape, extract, problems))
        if written.next and written.from_ and written.next.from_ <= written.from_:
            problem = f"It changes on {written.next.from_}, and begins on {written.from_}."
            mend = "Correct one of the days."
            problems.append(document.error(problem, mend, "facts", name, "next", "from"))
    return tuple(facts)


def _versions(name: str, fact: FactShape) -> Iterable[tuple[FactShape, tuple[str, ...]]]:
    """The fact as it is, and as it is announced to be; each with its place in the file."""
    here = ("facts", name)
    yield fact, here
    if (following := fact.next) is not None:
        offer = fact.offer if following.offer is None else following.offer
        coming = FactShape(
            text=following.text,
            value=following.value,
            offer=offer,
            source=following.source or fact.source,
            as_of=following.from_,
            review_by=following.review_by or fact.review_by,
            expires=following.expires,
            from_=following.from_,
        )
        yield coming, (*here, "next")


def _fact(
    document: Document,
    name: str,
    place: tuple[str, ...],
    shape: FactShape,
    topic: TopicShape,
    extract: Extract,
    problems: list[BrandError],
) -> PublishedFact:
    source = shape.source or topic.source
    fact = PublishedFact(
        id=f"{topic.topic}.{name}",
        text=shape.text,
        titles=source.title,
        url=source.url,
        as_of=shape.as_of or topic.as_of,
        review_by=shape.review_by or topic.review_by,
        value=shape.value,
        expires=shape.expires,
        offer=shape.offer,
        since=shape.from_,
    )
    commitments = {
        locale: tuple(
            replace(commitment, topic=fact.topic, source=fact.id)
            for commitment in extract(text, locale, fact.as_of)
        )
        for locale, text in shape.text.items()
    }
    _compare_locales(document, place, commitments, problems)
    return replace(fact, commitments=commitments)


def _misfits(
    document: Document,
    name: str,
    here: tuple[str, ...],
    fact: FactShape,
    topic: TopicShape,
    locales: tuple[str, ...],
) -> Iterable[BrandError]:
    if not _NAME.fullmatch(name):
        mend = "Use small letters, digits and _, beginning with a letter."
        yield document.error(f"“{name}” is not a fact's name.", mend, *here)
    for locale in locales:
        if not fact.text.get(locale, "").strip():
            yield document.error(f"The text is missing in “{locale}”.", "Add it.", *here, "text")
    yield from find_unknown_locales(document, fact.text, locales, *here, "text")
    for locale, text in fact.text.items():
        if len(text) > LONGEST_TEXT:
            problem = f"The text is longer than {LONGEST_TEXT} characters."
            yield document.error(problem, "Make it two facts.", *here, "text", locale)
        if "\n" in text.strip():
            mend = "Write it as one paragraph."
            yield document.error("The text has several lines.", mend, *here, "text", locale)
        if fact.value and locale not in fact.value:
            yield document.error(f"The value is missing in “{locale}”.", "Add it.", *here, "value")
    for locale, value in fact.value.items():
        if value not in fact.text.get(locale, ""):
            problem = f"The value “{value}” does not stand in the text."
            yield document.error(problem, "Make them agree.", *here, "value", locale)
    source, at = (fact.source, (*here, "source")) if fact.source else (topic.source, ("source",))
    if urlsplit(source.url).scheme != "https" or not urlsplit(source.url).hostname:
        problem = f"“{source.url}” is not a public address."
        yield document.error(problem, "Begin it with https://.", *at, "url")
    for locale in locales:
        if locale not in source.title:
            yield document.error(f"The source has no title in “{locale}”.", "Add it.", *at, "title")
    as_of, review_by = fact.as_of or topic.as_of, fact.review_by or topic.review_by
    if review_by < as_of:
        problem = f"It is to be reviewed by {review_by}, before the day it is as of ({as_of})."
        yield document.error(problem, "Swap the dates, or correct one.", *here)
    if fact.expires and fact.expires < as_of:
        problem = f"It expires on {fact.expires}, before the day it is as of ({as_of})."
        yield document.error(problem, "Correct one of the dates.", *here, "expires")


def _compare_locales(
    document: Document,
    place: tuple[str, ...],
    commitments: dict[str, tuple[Commitment, ...]],
    problems: list[BrandError],
) -> None:
    """Every locale commits to the same as the first."""
    first, *others = commitments
    for locale in others:
        ours = {commitment_essence(c): c.words for c in commitments[first]}
        theirs = {commitment_essence(c): c.words for c in commitments[locale]}
        only = [words for key, words in ours.items() if key not in theirs]
        more = [words for key, words in theirs.items() if key not in ours]
        if not only and not more:
            continue
        said = [f"“{words}” only in “{first}”" for words in only]
        said += [f"“{words}” only in “{locale}”" for words in more]
        problem = f"The texts do not promise the same: {', '.join(said)}."
        mend = "Word them so that both languages promise the same."
        problems.append(document.error(problem, mend, *place, "text", locale))


def contradictions(facts: Iterable[PublishedFact]) -> Iterable[tuple[PublishedFact, PublishedFact]]:
    """Pairs of facts of one topic that say the same sentence with different figures."""
    seen: dict[tuple[str, str, tuple[str, ...]], PublishedFact] = {}
    for fact in facts:
        for locale, text in fact.text.items():
            frame = tuple(word for word in split_words(text) if not word.isdigit())
            before = seen.setdefault((fact.topic, locale, frame), fact)
            if before is not fact and before.text[locale] != text:
                yield before, fact
                break
