"""From what cross-validation saw to the numbers a model decides by.

Fused scores become probabilities by a gain and a temperature, chosen by likelihood. The detector's
scores are brought to one scale by their mean and deviation on held-back examples. The thresholds
are set so that nearly all held-back examples that were understood would be accepted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.understanding.features import Floats
from bot.understanding.model import Calibration, log_odds, log_softmax

_GAINS = (1.0, 2.0, 3.0)
_TEMPERATURES = np.geomspace(0.05, 20.0, 121)
_GIVEN_UP = 0.03  # of the held-back examples that were understood
_LEAST_PROBABILITY = 0.5  # a likelier reading than all others together


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What one fold's model made of rows it had not seen.

    `labels` are columns of the scores, −1 for an intent that the fold had never seen. `logits` and
    `nearest` are None without an encoder.
    """

    labels: Any
    margins: Any
    logits: Any
    nearest: Any


def calibrate(folds: Sequence[HeldOut]) -> Calibration:
    """The calibration that these folds suggest; a cautious one if there are none."""
    seen = [_known_only(fold) for fold in folds]
    if not sum(len(fold.labels) for fold in seen):
        ones = np.ones(3, dtype=np.float32)
        return Calibration(1.0, 1.0, ones * 0, ones, 0.0, log_odds(0.9))
    gain, temperature = min(
        ((g, t) for g in _GAINS for t in _TEMPERATURES), key=lambda gt: _loss(seen, *gt)
    )
    signs = np.concatenate([_signs(fold) for fold in seen])
    means, deviations = signs.mean(axis=0), signs.std(axis=0) + 1e-6
    right = np.concatenate([_fused(f, gain).argmax(axis=1) == f.labels for f in seen])
    known = ((signs - means) / deviations).mean(axis=1)
    return Calibration(
        gain=gain,
        temperature=float(temperature),
        means=means.astype(np.float32),
        deviations=deviations.astype(np.float32),
        least_known=float(np.quantile(known[right] if right.any() else known, _GIVEN_UP)),
        least_odds=log_odds(_LEAST_PROBABILITY),
    )


def _known_only(fold: HeldOut) -> HeldOut:
    rows = fold.labels >= 0
    return HeldOut(
        fold.labels[rows],
        fold.margins[rows],
        None if fold.logits is None else fold.logits[rows],
        None if fold.nearest is None else fold.nearest[rows],
    )


def _fused(fold: HeldOut, gain: float) -> Floats:
    fused = log_softmax(fold.margins * gain)
    return fused if fold.logits is None else fused + log_softmax(fold.logits)


def _loss(folds: Sequence[HeldOut], gain: float, temperature: float) -> float:
    """The mean negative log-likelihood of the right intents."""
    losses = [
        -log_softmax(_fused(f, gain) / temperature)[np.arange(len(f.labels)), f.labels]
        for f in folds
        if len(f.labels)
    ]
    return float(np.concatenate(losses).mean())


def _signs(fold: HeldOut) -> Any:
    """The detector's scores, one row a text: the same that a model gives, in the same order."""
    signs = [fold.margins.max(axis=1)]
    if fold.logits is not None:
        top = fold.logits.max(axis=1, keepdims=True)
        spread = top[:, 0] + np.log(np.exp(fold.logits - top).sum(axis=1))
        signs += [fold.nearest, spread]
    return np.stack(signs, axis=1)
