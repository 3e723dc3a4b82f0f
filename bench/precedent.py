"""Contradictions against FIGURES section 2: figures of one page swapped, and paraphrases.

`python -m bench.precedent`. The pages are those of `data/paraphrases.jsonl` (written for this by
hand), of the sample brand's published facts, and of the data sets' policies if they are there. Of
each page, two different figures of one kind are swapped (a contradiction); its sentences alone,
its sentences in another order, and the paraphrases are none.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import re2
import yaml

from bench.commitments import data_folder
from bot.detect.commitments.extraction import extract_commitments
from bot.evaluation.consistency_scores import score_consistency
from bot.model import Commitment, CommitmentKind

TODAY = date(2026, 1, 1)
HERE = Path(__file__).parent
SENTENCE = re2.compile(r"[^.!?\n]+[.!?]?(?:\d[^.!?\n]*[.!?]?)*\s*")


def pages() -> Iterator[tuple[str, str]]:
    """(locale, text) of each page."""
    seen: set[str] = set()
    for row in paraphrases():
        if row["published"] not in seen:
            seen.add(row["published"])
            yield row["locale"], row["published"]
    for path in sorted((HERE.parent / "policies/published").glob("*.yaml")):
        facts = yaml.safe_load(path.read_text())["facts"].values()
        for locale in ("en", "de"):
            yield locale, " ".join(fact["text"][locale] for fact in facts)
    for path in sorted((data_folder() / "transparency").glob("tau2_*_policy.md")):
        for section in path.read_text().split("\n## ")[1:]:
            yield "en", section


def paraphrases() -> list[dict[str, Any]]:
    lines = (HERE / "data/paraphrases.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def swapped(text: str, locale: str) -> Iterator[str]:
    """The page with each pair of different figures of one kind exchanged."""
    found = [
        one
        for one in extract_commitments(text, locale, TODAY)
        if one.kind is not CommitmentKind.PROMISE
    ]
    for one, other in itertools.combinations(found, 2):
        if _pair(one, other):
            yield (
                text[: one.start]
                + other.words
                + text[one.end : other.start]
                + one.words
                + text[other.end :]
            )


def _pair(one: Commitment, other: Commitment) -> bool:
    counts = one.kind is CommitmentKind.COUNT and one.unit != other.unit
    same = (one.value, one.unit, one.until) == (other.value, other.unit, other.until)
    nothing = "0" in (one.value, other.value)
    return one.kind is other.kind and not (counts or same or nothing) and one.end <= other.start


def rows() -> Iterator[dict[str, Any]]:
    for locale, text in pages():
        base = {"published": text, "locale": locale}
        for wrong in swapped(text, locale):
            yield base | {"text": wrong, "contradicts": True}
        yield base | {"text": text, "contradicts": False}
        sentences = [s for s in SENTENCE.findall(text) if s.strip()]
        yield base | {"text": " ".join(reversed(sentences)), "contradicts": False}
        for sentence in sentences:
            yield base | {"text": sentence, "contradicts": False}
    yield from paraphrases()


def main() -> None:
    every = list(rows())
    begin = time.process_time()
    got = score_consistency(every)
    spent = (time.process_time() - begin) / len(every) * 1000
    written = score_consistency(paraphrases())
    print(f"{sum(row['contradicts'] for row in every)} swapped, {len(every)} texts")
    print(f"caught {got['recall']:.3f} (goal .95; others, value and topic words: .82)")
    print(f"false alarms {got['false_alarm_rate']:.3f} (goal .02)")
    print(f"false alarms on written paraphrases alone {written['false_alarm_rate']:.3f}")
    print(f"{spent:.2f} ms a text, page included")
    if "--worst" in sys.argv:
        for one in got["worst"] + written["worst"]:
            print("   ", json.dumps(one, ensure_ascii=False))


if __name__ == "__main__":
    main()
