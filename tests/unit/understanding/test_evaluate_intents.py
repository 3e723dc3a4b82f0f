"""The figures, on messages few enough to count by hand."""

from __future__ import annotations

import json

import numpy as np
import pytest

from bot.evaluation.intent_scores import score_intents
from bot.evaluation.splits import LabelledMessage, describe_oddities, read_clinc, split_from_rows
from bot.understanding.classifier.intent_model import IntentEstimate


def message(label: str, read_as: str, known: float, probability: float = 0.9, least: float = 0.0):
    other = "b" if read_as == "a" else "a"
    estimate = IntentEstimate(
        order=(read_as, other),
        probabilities=np.array([probability, 1 - probability], dtype=np.float32),
        known=known,
        margin=known - least,
        in_scope=known >= least,
    )
    return LabelledMessage(f"{label} {known}", label), estimate


def test_without_strangers_it_is_plain_accuracy():
    figures = score_intents([message("a", "a", 1), message("a", "b", 1), message("b", "b", -1)])
    assert figures["in_scope_accuracy"] == figures["closed_accuracy"] == pytest.approx(2 / 3)
    assert figures["oos_recall"] is figures["oos_auroc"] is figures["oos_aupr"] is None
    assert figures["confusion"] == [
        {"intent": "a", "read_as": "b", "messages": 1, "examples": ["a 1"]}
    ]
    assert figures["matrix"] == {
        "intents": ["a", "b"],
        "counts": [[1, 1], [0, 1]],
        "others": [0, 0],
    }
    assert figures["intents"]["a"] == {
        "precision": 1.0,
        "recall": 0.5,
        "f1": pytest.approx(2 / 3),
        "messages": 2,
    }


def test_the_threshold_is_chosen_on_the_validation_set():
    """At 2.0 six of seven are right; a lower or a higher one does worse."""
    validation = [
        message("a", "a", 3),
        message("b", "b", 2.5),
        message("a", "a", 2),
        message("b", "b", 0),
        message("oos", "a", 1),
        message("oos", "a", 1.5),
        message("oos", "b", -1),
    ]
    test = [
        message("a", "a", 2.2),
        message("a", "b", 5),
        message("b", "b", 1.8),
        message("b", "b", 4),
        message("oos", "b", 1.9),
        message("oos", "b", 2.1),
    ]
    figures = score_intents(test, validation)
    assert figures["threshold"] == "validation"
    assert figures["in_scope_accuracy"] == pytest.approx(2 / 4)
    assert figures["oos_recall"] == pytest.approx(1 / 2)


def test_of_equally_good_thresholds_the_strictest_counts():
    validation = [message("a", "b", 1), message("a", "a", 2), message("oos", "a", 0)]
    figures = score_intents([message("a", "a", 1.5), message("oos", "a", 1.5)], validation)
    assert (figures["in_scope_accuracy"], figures["oos_recall"]) == (0.0, 1.0)


def test_without_strangers_to_choose_by_the_models_own_threshold_counts():
    test = [message("a", "a", 0.5), message("a", "a", -0.5), message("oos", "a", -1)]
    figures = score_intents(test)
    assert figures["threshold"] == "the model's own"
    assert (figures["in_scope_accuracy"], figures["oos_recall"]) == (0.5, 1.0)


def test_strangers_below_everything_are_found_perfectly():
    test = [message("a", "a", 2), message("b", "b", 1), message("oos", "a", 0)]
    figures = score_intents(test)
    assert (figures["oos_auroc"], figures["oos_aupr"]) == (1.0, 1.0)


def test_coverage_counts_accepted_strangers_as_wrong():
    test = [message("a", "a", 10 - i / 100) for i in range(99)]
    assert score_intents([*test, message("oos", "a", 0)])["coverage_at_99"] == 1.0
    assert score_intents([*test, message("oos", "a", 20)])["coverage_at_99"] == 1.0
    both = [*test, message("oos", "a", 20), message("a", "b", 1)]
    assert score_intents(both)["coverage_at_99"] == pytest.approx(100 / 101)


def test_calibration_error_is_the_gap_between_said_and_done():
    sure = [message("a", "a", 1, 0.9), message("a", "b", 1, 0.9)]
    assert score_intents(sure)["ece"] == pytest.approx(0.4)
    assert score_intents([message("a", "a", 1, 1.0)])["ece"] == pytest.approx(0.0)


def test_clinc_and_rows_are_read_without_strangers_to_learn_from():
    data = {
        "train": [["hello", "greeting"]],
        "val": [["hi", "greeting"]],
        "oos_val": [["moon", "oos"]],
        "test": [["hey", "greeting"]],
        "oos_test": [["sun", "oos"]],
        "oos_train": [["star", "oos"]],
    }
    split = read_clinc(data)
    assert split.train == {"greeting": ("hello", "greeting")}
    assert [row.intent for row in split.validation] == ["greeting", "oos"]
    assert [row.text for row in split.test] == ["hey", "sun"]
    rows = split_from_rows([("x", "oos")], [("hello", "greeting"), ("y", "oos")])
    assert rows.train == {"greeting": ("hello", "greeting")}


def test_the_name_of_an_intent_is_an_example_if_it_is_words():
    train = [("a", "card_arrival"), ("b", "7"), ("c", "Refund-Status")]
    assert split_from_rows([], train).train == {
        "card_arrival": ("a", "card arrival"),
        "7": ("b",),
        "Refund-Status": ("c", "refund status"),
    }


def test_languages_are_told_apart():
    def said(language, read_as):
        row, estimate = message("a", read_as, 1)
        return LabelledMessage(row.text, row.intent, language), estimate

    figures = score_intents([said("en", "a"), said("de", "b"), said("de", "a")])
    accuracies = {name: own["closed_accuracy"] for name, own in figures["languages"].items()}
    assert accuracies == {"en": 1.0, "de": 0.5}


def test_nothing_to_measure_is_none_and_not_a_number():
    for rows in ([], [message("oos", "a", 1)]):
        figures = score_intents(rows)
        assert figures["in_scope_accuracy"] is figures["ece"] is None
        assert json.dumps(figures, allow_nan=False)


def test_risk_grows_with_what_is_answered():
    sure = [message("a", "a", 3), message("b", "b", 2)]
    points = score_intents([*sure, message("a", "b", 1), message("oos", "b", 0)])["risk"]
    assert [(p["coverage"], p["risk"]) for p in points] == [
        (0.25, 0.0),
        (0.5, 0.0),
        (0.75, pytest.approx(1 / 3)),
        (1.0, 0.5),
    ]


@pytest.mark.parametrize(
    ("test", "train", "said"),
    [
        ([("hi", "a")], [("hello", "a"), ("bye", "b")], "No row is marked oos"),
        ([("hi", "oos")], [("hello", "a"), ("bye", "b")], "Every row is marked oos"),
        ([("hi", "c")], [("hello", "a"), ("bye", "b")], "no examples, and can only be read wrong"),
        ([("Hello ", "a")], [("hello", "a"), ("bye", "b")], "among the examples, word for word"),
        ([("hi", "a")], [("hello", "a"), ("bye", "b")], "2 intents have one example or none"),
        ([("hi", "a")], [*((f"hi {i}", "a") for i in range(30)), ("b", "b")], "a has 30, b has 1"),
        ([("hi", "a")], [("hello", "a"), ("Hello", "b")], "more than one intent, like “hello”"),
    ],
)
def test_what_is_odd_about_the_data_is_said(test, train, said):
    assert any(said in note for note in describe_oddities(split_from_rows(test, train)))


def test_sound_data_raises_no_note():
    train = [(f"{word} {i}", intent) for intent, word in (("a", "hi"), ("b", "bye")) for i in "xyz"]
    assert describe_oddities(split_from_rows([("hi there", "a"), ("moon", "oos")], train)) == []
