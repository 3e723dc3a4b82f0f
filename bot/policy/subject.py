"""What is judged: a reply, or a message, with everything that rules may look at. Plain values.

A rule sees nothing else: what isn't here (who spends how much, how many follow whom) cannot be
a reason. Every field but the text has a default that is the strict one, so that a case, or a line
of a file of canned replies, can be judged from its text alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from bot.brand.advocates import Advocate
from bot.brand.culture import Culture
from bot.brand.published import PublishedFacts
from bot.brand.settings import Brand, Internals
from bot.drafting.envelope_words import envelope_words_for
from bot.model import Audience, Commitment, Envelope, Origin, Place, Reading, Reply

NOTHING_INTERNAL = Internals()
LONG_AGO = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class BrandFacts:
    """What rules may know of the brand. `hosts`: its own; `fallback`: as in config.yaml."""

    name: str = ""
    hosts: frozenset[str] = frozenset()
    locales: tuple[str, ...] = ("en",)
    fallback: Mapping[str, str] = field(default_factory=dict)
    internal: Internals = NOTHING_INTERNAL
    advocates: tuple[Advocate, ...] = ()

    @classmethod
    def of_brand(cls, brand: Brand) -> BrandFacts:
        addresses = (brand.url, brand.server.public_url)
        hosts = frozenset(host for url in addresses if (host := urlsplit(url).hostname))
        return cls(
            brand.name, hosts, brand.locales, brand.fallback, brand.internal, brand.advocates
        )


@dataclass(frozen=True, slots=True)
class PastStatement:
    """Something the brand told somebody before, from the record, on the topic of `commitment`."""

    commitment: Commitment
    text: str
    said_on: date
    entry: str = ""
    locale: str = ""


@dataclass(frozen=True, slots=True)
class ReplySubject:
    """An exact reply, and where and to what it is said. `reply.text` is what is judged.

    `asked` is the customer's words. `private`: values from their private context, which must not
    surface where others read. `addressed`: the brand was spoken to; `chosen`: a person chose to
    enter a conversation that was overheard. `today` is the day on which facts must be current.
    `culture` is the channel's profile; `purpose` that of the intent: `service` or `marketing`.
    `sent_lately` counts our texts to this customer within the
    period of their attention budget, `budget` is how many these may be.
    """

    reply: Reply
    channel: str = ""
    mode: str = ""
    audience: Audience = Audience.PUBLIC
    asked: str = ""
    private: tuple[str, ...] = ()
    addressed: bool = True
    chosen: bool = False
    first_contact: bool = False
    today: date = LONG_AGO
    published: PublishedFacts = field(default_factory=PublishedFacts)
    reading: Reading | None = None
    brand: BrandFacts = field(default_factory=BrandFacts)
    earlier: tuple[PastStatement, ...] = ()
    culture: Culture | None = None
    purpose: str = "service"
    sent_lately: int = 0
    budget: int = 20

    @property
    def locale(self) -> str:
        return self.reply.locale


@dataclass(frozen=True, slots=True)
class MessageSubject:
    """A customer's message, and what was understood of it.

    `unanswered` counts the customer's messages in a row that nobody answered, across channels;
    `repeated` how often they asked for the same before and were answered; `echoes` their messages
    that came within seconds of something we sent. `returning`: the first words after long silence.
    """

    text: str
    channel: str = ""
    mode: str = ""
    audience: Audience = Audience.PUBLIC
    locale: str = "en"
    addressed: bool = True
    reading: Reading | None = None
    unanswered: int = 1
    repeated: int = 0
    echoes: int = 0
    returning: bool = False
    brand: BrandFacts = field(default_factory=BrandFacts)


Subject = ReplySubject | MessageSubject

TEAM = {"en": "our team", "de": "unser Team"}


def build_case_reply(
    text: str,
    *,
    brand: str = "",
    locale: str = "en",
    origin: Origin = Origin.SOFTWARE,
    channel: str = "",
    intent: str = "",
    facts: tuple[str, ...] = (),
    envelope: Envelope | None = None,
) -> Reply:
    """A reply with this body and, unless one is given, an envelope that says who speaks."""
    if envelope is None:
        label = envelope_words_for(locale).speaker[origin]
        line = label.format(approver=TEAM.get(locale, TEAM["en"]), brand=brand or "us")
        envelope = Envelope(speaker=line[:1].upper() + line[1:])
    return Reply(Place(channel), (), locale, origin, text, envelope, intent, facts)
