"""“Did this help?”: a quiet line under an answer, for the one who asked and for nobody else.

Whoever doesn't press it is asked nothing, now or later. Only the session whose chat it is can say
it: the entry's public page is open to everybody, and so has no such line. It can be said again,
otherwise; the last counts.
"""

from __future__ import annotations

from aiohttp import web

from handlers.channels.web.chat_intake import place_of
from handlers.channels.web.chat_sessions import Cookies
from handlers.pages import Pages, read_form, wants_json
from handlers.ports.service_port import AnswerRatings

HELPED = {"yes": True, "no": False}


class RatingForm:
    """Takes what the chat's page posts; the line itself is in the page."""

    def __init__(
        self, ratings: AnswerRatings, channel: str, pages: Pages, *, https: bool = False
    ) -> None:
        self._ratings, self._channel, self._pages = ratings, channel, pages
        self._cookies = Cookies(https)

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/chat/helped/{answer}", self.rate)]

    async def rate(self, request: web.Request) -> web.Response:
        language = self._pages.words.language(request)
        say = self._pages.words.of(language)
        embedded = request.query.get("embed") == "1"
        session = self._cookies.read(request, embedded)
        if session is None:
            raise web.HTTPBadRequest(text=say["problem_cookie"])
        form = await read_form(request, session.csrf)
        answer, helped = request.match_info["answer"], HELPED.get(form.get("helped"))
        if helped is None:
            raise web.HTTPBadRequest()
        conversation = place_of(self._channel, session).conversation
        if not await self._ratings.by_customer(conversation, answer, helped):
            raise web.HTTPNotFound()
        if wants_json(request):
            return web.json_response({"helped": helped})
        query = "&".join(
            [
                *(["embed=1"] if embedded else []),
                *([f"lang={language}"] if "lang" in request.query else []),
            ]
        )
        raise web.HTTPSeeOther(f"/chat{'?' if query else ''}{query}#post-{answer}")
