"""How well personal data is found: rows of `text` and `spans` [[kind, start, end)].

A span matches on any overlap with one of the same kind. The structured kinds count, micro-averaged;
`STREET_ADDRESS` and `PERSON` are reported apart, the latter because names have no form: 0 by
design.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from bot.detect import personal
from bot.evaluation.alarm_rates import WORST, rates
from bot.model import Span

APART = ("STREET_ADDRESS", "PERSON")


def evaluate(
    rows: Iterable[Mapping[str, Any]], allowed: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """`precision`, `recall`, `f1`, `kinds` (each with the same), `texts`, `worst`."""
    right: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    worst: list[dict[str, Any]] = []
    texts = 0
    for row in rows:
        texts += 1
        text = str(row["text"])
        gold = [Span(s, e, kind, text[s:e]) for kind, s, e in row["spans"] if kind in _JUDGED]
        found = [span for span in personal.find(text, allowed) if span.kind in _JUDGED]
        lost = [span for span in gold if not any(_same(span, other) for other in found)]
        wrong = [span for span in found if not any(_same(span, other) for other in gold)]
        missed.update(span.kind for span in lost)
        alarms.update(span.kind for span in wrong)
        right.update(span.kind for span in gold if span not in lost)
        if any(span.kind in personal.STRUCTURED for span in (*lost, *wrong)):
            worst.append({"text": text, "missed": _said(lost), "found": _said(wrong)})
    kinds = {
        kind: rates(right[kind], alarms[kind], missed[kind])
        for kind in sorted(_JUDGED)
        if right[kind] or alarms[kind] or missed[kind]
    }
    totals = (sum(count[kind] for kind in personal.STRUCTURED) for count in (right, alarms, missed))
    worst.sort(key=lambda one: -len(one["missed"]) - len(one["found"]))
    return {**rates(*totals), "kinds": kinds, "texts": texts, "worst": worst[:WORST]}


_JUDGED = personal.STRUCTURED | frozenset(APART)


def _same(one: Span, other: Span) -> bool:
    return one.kind == other.kind and one.start < other.end and other.start < one.end


def _said(spans: list[Span]) -> list[str]:
    return [f"{span.words} ({span.kind})" for span in spans if span.kind in personal.STRUCTURED]
