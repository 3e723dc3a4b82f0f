"""Everybody asks everything: each drafted intent, in each language, by each of the mirror's people.

The steps are the real ones; nothing is stored or sent. Each asks twice: once as if the ask were
understood, so that every template is laid side by side, and once through the reader, so that what
people say of themselves can change what is understood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from bot.brand.settings import Brand, ChannelProfile, Intent
from bot.evaluation.mirror import PERSONAS, Answer, Persona, answer_from_engagement
from bot.knowledge import Knowledge
from bot.model import Author, Engagement, Reading
from bot.model import events as e
from handlers.brandfiles.loading import Library
from handlers.service.read_and_draft import read_ask, unread_of
from handlers.service.simulation.dry_run import follow_through, open_ask

Read = Callable[[Engagement, datetime], e.Event]


def ask_as_personas(
    knowledge: Knowledge,
    at: datetime,
    library: Library | None = None,
    *,
    intents: Sequence[str] = (),
    personas: Sequence[Persona] = PERSONAS,
) -> Iterator[Answer]:
    """What each is answered; through the reader too if a library is given. No `intents`: all."""
    brand = knowledge.brand
    for intent in knowledge.intents.values():
        if intent.reply != "draft" or (intents and intent.id not in intents):
            continue
        for locale in brand.locales:
            yield from _asked(knowledge, at, library, intent, locale, personas)


def _asked(
    knowledge: Knowledge,
    at: datetime,
    library: Library | None,
    intent: Intent,
    locale: str,
    personas: Sequence[Persona],
) -> Iterator[Answer]:
    channels = _answering(knowledge.brand)
    ask = choose_plainest(intent.examples.get(locale, ()))
    for number, persona in enumerate(personas):
        when, channel = at + persona.later, channels[number % len(channels)]
        author = Author(f"mirror-{number}", persona.name)
        words = persona.word_ask(ask, locale)
        begun = open_ask(words, knowledge, when, channel.name, author, mention=True)
        given = e.Understood(when, Reading(intent.id, 1.0, None, locale, True, True))
        after = follow_through(begun, given, knowledge, when)
        yield answer_from_engagement(after, intent.id, locale, persona.who, False, at.date())
        if library is not None:
            after = follow_through(
                begun, read_ask(unread_of(begun), library.reader, when), knowledge, when
            )
            yield answer_from_engagement(after, intent.id, locale, persona.who, True, at.date())


def _answering(brand: Brand) -> list[ChannelProfile]:
    return [channel for channel in brand.channels.values() if channel.mode.answers]


def choose_plainest(examples: Sequence[str]) -> str:
    """The example that is best understood with other words around it: a whole short question."""
    questions = [one for one in examples if one.endswith(("?", ".")) and one[:1].isupper()]
    return min(questions or examples or ("",), key=len)
