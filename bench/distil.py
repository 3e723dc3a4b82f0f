"""Makes `handlers/models/word_vectors/vectors.npz` from the shipped encoder. Needs no data set.

    python -m bench.distil OUT [--texts 550000]

Random runs of tokens, common ones more often, are read by the encoder; then a vector is sought for
each token such that the sum over a run comes close to what the encoder made of it (ridge regression
towards half of what the encoder makes of the token alone, solved by conjugate gradients). The sums
are kept in their 256 strongest directions, as int8 with a scale a token. About 15 minutes of CPU.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from handlers.models.onnx_encoder import SHIPPED, load_session

DIMENSIONS = 256
PULL = 1.0  # towards the token's own vector
ROUNDS = 15
BATCH = 64
BEGIN, END, FIRST_WORD = 101, 102, 1996  # [CLS], [SEP], and where whole words begin
STOPS = (1012, 1029)  # . ?


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--texts", type=int, default=550_000)
    options = parser.parse_args()
    session = load_session(SHIPPED)
    described = json.loads((SHIPPED / "tokenizer.json").read_bytes())
    tokens = list(described["model"]["vocab"])  # in the order of their numbers
    size = len(tokens)
    alone = _read(session, [[token] for token in range(size)])
    alone -= alone[FIRST_WORD:].mean(axis=0)
    runs = _runs(tokens, options.texts)
    whole = _read(session, runs)
    vectors = _fitted(_design(runs, size), whole - whole.mean(axis=0), alone * 0.5)
    rows = _strongest(vectors)
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-9) / 127
    packed = np.round(rows / scales[:, None]).astype(np.int8)
    np.savez_compressed(options.out, rows=packed, scales=scales.astype(np.float32))


def _runs(tokens: list[str], count: int) -> list[list[int]]:
    """Two to ten words each, some continued by a piece of a word, some ended by a stop."""
    dice = np.random.default_rng(0)
    words = np.array([i for i, t in enumerate(tokens) if i >= FIRST_WORD and t.isalpha()])
    pieces = np.array([i for i, t in enumerate(tokens) if t[:2] == "##" and t[2:].isalpha()])
    common = 1.0 / (np.arange(len(words)) + 30.0)  # the vocabulary is sorted by frequency
    common /= common.sum()
    runs = []
    for _ in range(count):
        length = int(dice.integers(2, 11))
        run = list(dice.choice(words, length, p=common if dice.random() < 0.7 else None))
        if dice.random() < 0.4:
            place = int(dice.integers(1, length + 1))
            run[place:place] = list(dice.choice(pieces, dice.integers(1, 3)))
        if dice.random() < 0.5:
            run.append(dice.choice(STOPS))
        runs.append([int(token) for token in run])
    return sorted(runs, key=len)


def _read(session: Any, runs: list[list[int]]) -> Any:
    """What the encoder makes of each run; runs of like length stand together."""
    batches = []
    for start in range(0, len(runs), BATCH):
        batch = [[BEGIN, *run, END] for run in runs[start : start + BATCH]]
        longest = max(map(len, batch))
        mask = np.array([[1] * len(run) + [0] * (longest - len(run)) for run in batch])
        ids = np.array([run + [0] * (longest - len(run)) for run in batch])
        batches.append(session.run(None, {"input_ids": ids, "attention_mask": mask})[0])
    return np.concatenate(batches)


def _design(runs: list[list[int]], size: int) -> Any:
    """One row a run; its tokens weigh 1/√length, so that sums of any length are comparable."""
    ends = np.cumsum([0, *(len(run) for run in runs)])
    columns = np.concatenate([np.array(run, dtype=np.int32) for run in runs])
    lengths = np.repeat(np.diff(ends), np.diff(ends)).astype(np.float32)
    return sparse.csr_matrix((1 / np.sqrt(lengths), columns, ends), shape=(len(runs), size))


def _fitted(design: Any, whole: Any, prior: Any) -> Any:
    gram = (design.T @ design).tocsr()
    change = np.zeros_like(prior)
    rest = design.T @ whole - gram @ prior
    step, left = rest.copy(), (rest**2).sum(axis=0)
    for _ in range(ROUNDS):
        along = gram @ step + PULL * step
        size = left / np.maximum((step * along).sum(axis=0), 1e-12)
        change += size * step
        rest -= size * along
        now = (rest**2).sum(axis=0)
        step, left = rest + now / np.maximum(left, 1e-12) * step, now
    return prior + change


def _strongest(vectors: Any) -> Any:
    """The directions in which common tokens differ most."""
    use = 1.0 / (np.maximum(np.arange(len(vectors)) - FIRST_WORD + 1000, 1) + 30.0)
    use[: FIRST_WORD - 1000] = 0.0
    _, _, directions = np.linalg.svd(vectors * np.sqrt(use)[:, None], full_matrices=False)
    return vectors @ directions[:DIMENSIONS].T


if __name__ == "__main__":
    main()
