"""What a reply claims, against what is published: wrong replies caught, honest ones passed, by kind
and language, on sentences that nobody had tuned to (bench/data/claims/README.md).

    python -m bench.claims [FILE…]

The open two thirds and the sealed third are counted apart.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.evaluation.claim_scores import score_claims
from handlers.brandfiles.loading import load_knowledge

ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT / "bench" / "data" / "claims"
GOALS = {"caught": "≥ 90%", "passed": "≥ 95%", "blocked": "0%"}


def is_sealed(text: str) -> bool:
    """Whether a sentence is one that nobody looks at while working on the judge."""
    return int(sha256(f"seal{text}".encode()).hexdigest(), 16) % 3 == 0


def read_rows(file: Path) -> Iterator[dict[str, Any]]:
    """The sentences of a file, each with the facts and the locale that its first line holds."""
    first, *rest = file.read_text("utf-8").splitlines()
    brand = json.loads(first)
    for line in rest:
        yield {**brand, **json.loads(line)}


def main(names: list[str]) -> None:
    files = [Path(name) for name in names] or sorted(FILES.glob("*.jsonl"))
    rows = [row for file in files for row in read_rows(file)]
    knowledge, today = load_knowledge(ROOT, datetime.now(UTC)), datetime.now(UTC).date()
    for locale in sorted({row["locale"] for row in rows}):
        for sealed in (False, True):
            part = [r for r in rows if r["locale"] == locale and is_sealed(r["text"]) is sealed]
            began = time.process_time()
            found = score_claims(part, knowledge, locale, today)
            spent = (time.process_time() - began) / max(1, len(part))
            print(f"\n### {locale}, {'sealed' if sealed else 'open'}: {found['texts']} sentences\n")
            print("| what | here | goal |\n| --- | --- | --- |")
            for name, goal in GOALS.items():
                print(f"| {name} | {found[name]:.1%} | {goal} |")
            print(f"| CPU a sentence | {spent * 1e3:.2f} ms | |")
            print("\n| kind | sentences | held or blocked | blocked |\n| --- | --- | --- | --- |")
            for kind, it in found["by_kind"].items():
                print(f"| {kind} | {it['texts']} | {it['stopped']:.0%} | {it['blocked']:.0%} |")
            if not sealed:
                print(f"\nStopped what should pass: {found['stopped_by']}")


if __name__ == "__main__":
    main(sys.argv[1:])
