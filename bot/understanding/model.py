"""A trained model: which intent a text has, how sure that is, and whether it is any of them.

Two views of a text are fused: TF-IDF with linear support vector machines, which reads the words,
and, where there is an encoder, a softmax regression on its centred vectors, which reads the
meaning. The fused scores become probabilities by one temperature. Softmax alone is a bad reason to
accept, so a detector looks at the same scores otherwise: is the text *near* anything the brand
wrote? Accepted is what passes on the smaller of the two.

A model is a value: numpy arrays and words, no code. `bot.understanding.training` makes it,
`bot.understanding.archive` keeps it. What a rejection means to a customer, the reader says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from bot.understanding.features import Features, Floats
from bot.understanding.text import normal

Embed = Callable[[list[str]], Any]
NEIGHBOURS = 5


@dataclass(frozen=True, slots=True)
class Linear:
    """One weight row a column of the input, one column an intent."""

    weights: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Vectors of length 1, grouped by intent: those of intent k are `starts[k]:starts[k + 1]`."""

    vectors: Floats
    starts: NDArray[np.int64]

    def nearness(self, vector: Floats) -> Floats:
        """Mean cosine to the five nearest (or all, if fewer) of each intent; −1 where none is."""
        cosines = self.vectors @ vector
        return np.array(
            [
                _mean_of_highest(cosines[a:b])
                for a, b in zip(self.starts, self.starts[1:], strict=False)
            ],
            dtype=np.float32,
        )


def _mean_of_highest(cosines: Floats) -> float:
    if len(cosines) > NEIGHBOURS:
        cosines = np.partition(cosines, -NEIGHBOURS)[-NEIGHBOURS:]
    return float(cosines.mean()) if len(cosines) else -1.0


@dataclass(frozen=True, slots=True)
class Meaning:
    """The encoder's half: centre, regression, and the brand's own examples as neighbours.

    `near_misses` are the “not this” examples of each intent.
    """

    encoder: str
    centre: Floats
    regression: Linear
    examples: Neighbours
    near_misses: Neighbours

    def logits(self, vector: Floats) -> Floats:
        """What the regression says of each intent."""
        centred: Floats = vector - self.centre
        return cast(Floats, centred @ self.regression.weights + self.regression.bias)


@dataclass(frozen=True, slots=True)
class Calibration:
    """What cross-validation on the brand's examples found.

    `gain` scales the margins before they are fused, `temperature` the fused scores. `means` and
    `deviations` bring the detector's scores to one scale. `least_known` and `least_odds` are the
    detector's score and the log-odds below which nothing is accepted.
    """

    gain: float
    temperature: float
    means: Floats
    deviations: Floats
    least_known: float
    least_odds: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a model makes of one text.

    `order` lists the intents, likeliest first, with calibrated `probabilities` beside them.
    `known` is the detector's score: how near the text is to anything the brand wrote, in standard
    deviations. `margin` is the smaller of (log-odds, detector) above their thresholds: the text is
    accepted when it is at least 0. `near_miss`: it is nearer to a “not this” example.
    """

    order: tuple[str, ...]
    probabilities: Floats
    known: float
    margin: float
    in_scope: bool
    near_miss: bool = False

    @property
    def accepted(self) -> bool:
        return self.margin >= 0.0 and not self.near_miss


@dataclass(frozen=True, slots=True)
class Model:
    """Reads texts of one language. `id` is the hash of all that it was made from."""

    id: str
    language: str
    intents: tuple[str, ...]
    features: Features
    machines: Linear
    calibration: Calibration
    meaning: Meaning | None = None

    def estimate(self, text: str, embed: Embed | None = None) -> Estimate:
        """What this text asks. `embed` is the encoder that the model was trained with."""
        vector = None
        if self.meaning is not None:
            if embed is None:
                raise ValueError("this model was trained with an encoder, and is read with one")
            vector = np.asarray(embed([text])[0], dtype=np.float32)
        return self.estimate_of(text, vector)

    def estimate_of(self, text: str, vector: Floats | None) -> Estimate:
        """The same, from a vector made before (None for a model without an encoder)."""
        margins = self._margins(text)
        signs = [float(margins.max())]
        if self.meaning is None or vector is None:
            fused = log_softmax(margins * self.calibration.gain)
            near_miss = False
        else:
            logits = self.meaning.logits(vector)
            nearness = self.meaning.examples.nearness(vector)
            signs += [float(nearness.max()), _log_sum_exp(logits)]
            fused = log_softmax(logits) + log_softmax(margins * self.calibration.gain)
            best = int(fused.argmax())
            misses = self.meaning.near_misses
            near_miss = _highest(misses, best, vector) > _highest(
                self.meaning.examples, best, vector
            )
        return self._estimate(fused, signs, near_miss)

    def _margins(self, text: str) -> Floats:
        columns, values = self.features.of(normal(text))
        margins: Floats = values @ self.machines.weights[columns] + self.machines.bias
        return margins

    def _estimate(self, fused: Floats, signs: list[float], near_miss: bool) -> Estimate:
        c = self.calibration
        probabilities = np.exp(log_softmax(fused / c.temperature))
        order = np.argsort(-probabilities, kind="stable")
        known = float(((np.array(signs) - c.means) / c.deviations).mean())
        margin = min(known - c.least_known, log_odds(float(probabilities[order[0]])) - c.least_odds)
        return Estimate(
            order=tuple(self.intents[k] for k in order),
            probabilities=probabilities[order],
            known=known,
            margin=margin,
            in_scope=known >= c.least_known,
            near_miss=near_miss,
        )


def log_softmax(scores: Floats) -> Floats:
    """Along the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def log_odds(probability: float) -> float:
    """log p / (1 − p), finite."""
    p = min(max(probability, 1e-9), 1 - 1e-9)
    return float(np.log(p / (1 - p)))


def _log_sum_exp(scores: Floats) -> float:
    top = float(scores.max())
    return top + float(np.log(np.exp(scores - top).sum()))


def _highest(neighbours: Neighbours, intent: int, vector: Floats) -> float:
    vectors = neighbours.vectors[neighbours.starts[intent] : neighbours.starts[intent + 1]]
    return float((vectors @ vector).max()) if len(vectors) else -1.0
