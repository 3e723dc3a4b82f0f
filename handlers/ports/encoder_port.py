"""What understanding asks of a sentence encoder."""

from __future__ import annotations

from typing import Any, Protocol


class Encoder(Protocol):
    """A sentence encoder: texts -> float32 [len(texts), dim], rows of length 1."""

    id: str
    languages: frozenset[str]

    def embed(self, texts: list[str]) -> Any: ...
