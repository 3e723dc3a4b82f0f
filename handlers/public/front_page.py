"""The front page: three doors."""

from __future__ import annotations

from aiohttp import web

from handlers.pages import Pages


class Front:
    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/", self.show)]

    async def show(self, request: web.Request) -> web.Response:
        return self._pages.page(request, "front.html.j2")
