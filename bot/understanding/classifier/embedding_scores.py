"""The encoder's half of a model: what a text's vector says of its intent, and whether of any.

Three scores tell whether a text is near anything the brand wrote; each sees what another misses.
`nearness`: mean cosine to the five nearest examples of an intent. `spread`: log of the summed
exponentials of the regression's scores (an energy, Liu et al. 2020). `distance`: Mahalanobis
distance to the nearest intent, less that to the examples as a whole (Ren et al. 2021).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from bot.understanding.classifier.features import Floats

_NEAREST = 5
_LIKELY = 8  # intents whose examples are looked at: the nearest are among the likeliest


@dataclass(frozen=True, slots=True)
class LinearLayer:
    """One weight row a column of the input, one column an intent."""

    weights: Floats
    bias: Floats

    def apply_to(self, vector: Floats) -> Floats:
        return cast(Floats, vector @ self.weights + self.bias)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Vectors of length 1, grouped by intent: those of intent k are `starts[k]:starts[k + 1]`."""

    vectors: Floats
    starts: NDArray[np.int64]

    def nearness_to(self, intent: int, vector: Floats, count: int = _NEAREST) -> float:
        """Mean cosine to the `count` nearest of an intent (all, if fewer); −1 if it has none."""
        own = self.vectors[self.starts[intent] : self.starts[intent + 1]]
        cosines = own @ vector
        if len(cosines) > count:
            cosines = np.partition(cosines, -count)[-count:]
        return float(cosines.mean()) if len(cosines) else -1.0


@dataclass(frozen=True, slots=True)
class WhitenedDistance:
    """Whitened spaces: `within` intents and `around` all examples. `means` are whitened, a row an
    intent."""

    within: Floats
    around: Floats
    means: Floats

    def distance_to_each(self, centred: Floats) -> Floats:
        """To each intent; squared, per dimension."""
        offsets = self.means - centred @ self.within
        return cast(Floats, np.einsum("kd,kd->k", offsets, offsets) / len(centred))

    def distance_overall(self, centred: Floats) -> float:
        """To the examples as a whole; squared, per dimension."""
        whole = centred @ self.around
        return float(whole @ whole) / len(centred)


@dataclass(frozen=True, slots=True)
class EmbeddingScores:
    """Centre, regression, and the brand's own examples. `encoder` is the id of what made vectors.

    `near_misses` are the “not this” examples of each intent.
    """

    encoder: str
    centre: Floats
    regression: LinearLayer
    distance: WhitenedDistance
    examples: Neighbours
    near_misses: Neighbours

    def score_intents(self, vector: Floats) -> tuple[Floats, Floats]:
        """What the regression says of each intent, and the distance to each."""
        centred = vector - self.centre
        return self.regression.apply_to(centred), self.distance.distance_to_each(centred)

    def scope_signs(self, vector: Floats, logits: Floats, distances: Floats) -> list[float]:
        """Nearness, spread and (negated) distance: the higher, the more it is one of ours."""
        likely = np.argsort(-logits, kind="stable")[:_LIKELY]
        nearest = max(self.examples.nearness_to(int(k), vector) for k in likely)
        top = float(logits.max())
        spread = top + float(np.log(np.exp(logits - top).sum()))
        farther = self.distance.distance_overall(vector - self.centre)
        return [nearest, spread, farther - float(distances.min())]

    def is_near_miss(self, intent: int, vector: Floats) -> bool:
        """Whether a “not this” example of the intent is nearer than any example of it."""
        miss = self.near_misses.nearness_to(intent, vector, 1)
        return miss > self.examples.nearness_to(intent, vector, 1)
