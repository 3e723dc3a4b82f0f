"""No wake-up is lost: what is owed is done, in whatever order things come."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.model import Author, Message
from handlers.service.queries.owed_work import list_owing
from tests.scenario.conftest import Shop, place_of

TEXTS = (
    "Can I still return boots I bought three weeks ago?",
    "What are your opening hours on Saturday?",
    "I want to talk to a real person please",
    "asdf jkl",
)


def message(shop: Shop, number: int, who: str) -> Message:
    text, at = TEXTS[number % len(TEXTS)], shop.clock.now()
    return Message(f"{who}:{number}", place_of("web", who), Author(who, who), text, at, direct=True)


@pytest.mark.parametrize("people", [1, 5])
async def test_what_comes_at_once_is_all_worked_on(shop: Shop, people: int) -> None:
    """Also what comes while its conversation is being worked on."""
    service = shop.app.service
    came = [message(shop, number, f"c{number % people}") for number in range(20)]
    for wave in (came[:8], came[8:9], came[9:]):
        await asyncio.gather(*(service.receive(one) for one in wave))
    edited = [replace(one, text=TEXTS[0], revision=1) for one in came[::3]]
    gone = [one.id for one in came[1::5]]
    await asyncio.gather(*map(service.edit, edited), *map(service.delete, gone))
    await service.quiet()
    assert shop.app.store.read(list_owing) == set()
    rows = shop.app.store.read(lambda tx: list(tx.table("messages")))
    assert len(rows) == len(came)
    assert all(row["engagement"] or row["deleted"] for row in rows)
