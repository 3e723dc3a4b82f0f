"""A sentence encoder on ONNX Runtime: texts in, unit vectors out, on one thread, without network.

The shipped encoder is all-MiniLM-L6-v2 in int8 (`minilm/README.md` says where it is from). Its two
files are checked by hash when they are loaded: vectors of another model would look the same and
mean something else. Another encoder is a folder with `model.onnx` and `tokenizer.json`; it is
named by the hash of both files, so that a model trained on its vectors is never used with others.
A tokenizer that is not BERT's uncased one is read by the `tokenizers` library, which whoever needs
it installs (`aboveboard[encoders]`). What the vectors mean is not decided here.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from bot.model.errors import BrandError
from handlers.models.wordpiece import wordpiece

SHIPPED = Path(__file__).parent / "minilm"
_SHIPPED_FILES = {
    "model.onnx": "82291d1c6d648c39898eb03cad9107638d59a175e95a54be5a91fb53af1c5cea",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
MOST_TOKENS = 128
_BATCH = 32
_MEND = "Name a folder with model.onnx and tokenizer.json as understanding.encoder, or “shipped”."


class OnnxEncoder:
    """Embeds texts by the model in a folder. Implements `handlers.ports.store_port.Encoder`.

    The graph may take `input_ids`, `attention_mask` and `token_type_ids`, in any number and order.
    It may give one vector a text, or one a token: those are averaged over the text's tokens. Rows
    are brought to length 1 either way. Texts are cut at 128 tokens.

    Raises BrandError if a file is missing, is no such file, or is not the one that was shipped.
    """

    contextual = True

    def __init__(self, path: Path, languages: frozenset[str] = frozenset({"en"})) -> None:
        self.path = path
        self.languages = languages
        digests = {name: _digest(path / name) for name in _SHIPPED_FILES}
        if path == SHIPPED:
            _must_be_shipped(digests)
        self.id = f"{path.name}:{_combined(digests)}"
        self._tokenizer = load_tokenizer(path / "tokenizer.json")
        self._session = load_session(path)
        self._inputs = [node.name for node in self._session.get_inputs()]

    def embed(self, texts: list[str]) -> np.ndarray[Any, np.dtype[np.float32]]:
        """float32 [len(texts), dim], rows of length 1, in the order of `texts`."""
        if not texts:
            return np.zeros((0, self._width()), dtype=np.float32)
        # Texts of like length share a batch: padding is what a batch costs.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        rows: list[Any] = [None] * len(texts)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            for i, row in zip(batch, self._run([texts[i] for i in batch]), strict=True):
                rows[i] = row
        return np.asarray(rows, dtype=np.float32)

    def _run(self, texts: list[str]) -> Any:
        rows = [self._tokenizer.ids(utf8(text), MOST_TOKENS) for text in texts]
        ids = np.full((len(rows), max(map(len, rows))), self._tokenizer.pad, dtype=np.int64)
        mask = np.zeros_like(ids)
        for number, row in enumerate(rows):
            ids[number, : len(row)] = row
            mask[number, : len(row)] = 1
        known = {
            "input_ids": ids,
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        out = self._session.run(None, {name: known[name] for name in self._inputs})[0]
        out = pooled(out, mask)
        return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)

    def _width(self) -> int:
        return int(self._run(["x"]).shape[1])


def pooled(out: Any, mask: Any) -> Any:
    """One vector a text: as given, or the mean of its tokens' ([texts, tokens, dim])."""
    if out.ndim == 2:
        return out
    weights = mask[:, :, None].astype(np.float32)
    return (out * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1.0)


def shipped() -> OnnxEncoder:
    """The encoder that comes with the product. It reads English."""
    return OnnxEncoder(SHIPPED)


def _digest(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        why = error.strerror or str(error)
        raise BrandError(
            str(file), 0, f"The encoder's file can't be read: {why}.", _MEND
        ) from error


def _must_be_shipped(digests: dict[str, str]) -> None:
    for name, expected in _SHIPPED_FILES.items():
        if digests[name] != expected:
            problem = (
                f"This is not the file that was shipped: its sha256 begins {digests[name][:12]}, "
                f"not {expected[:12]}."
            )
            raise BrandError(str(SHIPPED / name), 0, problem, "Install Aboveboard again.")


def _combined(digests: dict[str, str]) -> str:
    return hashlib.sha256("".join(digests.values()).encode()).hexdigest()[:16]


class Tokenizer(Protocol):
    """Texts as the numbers that an encoder reads; `pad` fills up the shorter of a batch."""

    pad: int

    def ids(self, text: str, most: int, marked: bool = True) -> list[int]:
        """At most so many; `marked`: with those that the encoder wants around a text."""


def load_tokenizer(file: Path) -> Tokenizer:
    """The tokenizer in a `tokenizer.json`. Raises BrandError."""
    try:
        described = json.loads(file.read_bytes())
    except ValueError as error:
        raise BrandError(str(file), 0, f"This is not a tokenizer: {error}.", _MEND) from error
    if not isinstance(described, dict) or "model" not in described:
        raise BrandError(str(file), 0, "This is not a tokenizer.", _MEND)
    return wordpiece(described) or _Other(file)


class _Other:
    """A tokenizer of any other kind, read by the `tokenizers` library."""

    def __init__(self, file: Path) -> None:
        try:
            from tokenizers import Tokenizer as Library
        except ImportError as error:
            problem = "This tokenizer is of a kind that Aboveboard doesn't read by itself."
            mend = "Install aboveboard[encoders], or use an encoder with BERT's uncased tokenizer."
            raise BrandError(str(file), 0, problem, mend) from error
        try:
            self._library = Library.from_file(str(file))
        except Exception as error:  # the library raises Exception itself
            raise BrandError(str(file), 0, f"This is not a tokenizer: {error}.", _MEND) from error
        self.pad: int = (self._library.padding or {}).get("pad_id", 0)
        self._library.no_padding()

    def ids(self, text: str, most: int, marked: bool = True) -> list[int]:
        self._library.enable_truncation(max_length=most)
        return list(self._library.encode(text, add_special_tokens=marked).ids)


def load_session(folder: Path) -> Any:
    """The model of a folder, on one thread."""
    import onnxruntime  # 30 MB: the lite model reads without it

    file = folder / "model.onnx"
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # the arena keeps the largest batch for good
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime has no common class for its errors
        problem = f"This is not an ONNX model that can be run: {error}"
        raise BrandError(str(file), 0, problem, _MEND) from error


def utf8(text: str) -> str:
    """Without lone surrogates, which are no text."""
    return text.encode("utf-8", "replace").decode("utf-8")
