"""How well commitments are read: spans and values against labelled texts.

A row holds `text` and `gold`: [[words, value, …]], and optionally `ref`, the date it was written.
A span matches on any overlap. A value matches by normalised equality: ISO 8601 durations (`P1Y1M`)
part by part, `20%`, decimals of money in the unit that the row names (`50`, `Cent`), ISO dates.
A gold span without a value (a bare “percentage”) is matched by what `find_vague_amounts` finds.
The kinds that a file labels are the kinds that are judged: money in a file of periods is no fault.
Micro-averaged; source of the metric: data/README of the recognizers' specifications.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import re2

from bot.detect.commitments.extraction import extract_commitments, find_vague_amounts
from bot.detect.commitments.lexer import fold_in_place
from bot.model import CommitmentKind as Kind

_DURATION = re2.compile(r"^P(?:[\d.]+[A-Z]+|T)+$")
_PARTS = re2.compile(r"(T)|([\d.]+)([A-Z]+)")
_DATE = re2.compile(r"^(?:\d{4}|XXXX)-")
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day", "BD": "business day"}
_TIME_UNITS = {"H": "hour", "M": "minute", "S": "second"}
_HUNDREDTHS = frozenset({"Cent", "Pence", "Penny", "Sen"})
_SMALLER = {"Satoshi": Decimal("0.00000001")}
WORST = 20


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A labelled span, found in its text; no kind where the label has no value."""

    start: int
    end: int
    words: str
    kind: Kind
    values: frozenset[tuple[str, str]] | None  # (value, unit); None: no value


def score_commitments(
    rows: Iterable[Mapping[str, Any]], locale: str = "en", today: date = date(2016, 11, 7)
) -> dict[str, Any]:
    """`precision`, `recall`, `f1`, `value_accuracy` (of matched spans with a value), `worst`."""
    labelled = [(str(row["text"]), _gold_spans(row), _read_day(row, today)) for row in rows]
    kinds = {gold.kind for _, golds, _ in labelled for gold in golds}
    right = found = wanted = matched = valued = correct = 0
    worst: list[dict[str, Any]] = []
    for text, golds, day in labelled:
        spans = _find_spans(text, locale, day, kinds)
        hits = [span for span in spans if any(_do_overlap(span, gold) for gold in golds)]
        met = [gold for gold in golds if any(_do_overlap(span, gold) for span in spans)]
        right, found = right + len(hits), found + len(spans)
        matched, wanted = matched + len(met), wanted + len(golds)
        with_value = [gold for gold in met if gold.values is not None]
        good = [gold for gold in with_value if _says_same_value(gold, spans)]
        valued, correct = valued + len(with_value), correct + len(good)
        if len(hits) < len(spans) or len(met) < len(golds) or len(good) < len(with_value):
            worst.append(
                {
                    "text": text,
                    "gold": [gold.words for gold in golds],
                    "found": [f"{span.words} = {span.value} {span.unit}".strip() for span in spans],
                }
            )
    precision, recall = _share_of(right, found), _share_of(matched, wanted)
    return {
        "precision": precision,
        "recall": recall,
        "f1": _share_of(2 * precision * recall, precision + recall),
        "value_accuracy": _share_of(correct, valued),
        "texts": len(labelled),
        "worst": worst[:WORST],
    }


def _share_of(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class FoundSpan:
    """A span that was read, with its value; none where it was vague."""

    start: int
    end: int
    words: str
    value: str
    unit: str
    until: str = ""


def _find_spans(text: str, locale: str, today: date, kinds: set[Kind]) -> list[FoundSpan]:
    commitments = [one for one in extract_commitments(text, locale, today) if one.kind in kinds]
    spans = [FoundSpan(c.start, c.end, c.words, c.value, c.unit, c.until) for c in commitments]
    names = {kind.value for kind in kinds}
    spans.extend(
        FoundSpan(span.start, span.end, span.words, "", "")
        for span in find_vague_amounts(text, locale)
        if span.kind in names
    )
    return spans


def _do_overlap(span: FoundSpan, gold: GoldSpan) -> bool:
    return span.start < gold.end and gold.start < span.end


def _says_same_value(gold: GoldSpan, spans: Sequence[FoundSpan]) -> bool:
    """Whether the spans on a gold span say its values, all of them and nothing else."""
    said = {(span.value, span.unit) for span in spans if _do_overlap(span, gold)}
    assert gold.values is not None
    if len(gold.values) == len(said) == 1:
        ((value, unit),), ((other, named),) = gold.values, said
        return _are_equal(value, other) and (not unit or unit == named)
    return said == gold.values


def _are_equal(one: str, other: str) -> bool:
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return one == other


def _gold_spans(row: Mapping[str, Any]) -> list[GoldSpan]:
    """The labelled spans of a row, each looked for behind the one before."""
    text = fold_in_place(str(row["text"]))
    found: list[GoldSpan] = []
    after = 0
    for entry in row["gold"]:
        words, value, *rest = entry
        start = text.find(fold_in_place(str(words)), after)
        if start < 0:
            start = max(0, text.find(fold_in_place(str(words))))
        after = start + len(str(words))
        kind, values = _read_value(
            str(words), None if value in (None, "null") else str(value), rest
        )
        found.append(GoldSpan(start, after, str(words), kind, values))
    return found


def _read_value(
    words: str, value: str | None, rest: Sequence[Any]
) -> tuple[Kind, frozenset[tuple[str, str]] | None]:
    """The kind of a label, and the values it names."""
    reader = next((reader for known, reader in _READERS if known(words, value, rest)), _read_plain)
    return reader(value, rest)


Values = tuple[Kind, frozenset[tuple[str, str]] | None]


def _read_percent(value: str | None, _rest: Sequence[Any]) -> Values:
    if value is None:
        return Kind.PERCENT, None
    return Kind.PERCENT, frozenset({(value.rstrip("% "), "percent")})


def _read_period(value: str | None, _rest: Sequence[Any]) -> Values:
    parts: set[tuple[str, str]] = set()
    units = _UNITS
    for part in _PARTS.finditer(value or ""):
        if part.group(1):
            units = _TIME_UNITS
        else:
            parts.add((part.group(2), units.get(part.group(3), part.group(3))))
    return Kind.PERIOD, frozenset(parts)


def _read_date(value: str | None, _rest: Sequence[Any]) -> Values:
    return Kind.DATE, frozenset({(value or "", "")})


def _read_money(value: str | None, rest: Sequence[Any]) -> Values:
    if value is None:
        return Kind.MONEY, None
    unit, code = (*rest, None, None)[:2]
    factor = Decimal("0.01") if unit in _HUNDREDTHS else _SMALLER.get(str(unit), Decimal(1))
    return Kind.MONEY, frozenset({(str(Decimal(value) * factor), str(code or ""))})


def _read_plain(value: str | None, _rest: Sequence[Any]) -> Values:
    return Kind.COUNT, None if value is None else frozenset({(value, "")})


_READERS: tuple[
    tuple[Callable[[str, str | None, Sequence[Any]], bool], Callable[[Any, Sequence[Any]], Values]],
    ...,
] = (
    (lambda words, value, rest: bool(value and value.endswith("%")), _read_percent),
    (lambda words, value, rest: bool(value and _DURATION.search(value)), _read_period),
    (lambda words, value, rest: bool(value and _DATE.search(value)), _read_date),
    (lambda words, value, rest: any(rest), _read_money),
    (lambda words, value, rest: value is None and ("%" in words or "cent" in words), _read_percent),
)


def _read_day(row: Mapping[str, Any], otherwise: date) -> date:
    ref = row.get("ref")
    return date.fromisoformat(str(ref)[:10]) if ref else otherwise
