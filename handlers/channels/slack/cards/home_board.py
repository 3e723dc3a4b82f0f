"""Keeps everybody's App Home as the stored state is.

Drawn when somebody opens it, and again for those people whenever something changed. Published with
the hash that Slack gave last; if another publish came between, the present state is drawn afresh.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any, Final

from handlers.channels.slack.api.background import BackgroundTasks
from handlers.channels.slack.api.client import Denied, Done, Later, SlackApi, canonical
from handlers.channels.slack.api.post_throttle import PostThrottle
from handlers.channels.slack.blocks.block_limits import faults
from handlers.channels.slack.cards.home_blocks import home, stranger
from handlers.channels.slack.slack_settings import InForce, find_person
from handlers.ports.clock import Clock
from handlers.ports.service_port import Service

_REST: Final = 5.0
_MOST: Final = 500  # homes kept fresh: the last that were opened
log = logging.getLogger("aboveboard.slack")


class HomeBoard:
    """`in_force` gives the brand as it is now; `banner`, what is wrong with Slack itself."""

    def __init__(
        self,
        in_force: InForce,
        service: Service,
        api: Callable[[], SlackApi | None],
        clock: Clock,
        banner: Callable[[], str | None],
    ) -> None:
        self._in_force, self._service = in_force, service
        self._api, self._clock = api, clock
        self._banner = banner
        self._pace = PostThrottle(clock, 0.0)
        self._tasks = BackgroundTasks()
        self._open: dict[str, tuple[bool, int]] = {}  # user: (one of ours, page)
        self._hashes: dict[str, str] = {}
        self._drawn: dict[str, str] = {}
        self._dirty: dict[str, None] = {}
        self._something = asyncio.Event()

    def start(self) -> None:
        self._tasks.spawn(self._draw_all())

    async def stop(self) -> None:
        await self._tasks.stop()

    def note_opened(self, user: str, inside: bool, view: Mapping[str, Any] | None) -> None:
        """Somebody looks at their home. `inside`: they belong to the workspace."""
        if view and view.get("hash"):
            self._hashes[user] = str(view["hash"])
        self._drawn.pop(user, None)
        self.turn_page(user, inside, 0)

    def turn_page(self, user: str, inside: bool, page: int) -> None:
        self._open.pop(user, None)
        self._open[user] = (inside, page)
        while len(self._open) > _MOST:
            self._open.pop(next(iter(self._open)))
        self._mark(user)

    def mark_all(self) -> None:
        """Something did; every home that was opened may be out of date."""
        for user in self._open:
            self._mark(user)

    def _mark(self, user: str) -> None:
        self._dirty[user] = None
        self._something.set()

    async def _draw_all(self) -> None:
        while True:
            while not self._dirty:
                self._something.clear()
                await self._something.wait()
            user = next(iter(self._dirty))
            del self._dirty[user]
            try:
                await self._draw(user)
            except Exception:
                log.exception("a home could not be drawn; it is drawn with the next change")

    async def _draw(self, user: str) -> None:
        api = self._api()
        if api is None:
            return
        view = self._view(user)
        if wrong := faults(view):
            log.error("a home is too large for Slack: %s", wrong[0])
            return
        text = canonical(view)
        if self._drawn.get(user) == text:
            return
        await self._pace.turn("views.publish")
        known = {"hash": self._hashes[user]} if user in self._hashes else {}
        outcome = await api.post("views.publish", {"user_id": user, "view": view, **known})
        match outcome:
            case Done(data):
                self._hashes[user] = str((data.get("view") or {}).get("hash") or "")
                self._drawn[user] = text
            case Denied("hash_conflict"):
                self._hashes.pop(user, None)
                self._mark(user)
            case Denied(_, why):
                log.error("a home cannot be published: %s", why)
            case Later(_, wait):
                self._pace.hold("views.publish", wait)
                self._mark(user)
            case _:
                self._hashes.pop(user, None)
                self._tasks.spawn(self._later(user))

    async def _later(self, user: str) -> None:
        await self._clock.sleep(_REST)
        self._mark(user)

    def _view(self, user: str) -> Any:
        inside, page = self._open[user]
        person = find_person(self._in_force(), user) if inside else None
        if person is None:
            return stranger()
        mine = self._service.queue(person, "mine")
        theirs = {card.engagement for card in mine}
        cards = self._service.queue(person, "all")
        free = [card for card in cards if not card.owner and card.engagement not in theirs]
        overheard = len(self._service.queue(person, "overheard"))
        return home(mine, free, overheard, "\n".join(self._banners()), page)

    def _banners(self) -> list[str]:
        """What people must know: what the desk says, and what is wrong with Slack itself."""
        known, ours = self._service.banners(), self._banner()
        return [*([ours] if ours and ours not in known else []), *known]
