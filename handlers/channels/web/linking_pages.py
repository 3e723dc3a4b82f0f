"""“Continue from another channel”: where a customer joins this chat with another, and parts them.

A code is shown once, to the session that asked for it, in answer to its own form; a page that is
loaded again holds none. Sending the code from elsewhere is the consent
(bot/handoff/identity_linking.py)."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from aiohttp import web

from bot.model import Identity
from handlers.channels.web.chat_sessions import Cookies, Session
from handlers.pages import Pages, policy, read_form
from handlers.pages.rate_limit import Buckets, Rate
from handlers.ports.service_port import IdentityLinks, Offer

BY_SESSION = Rate(burst=3, every=60.0)
BY_ADDRESS = Rate(burst=20, every=30.0)


class LinkPages:
    """`titles`: how each channel is called now. `embed`: the sites that may show the chat now."""

    def __init__(
        self,
        links: IdentityLinks,
        channel: str,
        pages: Pages,
        titles: Callable[[], Mapping[str, str]],
        *,
        https: bool = False,
        embed: Callable[[], tuple[str, ...]] = tuple,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._links, self._channel, self._pages, self._titles = links, channel, pages, titles
        self._cookies, self._embed = Cookies(https), embed
        self._by_session = Buckets(BY_SESSION, monotonic)
        self._by_address = Buckets(BY_ADDRESS, monotonic)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/chat/link", self.show),
            web.post("/chat/link", self.offer),
            web.post("/chat/unlink", self.part),
        ]

    async def show(self, request: web.Request) -> web.Response:
        return self._page(request, self._required(request))

    async def offer(self, request: web.Request) -> web.Response:
        """A new code, shown in the answer to this form and nowhere else."""
        session = self._required(request)
        await read_form(request, session.csrf)
        wait = self._by_session.take(session.thread) or self._by_address.take(request.remote or "?")
        if wait:
            raise web.HTTPTooManyRequests(headers={"Retry-After": str(int(wait) + 1)})
        language = self._pages.words.language(request)
        offer = await self._links.offer(Identity(self._channel, session.thread), language)
        return self._page(request, session, offer)

    async def part(self, request: web.Request) -> web.Response:
        session = self._required(request)
        await read_form(request, session.csrf)
        await self._links.part(Identity(self._channel, session.thread))
        raise web.HTTPSeeOther("/chat/link" + self._query(request))

    def _page(
        self, request: web.Request, session: Session, offer: Offer | None = None
    ) -> web.Response:
        titles = self._titles()
        joined = self._links.joined(Identity(self._channel, session.thread))
        response = self._pages.page(
            request,
            "chat_link.html.j2",
            csrf=session.csrf,
            offer=offer,
            joined=[(titles.get(channel, channel), since) for channel, since in joined],
            query=self._query(request),
            embedded=self._embedded(request),
        )
        if self._embedded(request):
            response.headers["Content-Security-Policy"] = policy(("'self'", *self._embed()))
        return response

    def _required(self, request: web.Request) -> Session:
        session = self._cookies.read(request, self._embedded(request))
        if session is None:  # whoever has no chat yet begins with one
            raise web.HTTPSeeOther("/chat" + self._query(request))
        return session

    def _embedded(self, request: web.Request) -> bool:
        return request.query.get("embed") == "1"

    def _query(self, request: web.Request) -> str:
        parts = ["embed=1"] if self._embedded(request) else []
        if (language := request.query.get("lang", "")) in self._pages.words.languages:
            parts.append(f"lang={language}")
        return f"?{'&'.join(parts)}" if parts else ""
