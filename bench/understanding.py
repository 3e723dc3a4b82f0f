"""Understanding against FIGURES section 1: how well intents are told apart, and when not to.

`python -m bench.understanding [--data DIR]`, or ABOVEBOARD_DATA; `--quick` leaves out the largest
sets. Vectors of the data sets are kept in the system's temporary folder between runs. CPU times are
of one thread; the encoder's own is in them.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.evaluation.intent_scores import score_intents
from bot.evaluation.splits import (
    OUT_OF_SCOPE,
    LabelledMessage,
    LabelledSplit,
    read_clinc,
    split_from_rows,
)
from bot.understanding.addressed import BrandWords
from bot.understanding.classifier.intent_model import IntentModel
from bot.understanding.classifier.model_training import train_model
from bot.understanding.reader import MessageReader
from handlers.models import OnnxEncoder, StaticEncoder, shipped
from handlers.models.language_identifier import identifier
from handlers.models.model_files import write_model

SEEDS = range(6)
SHOTS = (5, 10)
SAMPLE = 400
LINE = "{:48} {:7} {:14} {:14} {}"
JOINS = (" and ", ", and ", ". ", "? ", ", also ", ". Also, ", " plus ", " by the way ", ", ", "; ")
Embed = Callable[[list[str]], Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    what: str
    mode: str
    goal: str
    measured: str
    others: str = ""


@dataclass(frozen=True, slots=True)
class Mode:
    """`words` is what lite is in a language without word vectors: TF-IDF alone."""

    name: str
    encoder: OnnxEncoder | StaticEncoder | None
    embed: Embed | None

    def goal(self, strong: str, lite: str) -> str:
        return {"strong": strong, "lite": lite}.get(self.name, "")


class Remembered:
    """The shipped encoder, with the vectors of the data sets' texts kept on disk."""

    def __init__(self, encoder: OnnxEncoder, texts: Sequence[str]) -> None:
        self._encoder = encoder
        name = hashlib.sha256("\n".join([encoder.id, *texts]).encode()).hexdigest()[:16]
        file = Path(tempfile.gettempdir()) / f"aboveboard-bench-{name}.npy"
        vectors = np.load(file) if file.exists() else encoder.embed(list(texts))
        if not file.exists():
            np.save(file, vectors)
        self._known = dict(zip(texts, vectors, strict=True))

    def embed(self, texts: list[str]) -> Any:
        new = [text for text in texts if text not in self._known]
        fresh = dict(zip(new, self._encoder.embed(new), strict=True)) if new else {}
        return np.stack(
            [self._known[text] if text in self._known else fresh[text] for text in texts]
        )


def main() -> int:
    options = _options()
    folder = options.data / "intent"
    if not (folder / "clinc150_full.json").exists():
        print(f"No data sets in {options.data}: name their folder with --data or ABOVEBOARD_DATA.")
        return 1
    clinc = read_clinc(json.loads((folder / "clinc150_full.json").read_text()))
    banking = _banking(folder)
    texts = sorted({*_texts(clinc), *_texts(banking)})
    print(LINE.format("what", "mode", "goal", "measured", "others"))
    strong, lite = shipped(), StaticEncoder()
    modes = (
        Mode("strong", strong, Remembered(strong, texts).embed),
        Mode("lite", lite, lite.embed),
        Mode("words", None, None),
    )
    for mode in modes:
        _print(_one_message(mode, banking))
        _print(_data_sets(mode, clinc, banking, options.quick))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("ABOVEBOARD_DATA", "../shared/data")
    parser.add_argument("--data", type=Path, default=Path(default))
    parser.add_argument("--quick", action="store_true")
    return parser.parse_args()


def _banking(folder: Path) -> LabelledSplit:
    train, test = (
        [(row["text"], row["category"]) for row in csv.DictReader((folder / name).open())]
        for name in ("banking77_train.csv", "banking77_test.csv")
    )
    return split_from_rows(test, train)


def _texts(split: LabelledSplit) -> list[str]:
    learned = [text for texts in split.train.values() for text in texts]
    return learned + [row.text for row in (*split.validation, *split.test)]


def _data_sets(mode: Mode, clinc: LabelledSplit, banking: LabelledSplit, quick: bool) -> list[Row]:
    goals = {5: mode.goal("≥ 80", "≥ 72"), 10: mode.goal("≥ 86", "≥ 81")}
    others = {5: "77.8 USE+ConveRT, 84.0 ICDA", 10: "85.2 USE+ConveRT, 89.8 ICDA"}
    rows = []
    for shots in SHOTS:
        accuracies = [
            _figures(_model(_few(banking, shots, seed), mode), banking, mode)["closed_accuracy"]
            for seed in SEEDS
        ]
        measured = _percent(float(np.mean(accuracies)))
        rows.append(
            Row(f"BANKING77 {shots}-shot", mode.name, goals[shots], measured, others[shots])
        )
    if quick:
        return rows
    accuracy = _figures(_model(banking.train, mode), banking, mode)["closed_accuracy"]
    goal = mode.goal("≥ 94", "≥ 92.5")
    rows.append(Row("BANKING77 full", mode.name, goal, _percent(accuracy), "93.8–94.9 fine-tuned"))
    return rows + _clinc(mode, clinc)


def _clinc(mode: Mode, clinc: LabelledSplit) -> list[Row]:
    began = time.process_time()
    model = _model(clinc.train, mode)
    took = time.process_time() - began
    figures = _figures(model, clinc, mode)
    detector = f"{_percent(figures['oos_auroc'])} / {_percent(figures['oos_aupr'])}"
    ruled = f"{_percent(figures['in_scope_accuracy'])} / {_percent(figures['oos_recall'])}"
    found = mode.goal("≥ 98 / ≥ 93", "≥ 96 / ≥ 85")
    kept = mode.goal("≥ 94.5 / ≥ 70", "≥ 93 / ≥ 50")
    bert = "94.2 / 85.3 BERT; 97.3 / 91.0 SNGP ×10"
    return [
        Row("CLINC150 AUROC / AUPR", mode.name, found, detector, bert),
        Row("CLINC150 accuracy / OOS recall", mode.name, kept, ruled,
            "96.2 / 52.3 BERT; 91.0 / 14.5 SVM"),
        Row("CLINC150 coverage at 99%", mode.name, "", _percent(figures["coverage_at_99"])),
        Row("CLINC150 calibration error", mode.name, "", _percent(figures["ece"])),
        Row("CLINC150 training, s of CPU (15,000 examples)", mode.name, "", f"{took:.0f}"),
        *_several(mode, model, clinc),
        *_nonsense(mode, model, clinc),
    ]  # fmt: skip


def _model(examples: Mapping[str, Sequence[str]], mode: Mode) -> IntentModel:
    encoder = mode.encoder
    contextual = encoder is not None and encoder.contextual
    name = encoder.id if encoder else ""
    return train_model("en", examples, mode.embed, encoder=name, contextual=contextual)


def _few(split: LabelledSplit, shots: int, seed: int) -> dict[str, list[str]]:
    dice = np.random.default_rng(seed)
    few = {}
    for intent, (*texts, name) in sorted(split.train.items()):
        few[intent] = [*(texts[i] for i in dice.permutation(len(texts))[:shots]), name]
    return few


def _figures(model: IntentModel, split: LabelledSplit, mode: Mode) -> dict[str, Any]:
    embed = mode.embed

    def estimated(rows: Sequence[LabelledMessage]) -> list[Any]:
        vectors = embed([row.text for row in rows]) if embed and rows else [None] * len(rows)
        return [
            (row, model.estimate_vector(row.text, v)) for row, v in zip(rows, vectors, strict=True)
        ]

    return score_intents(estimated(split.test), estimated(split.validation))


def _reader(model: IntentModel, embed: Embed | None) -> MessageReader:
    return MessageReader(BrandWords("Example"), ("en", "de"), {"en": model}, embed, identifier())


def _several(mode: Mode, model: IntentModel, split: LabelledSplit) -> list[Row]:
    dice = np.random.default_rng(0)
    inside = [row for row in split.test if row.intent != OUT_OF_SCOPE]
    reader = _reader(model, mode.embed)
    single = [inside[i] for i in dice.permutation(len(inside))[:SAMPLE]]
    alarms = [bool(reader.read_message(row.text, direct=True).asks) for row in single]
    handed: list[bool] = []
    while len(handed) < SAMPLE:
        one, other = (inside[int(i)] for i in dice.integers(len(inside), size=2))
        if one.intent != other.intent:
            text = one.text.rstrip(".?! ") + str(dice.choice(JOINS)) + other.text
            handed.append(reader.read_message(text, direct=True).intent is None)
    measured = f"{_percent(float(np.mean(handed)))} / {_percent(float(np.mean(alarms)))}"
    return [Row("several asks: handed off / false alarms", mode.name, "≥ 95 / ≤ 1", measured, "–")]


def _nonsense(mode: Mode, model: IntentModel, split: LabelledSplit) -> list[Row]:
    dice = np.random.default_rng(0)
    reader = _reader(model, mode.embed)
    words = [word for texts in split.train.values() for text in texts for word in text.split()]
    letters = list(string.ascii_lowercase)
    keys = [
        " ".join("".join(dice.choice(letters, dice.integers(3, 9))) for _ in range(size))
        for size in dice.integers(1, 6, size=SAMPLE)
    ]
    salads = [" ".join(dice.choice(words, size)) for size in dice.integers(4, 11, size=SAMPLE)]
    shares = [
        _percent(
            float(
                np.mean(
                    [reader.read_message(text, direct=True).intent is not None for text in some]
                )
            )
        )
        for some in (keys, salads)
    ]
    measured = " / ".join(shares)
    return [Row("accepted: random keys / word salad", mode.name, "0 / ≤ 5", measured, "–")]


def _one_message(mode: Mode, banking: LabelledSplit) -> list[Row]:
    """CPU of a whole reading: to whom, flags, language, intent, several asks."""
    few = dict(list(_few(banking, 15, 0).items())[:25])
    fresh = Mode(mode.name, mode.encoder, mode.encoder.embed if mode.encoder else None)
    began = time.process_time()
    model = _model(few, fresh)
    took = time.process_time() - began
    reader = _reader(model, fresh.embed)
    texts = [row.text for row in banking.test if row.intent in few][:SAMPLE]
    for text in texts[:20]:
        reader.read_message(text, direct=True)
    began = time.process_time()
    for text in texts:
        reader.read_message(text, direct=True)
    each = (time.process_time() - began) / len(texts)
    many = mode.goal("≥ 120", "")
    return [
        Row("one message, ms of CPU", mode.name, mode.goal("≤ 8", "≤ 2"), f"{each * 1000:.2f}"),
        Row("messages a second and core", mode.name, many, f"{1 / each:.0f}"),
        Row("training, s of CPU (25 intents × 15)", mode.name, "seconds", f"{took:.1f}"),
        Row("memory of a process that reads, MB", mode.name, "", _memory(mode, model)),
    ]


_SERVING = """
import sys
from pathlib import Path
from bot.understanding.addressed import BrandWords
from bot.understanding.reader import Reader
from handlers.models import StaticEncoder, shipped
from handlers.language import identifier
from handlers.model_files import read_model
folder, model_id, mode = sys.argv[1:]
encoders = {"strong": shipped, "lite": StaticEncoder}
embed = encoders[mode]().embed if mode in encoders else None
model = read_model(Path(folder), model_id)
reader = Reader(BrandWords("Example"), ("en",), {"en": model}, embed, identifier())
reader.read("Where is my card?", direct=True)
print(next(line for line in open("/proc/self/status") if line.startswith("VmRSS")).split()[1])
"""


def _memory(mode: Mode, model: IntentModel) -> str:
    """Megabytes of a process that only reads messages, with a trained model cached."""
    if not Path("/proc/self/status").exists():
        return "only measured on Linux"
    with tempfile.TemporaryDirectory() as folder:
        write_model(Path(folder), model)
        command = [sys.executable, "-c", _SERVING, folder, model.id, mode.name]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
    return f"{int(done.stdout) / 1024:.0f}"


def _percent(share: float) -> str:
    return f"{share * 100:.1f}"


def _print(rows: Sequence[Row]) -> None:
    for row in rows:
        print(
            LINE.format(row.what, row.mode, row.goal, row.measured, row.others).rstrip(), flush=True
        )


if __name__ == "__main__":
    sys.exit(main())
