"""The features of one message are scikit-learn's, to the last digit that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.classifier import tfidf_tables
from bot.understanding.classifier.features import TextFeatures
from bot.understanding.sentences import normalize_text

if TYPE_CHECKING:
    from sklearn.pipeline import FeatureUnion

pytestmark = pytest.mark.slow  # loading scikit-learn is more than a thought: left out of make quick

TEXTS = (
    "Can I still return boots I bought three weeks ago?",
    "can i return the boots, can i?",
    "Größe M — passt die „Fjell“-Jacke?",
    "x",
    "a b c a b c",
    "order no. 4711/12 isn't here",
    "注文をキャンセルしたい",
    "🙂 naïve café_bar",
)


@pytest.fixture(scope="module")
def both() -> tuple[TextFeatures, FeatureUnion]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import FeatureUnion

    level = [normalize_text(text) for text in TEXTS]
    theirs = FeatureUnion(
        [
            (
                "words",
                TfidfVectorizer(
                    ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b"
                ),
            ),
            (
                "chars",
                TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
            ),
        ]
    )
    theirs.fit(level)
    counts = tfidf_tables.count_ngrams(level)
    ours = tfidf_tables.fit_tfidf(counts, np.arange(len(level))).as_features()
    return ours, theirs


def agree(both: tuple[TextFeatures, FeatureUnion], text: str) -> None:
    ours, theirs = both
    level = normalize_text(text)
    expected = theirs.transform([level]).toarray()[0]
    names = [name.partition("__")[2] for name in theirs.get_feature_names_out()]
    words = len(ours.blocks[0].vocabulary)
    got = np.zeros(len(names))
    columns, values = ours.columns_and_values(level)
    own_names = [*ours.blocks[0].vocabulary, *ours.blocks[1].vocabulary]
    place = {(i < words, name): i for i, name in enumerate(names)}
    for column, value in zip(columns, values, strict=True):
        got[place[(column < words, own_names[column])]] = value
    np.testing.assert_allclose(got, expected, atol=1e-6)


@pytest.mark.parametrize("text", [*TEXTS, "boots? boots! order the boots", "", "zzz", " \n "])
def test_one_message_has_the_features_of_scikit_learn(both, text):
    agree(both, text)


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_message_has_the_features_of_scikit_learn(both, text):
    agree(both, text)


def test_a_table_of_many_texts_has_the_features_of_each(both):
    ours, _ = both
    level = [normalize_text(text) for text in TEXTS]
    counts = tfidf_tables.count_ngrams(level)
    table = tfidf_tables.fit_tfidf(counts, np.arange(len(level)))
    for i, row in enumerate(table.weighted_rows(counts, np.arange(len(level))).toarray()):
        columns, values = ours.columns_and_values(level[i])
        got = np.zeros(len(row))
        got[columns] = values
        np.testing.assert_allclose(got, row, atol=1e-6)


def test_what_a_fold_has_not_seen_counts_for_nothing():
    """Lengths and frequencies are those of the rows learned from, as for a new message."""
    counts = tfidf_tables.count_ngrams(["a b", "a b c", "d d e"])
    table = tfidf_tables.fit_tfidf(counts, np.array([0, 1]))
    unseen = table.weighted_rows(counts, np.array([2])).toarray()[0]
    assert not unseen.any()
    assert table.familiarity_of_rows(counts, np.array([2]))[0] == 0.0
    assert table.familiarity_of_rows(counts, np.array([0]))[0] == 1.0
