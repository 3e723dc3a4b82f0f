"""What is proposed to learn, and what has to be taken out of it before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.detect.personal.personal_data import normalize_contacts
from bot.detect.taint.taint_detection import public_vocabulary
from bot.learning.anonymizing import find_giveaways, find_unfamiliar_words
from bot.learning.likeness import KnownExamples
from bot.learning.proposed_examples import ExampleList, Proposal, propose_example, words_of_proposal
from bot.model import Engagement, Objection, Span, Unclear
from bot.model import events as e
from tests.shop import ADA, knowledge
from tests.unit.learning.lives import ASK, asked, labelled, later


def of(now: Engagement, event: e.Event) -> Proposal | None:
    after, label = labelled(now, event)
    assert label is not None
    return propose_example(label, after)


def rejected(now: Engagement, objection: Objection, intent: str = "") -> Proposal | None:
    return of(now, e.Rejected(later(9), ADA, "no", now.proposal.digest, objection, intent))


def test_another_intent_proposes_an_example_of_it() -> None:
    for found in (
        of(asked(), e.Redraft(later(5), ADA, "exchange-item")),
        rejected(asked(), Objection.NOT_ASKED, "exchange-item"),
    ):
        assert found is not None
        assert (found.intent, found.teaches) == ("exchange-item", ExampleList.EXAMPLE)
        assert (found.read_as, found.messages, found.language) == ("return-item", ("m1",), "en")


def test_not_what_they_asked_proposes_a_near_miss() -> None:
    for intent in ("", e.NOTHING):
        found = rejected(asked(), Objection.NOT_ASKED, intent)
        assert found is not None
        assert (found.intent, found.teaches) == ("return-item", ExampleList.NEAR_MISS)


def test_a_hand_over_that_is_tagged_proposes_an_example() -> None:
    now = asked(None, Unclear.OUT_OF_SCOPE, "my cousin's parcel")
    found = of(now, e.Tagged(later(9), ADA, "order-status"))
    assert found is not None
    assert (found.intent, found.unclear) == ("order-status", Unclear.OUT_OF_SCOPE)
    assert of(now, e.Tagged(later(9), ADA, e.NOTHING)) is None


def test_what_corrects_nothing_proposes_nothing() -> None:
    now = asked()
    assert of(now, e.Approved(later(60), ADA, now.proposal.digest)) is None
    assert of(now, e.Redraft(later(5), ADA)) is None
    assert of(now, e.TakenOver(later(5), ADA)) is None
    assert rejected(now, Objection.WRONG_FACT) is None


def test_what_nobody_said_to_us_is_never_proposed() -> None:
    now = asked()
    assert now.understanding.reading is not None
    reading = replace(now.understanding.reading, addressed=False)
    heard = replace(now, understanding=replace(now.understanding, reading=reading))
    assert of(heard, e.Redraft(later(5), ADA, "exchange-item")) is None


def test_words_that_were_taken_back_are_gone() -> None:
    now = asked()
    found = of(now, e.Redraft(later(5), ADA, "exchange-item"))
    assert found is not None
    assert words_of_proposal(found, now) == ASK
    assert words_of_proposal(found, replace(now, messages=())) == ""
    changed = replace(now.messages[0], text="Is it\n open?")
    assert words_of_proposal(found, replace(now, messages=(changed,))) == "Is it open?"


TELLING = [
    ("Where is my order TR-48213?", "TR-48213"),
    ("please call me at +49 170 1234567", "+49 170 1234567"),
    ("my mail is jonas.weber@example.org, where is it", "jonas.weber@example.org"),
    ("Hi, my name is Katharina and my parcel is lost", "Katharina"),
    ("Mein Name ist Katharina, wo bleibt mein Paket?", "Katharina"),
    ("hi, this is katharina, where is it", "katharina"),
    ("Hallo, hier ist Katharina Obermaier. Wo bleibt es?", "Katharina Obermaier"),
    ("wo bleibt mein paket? lg katharina", "katharina"),
    ("Wo bleibt es? Mit freundlichen Grüßen, Katharina", "Katharina"),
    ("katharina here, can i return boots", "katharina"),
    ("jonas here, can i return boots", "jonas"),
    ("Send it to Lindenstraße 12, please", "Lindenstraße 12"),
]


@pytest.mark.parametrize(("text", "words"), TELLING)
def test_whose_words_they_are_is_seen(text: str, words: str) -> None:
    assert any(words in span.words for span in private(text))


@pytest.mark.parametrize(
    "text",
    [
        "Can I still return boots?",
        "is this it? thanks a lot",
        "hier ist es kaputt, danke",
        "Is the Munich store open?",
        "Darf ich das Zelt zurückgeben?",
    ],
)
def test_words_of_everybody_are_nobodys(text: str) -> None:
    assert private(text) == ()


def test_an_author_is_told_which_words_to_look_at() -> None:
    """A name in the middle of a German sentence: nothing gives it away but that it is uncommon."""
    said = "Sagen Sie bitte Katharina Bescheid, dass die Schuhe passen"
    assert private(said) == ()
    assert "Katharina" in find_unfamiliar_words(said, frozenset())
    assert "bitte" not in find_unfamiliar_words(said, frozenset())


def test_what_was_in_the_ask_is_seen_in_an_edited_text() -> None:
    spans = private("where is 48213 of hers", "Where is order 48213, for Ms Obermaier?")
    assert [span.words for span in spans] == ["48213"]


def private(text: str, said: str = "") -> tuple[Span, ...]:
    known = knowledge()
    examples = [t for it in known.intents.values() for ts in it.examples.values() for t in ts]
    public = known.published.words | public_vocabulary(examples)
    contacts = normalize_contacts(tuple(known.published.contacts))
    return find_giveaways(text, said or text, "Jonas", public, contacts)


def test_what_is_nearly_the_same_is_said() -> None:
    known = KnownExamples(
        [("return-item", "how to return an item"), ("stock", "is the tent in stock")]
    )
    alike = known.nearest_example("How to return an item, please?")
    assert alike is not None
    assert (alike.intent, alike.text) == ("return-item", "how to return an item")
    assert known.nearest_example("where is my parcel") is None
    assert KnownExamples([]).nearest_example("") is None
