"""A guarantee, or none: does it hold on real scores, and what does it cost?

`python -m bench.guarantee [--data DIR] [--write FOLDER]`, or ABOVEBOARD_DATA. The reader scores the
test messages of BANKING77 and CLINC150; drafting for one of the latter's out-of-scope messages is
always wrong. Those that it accepts are the population. 200 windows are drawn from each, and every
claim made from a window is held against the whole population. `--write` keeps the scores, as in
tests/data/guarantee/.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.understanding import Mode, Remembered
from bot.brand.guarantee_terms import GuaranteeTerms
from bot.evaluation.guarantee_trials import (
    ChooseThreshold,
    naive_threshold,
    run_trial,
    threshold_by_certificate,
)
from bot.evaluation.intent_scores import Split, from_clinc, from_rows
from bot.understanding.classifier.model_training import train_model
from handlers.models import StaticEncoder, shipped

WINDOWS = 200
ALPHAS = (0.01, 0.02, 0.05)
STRICT = GuaranteeTerms(wrong=0.05, doubt=0.1, window=1000, audit=0.1)
LINE = "{:34} {:>4} {:>7} {:>15} {:>17} {:>17} {:>22}"
Scores = tuple[Any, Any]  # margins; whether the intent was right


def main() -> int:
    options = _options()
    folder = options.data / "intent"
    if not (folder / "clinc150_full.json").exists():
        print(f"No data sets in {options.data}: name their folder with --data or ABOVEBOARD_DATA.")
        return 1
    populations = _populations(folder)
    if options.write:
        for name, scores in populations.items():
            _write(options.write / f"{name}.csv", scores)
    print(
        f"{WINDOWS} windows of {STRICT.window} reviewed drafts each; strict: δ = {STRICT.doubt:g}."
    )
    print(
        "False: windows whose threshold lets more than α be wrong. Drafted: of what is accepted.\n"
    )
    heads = ("accepted messages (wrong)", "α", "claims", "false claims", "drafted, strict")
    print(LINE.format(*heads, "false without", "on average: mean risk"))
    for name, scores in populations.items():
        share = 1 - float(scores[1].mean())
        for alpha in ALPHAS:
            print(_line(f"{name} ({share:.1%})", scores, alpha), flush=True)
    return 0


def _line(name: str, scores: Scores, alpha: float) -> str:
    strict = replace(STRICT, wrong=alpha)
    held = _run(scores, strict, threshold_by_certificate)
    loose = _run(scores, strict, naive_threshold)
    mean = _run(scores, replace(strict, doubt=None), threshold_by_certificate)
    return LINE.format(
        name,
        f"{alpha:.0%}",
        held.claims,
        f"{held.broken} ({held.broken / WINDOWS:.1%})",
        f"{held.kept:.1%}",
        f"{loose.broken} ({loose.broken / WINDOWS:.1%})",
        f"{mean.mean:.2%}, {mean.kept:.1%} kept",
    )


def _run(scores: Scores, terms: GuaranteeTerms, choose: ChooseThreshold) -> Any:
    return run_trial(*scores, terms, choose, windows=WINDOWS, seed=0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("ABOVEBOARD_DATA", "../shared/data")
    parser.add_argument("--data", type=Path, default=Path(default))
    parser.add_argument("--write", type=Path)
    return parser.parse_args()


def _populations(folder: Path) -> dict[str, Scores]:
    clinc = from_clinc(json.loads((folder / "clinc150_full.json").read_text()))
    banking = from_rows(*(_rows(folder / f"banking77_{part}.csv") for part in ("test", "train")))
    texts = {row.text for split in (clinc, banking) for row in split.test}
    learned = {text for split in (clinc, banking) for some in split.train.values() for text in some}
    strong, lite = shipped(), StaticEncoder()
    modes = (
        Mode("strong", strong, Remembered(strong, sorted(texts | learned)).embed),
        Mode("lite", lite, lite.embed),
    )
    found = {}
    for mode in modes:
        found[f"banking77_10_{mode.name}"] = _scores(mode, banking, _few(banking, 10))
        found[f"clinc150_full_{mode.name}"] = _scores(mode, clinc, clinc.train)
    return found


def _rows(path: Path) -> list[tuple[str, str]]:
    return [(row["text"], row["category"]) for row in csv.DictReader(path.read_text().splitlines())]


def _few(split: Split, shots: int) -> dict[str, list[str]]:
    """So many examples an intent, and its name."""
    dice = np.random.default_rng(0)
    few = {}
    for intent, (*texts, name) in sorted(split.train.items()):
        few[intent] = [*(texts[i] for i in dice.permutation(len(texts))[:shots]), name]
    return few


def _scores(mode: Mode, split: Split, examples: Mapping[str, Sequence[str]]) -> Scores:
    assert mode.encoder is not None and mode.embed is not None
    model = train_model(
        "en", examples, mode.embed, encoder=mode.encoder.id, contextual=mode.encoder.contextual
    )
    vectors = mode.embed([row.text for row in split.test])
    pairs = [
        (estimate.margin, row.intent == estimate.order[0])
        for row, vector in zip(split.test, vectors, strict=True)
        if (estimate := model.estimate_vector(row.text, vector)).is_accepted
    ]
    margins, right = zip(*pairs, strict=True)
    return np.array(margins), np.array(right, dtype=bool)


def _write(path: Path, scores: Scores) -> None:
    rows = [f"{margin:.3f},{int(right)}" for margin, right in zip(*scores, strict=True)]
    path.write_text("\n".join(["margin,right", *rows, ""]))


if __name__ == "__main__":
    sys.exit(main())
