"""The pages as the world reaches them: the whole product behind a real server on localhost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from aiohttp import web

from bot.cards.card import Card
from bot.model import Engagement, Message, Person, State
from bot.model import events as e
from handlers.app import App, running
from handlers.channels.web import Chat, ChatLimits, ChatSettings, WebChannel
from handlers.pages import Hub, Masthead, Pages, build
from handlers.ports.channel_port import Channel
from handlers.ports.service_port import Turn
from tests.disk import Disk
from tests.fakes.clock import VirtualClock
from tests.shop import ADA, NOW, ROOT, shipped
from tests.stored import list_engagements, list_messages
from tests.visitor import Page, Visitor

TEMPLATES = ROOT / "templates" / "pages"


@dataclass
class WebSide:
    """A running shop, its server at `base`, and whoever visits it."""

    app: App
    clock: VirtualClock
    disk: Disk
    base: str
    visitors: list[Visitor] = field(default_factory=list)

    @property
    def channel(self) -> WebChannel:
        channel = self.app.channels["web"]
        assert isinstance(channel, WebChannel)
        return channel

    def visitor(self, **headers: str) -> Visitor:
        made = Visitor(self.base, headers)
        self.visitors.append(made)
        return made

    async def signed_in(self, person: Person = ADA) -> Visitor:
        """Somebody of the brand's at the desk."""
        visitor = self.visitor()
        path = await self.app.sign_in.link(person.id)
        assert (await visitor.get(path)).status == 200
        return visitor

    # what is stored

    def messages(self) -> list[Message]:
        """What customers wrote, the oldest first."""
        return list_messages(self.app.store)

    def engagement(self) -> Engagement:
        """The newest."""
        return list_engagements(self.app.store)[-1]

    @property
    def state(self) -> State:
        return self.engagement().state

    def card(self, viewer: Person = ADA) -> Card:
        """The newest engagement's."""
        card = self.app.service.card(self.engagement().id, viewer)
        assert card is not None
        return card

    def turns(self) -> list[Turn]:
        """What was said in the newest conversation."""
        return self.app.service.turns(self.engagement().place.conversation)

    # what people do

    async def approve(self, person: Person = ADA) -> None:
        """Somebody approves the newest draft."""
        await self.app.service.quiet()
        event = e.Approved(self.clock.now(), person, self.engagement().proposal.digest)
        answer = await self.app.service.decide(self.engagement().id, event)
        assert answer.done, answer.words

    async def answered(self) -> None:
        """Ada approves the newest draft, and the undo window ends: it is sent."""
        await self.approve()
        await self.wait(21)
        assert self.state is State.SENT

    async def wait(self, seconds: float) -> None:
        await self.clock.advance(seconds, self.app.service.quiet)


@asynccontextmanager
async def web_side(
    folder: Path,
    limits: ChatLimits | None = None,
    routes: Callable[[App], Iterable[web.RouteDef]] = lambda app: (),
    embed: tuple[str, ...] = (),
    public_url: str = "http://localhost:8300",
    extra: Mapping[str, Channel] | None = None,
) -> AsyncIterator[WebSide]:
    """The shipped shop, served on localhost. `routes` come before its own pages; with `limits`,
    its chat is alone there, with these. `extra` are channels beside the chat."""
    clock, disk, library = VirtualClock(NOW), Disk(), shipped()
    brand = library.knowledge.brand
    server = replace(brand.server, embed=embed, public_url=public_url)
    library.knowledge = replace(library.knowledge, brand=replace(brand, server=server))
    starting = running(
        ROOT,
        library,
        {},
        store_path=folder / "store.db",
        clock=clock,
        probe=disk,
        extra=extra,
        samples=False,
    )
    async with starting as app:
        site = _limited(app, clock, limits) if limits else app.site
        site.router.add_routes(routes(app))
        runner = web.AppRunner(site, shutdown_timeout=1.0)
        await runner.setup()
        listening = web.TCPSite(runner, "localhost", 0)
        await listening.start()
        await app.service.quiet()
        side = WebSide(app, clock, disk, f"http://localhost:{runner.addresses[0][1]}")
        try:
            yield side
        finally:
            for visitor in side.visitors:
                await visitor.close()
            await runner.cleanup()
            await asyncio.sleep(0)


def _limited(app: App, clock: VirtualClock, limits: ChatLimits) -> web.Application:
    channel = app.channels["web"]
    assert isinstance(channel, WebChannel)
    hub = Hub(app.service)
    pages, settings = shipped_pages(), ChatSettings(limits=limits)
    times = {"now": clock.now, "monotonic": clock.monotonic}
    site = build(Chat(app.service, channel, hub, pages, settings, **times).routes(), pages)
    site.cleanup_ctx.append(hub.running)
    site.on_shutdown.append(hub.closing)
    return site


@cache
def shipped_pages() -> Pages:
    return Pages([TEMPLATES], lambda: Masthead("Trailhead", "https://trailhead.example"))


def shown(payload: str) -> Page:
    """An answer that was posted, as the chat's page shows it."""
    turn = {"key": "d1", "at": NOW, "post": json.loads(payload), "rating": None}
    return Page(shipped_pages().render("chat_turn.html.j2", turn=turn))
