"""The desk's pages: a queue, a card, and one POST for each decision.

The card is the service's; this only lays it out. The same addresses serve a whole page to a plain
browser and a part of it to htmx, so what works with scripts works without. A decision is put to
the service as it was meant, with the digest of the text that was seen; what became of it is shown
where it was made. Live events say only that something changed: the page asks for what is so now.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from bot.cards.card import Card
from bot.cards.decisions import Action
from bot.cards.wording import OBJECTIONS
from bot.learning.rating import AnswerRating
from bot.model import Person
from bot.model.events import NOTHING
from handlers.desk.decision_form import Incomplete, read_decision
from handlers.desk.marked_text import marked
from handlers.desk.reception import Reception
from handlers.desk.sign_in import SignIn, Visit
from handlers.pages import Hub, Pages, Stream, read_form
from handlers.ports.service_port import Service, Turn

VIEWS = {"mine": "Mine", "team": "My teams", "all": "All", "overheard": "Overheard", "done": "Done"}
SHOWN = 100  # cards in the queue at once; the rest is found by searching
FORMS = (
    Action.EDIT,
    Action.REJECT,
    Action.ASSIGN,
    Action.ESCALATE,
    Action.REDRAFT,
    Action.TAG,
    Action.IGNORE,
)
PERHAPS = 0.05  # below this score a candidate isn't shown
STEPS = ("queue", "conversation", "reply")


@dataclass(frozen=True, slots=True)
class View:
    """Which part of the queue somebody looks at; kept in every address of the page."""

    name: str
    search: str

    @property
    def query(self) -> str:
        kept = {"view": self.name if self.name != "all" else "", "search": self.search}
        return urlencode({k: v for k, v in kept.items() if v})


@dataclass(frozen=True, slots=True)
class Said:
    """What became of a decision, for the person who made it; `kept` are their own words."""

    words: str = ""
    done: bool = True
    kept: str | None = None


class Desk:
    """The approvers' pages. Everything it needs comes in as arguments."""

    def __init__(
        self,
        service: Service,
        sign_in: SignIn,
        reception: Reception,
        hub: Hub,
        pages: Pages,
        people: Callable[[], tuple[Person, ...]],
        *,
        teams: Callable[[], bool] = lambda: False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        rated: Callable[[str], AnswerRating | None] = lambda engagement: None,
    ) -> None:
        self._service, self._sign_in, self._hub, self._pages = service, sign_in, hub, pages
        self._reception = reception
        self._people = people
        self._teams = teams  # whether the brand has any
        self._now = now
        self._rated = rated  # what was said of an engagement's answer; None: none was sent

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/desk", self.show),
            web.get("/desk/sign-in", self.enter, allow_head=False),
            web.post("/desk/sign-out", self.leave),
            web.get("/desk/queue", self.queue),
            web.get("/desk/events", self.events, allow_head=False),
            web.get("/desk/{engagement}", self.show),
            web.post("/desk/{engagement}/{action}", self.decide),
        ]

    def _known(self, id: str) -> Person | None:
        return next((person for person in self._people() if person.id == id), None)

    # coming and going

    async def enter(self, request: web.Request) -> web.Response:
        """Uses up the link. Not a redirect: the first visit comes from elsewhere, and a strict
        cookie is only sent by a page of ours."""
        if "prefetch" in request.headers.get("Sec-Purpose", ""):
            raise web.HTTPServiceUnavailable()
        secret = await self._sign_in.enter(request.query.get("token", ""))
        if secret is None:
            return self._reception.door(request, used=True)
        response = self._pages.page(request, "desk_welcome.html.j2")
        self._reception.remember(response, secret)
        return response

    async def leave(self, request: web.Request) -> web.Response:
        visit = self._reception.visit(request)
        if visit is not None:
            await read_form(request, visit.csrf)
            await self._sign_in.leave(visit.secret)
        response = self._pages.page(request, "desk_door.html.j2", used=False)
        self._reception.remember(response, "")
        return response

    # looking

    async def show(self, request: web.Request) -> web.Response:
        visit = self._reception.visit(request)
        if visit is None:
            return self._reception.door(request)
        id = request.match_info.get("engagement", "")
        if id and self._service.card(id, visit.person) is None:
            raise web.HTTPNotFound(text="This card is not on the desk. It may have been forgotten.")
        return self._answer(request, visit, id)

    async def queue(self, request: web.Request) -> web.Response:
        visit = self._reception.required(request)
        view, at = _view(request), request.query.get("at", "")
        return self._reception.part("desk_queue.html.j2", **self._queue(visit, view, at))

    async def events(self, request: web.Request) -> web.StreamResponse:
        """`changed`: an engagement and the version that it has now. Ends with the session."""
        self._reception.required(request)
        stream = Stream(request)
        with suppress(ConnectionResetError), self._hub.listen() as listener:
            await stream.open()
            while not listener.closed:
                changed = await listener.take()
                if (visit := self._reception.visit(request)) is None:
                    break
                for id in sorted(changed):
                    card = self._service.card(id, visit.person)
                    await stream.send("changed", f"{id} {card.version if card else 0}")
                if not changed:
                    await stream.ping()
        return stream.response

    # deciding

    async def decide(self, request: web.Request) -> web.Response:
        visit, form = await self._reception.form(request)
        id, name = request.match_info["engagement"], request.match_info["action"]
        card = self._service.card(id, visit.person)
        if card is None or name not in set(Action):
            raise web.HTTPNotFound(text="There is no such card or action.")
        action = Action(name)
        kept = form.get("body") if action is Action.EDIT else None
        try:
            event = read_decision(action, form, visit.person, self._now(), self._known)
        except Incomplete as missing:
            return self._answer(request, visit, id, Said(str(missing), False, kept), action)
        answer = await self._service.decide(id, event)
        if answer.done:
            if not _by_htmx(request):
                raise web.HTTPSeeOther(_address(id, _view(request), step="reply"))
            return self._answer(request, visit, id, Said(answer.words))
        again = action if action in FORMS else None
        return self._answer(request, visit, id, Said(answer.words, False, kept), again)

    # what is shown

    def _answer(
        self,
        request: web.Request,
        visit: Visit,
        id: str,
        said: Said | None = None,
        do: Action | None = None,
    ) -> web.Response:
        """The card alone for htmx, else the whole page with it."""
        said, view = said or Said(), _view(request)
        asked = request.query.get("do", "")
        do = do or (Action(asked) if asked in set(FORMS) else None)
        step = request.query.get("step", "")
        if step not in STEPS:
            step = "reply" if do or said.words else "conversation" if id else "queue"
        queue = self._queue(visit, view, id)
        if not id and queue["cards"]:
            id = queue["at"] = queue["cards"][0].engagement
        values = self._card(visit, view, id, said, do, step)
        if _by_htmx(request):
            return self._reception.part("desk_card.html.j2", **values)
        status = 200 if said.done else 409
        return self._reception.page(request, "desk.html.j2", status=status, **{**queue, **values})

    def _queue(self, visit: Visit, view: View, at: str) -> dict[str, Any]:
        views = {name: title for name, title in VIEWS.items() if name != "team" or self._teams()}
        counts = {name: len(self._service.queue(visit.person, name)) for name in views}
        found = self._service.queue(visit.person, view.name, view.search)
        return {
            "view": view,
            "views": [(name, title, counts[name]) for name, title in views.items()],
            "cards": found[:SHOWN],
            "more": max(len(found) - SHOWN, 0),
            "at": at,
            "banners": self._service.banners(),
            "visit": visit,
        }

    def _card(
        self, visit: Visit, view: View, id: str, said: Said, do: Action | None, step: str
    ) -> dict[str, Any]:
        card = self._service.card(id, visit.person) if id else None
        return {
            "card": card,
            "figures": self._service.figures() if card is None else None,
            "marked": marked(card.as_sent, card.body, card.marks) if card else None,
            "earlier": self._earlier(card) if card else [],
            "elsewhere": self._service.elsewhere(card.engagement, visit.person) if card else [],
            "perhaps": _perhaps(card) if card else [],
            "rated": self._rated(card.engagement) if card else None,
            "said": said,
            "do": do.value if card and do in card.actions else "",
            "step": step,
            "view": view,
            "visit": visit,
            "objections": OBJECTIONS.items(),
            "nothing": NOTHING,
            "deciders": [p for p in self._people() if p.may_decide],
        }

    def _earlier(self, card: Card) -> list[Turn]:
        """The rest of the conversation: what isn't the ask itself."""
        asked = set(card.asked.split("\n"))
        turns = self._service.turns(card.conversation) if card.conversation else []
        return [turn for turn in turns if turn.reply or not set(turn.text.split("\n")) <= asked]


def _perhaps(card: Card) -> list[tuple[str, str]]:
    """What else the customer may want: title and score, where it is worth a thought."""
    return [
        (title, score)
        for _, title, score in card.candidates
        if not card.understood.startswith(f"{title} ·") and float(score) >= PERHAPS
    ]


def _view(request: web.Request) -> View:
    name = request.query.get("view", "all")
    return View(name if name in VIEWS else "all", request.query.get("search", "")[:200])


def _address(id: str, view: View, **more: str) -> str:
    query = "&".join(part for part in (view.query, urlencode(more)) if part)
    return f"/desk/{id}" + (f"?{query}" if query else "")


def _by_htmx(request: web.Request) -> bool:
    return request.headers.get("HX-Request") == "true"
