"""What is done outside of any transaction: understand, draft, call a channel. Each answers with an
event, whatever happens; the runner stores it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Mapping
from datetime import datetime
from functools import partial
from typing import TypeVar

from bot.brand.business_hours import local_day
from bot.drafting.compose import compose_draft, compose_joint_draft
from bot.knowledge import Knowledge
from bot.model import Delivery, Engagement
from bot.model import events as e
from bot.model.errors import NoDraft
from handlers.brandfiles.loading import Library
from handlers.ports.channel_port import Absent, Channel, Posted, Refused, Unknown
from handlers.ports.clock import Clock

CALL_LIMIT = 30.0  # seconds a channel may take for one call
LOOKS = (0.0, 5.0, 60.0, 120.0)  # seconds between looks, before a person is asked; a channel may
# allow one look a minute
log = logging.getLogger("aboveboard")


def understood(
    engagement: Engagement,
    library: Library,
    at: datetime,
) -> e.Understood:
    """Read the ask. In a worker thread: a model may take milliseconds."""
    latest = engagement.messages[-1]
    reading = library.reader.read_message(
        engagement.text,
        direct=latest.direct,
        mention=any(message.mention for message in engagement.messages),
        reply=latest.reply,
        earlier=engagement.reading.language if engagement.reading else latest.language,
    )
    return e.Understood(at, reading)


def drafted(engagement: Engagement, knowledge: Knowledge, at: datetime) -> e.Drafted:
    """Draft behind the veil: the drafter is given the intent and the locale, and nobody's name.

    Raises NoDraft if there is no honest draft.
    """
    reading = engagement.reading
    assert reading is not None and (engagement.intents or reading.intent is not None)
    known = [it for name in engagement.intents if (it := knowledge.intents.get(name))]
    if len(known) < len(engagement.intents):
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


async def sent(
    channels: Mapping[str, Channel], delivery: Delivery, clock: Clock
) -> Posted | Refused | Unknown:
    """One call, never repeated. What takes too long is unknown, and looked up."""
    channel = channels[delivery.reply.place.channel]
    return await _bounded(channel.send(delivery), clock)


async def looked(channels: Mapping[str, Channel], delivery: Delivery, clock: Clock) -> e.Event:
    """Whether a delivery whose outcome is unknown is there."""
    channel = channels[delivery.reply.place.channel]
    why = "no answer"
    for pause in LOOKS:
        if pause:
            await clock.sleep(pause)
        answer = await _bounded(channel.look(delivery), clock)
        if isinstance(answer, Posted):
            return e.Delivered(clock.now(), answer.receipt)
        if isinstance(answer, Absent):
            return e.NotFound(clock.now())
        why = answer.why
    return e.CannotLook(clock.now(), why)


T = TypeVar("T")


async def _bounded(call: Awaitable[T], clock: Clock) -> T | Unknown:
    """The call's answer, or Unknown when it takes too long or raises what it never should."""
    task = asyncio.ensure_future(call)
    limit = asyncio.ensure_future(clock.sleep(CALL_LIMIT))
    try:
        done, _ = await asyncio.wait({task, limit}, return_when=asyncio.FIRST_COMPLETED)
        if task in done:
            return task.result()
        return Unknown(f"no answer within {CALL_LIMIT:g} s")
    except Exception as error:
        log.exception("a channel raised where it must not")
        return Unknown(type(error).__name__)
    finally:
        for waiting in (task, limit):
            waiting.cancel()
