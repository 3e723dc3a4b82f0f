"""What the brand may say: commitments, published facts, drafts and the reply that is sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from bot.model.conversation import Place


class CommitmentKind(StrEnum):
    MONEY = "money"
    PERCENT = "percent"
    PERIOD = "period"
    DATE = "date"
    COUNT = "count"
    PROMISE = "promise"


class Comparator(StrEnum):
    EXACTLY = "exactly"
    AT_MOST = "at most"  # “up to”, “within”, “no more than”
    AT_LEAST = "at least"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise with substance, and the words that make it.

    `value` is a plain decimal without trailing zeros (`60`, `4.9`; `0` is free, then without a
    unit); of a date an ISO 8601 date; of a promise the verb's name (`refund`). `unit`: ISO 4217 for
    money; `percent`; `second`, `minute`, `hour`, `day`, `business day`, `week`, `month`, `year` for
    periods (never converted); the noun's stem for counts. `direction` says which way it goes
    (`off`, `back`, `fee`, `extra`, `credit`), of what is free what it is (`shipping`); empty when
    nothing says. `until` is the upper end of a range. `condition` is the normalised text of an
    “if / over / unless …” beside it, its marker's plain name first; several are parted by `; `.
    """

    kind: CommitmentKind
    value: str
    unit: str = ""
    comparator: Comparator = Comparator.EXACTLY
    direction: str = ""
    condition: str = ""
    until: str = ""
    negated: bool = False
    topic: str = ""
    source: str = ""
    start: int = 0
    end: int = 0
    words: str = ""

    @property
    def number(self) -> Decimal | None:
        """The value as a number; None for dates and promises."""
        if self.kind in (CommitmentKind.DATE, CommitmentKind.PROMISE):
            return None
        return Decimal(self.value)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the public can read it."""

    title: str
    url: str
    as_of: date


@dataclass(frozen=True, slots=True)
class PublishedFact:
    """Something the brand says in public. `id` is `topic.name`; texts are by locale.

    `since`: the day from which it holds; until then it is announced, and nothing may cite it.
    """

    id: str
    text: Mapping[str, str]
    titles: Mapping[str, str]
    url: str
    as_of: date
    review_by: date
    value: Mapping[str, str] = field(default_factory=dict)
    expires: date | None = None
    offer: bool = False
    commitments: Mapping[str, tuple[Commitment, ...]] = field(default_factory=dict)
    since: date | None = None

    @property
    def topic(self) -> str:
        return self.id.partition(".")[0]

    def expired(self, today: date) -> bool:
        """A fact past its end, or past the day it had to be looked at again, backs nothing."""
        return today > self.review_by or (self.expires is not None and today > self.expires)


class Origin(StrEnum):
    """Who made the words. The envelope says so, by code."""

    SOFTWARE = "software"  # drafted by software, approved by a person
    EDITED = "edited"  # drafted by software, changed and approved by a person
    PERSON = "person"  # written by a person
    NOTICE = "notice"  # automated: a fixed text


@dataclass(frozen=True, slots=True)
class Draft:
    """A body not yet approved, with the facts it was filled from. Made behind the veil."""

    body: str
    locale: str
    intent: str
    template: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """What code puts around a body. Every line of it is a pure function of stored fields."""

    speaker: str
    greeting: str = ""
    sources: tuple[Source, ...] = ()
    entry_url: str = ""
    links: tuple[tuple[str, str], ...] = ()  # (words, address), in order
    label: str = ""  # that it is advertising, said before anything else
    unread: str = ""  # that replies there are not monitored


@dataclass(frozen=True, slots=True)
class Reply:
    """An exact reply to an exact message, addressed: what an approval binds and a channel sends."""

    place: Place
    answers: tuple[str, ...]  # ids and revisions of the messages that it answers
    locale: str
    origin: Origin
    body: str
    envelope: Envelope
    intent: str = ""
    facts: tuple[str, ...] = ()
    entry: str = ""  # the address of its entry in the record
    corrects: str = ""  # the address of the entry that it puts right

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Its parts in the order in which they are read, empty ones left out: (kind, words).

        Kinds: `label`, `greeting`, `body`, `source`, `speaker`, `unread`, `link`.
        """
        envelope = self.envelope
        lines = [
            ("label", envelope.label),
            ("greeting", envelope.greeting),
            ("body", self.body),
            *(("source", f"{source.title}: {source.url}") for source in envelope.sources),
            ("speaker", envelope.speaker),
            ("unread", envelope.unread),
            *(
                ("link", f"{words} {url}" if words.endswith("?") else f"{words}: {url}")
                for words, url in envelope.links
            ),
        ]
        return tuple((kind, words) for kind, words in lines if words)

    @property
    def text(self) -> str:
        """All of it as plain text, in the order in which it is read."""
        return "\n\n".join(words for _, words in self.parts)


def digest(reply: Reply) -> str:
    """SHA-256, in hex, of everything that an approval binds.

    Body, envelope, recipient, thread, locale, origin and the messages answered: one changed
    character anywhere is another digest. What stands at its default is left out, so that an
    approval outlives a new version of this software that has more to say.
    """
    plain = json.dumps(
        _plain(reply), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    )
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def address(engagement: str, number: int, kind: str = "entry") -> str:
    """The n-th address of an engagement: as hard to guess as the engagement's own random id,
    which it does not reveal. 32 hex digits."""
    return hashlib.sha256(f"{kind}/{engagement}/{number}".encode()).hexdigest()[:32]


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {
            field.name: _plain(it)
            for field in fields(value)
            if (it := getattr(value, field.name)) != field.default or field.default is MISSING
        }
    return [_plain(it) for it in value] if isinstance(value, tuple) else value
