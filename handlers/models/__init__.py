"""Sentence encoders: the one that is shipped, any other by path, and word vectors for lite."""

from pathlib import Path

from handlers.models.onnx_encoder import SHIPPED, OnnxEncoder, shipped
from handlers.models.word_vector_encoder import TABLE, StaticEncoder

__all__ = ["SHIPPED", "TABLE", "OnnxEncoder", "StaticEncoder", "encoder_at", "shipped"]


def encoder_at(
    path: Path, languages: frozenset[str] = StaticEncoder.languages
) -> OnnxEncoder | StaticEncoder:
    """The encoder whose `path` this is. Raises BrandError if it can't be used."""
    return StaticEncoder() if path == TABLE else OnnxEncoder(path, languages)
