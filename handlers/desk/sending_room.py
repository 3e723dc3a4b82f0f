"""The room “Sending”: what goes out, what holds it, and the button that stops it.

Everybody at the desk sees how each channel stands; leads can pause it, with a reason, and resume.
"""

from __future__ import annotations

from typing import Protocol

from aiohttp import web

from bot.model import Role
from bot.model.errors import AboveboardError
from handlers.desk.reception import Reception
from handlers.service.commands.sending.pause_sending import LONGEST_REASON, Stop
from handlers.service.queries.sending_status import SendingLine


class Sending(Protocol):
    def sending(self) -> list[SendingLine]: ...
    def banners(self) -> list[str]: ...
    async def pause(self, stop: Stop) -> str: ...


class SendingRoom:
    def __init__(self, service: Sending, reception: Reception) -> None:
        self._service, self._reception = service, reception

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/desk/sending", self.show), web.post("/desk/sending", self.change)]

    async def show(self, request: web.Request) -> web.Response:
        visit = self._reception.visit(request)
        if visit is None:
            return self._reception.door(request)
        return self._page(request)

    async def change(self, request: web.Request) -> web.Response:
        """Pause or resume a channel, or everything. Leads only."""
        visit, form = await self._reception.form(request)
        if Role.LEAD not in visit.person.roles:
            return self._page(request, "Only a lead can stop sending here.", 403)
        stop = Stop(
            visit.person.name,
            "a lead",
            form.get("channel"),
            form.get("reason").strip(),
            go_on=form.get("do") == "resume",
        )
        try:
            words = await self._service.pause(stop)
        except AboveboardError as error:
            return self._page(request, str(error), 409)
        return self._page(request, words)

    def _page(self, request: web.Request, said: str = "", status: int = 200) -> web.Response:
        visit = self._reception.required(request)
        return self._reception.page(
            request,
            "desk_sending.html.j2",
            visit,
            status=status,
            said=said,
            done=status == 200,
            lines=self._service.sending(),
            may_stop=Role.LEAD in visit.person.roles,
            longest=LONGEST_REASON,
        )
