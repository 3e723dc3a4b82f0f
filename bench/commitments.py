"""Commitments against FIGURES section 2: how well they are read, and at what cost.

`python -m bench.commitments [--data DIR]`, or ABOVEBOARD_DATA; `--worst` shows what was missed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from bot.detect.commitments.extraction import extract_commitments
from bot.evaluation.commitment_scores import score_commitments

SETS = {  # file: what it is, others' F1 and values (recognizers-text), goal
    "Currency": ("money", ".926 / .77", 0.93),
    "Percent": ("percent", ".909 / .83", 0.95),
    "Duration": ("period", ".957 / .88", 0.96),
    "Date": ("date", "-", None),
}
REPLY = (
    "You can return unworn items within 60 days of delivery. We refund the full price within 5 to "
    "7 business days, and shipping is free on orders over $50. If an item arrives damaged, we "
    "replace it or give you 30% off your next order. Our 30 stores are open from 9:00 to 18:00. "
    "Repairs take about two weeks and cost 15 euros. Just bring your receipt, we call you back."
)
HOSTILE = (
    "$1",
    "1 ",
    "a1",
    "1,",
    "one hundred ",
    "within ",
    "if ",
    "5 days ",
    "１",
    "free ",
    "%",
    "we refund ",
)


def data_folder() -> Path:
    """Where the data sets lie: --data, ABOVEBOARD_DATA, or ../shared/data."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default=os.environ.get("ABOVEBOARD_DATA", "../shared/data"))
    parser.add_argument("--worst", action="store_true")
    known, _ = parser.parse_known_args()
    return Path(known.data)


def cost(text: str, rounds: int = 200) -> float:
    """CPU milliseconds for one text: the best of five runs."""
    best = float("inf")
    for _ in range(5):
        begin = time.process_time()
        for _ in range(rounds):
            extract_commitments(text, "en", date(2026, 1, 1))
        best = min(best, (time.process_time() - begin) / rounds * 1000)
    return best


def figures(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures of one set, with the time a text takes."""
    extract_commitments(
        "", "en", date(2016, 11, 7)
    )  # the tables of a language are compiled at first use
    begin = time.process_time()
    for row in rows:
        extract_commitments(row["text"], "en", date(2016, 11, 7))
    spent = time.process_time() - begin
    return score_commitments(rows) | {"ms_per_text": spent / len(rows) * 1000}


def main() -> None:
    folder = data_folder() / "transparency"
    print(
        f"{'commitments':<12}{'F1':>7}{'P':>7}{'R':>7}{'value':>7}{'ms':>8}  goal  others (54 ms)"
    )
    for name, (kind, others, goal) in SETS.items():
        path = folder / f"commitments_{name}.jsonl"
        if not path.exists():
            print(f"{kind:<12} no data at {path}")
            continue
        got = figures([json.loads(line) for line in path.read_text().splitlines()])
        cells = (got["f1"], got["precision"], got["recall"], got["value_accuracy"])
        line = "".join(f"{cell:7.3f}" for cell in cells)
        print(f"{kind:<12}{line}{got['ms_per_text']:8.3f}  {goal or '-'}  {others}")
        if "--worst" in sys.argv:
            for one in got["worst"]:
                print("   ", one)
    print(f"\none reply of {len(REPLY)} characters: {cost(REPLY):.3f} ms CPU (goal 0.5)")
    if "--worst" in sys.argv:
        for text in HOSTILE:
            print(f"    {text!r:>16} {cost((text * 65536)[:65536], 1):6.0f} ms")
    worst = max((cost((text * 65536)[:65536], 1), text) for text in HOSTILE)
    print(f"64 KB of hostile text, at worst ({worst[1]!r}): {worst[0]:.0f} ms CPU (goal 100)")


if __name__ == "__main__":
    main()
