"""The name of a model: the hash of everything that it is made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

ALGORITHM = "6"  # counts up when the same examples would give another model


def compute_model_id(
    language: str,
    examples: Mapping[str, Sequence[str]],
    not_this: Mapping[str, Sequence[str]] | None = None,
    encoder: str = "",
) -> str:
    """The hash of all that a model depends on. The order of intents and examples doesn't count."""
    parts = [
        ALGORITHM,
        language,
        encoder,
        {intent: sorted(set(texts)) for intent, texts in examples.items()},
        {intent: sorted(set(texts)) for intent, texts in (not_this or {}).items() if texts},
    ]
    canonical = json.dumps(parts, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()
