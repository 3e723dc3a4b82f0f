"""How well each detector of `bot/detect` does on labelled texts.

Instructions to software, pressure, secrets and taint: rows of `text` and `label` (0 or 1), with the
figures of `detector_rates`. Personal data: rows of `text` and `spans` [[kind, start, end)]; a span
matches on any overlap with one of the same kind. The structured kinds count, micro-averaged;
`STREET_ADDRESS` and `PERSON` are reported apart, the latter because names have no form: 0 by
design.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from bot.brand.settings import Internals
from bot.detect.injection.injection_detection import find_injections
from bot.detect.personal.personal_data import STRUCTURED, find_personal_data
from bot.detect.secrets.secret_detection import find_secrets
from bot.detect.taint.taint_detection import find_tainted
from bot.detect.tone.tone_detection import find_tone
from bot.evaluation.detector_rates import WORST, Row, measure_detector, precision_and_recall
from bot.model import Span

APART = ("STREET_ADDRESS", "PERSON")
NO_INTERNALS = Internals()

_JUDGED = STRUCTURED | frozenset(APART)


def score_injections(rows: Iterable[Row]) -> dict[str, Any]:
    """The figures of `detector_rates`."""
    return measure_detector(rows, lambda row: find_injections(str(row["text"])))


def score_pressure(rows: Iterable[Row], locale: str = "") -> dict[str, Any]:
    """The figures of `detector_rates`; `row["locale"]` counts before `locale`. Without either, all
    languages are looked for.
    """
    return measure_detector(
        rows,
        lambda row: [
            span
            for span in find_tone(str(row["text"]), str(row.get("locale") or locale))
            if span.kind == "pressure"
        ],
    )


def score_secrets(rows: Iterable[Row], internal: Internals = NO_INTERNALS) -> dict[str, Any]:
    """The figures of `detector_rates`; `internal` is the brand's own list."""
    return measure_detector(rows, lambda row: find_secrets(str(row["text"]), internal))


def score_taint(rows: Iterable[Row], public: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The figures of `detector_rates`. Rows also hold `private` [values]; `public` is the brand's
    `public_vocabulary`.
    """
    return measure_detector(
        rows,
        lambda row: find_tainted(str(row["text"]), tuple(map(str, row["private"])), public),
    )


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


def _is_match(one: Span, other: Span) -> bool:
    return one.kind == other.kind and one.start < other.end and other.start < one.end


def _quote_spans(spans: list[Span]) -> list[str]:
    return [f"{span.words} ({span.kind})" for span in spans if span.kind in STRUCTURED]
