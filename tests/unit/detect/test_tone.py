"""Hints at how a text treats people: shapes of phrases, not single words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.detect.tone.tone_detection import KINDS, find_tone
from tests.unit.detect.hostile import anything, for_any, points_into


@for_any
@given(anything, st.sampled_from(["en", "de", "de-AT", "en_GB", "fr", ""]))
def test_any_text_gets_an_answer(text: str, locale: str) -> None:
    spans = find_tone(text, locale)
    assert points_into(text, spans)
    assert {span.kind for span in spans} <= set(KINDS)


@pytest.mark.parametrize(
    ("locale", "kind", "text"),
    [
        ("en", "pressure", "Only 3 left, so order now before it's gone."),
        ("en", "pressure", "Don’t miss out: the offer ends tonight."),
        ("en", "pressure", "14 people are looking at this right now."),
        ("en", "pressure", "We would be heartbroken if you left."),
        ("de", "pressure", "Nur noch 2 Stück da, greifen Sie jetzt zu."),
        ("de", "pressure", "Lassen Sie sich das nicht entgehen."),
        ("en", "blame", "You should have read the instructions."),
        ("en", "blame", "As I already said, this is your own fault."),
        ("de", "blame", "Wie wir Ihnen bereits erklärt haben, ist das Ihr Fehler."),
        ("en", "disparagement", "Unlike other shops, we don't cheat."),
        ("en", "disparagement", "The courier is incompetent."),
        ("de", "disparagement", "Im Gegensatz zur Konkurrenz: anders als die Konkurrenz."),
        ("en", "feigned-feeling", "I know exactly how you feel."),
        ("en", "feigned-feeling", "We are so thrilled to hear from you!"),
        ("de", "feigned-feeling", "Ich kann gut verstehen, wie Sie sich fühlen."),
        ("de", "feigned-feeling", "Ich weiß genau, wie Sie sich fühlen."),
        ("de", "feigned-feeling", "Ich weiß genau, wie ärgerlich das ist."),
        ("de", "superlative", "Unschlagbar: überall unübertroffen."),
        ("en", "pressure", "Order within 2 hours to get it today!"),
        ("en", "selling", "While you're here, check out our new summer collection."),
        ("de", "selling", "Gönnen Sie sich etwas: Entdecken Sie unsere neue Kollektion."),
        ("en", "superlative", "It's the best tent on the market."),
        ("de", "superlative", "Ein einzigartiges Zelt."),
        ("en", "empty-courtesy", "Thank you for reaching out. We truly value your feedback!"),
        ("de", "empty-courtesy", "Vielen Dank für Ihre Nachricht. Wir bitten um Verständnis."),
    ],
)
def test_a_shape_is_recognised(locale: str, kind: str, text: str) -> None:
    assert kind in {span.kind for span in find_tone(text, locale)}


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "You can return unworn items within 60 days of delivery."),
        ("en", "We have three left in size 42 at the Berlin store, as you asked."),
        ("en", "You asked how many there are: only three left in Berlin."),
        ("en", "Due to high demand, delivery currently takes up to 8 days."),
        ("en", "Please don't hesitate to ask; the link expires in 30 minutes."),
        ("en", "You should have received an e-mail with the label."),
        ("en", "If you forgot your password, choose “Forgot password”."),
        ("en", "It's best to order one size up; most orders arrive in two days."),
        ("en", "I understand that the zip broke. We are sorry and repair it for free."),
        ("en", "Other shops may have other rules."),
        ("en", "You can cancel an order within 2 hours."),
        ("en", "You can change your order within 2 hours of placing it."),
        ("en", "Cancel online orders within 30 minutes under “My orders”."),
        ("de", "Wegen der hohen Nachfrage dauert die Lieferung acht Tage."),
        ("de", "In Größe 42 haben wir noch drei Paar in Berlin."),
        ("de", "Danke für Ihre Frage. Die Rückgabe ist 60 Tage lang möglich."),
    ],
)
def test_its_harmless_look_alikes_are_left_alone(locale: str, text: str) -> None:
    assert find_tone(text, locale) == ()


def test_a_language_without_shapes_is_searched_with_all_of_them() -> None:
    assert {span.kind for span in find_tone("Hurry! Greifen Sie jetzt zu!", "fr")} == {"pressure"}
    assert find_tone("Greifen Sie jetzt zu", "en") == ()
