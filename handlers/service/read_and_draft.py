"""What the machine thinks about an ask, as a function of its arguments: what it reads in it, and
what it would answer. Nothing here is stored."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.brand.business_hours import local_day
from bot.drafting.compose import compose_draft, compose_joint_draft
from bot.knowledge import Knowledge
from bot.model import Engagement
from bot.model import events as e
from bot.model.errors import NoDraft
from bot.understanding.reader import MessageReader


def read_ask(engagement: Engagement, reader: MessageReader, at: datetime) -> e.Understood:
    """Read the ask. In a worker thread: a model may take milliseconds."""
    latest = engagement.messages[-1]
    reading = reader.read_message(
        engagement.text,
        direct=latest.direct,
        mention=any(message.mention for message in engagement.messages),
        reply=latest.reply,
        earlier=engagement.understanding.reading.language
        if engagement.understanding.reading
        else latest.language,
    )
    return e.Understood(at, reading)


def draft_for(engagement: Engagement, knowledge: Knowledge, at: datetime) -> e.Drafted:
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
