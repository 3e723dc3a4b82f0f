"""From what cross-validation saw to the numbers a model decides by.

Fused scores become probabilities by a gain and a temperature, chosen by likelihood. The detector's
scores are brought to one scale by their mean and deviation on held-back examples. Its threshold is
the one that decides best between examples that were understood and intents held back whole, if one
message in five is such a stranger; it never gives up more than a tenth of what was understood.
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
_STRANGERS = 0.2  # the share of messages that are none of the intents
_GIVEN_UP_LEAST, _GIVEN_UP_MOST = 0.03, 0.10  # of the held-back examples that were understood
_LEAST_PROBABILITY = 0.5  # a likelier reading than all others together


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What one fold's model made of rows it had not seen.

    `labels` are columns of the scores, −1 for an intent that the fold had never seen. `logits` is
    None without an encoder. `signs` are the detector's scores in the model's order, a row a text.
    """

    labels: Any
    margins: Any
    logits: Any
    signs: Any


def calibrate(folds: Sequence[HeldOut], mix: Sequence[float]) -> Calibration:
    """The calibration that these folds suggest; a cautious one if there are none.

    `mix` says how much each of the detector's scores counts.
    """
    weights = np.array(mix, dtype=np.float32) / np.float32(sum(mix))
    seen = [_known_only(fold) for fold in folds]
    if not sum(len(fold.labels) for fold in seen):
        none = np.zeros(len(mix), dtype=np.float32)
        return Calibration(1.0, 1.0, none, none + 1, weights, 0.0, log_odds(0.9))
    gain, temperature = min(
        ((g, t) for g in _GAINS for t in _TEMPERATURES), key=lambda gt: _loss(seen, *gt)
    )
    signs = np.concatenate([fold.signs for fold in seen])
    means, deviations = signs.mean(axis=0), signs.std(axis=0) + 1e-6
    right = np.concatenate([_fused(f, gain).argmax(axis=1) == f.labels for f in seen])
    known = (signs - means) / deviations @ weights
    unseen = np.concatenate([fold.signs[fold.labels < 0] for fold in folds])
    strangers = (unseen - means) / deviations @ weights
    return Calibration(
        gain=gain,
        temperature=float(temperature),
        means=means.astype(np.float32),
        deviations=deviations.astype(np.float32),
        weights=weights,
        least_known=_threshold(known[right] if right.any() else known, strangers),
        least_odds=log_odds(_LEAST_PROBABILITY),
    )


def _threshold(understood: Any, strangers: Any) -> float:
    """Between what must be kept and what may be given up, where fewest decisions are wrong."""
    given_up = np.linspace(_GIVEN_UP_LEAST, _GIVEN_UP_MOST, 15)
    thresholds = np.quantile(understood, given_up)
    if not len(strangers):
        return float(thresholds[0])
    let_in = np.array([(strangers >= threshold).mean() for threshold in thresholds])
    return float(thresholds[int(((1 - _STRANGERS) * given_up + _STRANGERS * let_in).argmin())])


def _known_only(fold: HeldOut) -> HeldOut:
    rows = fold.labels >= 0
    return HeldOut(
        fold.labels[rows],
        fold.margins[rows],
        None if fold.logits is None else fold.logits[rows],
        fold.signs[rows],
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
