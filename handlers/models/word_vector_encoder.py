"""Word vectors for English: what the shipped encoder knows of words, as a sum of its tokens.

One vector a token, learned so that their sum comes close to what the encoder makes of the whole
(`bench/distil.py` made the table; `word_vectors/README.md` says how). It knows that “parcel” is
near “package”, and nothing of order or context. It costs a few additions a word where the encoder
costs 1.7 ms, and a third of the memory: the lite mode reads with it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np

from bot.model.errors import BrandError
from handlers.models.onnx_encoder import MOST_TOKENS, SHIPPED, load_tokenizer, utf8

TABLE = Path(__file__).parent / "word_vectors" / "vectors.npz"
_TABLE_DIGEST = "6c7d3af96be9146520bed284f4aec701e321e41db9aa4e2f6c0a94e2dd5a3b01"


class StaticEncoder:
    """Sums of token vectors, of length 1. Implements `handlers.ports.store_port.Encoder`.

    Raises BrandError if a file is missing or is not the one that was shipped.
    """

    languages = frozenset({"en"})
    contextual = False

    def __init__(self, table: Path = TABLE) -> None:
        self.path = table
        try:
            content = table.read_bytes()
        except OSError as error:
            problem = f"The word vectors can't be read: {error.strerror or error}."
            raise BrandError(str(table), 0, problem, "Install Aboveboard again.") from error
        digest = hashlib.sha256(content).hexdigest()
        if digest != _TABLE_DIGEST:
            problem = f"This is not the file that was shipped: its sha256 begins {digest[:12]}."
            raise BrandError(str(table), 0, problem, "Install Aboveboard again.")
        self.id = f"static:{digest[:16]}"
        with np.load(table, allow_pickle=False) as arrays:
            self._rows: Any = arrays["rows"]  # int8 [tokens, dim]
            self._scales: Any = arrays["scales"]  # float32 [tokens]
        self._tokenizer = load_tokenizer(SHIPPED / "tokenizer.json")

    def embed(self, texts: list[str]) -> np.ndarray[Any, np.dtype[np.float32]]:
        """float32 [len(texts), dim], rows of length 1; all zeros for a text without a token."""
        result = np.zeros((len(texts), self._rows.shape[1]), dtype=np.float32)
        for row, text in zip(result, texts, strict=True):
            if ids := self._tokenizer.ids(utf8(text), MOST_TOKENS, marked=False):
                row += self._scales[ids] @ self._rows[ids].astype(np.float32)
                row /= max(float(np.linalg.norm(row)), 1e-12)
        return result
