"""Plots as inline SVG: reliability, risk against coverage, and a matrix with words in it.

Colours are the page's own variables, so that they follow the reader's scheme; every mark has a
title that says its figures, and nothing is said by colour alone. What they mean stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

_WIDTH, _HEIGHT = 560, 380
_LEFT, _BOTTOM, _TOP, _RIGHT = 64, 52, 12, 16
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_CELL, _NAMES = 44, 190
_LONGEST_NAME = 24


def reliability_plot(bins: Sequence[Mapping[str, float]]) -> Markup:
    """Dots on the diagonal are honest; the bigger, the more messages."""
    most = max((row["messages"] for row in bins), default=1)
    marks = [_line([(0, 0), (1, 1)], "even", 1.0)]
    for row in bins:
        radius = 3 + 9 * (row["messages"] / most) ** 0.5
        share, right = _percent(row["said"]), _percent(row["right"])
        said = f"{row['messages']} messages: {share} said, {right} right"
        x, y = _at(row["said"], row["right"], 1.0)
        marks.append(_dot(x, y, radius, said))
    axes = _axes("what the model said", "what was right", 1.0)
    return _svg(
        _WIDTH, _HEIGHT, "Reliability: what the model said against what was right", axes, marks
    )


def risk_plot(points: Sequence[Mapping[str, float]], today: tuple[float, float] | None) -> Markup:
    """`today`: the share accepted and the share wrong of it, as the thresholds stand."""
    top = _ceiling([row["risk"] for row in points] + ([today[1]] if today else []))
    marks = [_line([(row["coverage"], row["risk"]) for row in points], "curve", top)]
    if today:
        x, y = _at(*today, top)
        said = f"as it stands: {_percent(today[0])} accepted, {_percent(today[1])} of them wrong"
        marks.append(_dot(x, y, 7, said))
        anchor = "end" if today[0] > 0.6 else "start"
        shift = -12 if anchor == "end" else 12
        marks.append(_text(x + shift, y - 10, "as it stands", anchor))
    axes = _axes("share of messages answered, surest first", "share of these that is wrong", top)
    return _svg(_WIDTH, _HEIGHT, "Risk against coverage", axes, marks)


def confusion_plot(matrix: Mapping[str, Any]) -> Markup:
    """A row for what was asked, a column for what it was read as; the last for all others."""
    names, counts, others = matrix["intents"], matrix["counts"], matrix["others"]
    columns = [*names, "any other"]
    width = _NAMES + _CELL * len(columns) + 90
    height = _NAMES + _CELL * len(names)
    marks = []
    for j, name in enumerate(columns):
        x = _NAMES + _CELL * (j + 0.5)
        marks.append(_text(x, _NAMES - 10, _short(name), "start", turned=-45, title=name))
    for i, (name, row) in enumerate(zip(names, counts, strict=True)):
        y = _NAMES + _CELL * i
        marks.append(_text(_NAMES - 10, y + _CELL * 0.6, _short(name), "end", title=name))
        total = max(1, sum(row) + others[i])
        for j, count in enumerate([*row, others[i]]):
            said = f"{count} of {total} of {name} read as {columns[j]}"
            marks.append(_cell(_NAMES + _CELL * j, y, count, count / total, i == j, said))
    return _svg(width, height, "Confusion: what was asked against what it was read as", [], marks)


def _at(x: float, y: float, top: float) -> tuple[float, float]:
    wide, high = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
    return _LEFT + x * wide, _TOP + (1 - y / top) * high


def _ceiling(values: Sequence[float]) -> float:
    """The end of an axis that holds the values: 5, 10, 20, 50 or 100%."""
    highest = max(values, default=1.0)
    return next((end for end in (0.05, 0.1, 0.2, 0.5) if highest <= end), 1.0)


def _axes(across: str, up: str, top: float) -> Iterator[Markup]:
    for tick in _TICKS:
        x, y = _at(tick, tick * top, top)
        left, bottom = _at(0, 0, top)
        yield Markup('<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
            *(f"{v:.1f}" for v in (left, _WIDTH - _RIGHT, y, y))
        )
        yield _text(left - 8, y + 5, _percent(tick * top), "end")
        yield _text(x, bottom + 20, _percent(tick), "middle")
    yield _text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 6, across, "middle")
    middle = (_TOP + _HEIGHT - _BOTTOM) / 2
    yield _text(14, middle, up, "middle", turned=-90)


def _line(points: Sequence[tuple[float, float]], kind: str, top: float) -> Markup:
    path = " ".join("{:.1f},{:.1f}".format(*_at(x, y, top)) for x, y in points)
    return Markup('<polyline class="{}" points="{}"/>').format(kind, path)


def _dot(x: float, y: float, radius: float, title: str) -> Markup:
    place = [f"{v:.1f}" for v in (x, y, radius)]
    return Markup('<circle cx="{}" cy="{}" r="{}"><title>{}</title></circle>').format(*place, title)


def _cell(x: float, y: float, count: int, share: float, right: bool, title: str) -> Markup:
    kind = "right" if right else "wrong" if count else "none"
    strength = f"{0.12 + 0.5 * share:.2f}" if count else "0"
    box = Markup(
        '<g class="{}"><title>{}</title><rect x="{}" y="{}" width="{}" height="{}"'
        ' fill-opacity="{}"/>'
    ).format(kind, title, f"{x:.0f}", f"{y:.0f}", _CELL - 2, _CELL - 2, strength)
    words = _text(x + _CELL / 2 - 1, y + _CELL * 0.6, str(count) if count else "·", "middle")
    return box + words + Markup("</g>")


def _text(
    x: float, y: float, words: str, anchor: str, *, turned: int = 0, title: str = ""
) -> Markup:
    inside = escape(words) + (Markup("<title>{}</title>").format(title) if title else "")
    place = f"{x:.0f}", f"{y:.0f}"
    return Markup(
        '<text x="{0}" y="{1}" text-anchor="{2}" transform="rotate({3} {0} {1})">{4}</text>'
    ).format(*place, anchor, turned, inside)


def _svg(width: float, height: float, label: str, axes: Any, marks: Sequence[Markup]) -> Markup:
    inside = Markup("").join([*axes, *marks])
    return Markup(
        '<svg viewBox="0 0 {w} {h}" width="{w}" role="img" aria-label="{label}">{inside}</svg>'
    ).format(w=f"{width:.0f}", h=f"{height:.0f}", label=label, inside=inside)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def _percent(share: float) -> str:
    shown = f"{share * 100:.1f}".removesuffix(".0")
    return f"{shown}%"
