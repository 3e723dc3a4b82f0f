"""The whole product behind a browser: the real engine, on the shipped brand and a clock of its own.

Models and rules are read once a session; each test has a store of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from aiohttp import web

from bot.cards.card import Card
from bot.model import Author, Engagement, Message, Person, Place, State
from bot.model import events as e
from handlers.app import App, running
from handlers.brandfiles.loading import Library
from handlers.desk import SignIn
from handlers.ports.service_port import Answer
from tests.fakes.clock import VirtualClock
from tests.shop import NOW
from tests.stored import list_engagements


@dataclass
class Shopfront:
    """A running shop, as its customers and its people reach it at `base`."""

    app: App
    clock: VirtualClock
    base: str
    written: int = 0

    @property
    def sign_in(self) -> SignIn:
        return self.app.sign_in

    async def ask(self, text: str, of: str = "") -> str:
        """A customer asks; the id of the engagement, once all is done that can be. `of`: they go on
        about this one."""
        self.written += 1
        place = self.engagement(of).place if of else Place("web", thread=f"t{self.written}")
        author = Author(place.thread, "Jonas")
        message = Message(f"m{self.written}", place, author, text, self.clock.now(), direct=True)
        assert await self.app.service.receive(message)
        await self.app.service.quiet()
        return [it for it in self.engagements() if it.place == place][-1].id

    def engagements(self) -> list[Engagement]:
        """All of them, the oldest first."""
        return list_engagements(self.app.store)

    def engagement(self, id: str = "") -> Engagement:
        """One of them; without an id, the newest."""
        found = self.engagements()
        return next(it for it in found if it.id == id) if id else found[-1]

    def state(self, id: str = "") -> State:
        return self.engagement(id).state

    def card(self, id: str, viewer: Person) -> Card:
        card = self.app.service.card(id, viewer)
        assert card is not None
        return card

    async def approve(self, id: str, person: Person) -> Answer:
        digest = self.engagement(id).proposal.digest
        answer = await self.app.service.decide(id, e.Approved(self.clock.now(), person, digest))
        assert answer.done, answer.words
        return answer

    async def write(self, id: str, person: Person, body: str, send: bool = True) -> Answer:
        """A person's own words, judged; approved at once if nothing is found in them."""
        now, digest = self.clock.now(), self.engagement(id).proposal.digest
        return await self.app.service.decide(id, e.Edited(now, person, body, digest, send=send))

    async def wait(self, seconds: float) -> None:
        await self.clock.advance(seconds, self.app.service.quiet)

    async def drop_lines(self) -> None:
        """Every live page's connection ends, as when a server stops."""
        await self.app.site.on_shutdown.send(self.app.site)

    async def until(self, so: Callable[[], bool]) -> None:
        """Let the server go on until something is so."""
        async with asyncio.timeout(20):
            while not so():  # noqa: ASYNC110 - what it waits for sets no event
                await asyncio.sleep(0)


@asynccontextmanager
async def open_shopfront(folder: Path, root: Path, library: Library) -> AsyncIterator[Shopfront]:
    clock = VirtualClock(NOW)
    fresh = replace(library, trouble=[], watched=[])
    starting = running(root, fresh, {}, store_path=folder / "store.db", clock=clock, samples=False)
    async with starting as app:
        runner = web.AppRunner(app.site, shutdown_timeout=1.0)
        await runner.setup()
        listening = web.TCPSite(runner, "localhost", 0)
        await listening.start()
        try:
            await app.service.quiet()
            yield Shopfront(app, clock, f"http://localhost:{runner.addresses[0][1]}")
        finally:
            await runner.cleanup()
