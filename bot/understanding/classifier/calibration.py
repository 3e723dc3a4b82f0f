"""From what cross-validation saw to the numbers a model decides by.

Fused scores become probabilities by a gain, a pull and a temperature, chosen by likelihood. The
detector's scores are brought to one scale by their mean and deviation on held-back examples. Its
threshold is the one that decides best between examples that were understood and intents held back
whole, if one message in five is such a stranger; it never gives up more than a tenth of what was
understood. An intent whose own examples lie close together is held stricter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar

from bot.understanding.classifier.features import Floats
from bot.understanding.classifier.intent_model import Calibration, log_odds, log_softmax

_GAINS = (1.0, 2.0, 3.0)
_PULLS = (0.0, 1.0, 2.0, 4.0)
_COLDEST, _HOTTEST = 0.05, 20.0  # temperatures
_STRANGERS = 0.2  # the share of messages that are none of the intents
_GIVEN_UP_LEAST, _GIVEN_UP_MOST = 0.03, 0.10  # of the held-back examples that were understood
_RESTS_ON = 3  # examples at least are given up: the lowest one of few is where it is by chance
_PRIOR = 10.0  # examples
_TAKEN_OFF = 0.25  # of how far an intent lies above the others
_LEAST_PROBABILITY = 2 / 3  # twice as likely as all others together


@dataclass(frozen=True, slots=True)
class HeldOutFold:
    """What one fold's model made of rows it had not seen.

    `kept` are the intents that the fold's model knows, by number: a column of the scores each.
    `labels` are columns of the scores, −1 for an intent that the fold had never seen. `logits`
    and `distances` are None without an encoder. `signs` are the detector's scores in the model's
    order, a row a text.
    """

    kept: Any
    labels: Any
    margins: Any
    logits: Any
    distances: Any
    signs: Any


def calibrate_model(
    folds: Sequence[HeldOutFold], mix: Sequence[float], intents: int
) -> Calibration:
    """The calibration that these folds suggest; a cautious one if there are none.

    `mix` says how much each of the detector's scores counts; `intents` is how many there are.
    """
    weights = np.array(mix, dtype=np.float32) / np.float32(sum(mix))
    own = np.zeros(intents, dtype=np.float32)
    if not any((fold.labels >= 0).any() for fold in folds):
        none = np.zeros(len(mix), dtype=np.float32)
        return Calibration(1.0, 0.0, 1.0, none, none + 1, weights, own, 0.0, log_odds(0.9))
    gain, pull, temperature = _likeliest_fusion([_drop_strangers(fold) for fold in folds])
    labels = np.concatenate([fold.labels for fold in folds])
    signs = np.concatenate([fold.signs for fold in folds])
    read = np.concatenate([f.kept[_fuse_logits(f, gain, pull).argmax(axis=1)] for f in folds])
    means, deviations = signs[labels >= 0].mean(axis=0), signs[labels >= 0].std(axis=0) + 1e-6
    known = (signs - means) / deviations @ weights
    # Folds with examples held back know every intent: there a label is the intent's number.
    right = (read == labels) if (read == labels).any() else labels >= 0
    own = _own_levels(known[right], read[right], intents)
    return Calibration(
        gain=gain,
        pull=pull,
        temperature=temperature,
        means=means.astype(np.float32),
        deviations=deviations.astype(np.float32),
        weights=weights,
        own=own,
        least_known=_acceptance_threshold(known[right], known[labels < 0]),
        least_odds=log_odds(_LEAST_PROBABILITY),
    )


def _own_levels(known: Any, read: Any, intents: int) -> Any:
    """How far an intent's own examples lie above all others' in the detector's score; at least 0.

    A mean of few says little: it is drawn towards 0 as if `_PRIOR` examples more had none. Only a
    part is taken off: all of it tells neighbours apart a little better, and strangers much worse.
    An intent whose examples lie below the others' is not held looser for it.
    """
    sums = np.bincount(read, known - known.mean(), minlength=intents)
    means = sums / (np.bincount(read, minlength=intents) + _PRIOR)
    return np.maximum(_TAKEN_OFF * means, 0.0).astype(np.float32)


def _acceptance_threshold(understood: Any, strangers: Any) -> float:
    """Between what must be kept and what may be given up, where fewest decisions are wrong."""
    least = min(max(_GIVEN_UP_LEAST, _RESTS_ON / len(understood)), _GIVEN_UP_MOST)
    given_up = np.linspace(least, _GIVEN_UP_MOST, 15)
    thresholds = np.quantile(understood, given_up)
    if not len(strangers):
        return float(thresholds[0])
    let_in = np.array([(strangers >= threshold).mean() for threshold in thresholds])
    return float(thresholds[int(((1 - _STRANGERS) * given_up + _STRANGERS * let_in).argmin())])


def _drop_strangers(fold: HeldOutFold) -> HeldOutFold:
    rows = fold.labels >= 0
    return HeldOutFold(
        fold.kept,
        fold.labels[rows],
        fold.margins[rows],
        None if fold.logits is None else fold.logits[rows],
        None if fold.distances is None else fold.distances[rows],
        fold.signs[rows],
    )


def _likeliest_fusion(folds: Sequence[HeldOutFold]) -> tuple[float, float, float]:
    """Gain, pull and temperature under which the right intents are likeliest."""
    pulls = _PULLS if any(fold.distances is not None for fold in folds) else (0.0,)
    found = []
    for gain in _GAINS:
        for pull in pulls:
            scores = [_fuse_logits(fold, gain, pull) for fold in folds]
            loss, temperature = _best_temperature(scores, [fold.labels for fold in folds])
            found.append((loss, gain, pull, temperature))
    return min(found)[1:]


def _fuse_logits(fold: HeldOutFold, gain: float, pull: float) -> Floats:
    fused = log_softmax(fold.margins * gain)
    if fold.logits is None:
        return fused
    return fused + log_softmax(fold.logits - pull * fold.distances)


def _best_temperature(scores: Sequence[Floats], labels: Sequence[Any]) -> tuple[float, float]:
    """The least loss that a temperature gives, and the temperature."""

    def loss(log_temperature: float) -> float:
        scale = np.exp(-log_temperature)
        parts = [
            -log_softmax(one * scale)[np.arange(len(right)), right]
            for one, right in zip(scores, labels, strict=True)
            if len(right)
        ]
        return float(np.concatenate(parts).mean())

    bounds = (np.log(_COLDEST), np.log(_HOTTEST))
    found = minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 0.01})
    return float(found.fun), float(np.exp(found.x))
