"""A model learns a shop's intents, is the same each time, and says when it doesn't know."""

from __future__ import annotations

import numpy as np
import pytest

from bot.understanding.classifier.model_archive import model_from_parts, model_to_parts
from bot.understanding.classifier.model_naming import compute_model_id
from bot.understanding.classifier.model_training import TooLittleError, train_model

ASKS = {
    "may I bring back the shoes I bought?": "return-item",
    "how long until my delivery arrives": "shipping-time",
    "what time do you close on Saturday": "store-hours",
    "could you fix the zipper of my jacket": "repairs",
    "I would like to cancel the order": "cancel-order",
    "let me speak to a real human": "talk-to-person",
}
STRANGE = (
    "what is the capital of france",
    "play some jazz music",
    "set an alarm for six in the morning",
    "how tall is mount everest",
)


@pytest.mark.parametrize("mode", ["lite", "strong"])
def test_new_words_for_a_known_ask_are_understood(mode, request, encoder):
    model = request.getfixturevalue(mode)
    for text, intent in ASKS.items():
        estimate = model.estimate_text(text, encoder.embed)
        assert (estimate.order[0], estimate.is_accepted) == (intent, True), text
        assert estimate.probabilities.sum() == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize("mode", ["lite", "strong"])
def test_what_the_shop_never_wrote_about_is_not_accepted(mode, request, encoder):
    model = request.getfixturevalue(mode)
    for text in STRANGE:
        assert not model.estimate_text(text, encoder.embed).is_accepted, text


def test_the_same_examples_give_the_same_model(shop, lite):
    turned = {intent: list(reversed(texts)) for intent, texts in reversed(shop["en"].items())}
    again = train_model("en", turned)
    assert again.id == lite.id
    np.testing.assert_array_equal(again.machines.weights, lite.machines.weights)
    assert again.calibration.least_known == lite.calibration.least_known


def test_whatever_a_model_depends_on_changes_its_name(shop):
    examples = shop["en"]
    name = compute_model_id("en", examples)
    more = {**examples, "repairs": [*examples["repairs"], "mend my tent"]}
    others = [
        compute_model_id("en", more),
        compute_model_id("de", examples),
        compute_model_id("en", examples, {"repairs": ["can I repair it myself?"]}),
        compute_model_id("en", examples, encoder="another"),
    ]
    assert len({name, *others}) == 5
    assert compute_model_id("en", examples, {"repairs": []}) == name


@pytest.mark.parametrize("mode", ["lite", "strong"])
def test_a_model_comes_back_from_its_parts_as_it_was(mode, request, encoder):
    model = request.getfixturevalue(mode)
    back = model_from_parts(*model_to_parts(model))
    for text in (*ASKS, *STRANGE):
        one, other = (
            model.estimate_text(text, encoder.embed),
            back.estimate_text(text, encoder.embed),
        )
        assert one.order == other.order
        assert one.margin == other.margin
        assert one.ordered == other.ordered


def test_parts_of_another_format_are_refused(lite):
    arrays, facts = model_to_parts(lite)
    with pytest.raises(ValueError, match="format 99"):
        model_from_parts(arrays, {**facts, "format": 99})


@pytest.mark.parametrize(
    "examples", [{}, {"one": ["a", "b"]}, {"one": ["a"], "two": []}], ids=["none", "one", "empty"]
)
def test_there_must_be_something_to_tell_apart(examples):
    with pytest.raises(TooLittleError):
        train_model("en", examples)


def test_two_intents_with_an_example_each_are_enough():
    model = train_model("en", {"hours": ["when do you open?"], "cancel": ["cancel my order"]})
    assert model.estimate_text("when do you open?").order[0] == "hours"
    assert model.estimate_text("cancel my order").order[0] == "cancel"


@pytest.mark.parametrize("mode", ["lite", "strong"])
def test_a_near_miss_is_turned_away_from_its_intent_only(mode, shop, encoder):
    near_misses = {
        "return-item": [
            "Do you take back empty gas canisters?",
            "Do you take back old batteries?",
            "Can I give back used gas cartridges?",
        ]
    }
    embed = encoder.embed if mode == "strong" else None
    without = train_model("en", shop["en"], embed)
    with_them = train_model("en", shop["en"], embed, near_misses)

    def score(model, text):
        estimate = model.estimate_text(text, embed)
        best = dict(zip(estimate.order, estimate.probabilities, strict=True))
        return 0.0 if estimate.near_miss else best["return-item"]

    text = "do you take back empty gas cartridges?"
    assert score(with_them, text) < score(without, text)
    assert with_them.estimate_text("can I return these boots?", embed).order[0] == "return-item"
    assert with_them.estimate_text("can I return these boots?", embed).is_accepted


def test_a_model_with_an_encoder_is_not_read_without_one(strong):
    with pytest.raises(ValueError, match="encoder"):
        strong.estimate_text("hello")
