"""The room “Figures”: what was asked, what became of it, and what both sides say of the answers.

By week and channel. How many replies were sent stands nowhere: whoever is counted by replies
writes more of them. Here too is what a person says of an answer on its card, and the list of the
answers about which the two sides differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from aiohttp import web

from bot.cards.wording import UNCLEAR
from bot.learning.counts import CountKind
from handlers.brandfiles.loading import Library
from handlers.desk.reception import Reception
from handlers.ports.store_port import Store, Transaction
from handlers.service.learning import counters, ratings
from handlers.service.learning.counters import Figure
from handlers.service.learning.ratings import Ratings

WEEKS = 8
COLUMNS: tuple[tuple[str, str, str], ...] = (  # (what, name, how it is called)
    (CountKind.ASKED.value, "", "asks"),
    (CountKind.RESOLVED.value, "", "resolved"),
    (CountKind.NO_REPLY.value, "", "closed without an answer"),
    ("helped", "yes", "customers: it helped"),
    ("helped", "no", "customers: it didn’t"),
    ("social", "", "social"),
)
UNDERSTOOD_NOT = {reason.value: words for reason, words in UNCLEAR.items()}


@dataclass(frozen=True, slots=True)
class Week:
    """A week as the page lays it out; `channels` has a line each, in the order of `COLUMNS`."""

    name: str
    channels: tuple[tuple[str, tuple[int, ...]], ...]
    unclear: tuple[tuple[str, str, int], ...]  # (the reason, the channel, how often)
    handed: tuple[tuple[str, str, int], ...]


class FiguresRoom:
    """A room of the desk."""

    def __init__(
        self,
        reception: Reception,
        store: Store,
        library: Library,
        said: Ratings,
        now: Callable[[], datetime],
    ) -> None:
        self._reception, self._store, self._library = reception, store, library
        self._ratings, self._now = said, now

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/desk/figures", self.show),
            web.post("/desk/figures/looked", self.looked),
            web.post("/desk/rating/{engagement}", self.rate),
        ]

    async def show(self, request: web.Request) -> web.Response:
        if (visit := self._reception.visit(request)) is None:
            return self._reception.door(request)
        today = self._now().date()
        channels = self._library.knowledge.brand.channels
        titles = {name: channel.title for name, channel in channels.items()}

        def read(tx: Transaction) -> tuple[list[Figure], list[dict[str, Any]]]:
            found = counters.list_figures(tx, today, WEEKS) + ratings.list_rating_figures(
                tx, today, WEEKS
            )
            return found, [_listed(it, titles) for it in ratings.list_differing(tx)]

        found, differing = self._store.read(read)
        return self._reception.page(
            request,
            "desk_figures.html.j2",
            visit,
            weeks=_weeks(found, titles),
            columns=[title for *_, title in COLUMNS],
            differing=differing,
            over=WEEKS,
        )

    async def rate(self, request: web.Request) -> web.Response:
        """What a person says of the last answer of an engagement, from its card."""
        visit, form = await self._reception.form(request)
        if not visit.person.may_decide:
            raise web.HTTPForbidden(text="You may look, but not say what it was.")
        engagement, said = request.match_info["engagement"], form.get("conversation")
        if said not in ("yes", "no"):
            raise web.HTTPBadRequest()
        if not await self._ratings.by_staff(engagement, said == "yes"):
            raise web.HTTPNotFound(text="Nothing was sent there, so there is nothing to say of it.")
        raise web.HTTPSeeOther(f"/desk/{engagement}?view=done&step=reply")

    async def looked(self, request: web.Request) -> web.Response:
        visit, form = await self._reception.form(request)
        if not visit.person.may_decide:
            raise web.HTTPForbidden(text="You may look, but not take it off the list.")
        await self._ratings.acknowledge_look(form.get("answer"))
        raise web.HTTPSeeOther("/desk/figures#differing")


def _listed(it: ratings.Differing, titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "answer": it.answer,
        "engagement": it.engagement,
        "channel": titles.get(it.channel, it.channel),
        "sent": datetime.fromisoformat(it.sent),
        "helped": it.said.customer,
        "conversation": it.said.staff,
    }


def _weeks(found: Iterable[Figure], titles: Mapping[str, str]) -> list[Week]:
    newest_first = sorted(found, key=lambda figure: figure.week, reverse=True)
    grouped = groupby(newest_first, key=lambda figure: figure.week)
    return [_week(name, list(figures), titles) for name, figures in grouped]


def _week(name: str, figures: list[Figure], titles: Mapping[str, str]) -> Week:
    counts = {(figure.channel, figure.what, figure.name): figure.count for figure in figures}
    lines = tuple(
        (
            titles.get(channel, channel),
            tuple(counts.get((channel, what, it), 0) for what, it, _ in COLUMNS),
        )
        for channel in sorted({figure.channel for figure in figures})
    )
    return Week(
        name,
        lines,
        _reasons(figures, CountKind.UNCLEAR, titles),
        _reasons(figures, CountKind.HANDED_OVER, titles),
    )


def _reasons(
    figures: Iterable[Figure], what: CountKind, titles: Mapping[str, str]
) -> tuple[tuple[str, str, int], ...]:
    """The most frequent first."""
    found = sorted(
        (figure for figure in figures if figure.what == what),
        key=lambda figure: (-figure.count, figure.name, figure.channel),
    )
    return tuple((_words(it.name), titles.get(it.channel, it.channel), it.count) for it in found)


def _words(reason: str) -> str:
    """A reason for not understanding has its words; a rule goes by its name."""
    return UNDERSTOOD_NOT.get(reason, reason.replace("-", " "))
