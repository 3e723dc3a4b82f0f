"""A message is read, whatever it is: to whom, in which language, about what, or why not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding import signals
from bot.understanding.addressed import is_addressed
from bot.understanding.gibberish import is_gibberish
from bot.understanding.reader import MessageReader
from handlers.models.language_identifier import identifier
from tests.unit.understanding.conftest import BRAND, cases

FOR_A_PERSON = {*signals.PERSON, "thanks"}


@pytest.mark.parametrize("case", cases("addressed"))
def test_spoken_to_or_spoken_about(case):
    how = case.get("how")
    platform = {fact: how == fact for fact in ("direct", "mention", "reply")}
    assert is_addressed(case["text"], BRAND, **platform) == case["addressed"]


@pytest.mark.parametrize("case", cases("signals"))
def test_flags_are_raised_and_look_alikes_raise_none(case):
    found = signals.find_signals(case["text"])
    assert {span.kind for span in found} & FOR_A_PERSON == set(case["kinds"])
    assert all(case["text"][span.start : span.end] == span.words for span in found)


@pytest.mark.parametrize("case", cases("readings"))
def test_what_is_asked_or_why_nobody_can_tell(reader, case):
    reading = reader.read_message(case["text"], direct=True)
    if "intent" in case:
        assert reading.intent == case["intent"]
    else:
        allowed = case["unclear"] if isinstance(case["unclear"], list) else [case["unclear"]]
        assert reading.unclear in allowed


def test_a_flag_far_down_a_long_message_is_raised():
    text = "I waited and waited. " * 400 + "My lawyer will call you."
    assert [span.kind for span in signals.find_signals(text)] == ["legal"]


anything = st.one_of(
    st.text(max_size=200),
    st.text(st.characters(), max_size=80),  # lone surrogates among them
    st.lists(
        st.sampled_from(["trailhead", "@trailhead", ",", "?", "return", "zzz", "\n>", "“"])
    ).map(" ".join),
    st.sampled_from(["a" * 50_000, "order " * 9_000, "\x00", "'" * 3000, "“" * 3000, ". " * 5000]),
)


@settings(max_examples=150, deadline=None)
@given(
    text=anything,
    direct=st.booleans(),
    mention=st.booleans(),
    reply=st.booleans(),
    earlier=st.sampled_from(["", "en", "de", "fr"]),
)
def test_any_text_is_read_and_has_an_intent_or_a_reason(
    lite_reader: MessageReader, text, direct, mention, reply, earlier
):
    reading = lite_reader.read_message(
        text, direct=direct, mention=mention, reply=reply, earlier=earlier
    )
    assert (reading.intent is None) != (reading.unclear is None)
    assert reading.language in ("en", "de")
    assert 0.0 <= reading.score <= 1.0
    assert reading.intent is None or reading.margin >= 0.0
    assert all(text[s.start : s.end] == s.words for s in reading.signals)
    assert all(text[a.start : a.end] == a.text for a in reading.asks)


@settings(max_examples=25, deadline=None)
@given(text=st.text(max_size=80))
def test_any_text_is_read_with_the_encoder_too(reader: MessageReader, text):
    reading = reader.read_message(text)
    assert (reading.intent is None) != (reading.unclear is None)


def test_both_asks_are_handed_over_with_their_words(reader):
    reading = reader.read_message("When do you open? And can you repair my boots?", direct=True)
    assert [ask.intent for ask in reading.asks] == ["store-hours", "repairs"]
    assert [ask.text for ask in reading.asks] == [
        "When do you open?",
        "And can you repair my boots?",
    ]


def test_unclear_shows_what_it_may_have_been(reader):
    reading = reader.read_message("what is the capital of France?", direct=True)
    assert len(reading.candidates) == 3
    assert reading.candidates[0].score >= reading.candidates[1].score


def test_a_remark_about_the_world_asks_nothing(reader):
    remark = reader.read_message("the zips of the jackets are always broken and must be repaired")
    assert not remark.explicit
    assert remark.intent is None
    assert reader.read_message("my zip is broken, can you repair it?").explicit


def test_a_language_without_examples_has_no_model(strong, encoder):
    reader = MessageReader(BRAND, ("en", "fr"), {"en": strong}, encoder.embed, identifier())
    reading = reader.read_message("Combien de temps prend la livraison en France ?", direct=True)
    assert (reading.unclear, reading.language) == ("no-model", "fr")


def test_short_texts_follow_the_conversation(reader):
    assert reader.read_message("ok", direct=True, earlier="de").language == "de"
    assert reader.read_message("ok", direct=True).language == "en"
    assert reader.read_message("Öffnungszeiten", direct=True, earlier="en").language == "de"


def test_a_locale_with_a_region_is_read_by_its_language(german):
    reader = MessageReader(
        BRAND, ("de-AT",), {"de-AT": german}, None, identifier(frozenset({"de"}))
    )
    reading = reader.read_message("Wann macht ihr auf?", direct=True)
    assert (reading.intent, reading.language) == ("store-hours", "de-AT")


def test_the_brands_words_shaken_are_no_question(reader):
    salads = [
        "open return tent you delivery how zip the my",
        "please boots Saturday it cancel when store my do",
        "to jacket can shop long order repair in parcel what",
        "order twice I shipping hours late be policy the is",
    ]
    assert [reader.read_message(text, direct=True).intent for text in salads] == [None] * 4


@pytest.mark.parametrize(
    ("text", "gibberish"),
    [
        ("asdf", True),
        ("hjkl hjkl", True),
        ("aaaaaaaa", True),
        ("sdfkjh wertz", True),
        ("12345", True),
        ("DHL?", False),
        ("Rucksack", False),
        ("hmm ok", False),
        ("where is my ordr", False),
        ("Привет", False),
    ],
)
def test_keys_struck_at_random_are_no_words(text, gibberish):
    assert is_gibberish(text, frozenset({"dhl"})) == gibberish
