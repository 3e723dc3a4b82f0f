"""The shipped encoder is the one that was shipped, and another one is used or refused in words."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from bot.model.errors import BrandError
from handlers.models import SHIPPED, OnnxEncoder
from handlers.models import onnx_encoder as module


def test_vectors_have_length_one_and_know_what_is_alike(encoder):
    texts = [
        "Can I return these boots?",
        "May I bring back the shoes?",
        "What is the time in Oslo?",
    ]
    vectors = encoder.embed(texts)
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert vectors[0] @ vectors[1] > 0.5 > vectors[0] @ vectors[2]


def test_a_batch_keeps_the_order_of_its_texts(encoder):
    texts = [f"{'word ' * (i % 7)}order number {i}" for i in range(40)]
    together = encoder.embed(texts)
    alone = np.concatenate([encoder.embed([text]) for text in texts])
    assert (together * alone).sum(axis=1).min() > 0.98
    assert (together @ alone.T).argmax(axis=1).tolist() == list(range(40))


@pytest.mark.parametrize("text", ["", " ", "\ud800", "x" * 100_000, "\x00"])
def test_any_text_has_a_vector(encoder, text):
    vector = encoder.embed([text])[0]
    assert np.isfinite(vector).all()


def test_no_texts_have_no_vectors(encoder):
    assert encoder.embed([]).shape == (0, 384)


def test_another_encoder_is_a_folder_with_a_name_of_its_own(tmp_path, encoder):
    folder = tmp_path / "mine"
    shutil.copytree(SHIPPED, folder)
    mine = OnnxEncoder(folder, frozenset({"en", "fr"}))
    assert mine.languages == {"en", "fr"}
    assert mine.id != encoder.id
    np.testing.assert_array_equal(mine.embed(["hello"]), encoder.embed(["hello"]))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BrandError, match=r"model\.onnx.*can't be read.*Name a folder"):
        OnnxEncoder(tmp_path)


@pytest.mark.parametrize(
    ("name", "problem"),
    [("model.onnx", "not an ONNX model"), ("tokenizer.json", "not a tokenizer")],
)
def test_a_file_that_is_something_else_is_refused(tmp_path, name, problem):
    folder = tmp_path / "mine"
    shutil.copytree(SHIPPED, folder)
    (folder / name).write_bytes(b"{}")
    with pytest.raises(BrandError, match=problem):
        OnnxEncoder(folder)


def test_the_shipped_encoder_is_checked(tmp_path, monkeypatch):
    """A changed file would give vectors that look the same and mean something else."""
    changed = tmp_path / "minilm"
    shutil.copytree(SHIPPED, changed)
    tokenizer = changed / "tokenizer.json"
    tokenizer.write_bytes(tokenizer.read_bytes() + b"\n")
    monkeypatch.setattr(module, "SHIPPED", changed)
    with pytest.raises(BrandError, match="not the file that was shipped"):
        module.shipped()


def test_vectors_of_tokens_are_averaged_over_the_text():
    """Padding doesn't count."""
    tokens = np.array([[[1.0, 0.0], [3.0, 0.0], [9.0, 9.0]]], dtype=np.float32)
    mask = np.array([[1, 1, 0]])
    np.testing.assert_array_equal(module.pooled(tokens, mask), [[2.0, 0.0]])
    already = np.array([[0.5, 0.5]], dtype=np.float32)
    np.testing.assert_array_equal(module.pooled(already, mask), already)
