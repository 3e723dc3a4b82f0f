"""Mark-up and hidden characters: seen in what a customer sends; plain words are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.detect import markup
from tests.unit.detect.hostile import anything, for_any, points_into


@for_any
@given(anything)
def test_any_text_gets_an_answer(text: str) -> None:
    assert points_into(text, markup.find_markup(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hello <b>you</b>", "html"),
        ("<a href=x", "html"),
        ("<!-- note -->", "html"),
        ("<script>alert(1)</script>", "script"),
        ("<img src=x onerror=alert(1)>", "script"),
        ("click javascript:alert(1)", "script"),
        ("&#x3c;b", "script"),
        ("hey <@U024BE7LH> and <!channel>", "slack"),
        ("<https://evil.example|your bank>", "slack"),
        ("{{ facts.secret }}", "template"),
        ("{% for x in y %}", "template"),
        ("${7*7}", "template"),
        ("see [our page](https://x.example)", "markdown"),
        ("![pixel](https://x.example/p.gif)", "markdown"),
        ("a\x1b[31mb", "control"),
        ("a\u202eb", "bidi"),
        ("a\u200bb", "invisible"),
        ("a\u200db", "invisible"),
    ],
)
def test_what_a_machine_would_act_on_is_seen(text: str, kind: str) -> None:
    assert kind in {span.kind for span in markup.find_markup(text)}


@pytest.mark.parametrize(
    "text",
    [
        "You can return unworn items within 60 days.\n\n- as new\n- with the label\n",
        "5 < 6 and 7 > 3, AT&T, 50% off [sic] (yes)",
        "“Größe” – für Söhne & Töchter… 👩‍👩‍👧 ❤️",
        "Preis: 5 €, #1, a=b, Frage?",
        "",
    ],
)
def test_plain_text_is_plain(text: str) -> None:
    assert markup.find_markup(text) == ()
