"""Trained models on disk: `<id>.npz` holds numbers, `<id>.json` the rest and the hash of the first.

Never a pickle: a file in the folder can make a model wrong, but it can't run. The JSON file is
written last, so half a model is none; one whose hash doesn't fit is none either, and is made again.
"""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from bot.understanding.classifier.intent_model import IntentModel
from bot.understanding.classifier.model_archive import model_from_parts, model_to_parts

KEPT = 6  # models that stay in the folder, so that a change taken back needs no training


def write_model(folder: Path, model: IntentModel) -> None:
    """Keep a model under its id. Raises OSError if the folder can't be written."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays, facts = model_to_parts(model)
    packed = io.BytesIO()
    np.savez(packed, **arrays)
    numbers = packed.getvalue()
    digest = hashlib.sha256(numbers).hexdigest()
    _replace(folder / f"{model.id}.npz", numbers)
    _replace(folder / f"{model.id}.json", msgspec.json.encode({**facts, "sha256": digest}))
    _prune(folder)


def read_model(folder: Path, model_id: str) -> IntentModel | None:
    """The model of this id; None if it isn't there, or isn't whole."""
    try:
        facts: dict[str, Any] = msgspec.json.decode((folder / f"{model_id}.json").read_bytes())
        numbers = (folder / f"{model_id}.npz").read_bytes()
        if facts["sha256"] != hashlib.sha256(numbers).hexdigest() or facts["id"] != model_id:
            return None
        with np.load(io.BytesIO(numbers), allow_pickle=False) as arrays:
            return model_from_parts({name: arrays[name] for name in arrays.files}, facts)
    except (OSError, ValueError, KeyError, TypeError, msgspec.DecodeError):
        return None


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _prune(folder: Path) -> None:
    newest_first = sorted(folder.glob("*.json"), key=lambda p: p.stat().st_mtime_ns, reverse=True)
    for old in newest_first[KEPT:]:
        old.unlink(missing_ok=True)
        old.with_suffix(".npz").unlink(missing_ok=True)
