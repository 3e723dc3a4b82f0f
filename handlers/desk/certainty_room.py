"""The room “How sure we are”: for each channel what is claimed of its drafts, and on what grounds.

Reads only. What is asked stands in config.yaml; what people say of drafts is said on the cards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.brand.guarantee_terms import GuaranteeTerms
from bot.learning.guarantee.certify import risk_curve
from bot.learning.guarantee.guarantee_standing import Guarantee, GuaranteeStanding
from bot.learning.guarantee.guarantee_words import write_claim, write_percent
from bot.learning.guarantee.reviewed_drafts import ReviewedDraft
from handlers.brandfiles.loading import Library
from handlers.desk.reception import Reception
from handlers.service.learning.guarantee_keeping import Assurance

WIDTH, HEIGHT, LEFT, RIGHT, TOP = 440, 220, 52, 16, 12  # of a plot, in its own units
SHAPES = {
    GuaranteeStanding.GATHERING: "●",
    GuaranteeStanding.CERTIFIED: "✓",
    GuaranteeStanding.UNCERTIFIABLE: "⏸",
}


class Certainty:
    """A room of the desk."""

    def __init__(self, reception: Reception, library: Library, assurance: Assurance) -> None:
        self._reception, self._library, self._assurance = reception, library, assurance

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/desk/certainty", self.show)]

    async def show(self, request: web.Request) -> web.Response:
        if (visit := self._reception.visit(request)) is None:
            return self._reception.door(request)
        brand = self._library.knowledge.brand
        guarantees = self._library.knowledge.guarantees
        since = self._assurance.since()
        channels = [
            _Shown.of(
                channel.title,
                it,
                since[name].at if name in since else None,
                self._assurance.lately(name),
            )
            if (it := guarantees.get(name))
            else _Shown(channel.title)
            for name, channel in brand.channels.items()
        ]
        return self._reception.page(
            request, "desk_certainty.html.j2", visit, channels=channels, size=sizes()
        )


@dataclass(frozen=True, slots=True)
class _Shown:
    """A channel as the page lays it out. Without a standing, no guarantee is asked of it."""

    title: str
    standing: str = ""
    shape: str = ""
    claim: str = ""
    since: datetime | None = None
    figures: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, str, str, str], ...] = ()
    plot: Plot | None = None

    @classmethod
    def of(
        cls, title: str, it: Guarantee, since: datetime | None, lately: tuple[int, int]
    ) -> _Shown:
        return cls(
            title,
            it.standing.value,
            SHAPES[it.standing],
            write_claim(it),
            since,
            tuple(_figures(it, *lately)),
            tuple(_rows(it)),
            plot(it),
        )


def _figures(it: Guarantee, understood: int, held: int) -> list[tuple[str, str]]:
    """(what, how much), in the order in which they are asked for."""
    drafts = [one for one in it.judged if it.point is None or one.margin >= it.draft_threshold]
    audits = [one for one in drafts if one.audit]
    others = [one for one in drafts if not one.audit]
    found = [("what is asked", _asked(it.terms))]
    if it.standing is GuaranteeStanding.GATHERING:
        found.append(("reviewed drafts missing", f"{it.missing:,}, if they are all right"))
    if it.point is not None:
        found.append(("threshold in force", f"{it.point.threshold:.2f} above what is accepted"))
        found.append(("wrong drafts are at most", write_percent(it.point.wrong_share_bound)))
    if understood:
        found.append(("to a person for it, in 7 days", f"{held:,} of {understood:,} understood"))
    found.append(("reviewed, in the window", f"{len(it.judged):,} of {it.terms.window:,}"))
    found.append(("wrong drafts in the audit", _wrong(audits)))
    found.append(("wrong drafts otherwise", _wrong(others)))
    return found


def _asked(terms: GuaranteeTerms) -> str:
    sure = f"{write_percent(1 - terms.doubt)} sure" if terms.doubt is not None else "on average"
    return (
        f"at most {write_percent(terms.wrong)} wrong, {sure}; {write_percent(terms.audit)} audited"
    )


def _wrong(judged: Sequence[ReviewedDraft]) -> str:
    wrong = sum(not one.right for one in judged)
    return f"{wrong:,} of {len(judged):,}" if judged else "none reviewed yet"


def _rows(it: Guarantee) -> list[tuple[str, str, str, str]]:
    """The plot as a table, at every half: threshold, drafts, wrong, bound."""
    bounds = {threshold: bound for threshold, _, bound in risk_curve(it.points, it.terms)}
    return [
        (f"{p.threshold:.1f}", f"{p.drafts:,}", f"{p.wrong:,}", write_percent(bounds[p.threshold]))
        for p in reversed(it.points)
        if p.threshold in bounds and p.threshold % 0.5 == 0
    ]


@dataclass(frozen=True, slots=True)
class Plot:
    """Lines of an SVG in its own units. `ticks` are (position, words)."""

    bound: str
    seen: str
    allowed: float
    threshold: float | None
    across: tuple[tuple[float, str], ...]
    up: tuple[tuple[float, str], ...]
    said: str


def plot(it: Guarantee) -> Plot | None:
    """Bound and share of wrong drafts against the threshold; None before there are two points."""
    found = risk_curve(it.points, it.terms)
    if len(found) < 2:
        return None
    widest = found[-1][0]
    highest = min(1.0, max(3 * it.terms.wrong, 1.2 * max(share for _, share, _ in found)))

    def x(threshold: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * threshold / widest, 1)

    def y(share: float) -> float:
        return round(TOP + (HEIGHT - TOP - 40) * (1 - min(share, highest) / highest), 1)

    def line(points: list[tuple[float, float]]) -> str:
        return " ".join(f"{x(a)},{y(b)}" for a, b in points)

    ticks = [it.terms.wrong, highest]
    if it.terms.wrong > highest / 8:  # else the words would stand on each other
        ticks.append(0.0)
    said = f"Wrong drafts by threshold, seen and at most. Asked: {write_percent(it.terms.wrong)}."
    at = f" The threshold in force is {it.draft_threshold:.2f}." if it.point else ""
    return Plot(
        bound=line([(threshold, bound) for threshold, _, bound in found]),
        seen=line([(threshold, share) for threshold, share, _ in found]),
        allowed=y(it.terms.wrong),
        threshold=x(it.point.threshold) if it.point else None,
        across=tuple((x(t / 2), f"{t / 2:g}") for t in range(int(widest * 2) + 1)),
        up=tuple((y(share), write_percent(share)) for share in ticks),
        said=said + at,
    )


def sizes() -> dict[str, Any]:
    """What the template needs to draw a plot."""
    return {
        "width": WIDTH,
        "right": WIDTH - RIGHT,
        "height": HEIGHT,
        "left": LEFT,
        "top": TOP,
        "bottom": HEIGHT - 40,
    }
