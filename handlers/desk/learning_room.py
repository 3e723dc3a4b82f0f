"""The desk's room “Learning”: what decisions propose to learn, for authors to accept or decline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.learning.drift import ALARM, EVERY
from bot.model import Span
from handlers.brandfiles.loading import Library
from handlers.desk.reception import Reception
from handlers.desk.sign_in import Visit
from handlers.service.learning.drift_watch import Drift
from handlers.service.learning.proposals import Outcome, Proposals

ADDRESS = "/desk/learning"
LONGEST = 1_000  # characters of an example


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `kind` says what is private in it, empty for nothing."""

    text: str
    kind: str = ""


class Learning:
    def __init__(
        self, reception: Reception, proposals: Proposals, drift: Drift, library: Library
    ) -> None:
        self._reception, self._proposals, self._library = reception, proposals, library
        self._drift = drift

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(ADDRESS, self.show),
            web.post(ADDRESS + "/accept", self.accept),
            web.post(ADDRESS + "/decline", self.decline),
            web.post(ADDRESS + "/acknowledge", self.acknowledge),
        ]

    async def show(self, request: web.Request) -> web.Response:
        visit = self._reception.visit(request)
        if visit is None:
            return self._reception.door(request)
        return await self._page(request, visit)

    async def accept(self, request: web.Request) -> web.Response:
        visit, form = await self._reception.form(request)
        if not visit.person.may_teach:
            return await self._page(request, visit, _REFUSED)
        text, locale = form.get("text")[:LONGEST], form.get("locale")
        outcome = await self._proposals.accept(form.get("id"), text, locale, visit.person.id)
        return await self._page(request, visit, outcome)

    async def decline(self, request: web.Request) -> web.Response:
        visit, form = await self._reception.form(request)
        if not visit.person.may_teach:
            return await self._page(request, visit, _REFUSED)
        outcome = await self._proposals.decline(form.get("id"), form.get("reason"), visit.person.id)
        return await self._page(request, visit, outcome)

    async def acknowledge(self, request: web.Request) -> web.Response:
        visit, form = await self._reception.form(request)
        if not (visit.person.may_decide or visit.person.may_teach):
            words = "Acknowledging needs the role approver, lead or author."
            return await self._page(request, visit, Outcome(False, words))
        outcome = await self._drift.acknowledge(form.get("id"), form.get("reason"), visit.person.id)
        return await self._page(request, visit, outcome)

    async def _page(
        self, request: web.Request, visit: Visit, outcome: Outcome | None = None
    ) -> web.Response:
        found, count = await self._proposals.waiting()
        if outcome is not None and outcome.shown is not None:
            changed = outcome.shown
            found = [changed if s.proposal.id == changed.proposal.id else s for s in found]
        values: dict[str, Any] = {
            "said": outcome,
            "alarms": self._drift.alarms(),
            "level": f"{EVERY / ALARM:,.0f}",
            "found": [(shown, pieces(shown.text, shown.private)) for shown in found],
            "more": count - len(found),
            "decided": self._proposals.decided(),
            "titles": {id: it.title_in("en") for id, it in self._library.knowledge.intents.items()},
            "locales": self._library.knowledge.brand.locales,
            "person_of": self._library.knowledge.brand.find_person,
            "banners": self._library.banners(),
        }
        status = 200 if outcome is None or outcome.done else 409
        return self._reception.page(
            request, "desk_learning.html.j2", visit, status=status, **values
        )


_REFUSED = Outcome(False, "Deciding what is learned needs the role author or lead.")


def pieces(text: str, private: tuple[Span, ...]) -> list[Piece]:
    """A text cut where private words stand in it."""
    cut, at = [], 0
    for span in private:
        cut += [Piece(text[at : span.start]), Piece(text[span.start : span.end], span.kind)]
        at = span.end
    return [piece for piece in (*cut, Piece(text[at:])) if piece.text]
