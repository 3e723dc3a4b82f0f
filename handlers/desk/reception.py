"""The desk's reception: every page of the desk asks it who somebody is, and what the rooms are.

A room is a page of the desk beside the queue: learning, corrections, channels. It is a class with
a `routes()` and a line in `ROOMS`; it asks `required` who is there and shows itself with `page`.
"""

from __future__ import annotations

from typing import Any, Protocol

from aiohttp import web

from handlers.desk.sign_in import SignIn, Visit
from handlers.pages import Form, Pages, read_form

ROOMS: tuple[tuple[str, str], ...] = (  # (address, what it is called)
    ("/desk", "Queue"),
    ("/desk/learning", "Learning"),
    ("/desk/corrections", "Corrections"),
    ("/desk/sending", "Sending"),
    ("/desk/certainty", "How sure we are"),
    ("/desk/figures", "Figures"),
)


class Room(Protocol):
    """A page of the desk beside the queue."""

    def routes(self) -> list[web.RouteDef]: ...


class Reception:
    """Who is at the desk, and the frame around each of its pages."""

    def __init__(self, sign_in: SignIn, pages: Pages, *, https: bool = False) -> None:
        self._sign_in, self._pages, self._https = sign_in, pages, https
        self._cookie = "__Host-desk" if https else "desk"

    def visit(self, request: web.Request) -> Visit | None:
        return self._sign_in.visit(request.cookies.get(self._cookie, ""))

    def required(self, request: web.Request) -> Visit:
        """Who is there. Raises HTTPUnauthorized, with words, if nobody is."""
        visit = self.visit(request)
        if visit is None:
            raise web.HTTPUnauthorized(text="You are signed out. Open the desk to sign in again.")
        return visit

    async def form(self, request: web.Request) -> tuple[Visit, Form]:
        """Who sent a form of ours, and its fields. Raises HTTPUnauthorized or HTTPForbidden.

        Who they are is looked up when all of it has come, which may take a while.
        """
        form = await read_form(request, self.required(request).csrf)
        return self.required(request), form

    def page(
        self, request: web.Request, template: str, visit: Visit, *, status: int = 200, **values: Any
    ) -> web.Response:
        """A page of the desk, with its bar and its rooms."""
        return self._pages.page(
            request, template, status=status, visit=visit, rooms=ROOMS, **values
        )

    def door(self, request: web.Request, *, used: bool = False) -> web.Response:
        """For somebody who is not signed in."""
        status = 403 if used else 401
        return self._pages.page(request, "desk_door.html.j2", status=status, used=used)

    def part(self, template: str, **values: Any) -> web.Response:
        """A part of a page, for htmx."""
        return web.Response(text=self._pages.render(template, **values), content_type="text/html")

    def remember(self, response: web.Response, secret: str) -> None:
        """Set the session's cookie; an empty secret takes it away."""
        response.set_cookie(
            self._cookie,
            secret,
            max_age=None if secret else 0,
            httponly=True,
            secure=self._https,
            samesite="Strict",
        )
