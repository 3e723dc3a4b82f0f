"""The only place where the parts are joined. Tests bring a clock, a store and channels."""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from aiohttp import web

from bot.knowledge import Knowledge
from bot.model.errors import StoreError
from handlers.brandfiles.loading import Library
from handlers.channels.slack.channel import SlackChannel, wanted
from handlers.channels.web import Chat, ChatSettings, WebChannel
from handlers.channels.web.linking_pages import LinkPages
from handlers.channels.web.rating_form import RatingForm
from handlers.desk import Desk, Reception, Room, SendingRoom, SignIn
from handlers.desk.certainty_room import Certainty
from handlers.desk.corrections_room import Corrections
from handlers.desk.figures_room import FiguresRoom
from handlers.desk.learning_room import Learning
from handlers.pages import Hub, Pages, build
from handlers.ports.channel_port import Channel
from handlers.ports.clock import Clock, SystemClock
from handlers.public.channel_page import ChannelPage
from handlers.public.front_page import Front
from handlers.public.record_pages import PublicRecord
from handlers.service.commands.guard_sending import INDEXES as BRAKE_INDEXES
from handlers.service.commands.link_identity import INDEXES as LINK_INDEXES
from handlers.service.commands.link_identity import Links
from handlers.service.commands.pause_sending import Stop
from handlers.service.commands.transitions import Transitions
from handlers.service.config_reload import Watch
from handlers.service.control_socket import Control, Request
from handlers.service.learning.counters import INDEXES as COUNTER_INDEXES
from handlers.service.learning.drift_watch import Drift
from handlers.service.learning.guarantee_keeping import Assurance
from handlers.service.learning.proposals import Proposals
from handlers.service.learning.ratings import INDEXES as RATING_INDEXES
from handlers.service.learning.ratings import Ratings
from handlers.service.queries.card_queries import Queries
from handlers.service.queries.past_commitment_rows import Precedents
from handlers.service.queries.shared_history import Private
from handlers.service.record import INDEXES as RECORD_INDEXES
from handlers.service.record.ledger import Ledger, signer_of
from handlers.service.runner import Runner
from handlers.service.samples import put_samples
from handlers.store.embedded import EmbeddedStore
from handlers.store.repository import INDEXES

log = logging.getLogger("aboveboard")

Probe = Callable[[str], None]
ALL_INDEXES = {
    **INDEXES,
    **LINK_INDEXES,
    **COUNTER_INDEXES,
    **RATING_INDEXES,
    **RECORD_INDEXES,
    **BRAKE_INDEXES,
}
PAGES = Path(__file__).resolve().parent.parent / "templates" / "pages"


class BackOffice(Runner, Queries):
    """`handlers.ports.service_port.Service`, whole: one half acts, the other reads."""

    def __init__(self, transitions: Transitions, clock: Clock) -> None:
        Runner.__init__(self, transitions, clock)
        Queries.__init__(self, transitions.store, transitions.library, clock, self.undo_left)


@dataclass
class App:
    """Everything that runs, joined. `site` serves the pages; `sign_in` makes links to the desk."""

    site: web.Application
    service: BackOffice
    store: EmbeddedStore
    library: Library
    sign_in: SignIn
    channels: Mapping[str, Channel]
    watch: Watch
    drift: Drift


def _nobody(point: str) -> None:
    """No test watches."""


@asynccontextmanager
async def running(
    root: Path,
    library: Library,
    environ: Mapping[str, str],
    *,
    store_path: Path | None = None,
    clock: Clock | None = None,
    extra: Mapping[str, Channel] | None = None,
    probe: Probe = _nobody,
    samples: bool = True,
) -> AsyncIterator[App]:
    """The whole product on the embedded store, from its start to its orderly end.

    `extra` are channels that stand in for, or beside, those of config.yaml. Raises StoreError if
    the store is in use or cannot be opened, ChannelError if a channel's settings are wrong.
    """
    clock = clock or SystemClock()
    brand = library.knowledge.brand
    path = store_path or root / brand.store
    store = EmbeddedStore(path, ALL_INDEXES, probe=probe)
    try:
        ledger = Ledger(signer_of(brand, path))
        precedents = Precedents(store, library)
        library.knowledge = replace(
            library.knowledge, earlier=precedents.earlier, private=Private(store).texts
        )
        web_chat = WebChannel(store, _web_name(library.knowledge))
        channels: dict[str, Channel] = {web_chat.name: web_chat}
        transitions = Transitions(
            store, channels, library, ledger, lambda: secrets.token_hex(16), probe
        )
        service = BackOffice(transitions, clock)
        assurance = Assurance(store, library, clock)
        service.taught = assurance.refresh
        library.watched.append(assurance.status)
        slack = None
        if wanted(environ):
            slack = SlackChannel.create(brand, environ, service, store, clock)
            channels |= dict.fromkeys(slack.names, slack)
            library.watched.append(slack.status)
        channels |= extra or {}
        drift = Drift(store, library, clock)
        library.watched.append(drift.banner)
        proposals = Proposals(root, store, library, clock.now)
        site, sign_in = _site(
            root,
            store,
            service,
            web_chat,
            library,
            ledger,
            clock,
            slack,
            drift,
            proposals,
            assurance,
        )

        async def changed() -> None:
            await service.files_changed()
            await assurance.refresh()

        watch = Watch(root, library, clock, changed)
        await assurance.begin()
        if samples:
            await put_samples(root, web_chat.name, store, transitions, clock)
        await service.start(watch.run(), drift.run())
        for channel in set(channels.values()):
            await channel.start()
        control = Control(path, {"pause": partial(_pause, service), **proposals.commands})
        await control.start()
        try:
            yield App(site, service, store, library, sign_in, channels, watch, drift)
        finally:
            await control.stop()
            for channel in set(channels.values()):
                await channel.stop()
            await service.stop()
    finally:
        with suppress(StoreError):  # it is signed at the next start
            await store.write(ledger.sign)
        store.close()


async def _pause(service: BackOffice, request: Request) -> str:
    return await service.pause(
        Stop(
            str(request.get("by", "")),
            str(request.get("role", "")),
            str(request.get("channel", "")),
            str(request.get("reason", "")),
            bool(request.get("go_on")),
        )
    )


def _web_name(knowledge: Knowledge) -> str:
    web_channels = [c.name for c in knowledge.brand.channels.values() if c.kind == "web"]
    return web_channels[0] if web_channels else "web"


def _is_one_way(knowledge: Knowledge, name: str) -> bool:
    channel = knowledge.brand.channels.get(name)
    return channel is not None and channel.is_one_way


def _site(
    root: Path,
    store: EmbeddedStore,
    service: BackOffice,
    web_chat: WebChannel,
    library: Library,
    ledger: Ledger,
    clock: Clock,
    slack: SlackChannel | None,
    drift: Drift,
    proposals: Proposals,
    assurance: Assurance,
) -> tuple[web.Application, SignIn]:
    brand = library.knowledge.brand
    https = brand.server.public_url.startswith("https://")
    own = root / "templates" / "pages"
    pages = Pages(
        [own, PAGES] if own.is_dir() else [PAGES], brand.name, brand.url, zone=brand.hours.zone
    )
    hub = Hub(service)
    sign_in = SignIn(store, lambda id: library.knowledge.brand.find_person(id), now=clock.now)
    ratings = Ratings(store)
    chat = Chat(
        service,
        web_chat,
        hub,
        pages,
        ChatSettings(https=https, embed=brand.server.embed),
        now=clock.now,
        one_way=lambda: _is_one_way(library.knowledge, web_chat.name),
        rated=ratings.of,
    )
    link_pages = LinkPages(
        Links(store, clock.now, secrets.randbits),
        web_chat.name,
        pages,
        lambda: {p.name: p.title for p in library.knowledge.brand.channels.values()},
        https=https,
        embed=brand.server.embed,
        monotonic=clock.monotonic,
    )
    reception = Reception(sign_in, pages, https=https)
    desk = Desk(
        service,
        sign_in,
        reception,
        hub,
        pages,
        lambda: library.knowledge.brand.people,
        teams=lambda: bool(library.knowledge.brand.teams),
        now=clock.now,
        rated=ratings.of_engagement,
    )
    rooms: list[Room] = [  # their routes come before the desk's, for a card can have any address
        Learning(reception, proposals, drift, library),
        Corrections(reception, service, lambda: library.knowledge.promises),
        SendingRoom(service, reception),
        Certainty(reception, library, assurance),
        FiguresRoom(reception, store, library, ratings, clock.now),
    ]
    record = PublicRecord(store, service, library, ledger, pages, now=clock.now)
    of_rooms = [route for room in rooms for route in room.routes()]
    routes = [
        *Front(pages).routes(),
        *chat.routes(),
        *link_pages.routes(),
        *RatingForm(ratings, web_chat.name, pages, https=https).routes(),
        *of_rooms,
        *desk.routes(),
        *record.routes(),
        *ChannelPage(store, library, pages, clock.now).routes(),
    ]
    site = build(routes, pages, proxy=brand.server.proxy)
    if slack is not None:
        slack.routes(site)
    site.cleanup_ctx.append(hub.running)
    site.on_shutdown.append(hub.closing)
    return site, sign_in
