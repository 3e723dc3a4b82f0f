"""The customer's page: reads and writes one conversation, with or without scripts.

A message carries an id that the page made; the same id twice is one message. It is acknowledged
only after the service stored it. What is new comes as server-sent events whose ids say what the
browser has seen, so that a lost connection resumes where it was. A customer sees the conversation
that their cookie's secret names, and no other.
"""

from __future__ import annotations

import json
import secrets
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from bot.learning.rating import AnswerRating
from bot.model import Origin, Place
from bot.model.errors import StoreError
from handlers.channels.web.channel import WebChannel
from handlers.channels.web.chat_intake import ChatIntake, NotTaken, place_of
from handlers.channels.web.chat_limits import ChatLimits, Seats
from handlers.channels.web.chat_sessions import Cookies, Session
from handlers.channels.web.seen_mark import seen_mark, was_seen
from handlers.pages import Hub, Pages, Stream, policy, read_form, wants_json
from handlers.ports.service_port import Service, Turn


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """What holds for as long as the server runs."""

    https: bool = False
    limits: ChatLimits = field(default_factory=ChatLimits)


class Chat:
    """The chat's pages. Everything it needs comes in as arguments. `embed` gives the origins of the
    sites that may show the widget. `rated` says what was said of an answer; without it nobody is
    asked."""

    def __init__(
        self,
        service: Service,
        channel: WebChannel,
        hub: Hub,
        pages: Pages,
        settings: ChatSettings | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
        secret: Callable[[], str] = lambda: secrets.token_urlsafe(32),
        one_way: Callable[[], bool] = lambda: False,
        embed: Callable[[], tuple[str, ...]] = tuple,
        rated: Callable[[str], AnswerRating] | None = None,
    ) -> None:
        settings = settings or ChatSettings()
        self._service, self._channel, self._hub, self._pages = service, channel, hub, pages
        self._secret, self._one_way, self._embed, self._rated = secret, one_way, embed, rated
        self._cookies = Cookies(settings.https)
        self._limits = settings.limits
        self._intake = ChatIntake(service, channel.name, self._limits, now, monotonic)
        self._seats = Seats()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/chat", self.show),
            web.post("/chat", self.write),
            web.post("/chat/person", self.ask_for_person),
            web.get("/record/{address}/person", self.offer_person),
            web.post("/chat/new", self.leave),
            web.get("/chat/events", self.events, allow_head=False),
            web.get("/widget.js", self.widget),
        ]

    # pages

    async def show(self, request: web.Request) -> web.Response:
        session = self._session(request) or Session(self._secret())
        return self._page(request, session)

    async def write(self, request: web.Request) -> web.Response:
        session = self._required(request)
        form = await read_form(request, session.csrf)
        return await self._take(request, session, form.get("id"), form.get("text").strip())

    async def ask_for_person(self, request: web.Request) -> web.Response:
        """“A person, please”: the customer's message, in the words of their page."""
        session = self._required(request)
        await read_form(request, session.csrf)
        say = self._pages.words.of(self._pages.words.language(request))
        answers = sum(turn.reply is not None for turn in self._turns(session))
        id = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{session.thread}/person/{answers}"))
        return await self._take(request, session, id, say["person_message"])

    async def offer_person(self, request: web.Request) -> web.Response:
        """Where “a person, please” under an answer leads: a button, or where to write it."""
        session = self._session(request)
        csrf = session.csrf if session is not None and self._turns(session) else ""
        return self._pages.page(request, "chat_person.html.j2", csrf=csrf)

    async def leave(self, request: web.Request) -> web.Response:
        """Forget this chat in this browser; the next page begins a new one."""
        session = self._required(request)
        await read_form(request, session.csrf)
        response = web.HTTPSeeOther(self._address(request))
        self._cookies.set(response, Session(self._secret()), self._embedded(request))
        raise response

    async def widget(self, request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound("/static/widget.js")

    # live

    async def events(self, request: web.Request) -> web.StreamResponse:
        session = self._required(request)
        limits = self._limits
        with (
            self._seats.hold(f"s{session.thread}", limits.session_streams) as seat,
            self._seats.hold(f"a{request.remote}", limits.address_streams) as room,
        ):
            if not (seat and room):
                raise web.HTTPTooManyRequests(headers={"Retry-After": "30"})
            stream = Stream(request)
            with suppress(ConnectionResetError):  # the browser went away; it comes back itself
                await self._follow(stream, request, session)
            return stream.response

    async def _follow(self, stream: Stream, request: web.Request, session: Session) -> None:
        language = self._pages.words.language(request)
        await stream.open()
        with self._hub.listen(self._place(session).conversation) as listener:
            seen = stream.last or request.query.get("seen", "")
            stood = None
            while not listener.closed:
                for turn in self._turns(session):
                    if not was_seen(turn.key, seen):
                        seen = seen_mark([turn.key], seen)
                        await stream.send(
                            "turn", self._turn(request, session, turn, language), seen
                        )
                if stood != (stood := self._standing(session, language)):
                    await stream.send("standing", stood)
                if not await listener.take():
                    await stream.ping()

    # taking a message

    async def _take(
        self, request: web.Request, session: Session, id: str, text: str
    ) -> web.Response:
        try:
            key = await self._intake.take(
                session, request.remote or "?", id, text, self._pages.words.language(request)
            )
        except NotTaken as problem:
            return self._refuse(request, session, problem, text)
        except StoreError:
            return self._refuse(request, session, NotTaken(503, "problem_store", 5.0), text)
        if wants_json(request):
            return web.json_response({"key": key}, status=202)
        raise web.HTTPSeeOther(self._address(request) + "#latest")

    def _refuse(
        self, request: web.Request, session: Session, problem: NotTaken, text: str
    ) -> web.Response:
        say = self._pages.words.of(self._pages.words.language(request))
        words = say[problem.words].format(longest=self._limits.longest, length=len(text))
        if wants_json(request):
            error = {"status": problem.status, "words": words}
            response = web.json_response({"error": error}, status=problem.status)
        else:
            response = self._page(request, session, problem.status, words, text)
        if problem.wait:
            response.headers["Retry-After"] = str(int(problem.wait) + 1)
        return response

    # what is shown

    def _page(
        self,
        request: web.Request,
        session: Session,
        status: int = 200,
        problem: str = "",
        kept: str = "",
    ) -> web.Response:
        embedded = self._embedded(request)
        language = self._pages.words.language(request)
        turns = self._turns(session)
        response = self._pages.page(
            request,
            "chat.html.j2",
            status=status,
            turns=[self._shown(request, session, turn) for turn in turns],
            one_way=self._one_way(),
            standing=self._service.standing(self._place(session).conversation, language),
            seen=seen_mark(turn.key for turn in turns),
            csrf=session.csrf,
            id=str(uuid.uuid4()),
            problem=problem,
            kept=kept,
            longest=self._limits.longest,
            embedded=embedded,
            address=self._address(request),
            query=self._query(request),
            languages=self._pages.words.languages,
        )
        self._cookies.set(response, session, embedded)
        if embedded:
            response.headers["Content-Security-Policy"] = policy(("'self'", *self._embed()))
        return response

    def _turn(self, request: web.Request, session: Session, turn: Turn, language: str) -> str:
        shown = self._shown(request, session, turn)
        return self._pages.render("chat_turn.html.j2", language, turn=shown)

    def _standing(self, session: Session, language: str) -> str:
        standing = self._service.standing(self._place(session).conversation, language)
        return self._pages.render("chat_standing.html.j2", language, standing=standing)

    def _shown(self, request: web.Request, session: Session, turn: Turn) -> dict[str, Any]:
        """A turn as the page shows it: of what was sent, exactly the payload that was posted."""
        post, rating = None, None
        if turn.reply is not None:
            posted = self._channel.post(turn.key) or self._channel.render(turn.reply, turn.key)
            post = json.loads(posted)
            if self._rated is not None and turn.reply.origin is not Origin.NOTICE:
                helped, query = self._rated(turn.key).customer, self._query(request)
                rating = {"helped": helped, "csrf": session.csrf, "query": query}
        return {"key": turn.key, "at": turn.at, "text": turn.text, "post": post, "rating": rating}

    # whose it is

    def _session(self, request: web.Request) -> Session | None:
        return self._cookies.read(request, self._embedded(request))

    def _required(self, request: web.Request) -> Session:
        session = self._session(request)
        if session is None:
            say = self._pages.words.of(self._pages.words.language(request))
            raise web.HTTPBadRequest(text=say["problem_cookie"])
        return session

    def _place(self, session: Session) -> Place:
        return place_of(self._channel.name, session)

    def _turns(self, session: Session) -> list[Turn]:
        return self._service.turns(self._place(session).conversation)

    # addresses

    def _embedded(self, request: web.Request) -> bool:
        return request.query.get("embed") == "1"

    def _query(self, request: web.Request) -> str:
        parts = ["embed=1"] if self._embedded(request) else []
        if (language := request.query.get("lang", "")) in self._pages.words.languages:
            parts.append(f"lang={language}")
        return f"?{'&'.join(parts)}" if parts else ""

    def _address(self, request: web.Request) -> str:
        return "/chat" + self._query(request)
