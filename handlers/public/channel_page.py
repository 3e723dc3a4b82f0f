"""Where the brand can be reached, for everybody: what each channel is declared as, and is in fact.

Roles and numbers only: who listens is named by role, and no figure is about anybody.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.brand.response_rate import ResponseRate, classify_mode_in_practice
from bot.brand.settings import ChannelProfile
from bot.learning.counts import CountKind
from handlers.brandfiles.loading import Library
from handlers.pages import Pages
from handlers.ports.store_port import Store
from handlers.service.learning import counters


class ChannelPage:
    """One page, /channels."""

    def __init__(
        self, store: Store, library: Library, pages: Pages, now: Callable[[], datetime]
    ) -> None:
        self._store, self._library, self._pages, self._now = store, library, pages, now

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/channels", self.show)]

    async def show(self, request: web.Request) -> web.Response:
        brand = self._library.knowledge.brand
        language = self._pages.words.language(request)
        observed = self._observed()
        return self._pages.page(
            request,
            "channels.html.j2",
            channels=[
                self._shown(channel, observed.get(channel.name, ResponseRate()))
                for channel in brand.channels.values()
            ],
            role=brand.approver.get(brand.locale_for(language) or "", ""),
            bar=brand.observed,
        )

    def _shown(self, channel: ChannelProfile, observed: ResponseRate) -> dict[str, Any]:
        bar = self._library.knowledge.brand.observed
        shown = classify_mode_in_practice(channel.mode.answers, channel.is_one_way, observed, bar)
        return {"it": channel, "observed": observed, "practice": shown.value}

    def _observed(self) -> dict[str, ResponseRate]:
        """What was counted in the last weeks, by channel."""
        today, weeks = self._now().date(), self._library.knowledge.brand.observed.weeks
        counted: dict[tuple[str, str], int] = {}
        for figure in self._store.read(lambda tx: counters.list_figures(tx, today, weeks)):
            key = (figure.channel, figure.what)
            counted[key] = counted.get(key, 0) + figure.count
        return {
            name: ResponseRate(
                counted.get((name, CountKind.IN_TIME), 0), counted.get((name, CountKind.MISSED), 0)
            )
            for name in {channel for channel, _ in counted}
        }
