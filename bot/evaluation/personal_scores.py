"""How well personal data is found: rows of `text` and `spans` [[kind, start, end)].

A span matches on any overlap with one of the same kind. The structured kinds count, micro-averaged;
`STREET_ADDRESS` and `PERSON` are reported apart, the latter because names have no form: 0 by
design.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from bot.detect.personal.personal_data import STRUCTURED, find_personal_data
from bot.evaluation.detector_rates import WORST, precision_and_recall
from bot.model import Span

APART = ("STREET_ADDRESS", "PERSON")


def score_personal_data(
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
        found = [span for span in find_personal_data(text, allowed) if span.kind in _JUDGED]
        lost = [span for span in gold if not any(_is_match(span, other) for other in found)]
        wrong = [span for span in found if not any(_is_match(span, other) for other in gold)]
        missed.update(span.kind for span in lost)
        alarms.update(span.kind for span in wrong)
        right.update(span.kind for span in gold if span not in lost)
        if any(span.kind in STRUCTURED for span in (*lost, *wrong)):
            worst.append({"text": text, "missed": _quote_spans(lost), "found": _quote_spans(wrong)})
    kinds = {
        kind: precision_and_recall(right[kind], alarms[kind], missed[kind])
        for kind in sorted(_JUDGED)
        if right[kind] or alarms[kind] or missed[kind]
    }
    totals = (sum(count[kind] for kind in STRUCTURED) for count in (right, alarms, missed))
    worst.sort(key=lambda one: -len(one["missed"]) - len(one["found"]))
    return {**precision_and_recall(*totals), "kinds": kinds, "texts": texts, "worst": worst[:WORST]}


_JUDGED = STRUCTURED | frozenset(APART)


def _is_match(one: Span, other: Span) -> bool:
    return one.kind == other.kind and one.start < other.end and other.start < one.end


def _quote_spans(spans: list[Span]) -> list[str]:
    return [f"{span.words} ({span.kind})" for span in spans if span.kind in STRUCTURED]
