"""What code puts around a body: greeting, sources, who speaks, the entry's address, three links;
in a one-way channel, that replies are not monitored.

A pure function of stored fields, with few variants: an origin, a locale, and a display name if the
brand greets by name. No template can leave out who speaks. The addressee's display name is the one
private value here, and only a plain name passes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from bot.brand.published import PublishedFacts
from bot.brand.settings import Brand
from bot.drafting.envelope_words import EnvelopeWords, envelope_words_for
from bot.drafting.reply_templates import Templates
from bot.model import Envelope, Origin, Place, Reply, Source

LONGEST_NAME = 40  # characters


def build_reply(
    body: str,
    origin: Origin,
    locale: str,
    *,
    brand: Brand,
    published: PublishedFacts,
    place: Place,
    answers: tuple[str, ...],
    entry: str,
    intent: str = "",
    facts: tuple[str, ...] = (),
    display_name: str = "",
    corrects: str = "",
    greeting_words: str = "",
    marketing: bool = False,
) -> Reply:
    """The exact reply that is judged, approved and sent.

    `facts` are the ids of the facts behind the body, the cited ones of a person's own words too;
    ids that are not published any more are left out of the sources. `greeting_words`: how people
    are greeted there, with `{name}`, when not as everywhere. `marketing`: it is
    advertising, and says so first. `corrects` is the address of the entry
    that it puts right.
    """
    words = envelope_words_for(locale)
    label = words.marketing.format(brand=brand.name) if marketing else ""
    greeted = write_greeting(display_name, greeting_words or words.greeting)
    envelope = Envelope(
        speaker=write_speaker_line(origin, locale, brand),
        greeting=greeted if brand.greet_by_name else "",
        sources=list_sources(facts, published, locale),
        entry_url=entry_url(entry, brand),
        links=list_entry_links(entry, brand, words, corrects),
        label=label,
        unread=write_unread_line(place, words, brand),
    )
    return Reply(place, answers, locale, origin, body, envelope, intent, facts, entry, corrects)


def build_notice_reply(
    reason: str,
    language: str,
    *,
    brand: Brand,
    templates: Templates,
    place: Place,
    answers: tuple[str, ...],
    entry: str,
    due: str = "",
    appeal: str = "",
) -> Reply:
    """A notice as it is sent, in the customer's language if the brand speaks it, else in its first.

    `due` is a due time in words (bot.brand.business_hours.write_due_time). Raises NoDraft if there
    is no such notice."""
    locale = brand.locale_for(language) or brand.locales[0]
    words = envelope_words_for(locale)
    address = entry_url(entry, brand)
    slots = {"due": due, "record_url": address, "brand": brand.name, "appeal": appeal}
    body = templates.fill_notice(reason, locale, slots)
    speaker = write_speaker_line(Origin.NOTICE, locale, brand)
    envelope = Envelope(
        speaker=speaker,
        entry_url=address,
        links=list_entry_links(entry, brand, words),
        unread=write_unread_line(place, words, brand),
    )
    return Reply(place, answers, locale, Origin.NOTICE, body, envelope, entry=entry)


def write_speaker_line(origin: Origin, locale: str, brand: Brand) -> str:
    """Who speaks: software or a person, and in which role. Exact, and on every reply."""
    line = envelope_words_for(locale).speaker[origin]
    line = line.format(approver=brand.approver[locale], brand=brand.name)
    return line[:1].upper() + line[1:]


def write_unread_line(place: Place, words: EnvelopeWords, brand: Brand) -> str:
    """That replies are not monitored, on all that is sent in a one-way channel."""
    channel = brand.channels.get(place.channel)
    return words.unread if channel is not None and channel.is_one_way else ""


def write_greeting(display_name: str, words: str) -> str:
    """“Hello Jonas,” for a name of letters; nothing for one that holds anything else."""
    name = clean_display_name(display_name)
    return words.replace("{name}", name) if name else ""


def clean_display_name(display_name: str) -> str:
    """A display name that is safe anywhere: one line of letters, spaces, hyphens, apostrophes.

    Empty if the name holds anything else (an address, a mention, mark-up, an emoji) or is too long
    to be one.
    """
    name = " ".join(unicodedata.normalize("NFC", display_name).split(" ")).strip()
    if not 0 < len(name) <= LONGEST_NAME or not any(c.isalpha() for c in name):
        return ""
    plain = all(unicodedata.category(c)[0] in "LM" or c in " -'’" for c in name)
    return name if plain else ""


def list_sources(
    facts: Iterable[str], published: PublishedFacts, locale: str
) -> tuple[Source, ...]:
    """Where the public can read what these facts say: each address once, with its oldest date."""
    found: dict[str, Source] = {}
    for id in facts:
        fact = published.get_fact(id)
        if fact is None:
            continue
        title = fact.titles.get(locale) or fact.url
        before = found.get(fact.url)
        as_of = min(before.as_of, fact.as_of) if before else fact.as_of
        found[fact.url] = Source(before.title if before else title, fact.url, as_of)
    return tuple(found.values())


def entry_url(entry: str, brand: Brand) -> str:
    """The public address of a reply's entry in the record."""
    return f"{brand.server.public_url}/record/{entry}" if entry else ""


def list_entry_links(
    entry: str, brand: Brand, words: EnvelopeWords, corrects: str = ""
) -> tuple[tuple[str, str], ...]:
    """What a customer can do with a reply, as (words, address); what it corrects comes first."""
    address = entry_url(entry, brand)
    if not address:
        return ()
    return (
        *(((words.corrects, entry_url(corrects, brand)),) if corrects else ()),
        (words.why, address),
        (words.wrong, f"{address}/wrong"),
        (words.person, f"{address}/person"),
    )
