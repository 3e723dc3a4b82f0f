"""A trained model: which intent a text has, how sure that is, and whether it is any of them.

Two views of a text are fused: TF-IDF with linear support vector machines, which reads the words,
and, where there is an encoder, a softmax regression on its centred vectors, which reads the
meaning. The fused scores become probabilities by one temperature. Softmax alone is a bad reason to
accept, so a detector looks at the same scores otherwise: is the text *near* anything the brand
wrote? Accepted is what passes on the smaller of the two.

A model is a value: numpy arrays and words, no code. `bot.understanding.classifier.model_training`
makes it, `bot.understanding.classifier.model_archive` keeps it. What a rejection means to a
customer, the reader says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.understanding.classifier.embedding_scores import EmbeddingScores, LinearLayer
from bot.understanding.classifier.features import Floats, TextFeatures
from bot.understanding.classifier.word_order import WordOrder
from bot.understanding.sentences import normalize_text

Embed = Callable[[list[str]], Any]


@dataclass(frozen=True, slots=True)
class Calibration:
    """What cross-validation on the brand's examples found.

    `gain` scales the margins before they are fused, `pull` is how much an intent's distance takes
    from what the regression says of it, `temperature` scales the fused scores. `means` and
    `deviations` bring the detector's scores to one scale, `weights` (of sum 1) add them up.
    `own` is how far above the others an intent's own examples score, and is taken off.
    `least_known` and `least_odds` are the detector's score and the log-odds below which nothing is
    accepted.
    """

    gain: float
    pull: float
    temperature: float
    means: Floats
    deviations: Floats
    weights: Floats
    own: Floats
    least_known: float
    least_odds: float


@dataclass(frozen=True, slots=True)
class IntentEstimate:
    """What a model makes of one text.

    `order` lists the intents, likeliest first, with calibrated `probabilities` beside them.
    `known` is the detector's score: how near the text is to anything the brand wrote, in standard
    deviations. `margin` is the smaller of (log-odds, detector) above their thresholds: the text is
    accepted when it is at least 0. `near_miss`: it is nearer to a “not this” example.
    `ordered`: its words are not merely those of the brand, shaken.
    """

    order: tuple[str, ...]
    probabilities: Floats
    known: float
    margin: float
    in_scope: bool
    near_miss: bool = False
    ordered: bool = True

    @property
    def is_accepted(self) -> bool:
        return self.margin >= 0.0 and self.ordered and not self.near_miss

    def probability_of(self, intent: str) -> float:
        return float(self.probabilities[self.order.index(intent)])


@dataclass(frozen=True, slots=True)
class IntentModel:
    """Reads texts of one language. `id` is the hash of all that it was made from."""

    id: str
    language: str
    intents: tuple[str, ...]
    features: TextFeatures
    machines: LinearLayer
    calibration: Calibration
    meaning: EmbeddingScores | None = None
    order: WordOrder | None = None

    def estimate_text(self, text: str, embed: Embed | None = None) -> IntentEstimate:
        """What this text asks. `embed` is the encoder that the model was trained with."""
        vector = None
        if self.meaning is not None:
            if embed is None:
                raise ValueError("this model was trained with an encoder, and is read with one")
            vector = np.asarray(embed([text])[0], dtype=np.float32)
        return self.estimate_vector(text, vector)

    def estimate_vector(self, text: str, vector: Floats | None) -> IntentEstimate:
        """The same, from a vector made before (None for a model without an encoder)."""
        level = normalize_text(text)
        columns, values = self.features.columns_and_values(level)
        margins: Floats = values @ self.machines.weights[columns] + self.machines.bias
        fused = log_softmax(margins * self.calibration.gain)
        signs = [float(margins.max()), self.features.word_familiarity(level)]
        if self.meaning is None or vector is None:
            return self._build_estimate(
                fused, signs, near_miss=False, ordered=self._has_order(level, None)
            )
        logits, distances = self.meaning.score_intents(vector)
        fused = fused + log_softmax(logits - self.calibration.pull * distances)
        signs += self.meaning.scope_signs(vector, logits, distances)
        return self._build_estimate(
            fused,
            signs,
            near_miss=self.meaning.is_near_miss(int(fused.argmax()), vector),
            ordered=self._has_order(level, vector),
        )

    def _has_order(self, level: str, vector: Floats | None) -> bool:
        vocabulary = self.features.blocks[0].vocabulary
        return self.order is None or self.order.has_order(level, vocabulary, vector)

    def _build_estimate(
        self, fused: Floats, signs: list[float], *, near_miss: bool, ordered: bool
    ) -> IntentEstimate:
        c = self.calibration
        probabilities = np.exp(log_softmax(fused / c.temperature))
        order = np.argsort(-probabilities, kind="stable")
        known = float((np.array(signs) - c.means) / c.deviations @ c.weights - c.own[order[0]])
        margin = min(known - c.least_known, log_odds(float(probabilities[order[0]])) - c.least_odds)
        return IntentEstimate(
            order=tuple(self.intents[k] for k in order),
            probabilities=probabilities[order],
            known=known,
            margin=margin,
            in_scope=known >= c.least_known,
            near_miss=near_miss,
            ordered=ordered,
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
