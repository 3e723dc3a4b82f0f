"""The site: every page's routes, in the order in which they are tried. `handlers/app.py` brings the
parts; nothing is joined here that is not a page."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from bot.brand.settings import Brand
from handlers.brandfiles.loading import Library
from handlers.channels.web import Chat, ChatSettings, WebChannel
from handlers.channels.web.linking_pages import LinkPages
from handlers.channels.web.rating_form import RatingForm
from handlers.desk import Desk, Reception, Room, SendingRoom, SignIn
from handlers.desk.certainty_room import Certainty
from handlers.desk.corrections_room import Corrections
from handlers.desk.figures_room import FiguresRoom
from handlers.desk.learning_room import Learning
from handlers.pages import Hub, Masthead, Pages, build
from handlers.ports.clock import Clock
from handlers.public.channel_page import ChannelPage
from handlers.public.front_page import Front
from handlers.public.record_pages import PublicRecord
from handlers.service.application_service import ApplicationService
from handlers.service.commands.customers.linking_page_commands import CustomerLinks
from handlers.service.learning.drift_watch import Drift
from handlers.service.learning.guarantee_keeping import Assurance
from handlers.service.learning.proposals import Proposals
from handlers.service.learning.ratings import Ratings
from handlers.service.record.ledger import Ledger
from handlers.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from handlers.channels.slack.channel import SlackChannel

PAGES = Path(__file__).resolve().parent.parent / "templates" / "pages"


@dataclass(frozen=True, slots=True)
class SiteParts:
    """What the pages are made of. `slack`: None where Slack isn't used."""

    root: Path
    store: EmbeddedStore
    service: ApplicationService
    web_chat: WebChannel
    library: Library
    ledger: Ledger
    clock: Clock
    slack: SlackChannel | None
    drift: Drift
    proposals: Proposals
    assurance: Assurance

    @property
    def https(self) -> bool:
        return self.library.knowledge.brand.server.public_url.startswith("https://")


def build_site(parts: SiteParts) -> tuple[web.Application, SignIn]:
    """The site, and what makes links to its desk."""
    brand = parts.library.knowledge.brand
    own = parts.root / "templates" / "pages"
    folders = [own, PAGES] if own.is_dir() else [PAGES]
    pages = Pages(folders, lambda: _masthead(parts.library.knowledge.brand))
    hub, ratings = Hub(parts.service), Ratings(parts.store)
    sign_in = SignIn(
        parts.store, lambda id: parts.library.knowledge.brand.find_person(id), now=parts.clock.now
    )
    routes = [
        *Front(pages).routes(),
        *_chat_routes(parts, pages, hub, ratings),
        *_desk_routes(parts, pages, hub, ratings, sign_in),
        *_public_routes(parts, pages),
    ]
    site = build(routes, pages, proxy=brand.server.proxy)
    if parts.slack is not None:
        parts.slack.routes(site)
    site.cleanup_ctx.append(hub.running)
    site.on_shutdown.append(hub.closing)
    return site, sign_in


def _chat_routes(parts: SiteParts, pages: Pages, hub: Hub, ratings: Ratings) -> list[web.RouteDef]:
    library, web_chat, clock = parts.library, parts.web_chat, parts.clock
    chat = Chat(
        parts.service,
        web_chat,
        hub,
        pages,
        ChatSettings(https=parts.https),
        now=clock.now,
        monotonic=clock.monotonic,
        one_way=lambda: _is_one_way(library, web_chat.name),
        embed=lambda: library.knowledge.brand.server.embed,
        rated=ratings.read_of_answer,
    )
    link_pages = LinkPages(
        CustomerLinks(parts.store, clock.now, secrets.randbits),
        web_chat.name,
        pages,
        lambda: {p.name: p.title for p in library.knowledge.brand.channels.values()},
        https=parts.https,
        embed=lambda: library.knowledge.brand.server.embed,
        monotonic=clock.monotonic,
    )
    rating_form = RatingForm(ratings, web_chat.name, pages, https=parts.https)
    return [*chat.routes(), *link_pages.routes(), *rating_form.routes()]


def _desk_routes(
    parts: SiteParts, pages: Pages, hub: Hub, ratings: Ratings, sign_in: SignIn
) -> list[web.RouteDef]:
    service, library, store = parts.service, parts.library, parts.store
    now = parts.clock.now
    reception = Reception(sign_in, pages, https=parts.https)
    desk = Desk(
        service,
        sign_in,
        reception,
        hub,
        pages,
        lambda: library.knowledge.brand.people,
        teams=lambda: bool(library.knowledge.brand.teams),
        now=now,
        rated=ratings.read_of_engagement,
    )
    rooms: list[Room] = [  # their routes come before the desk's, for a card can have any address
        Learning(reception, parts.proposals, parts.drift, library),
        Corrections(reception, service, lambda: library.knowledge.promises),
        SendingRoom(service, reception),
        Certainty(reception, library, parts.assurance),
        FiguresRoom(reception, store, library, ratings, now),
    ]
    return [*(route for room in rooms for route in room.routes()), *desk.routes()]


def _public_routes(parts: SiteParts, pages: Pages) -> list[web.RouteDef]:
    store, library, now = parts.store, parts.library, parts.clock.now
    record = PublicRecord(store, parts.service, library, parts.ledger, pages, now=now)
    return [*record.routes(), *ChannelPage(store, library, pages, now).routes()]


def _masthead(brand: Brand) -> Masthead:
    return Masthead(brand.name, brand.url, brand.hours.zone)


def _is_one_way(library: Library, name: str) -> bool:
    channel = library.knowledge.brand.channels.get(name)
    return channel is not None and channel.is_one_way
