"""Calls to channels, outside of any transaction. Each answers, whatever happens; the delivery
runner stores what came of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from bot.model import Delivery
from bot.model import events as e
from handlers.ports.channel_port import Absent, Channel, Posted, Refused, Unknown
from handlers.ports.clock import Clock

CALL_LIMIT = 30.0  # seconds a channel may take for one call
LOOKS = (0.0, 5.0, 60.0, 120.0)  # seconds between looks, before a person is asked; a channel may
# allow one look a minute
T = TypeVar("T")
log = logging.getLogger("aboveboard")


async def send_delivery(
    channels: Mapping[str, Channel], delivery: Delivery, clock: Clock
) -> Posted | Refused | Unknown:
    """One call, never repeated. What takes too long is unknown, and looked up."""
    channel = channels[delivery.reply.place.channel]
    return await _within_limit(channel.send(delivery), clock)


async def look_for_delivery(
    channels: Mapping[str, Channel],
    delivery: Delivery,
    clock: Clock,
    sleep: Callable[[float], Awaitable[None]],
) -> e.Event:
    """Whether a delivery whose outcome is unknown is there; it may `sleep` between two looks."""
    channel = channels[delivery.reply.place.channel]
    why = "no answer"
    for pause in LOOKS:
        if pause:
            await sleep(pause)
        answer = await _within_limit(channel.look(delivery), clock)
        if isinstance(answer, Posted):
            return e.Delivered(clock.now(), answer.receipt)
        if isinstance(answer, Absent):
            return e.NotFound(clock.now())
        why = answer.why
    return e.CannotLook(clock.now(), why)


async def _within_limit(call: Awaitable[T], clock: Clock) -> T | Unknown:
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
