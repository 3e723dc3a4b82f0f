"""A model as arrays and words, and back: what is kept on disk holds no code.

`model_to_parts` gives arrays for an .npz file and a JSON object; `model_from_parts` takes them
back. Words of a vocabulary are kept as one text, a line each: n-grams hold no line ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from bot.understanding.classifier.embedding_scores import (
    EmbeddingScores,
    LinearLayer,
    Neighbours,
    WhitenedDistance,
)
from bot.understanding.classifier.features import FeatureBlock, TextFeatures
from bot.understanding.classifier.intent_model import Calibration, IntentModel
from bot.understanding.classifier.word_order import WordOrder

FORMAT = 2
_BLOCKS = ("words", "chars")


def model_to_parts(model: IntentModel) -> tuple[dict[str, Any], dict[str, Any]]:
    """(arrays, JSON object)."""
    c = model.calibration
    facts: dict[str, Any] = {
        "format": FORMAT,
        "id": model.id,
        "language": model.language,
        "intents": list(model.intents),
        "gain": c.gain,
        "pull": c.pull,
        "temperature": c.temperature,
        "least_known": c.least_known,
        "least_odds": c.least_odds,
        "encoder": model.meaning.encoder if model.meaning else None,
    }
    arrays: dict[str, Any] = {
        "machines.weights": model.machines.weights,
        "machines.bias": model.machines.bias,
        "means": c.means,
        "deviations": c.deviations,
        "weights": c.weights,
        "own": c.own,
    }
    for name, block in zip(_BLOCKS, model.features.blocks, strict=True):
        grams = sorted(block.vocabulary, key=block.vocabulary.__getitem__)
        arrays[f"{name}.grams"] = np.frombuffer("\n".join(grams).encode(), dtype=np.uint8)
        arrays[f"{name}.idf"] = block.idf
    if model.meaning is not None:
        arrays |= {
            "centre": model.meaning.centre,
            "regression.weights": model.meaning.regression.weights,
            "regression.bias": model.meaning.regression.bias,
            "distance.within": model.meaning.distance.within,
            "distance.around": model.meaning.distance.around,
            "distance.means": model.meaning.distance.means,
            "examples.vectors": model.meaning.examples.vectors,
            "examples.starts": model.meaning.examples.starts,
            "near_misses.vectors": model.meaning.near_misses.vectors,
            "near_misses.starts": model.meaning.near_misses.starts,
        }
    if model.order is not None:
        facts["order"] = {"bias": model.order.bias, "most": model.order.most}
        arrays |= {
            "order.probe": model.order.probe,
            "order.means": model.order.means,
            "order.deviations": model.order.deviations,
        }
    return arrays, facts


def model_from_parts(arrays: Mapping[str, Any], facts: Mapping[str, Any]) -> IntentModel:
    """The model. Raises KeyError or ValueError if the parts are not those of one."""
    if facts["format"] != FORMAT:
        raise ValueError(f"this is a model of format {facts['format']}, not {FORMAT}")
    return IntentModel(
        id=facts["id"],
        language=facts["language"],
        intents=tuple(facts["intents"]),
        features=TextFeatures(tuple(_read_block(arrays, name) for name in _BLOCKS)),
        machines=LinearLayer(arrays["machines.weights"], arrays["machines.bias"]),
        calibration=Calibration(
            gain=facts["gain"],
            pull=facts["pull"],
            temperature=facts["temperature"],
            means=arrays["means"],
            deviations=arrays["deviations"],
            weights=arrays["weights"],
            own=arrays["own"],
            least_known=facts["least_known"],
            least_odds=facts["least_odds"],
        ),
        meaning=None
        if facts["encoder"] is None
        else _read_embedding_scores(arrays, facts["encoder"]),
        order=_read_order(arrays, facts["order"]) if "order" in facts else None,
    )


def _read_block(arrays: Mapping[str, Any], name: str) -> FeatureBlock:
    joined = bytes(arrays[f"{name}.grams"]).decode()
    grams = joined.split("\n") if joined else []
    idf = arrays[f"{name}.idf"]
    if len(grams) != len(idf):
        raise ValueError(f"{len(grams)} n-grams, but {len(idf)} weights")
    return FeatureBlock({gram: i for i, gram in enumerate(grams)}, idf)


def _read_order(arrays: Mapping[str, Any], facts: Mapping[str, float]) -> WordOrder:
    means, deviations = arrays["order.means"], arrays["order.deviations"]
    return WordOrder(arrays["order.probe"], facts["bias"], means, deviations, facts["most"])


def _read_embedding_scores(arrays: Mapping[str, Any], encoder: str) -> EmbeddingScores:
    return EmbeddingScores(
        encoder=encoder,
        centre=arrays["centre"],
        regression=LinearLayer(arrays["regression.weights"], arrays["regression.bias"]),
        distance=WhitenedDistance(
            arrays["distance.within"], arrays["distance.around"], arrays["distance.means"]
        ),
        examples=Neighbours(arrays["examples.vectors"], arrays["examples.starts"]),
        near_misses=Neighbours(arrays["near_misses.vectors"], arrays["near_misses.starts"]),
    )
