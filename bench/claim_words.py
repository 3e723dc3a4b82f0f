"""Trains what tells a claim from no claim (bot/detect/claims/claim_words.py), and writes its
weights to bot/detect/words/claim_weights.py.

    python -m bench.claim_words

From bench/data/claims/training: sentences written by hand for this project, English and German
(F a fact, S it follows, C it contradicts, U a term that is not published, N no claim), and real
agents' sentences of tau-bench's published runs (MIT), labelled by reading; of those only the
replies with odd numbers. Logistic regression (C 30) over binary features of unit length, eight
bits a weight. Never from bench/data/claims/*.jsonl: those are for measuring.
"""

from __future__ import annotations

import json
from base64 import b85encode
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.detect.claims.claim_words import BUCKETS, hash_features

ROOT = Path(__file__).resolve().parents[1]
TRAINING = ROOT / "bench" / "data" / "claims" / "training"
OUT = ROOT / "bot" / "detect" / "words" / "claim_weights.py"
HEAD = '''"""Weights of claims/claim_words.py, written by bench/claim_words.py: do not edit.

One signed byte a bucket, in base 85; multiplied by `SCALE`.
"""

# ruff: noqa: E501
'''


def read_examples() -> Iterator[tuple[str, bool]]:
    """(sentence, whether it claims nothing)."""
    for file in sorted(TRAINING.glob("*.txt")):
        for line in filter(None, map(str.strip, file.read_text("utf-8").splitlines())):
            if file.stem == "noclaim":
                yield line, True
            elif line[:2] in ("S ", "C ", "U ", "N "):
                yield line[2:], line[0] == "N"
            elif line[:2] == "F ":
                yield line[2:].rpartition(" | ")[2], False
    for row in read_agents():
        if row["reply"] % 2:
            yield row["text"], row["label"] == "no-claim"


def read_agents() -> Iterator[dict]:  # type: ignore[type-arg]
    """Labelled sentences of real agents, each text once."""
    seen: set[str] = set()
    _, *lines = (TRAINING / "agents.jsonl").read_text("utf-8").splitlines()
    for row in map(json.loads, lines):
        if row["text"] not in seen:
            seen.add(row["text"])
            yield row


def main() -> None:
    examples = list(read_examples())
    places = [sorted(hash_features(text)) for text, _ in examples]
    ends = np.cumsum([0, *map(len, places)])
    values = np.concatenate([np.full(len(it), len(it) ** -0.5) for it in places])
    features = csr_matrix((values, np.concatenate(places), ends), (len(examples), BUCKETS))
    labels = np.array([nothing for _, nothing in examples])
    model = LogisticRegression(C=30, max_iter=500).fit(features, labels)
    scale = float(np.abs(model.coef_).max() / 127)
    weights = np.round(model.coef_[0] / scale).astype(np.int8)
    lines = "\n".join(wrap(b85encode(weights.tobytes()).decode(), 150))
    bias = float(model.intercept_[0])
    OUT.write_text(
        f'{HEAD}SCALE = {scale!r}\nBIAS = {bias!r}\nWEIGHTS = r"""\n{lines}\n"""\n', "utf-8"
    )
    print(f"{len(examples)} sentences, {labels.mean():.0%} of them no claim: {OUT.name}")


if __name__ == "__main__":
    main()
