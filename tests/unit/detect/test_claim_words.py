"""Whether a sentence claims anything: courtesies, requests and a customer's own case do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.detect.claims.claim_words import chance_of_no_claim, claims_nothing

NO_CLAIM = [
    "Hey there!",
    "Thank you for your message.",
    "I've found your order 4711123.",
    "Please bring 2 photos to the shop.",
    "Two colleagues are looking into it.",
    "Sorry, I don't know that.",
    "Which of the 3 sizes did you order?",
    "Könnten Sie uns zwei Fotos schicken?",
    "Ich habe Ihre Bestellung 88213 gefunden.",
    "Es tut mir leid, dass die Jacke nicht passt.",
]
CLAIMS = [
    "Delivery is free.",
    "You'll always get your money back.",
    "This one's on the house.",
    "I've added €20 store credit to your account.",
    "Yes, 50%.",
    "We deliver worldwide.",
    "You can return unworn items within 60 days of delivery.",
    "Das geht aufs Haus.",
    "Wir liefern in die ganze Welt.",
    "Sie bekommen Ihr Geld immer zurück.",
]


@pytest.mark.parametrize("sentence", NO_CLAIM)
def test_it_claims_nothing(sentence: str) -> None:
    assert claims_nothing(sentence)


@pytest.mark.parametrize("sentence", CLAIMS)
def test_it_claims_something(sentence: str) -> None:
    assert not claims_nothing(sentence)


@given(st.text())
def test_any_text_has_a_probability(text: str) -> None:
    assert 0.0 <= chance_of_no_claim(text) <= 1.0


def test_a_courtesy_before_a_claim_hides_nothing() -> None:
    assert not claims_nothing("Thanks for asking, delivery is free for everybody")
    assert not claims_nothing("Gern geschehen, die Lieferung ist für alle kostenlos")
