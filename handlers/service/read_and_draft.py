"""What the machine thinks about an ask, as a function of its arguments: what it reads in it, and
what it would answer. Nothing here is stored."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.brand.business_hours import local_day
from bot.drafting.compose import compose_draft, compose_joint_draft
from bot.knowledge import Knowledge
from bot.model import Engagement, Message
from bot.model import events as e
from bot.model.errors import NoDraft
from bot.understanding.reader import MessageReader

log = logging.getLogger("aboveboard")


@dataclass(frozen=True, slots=True)
class Unread:
    """All that reading an ask looks at: its messages, and the language it was read in before."""

    messages: tuple[Message, ...]
    language: str = ""


def unread_of(engagement: Engagement) -> Unread:
    before = engagement.understanding.reading
    return Unread(engagement.messages, before.language if before else "")


def read_ask(unread: Unread, reader: MessageReader, at: datetime) -> e.Understood:
    """Read an ask. In a worker thread: a model may take milliseconds."""
    latest = unread.messages[-1]
    reading = reader.read_message(
        "\n".join(message.text for message in unread.messages),
        direct=latest.direct,
        mention=any(message.mention for message in unread.messages),
        reply=latest.reply,
        earlier=unread.language or latest.language,
    )
    return e.Understood(at, reading)


def make_draft(
    engagement: Engagement, knowledge: Knowledge, at: datetime
) -> e.Drafted | e.CouldNotDraft:
    """The draft, or why a person has to write; never raises."""
    try:
        return _draft(engagement, knowledge, at)
    except NoDraft as none:
        return e.CouldNotDraft(at, none.why, none.fact)
    except Exception as error:
        log.exception("a draft could not be made; a person has it")
        return e.CouldNotDraft(at, type(error).__name__)


def _draft(engagement: Engagement, knowledge: Knowledge, at: datetime) -> e.Drafted:
    """Draft behind the veil: the drafter is given the intent and the locale, and nobody's name.

    Raises NoDraft if there is no honest draft.
    """
    reading = engagement.understanding.reading
    assert reading is not None and (engagement.understanding.intents or reading.intent is not None)
    known = [it for name in engagement.understanding.intents if (it := knowledge.intents.get(name))]
    if len(known) < len(engagement.understanding.intents):
        raise NoDraft("One of the things asked is no intent any more.")
    make = (
        partial(compose_joint_draft, known)
        if known
        else partial(compose_draft, reading.intent or "")
    )
    draft = make(
        reading.language,
        published=knowledge.published,
        templates=knowledge.templates,
        brand=knowledge.brand,
        today=local_day(at, knowledge.brand.hours),
    )
    return e.Drafted(at, draft)
