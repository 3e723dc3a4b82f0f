"""The room of corrections: what somebody says is wrong, and what a person makes of it.

“Wrong” offers the two ways out: what is right is written here once, and becomes a card in each
conversation that was told the same; what everybody can read is changed by an author, in the
published facts. The reason is public; whoever writes it is told so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from bot.brand.promises import PublishedPromise
from bot.record.correction import CorrectionDecision, CorrectionOutcome
from handlers.desk.reception import Reception
from handlers.desk.sign_in import Visit
from handlers.pages import Form
from handlers.ports.service_port import Disputed, Disputes

ADDRESS = "/desk/corrections"
LONGEST = 2_000  # characters of a reason, or of what is right
OUTCOMES = {
    CorrectionOutcome.WRONG: "It was wrong",
    CorrectionOutcome.STANDS: "It stands",
    CorrectionOutcome.UNKNOWN: "Nobody can say",
}


class Corrections:
    """The page, and its two forms: decide on a correction, begin one of our own."""

    def __init__(
        self,
        reception: Reception,
        service: Disputes,
        promises: Callable[[], Mapping[str, PublishedPromise]],
    ) -> None:
        self._reception, self._service, self._promises = reception, service, promises

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(ADDRESS, self.show),
            web.post(ADDRESS, self.begin),
            web.post(f"{ADDRESS}/{{key}}", self.decide),
        ]

    async def show(self, request: web.Request) -> web.Response:
        visit = self._reception.visit(request)
        return self._reception.door(request) if visit is None else self._page(request, visit)

    async def begin(self, request: web.Request) -> web.Response:
        """Somebody of ours says that an entry is wrong."""
        visit, form = await self._reception.form(request)
        entry, words = form.get("entry").strip(), form.get("words").strip()
        if not visit.person.may_decide:
            return self._page(request, visit, 403, "You may look, but not decide.")
        if not words or len(words) > LONGEST:
            told = f"Say what is wrong with it, in at most {LONGEST} characters."
            return self._page(request, visit, 400, told, entry=entry)
        key = await self._service.correction(entry.rpartition("/")[2], words)
        if key is None:
            told = "The record has no entry at this address. Copy it from the answer's link."
            return self._page(request, visit, 404, told, entry=entry, words=words)
        raise web.HTTPSeeOther(f"{ADDRESS}#c-{key}")

    async def decide(self, request: web.Request) -> web.Response:
        visit, form = await self._reception.form(request)
        key = request.match_info["key"]
        problem, said = _disposition(form, self._promises())
        if said is None:
            return self._page(request, visit, 400, problem, at=key, form=form)
        answer = await self._service.dispose(key, visit.person, said)
        if not answer.done:
            return self._page(request, visit, 409, answer.words, at=key, form=form)
        return self._page(request, visit, 200, answer.words)

    def _page(
        self,
        request: web.Request,
        visit: Visit,
        status: int = 200,
        told: str = "",
        *,
        at: str = "",
        form: Form | None = None,
        entry: str = "",
        words: str = "",
    ) -> web.Response:
        found = self._service.disputed()
        values: dict[str, Any] = {
            "waiting": [it for it in found if it.correction.outcome is CorrectionOutcome.OPEN],
            "done": [it for it in found if it.correction.outcome is not CorrectionOutcome.OPEN],
            "outcomes": OUTCOMES,
            "promises": self._promises(),
            "told": told,
            "at": at,
            "kept": form.fields if form else {},
            "entry": entry or request.query.get("entry", "")[:200],
            "words": words,
            "longest": LONGEST,
            "reached": _reached,
        }
        return self._reception.page(
            request, "desk_corrections.html.j2", visit, status=status, **values
        )


def _reached(it: Disputed) -> int:
    return sum(it.reached.values())


def _disposition(
    form: Form, promises: Mapping[str, PublishedPromise]
) -> tuple[str, CorrectionDecision | None]:
    """What the form says; or why it can't be taken, and None."""
    outcome, reason = form.get("outcome"), form.get("reason").strip()
    promise = form.get("promise")
    if outcome not in set(OUTCOMES):
        return "Choose what you found: wrong, stands, or nobody can say.", None
    if not reason:
        return "Give the reason. It is public, so it names nobody.", None
    if len(reason) > LONGEST:
        return f"The reason is too long; {LONGEST} characters are the most.", None
    if promise and promise not in promises:
        return "There is no such promise.", None
    fields = form.fields.items()
    wrong = tuple(value for name, value in fields if name.startswith("wrong-"))
    bodies = {name.removeprefix("body-"): v.strip() for name, v in fields if name[:5] == "body-"}
    if any(len(body) > LONGEST for body in bodies.values()):
        return f"What is right is too long; {LONGEST} characters are the most.", None
    return "", CorrectionDecision(CorrectionOutcome(outcome), reason, wrong, bodies, promise)
