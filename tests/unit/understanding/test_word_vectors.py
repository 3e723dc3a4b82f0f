"""Word vectors: what lite knows of words it hasn't been shown."""

from __future__ import annotations

import numpy as np
import pytest

from bot.model.errors import BrandError
from bot.understanding.classifier.model_training import train_model
from handlers.models import TABLE, StaticEncoder, encoder_at


@pytest.fixture(scope="module")
def vectors() -> StaticEncoder:
    return StaticEncoder()


def test_words_of_like_meaning_are_near(vectors):
    parcel, package, repair = vectors.embed(["where is my parcel", "where is my package", "repair"])
    assert parcel @ package > 0.7 > 0.4 > parcel @ repair


def test_a_vector_is_of_length_one_or_nothing(vectors):
    made = vectors.embed(["Can I return these boots?", "", "🙂", "\ud800 x", "word " * 5000])
    lengths = np.linalg.norm(made, axis=1)
    assert made.dtype == np.float32
    assert all(np.isclose(length, 1.0, atol=1e-5) or length == 0.0 for length in lengths)
    assert lengths[1] == 0.0


def test_each_text_has_the_same_vector_alone_and_among_others(vectors):
    texts = ["a parcel", "boots and jackets, please", "x"]
    alone = np.concatenate([vectors.embed([text]) for text in texts])
    np.testing.assert_array_equal(vectors.embed(texts), alone)


def test_another_table_is_refused(tmp_path):
    with pytest.raises(BrandError, match="can't be read"):
        StaticEncoder(tmp_path / "vectors.npz")
    (tmp_path / "vectors.npz").write_bytes(b"something else")
    with pytest.raises(BrandError, match="not the file that was shipped"):
        StaticEncoder(tmp_path / "vectors.npz")


def test_the_trainer_finds_it_by_its_path(vectors):
    assert encoder_at(TABLE).id == vectors.id


def test_lite_understands_words_that_no_example_has(shop, vectors):
    words_only = train_model("en", shop["en"])
    model = train_model("en", shop["en"], vectors.embed, encoder=vectors.id, contextual=False)
    for text, intent in {
        "mending ripped trousers": "repairs",
        "how swiftly can the package get here": "shipping-time",
    }.items():
        estimate = model.estimate_text(text, vectors.embed)
        assert estimate.order[0] == intent
        assert (
            estimate.probability_of(intent)
            > 0.9
            > words_only.estimate_text(text).probability_of(intent)
        )
    assert not model.estimate_text("set an alarm for six in the morning", vectors.embed).is_accepted
