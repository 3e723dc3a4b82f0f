"""A whole shop in one process: the shipped brand, the real store, rules and models, and a clock in
which time passes only when a test says so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.cards.card import Card
from bot.model import Author, Message, Person, Place
from bot.model import events as e
from handlers.app import App, running
from handlers.ports.channel_port import Channel
from handlers.ports.service_port import Answer, Turn
from tests.fakes.clock import VirtualClock
from tests.shop import ADA, NOW, ROOT, library_of


@dataclass
class Shop:
    """A running shop, as its customers and its people use it."""

    app: App
    clock: VirtualClock
    written: int = 0
    seen: dict[str, int] = field(default_factory=dict)

    async def write(
        self, text: str, *, who: str = "Jonas", channel: str = "web", key: str = "", **facts: bool
    ) -> bool:
        """A customer writes; everything that can be done about it at once is done."""
        self.written += 1
        place = place_of(channel, who)
        direct = facts.pop("direct", channel == "web")
        message = Message(
            key or f"{who}:{self.written}",
            place,
            Author(who, who),
            text,
            self.clock.now(),
            direct=direct,
            **facts,
        )
        new = await self.app.service.receive(message)
        await self.app.service.quiet()
        return new

    def cards(self, view: str = "all", viewer: Person = ADA) -> list[Card]:
        return self.app.service.queue(viewer, view)

    def card(self, who: str = "Jonas", viewer: Person = ADA) -> Card:
        """The newest card of a customer."""
        cards = [card for view in ("all", "done", "overheard") for card in self.cards(view, viewer)]
        mine = [card for card in cards if card.customer == who]
        return max(mine, key=lambda card: (card.at, card.version))

    async def decide(self, event: e.Event, who: str = "Jonas") -> Answer:
        answer = await self.app.service.decide(self.card(who).engagement, event)
        await self.app.service.quiet()
        return answer

    async def approve(self, who: str = "Jonas", person: Person = ADA) -> Answer:
        return await self.decide(e.Approved(self.clock.now(), person, self.card(who).digest), who)

    async def edit(self, body: str, who: str = "Jonas", person: Person = ADA) -> Answer:
        event = e.Edited(self.clock.now(), person, body, self.card(who).digest)
        return await self.decide(event, who)

    async def wait(self, seconds: float) -> None:
        await self.clock.advance(seconds, self.app.service.quiet)

    def said(self, who: str = "Jonas", channel: str = "web") -> list[Turn]:
        """What the brand has said to a customer, oldest first."""
        turns = self.app.service.turns(place_of(channel, who).conversation)
        return [turn for turn in turns if turn.reply is not None]


def place_of(channel: str, who: str) -> Place:
    return Place(channel, "", f"chat-{who}") if channel == "web" else Place(channel, "C1", "1.0")


@asynccontextmanager
async def open_shop(
    folder: Path,
    clock: VirtualClock | None = None,
    extra: dict[str, Channel] | None = None,
    root: Path = ROOT,
) -> AsyncIterator[Shop]:
    """`root` is the brand's folder, when it isn't the shipped one."""
    clock = clock or VirtualClock(NOW)
    library = library_of(root, clock.now())
    async with running(
        root,
        library,
        {},
        store_path=folder / "store.db",
        clock=clock,
        extra=extra,
        samples=False,
    ) as app:
        shop = Shop(app, clock)
        await app.service.quiet()
        yield shop


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(tmp_path) as shop:
        yield shop
