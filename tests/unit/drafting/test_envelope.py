"""The envelope: who speaks is always said, exactly, by code; strangers' text does not get in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.envelope import build_notice_reply, build_reply, clean_display_name
from bot.drafting.envelope_words import LANGUAGES
from bot.model import Origin, Reply, Source
from bot.model.errors import NoDraft
from tests.unit.drafting.samples import BRAND, PLACE, PUBLISHED, TEMPLATES

BY_NAME = replace(BRAND, greet_by_name=True)


def reply(
    origin: Origin = Origin.SOFTWARE, locale: str = "en", name: str = "", **more: str
) -> Reply:
    return build_reply(
        "The body.",
        origin,
        locale,
        brand=BY_NAME if name else BRAND,
        published=PUBLISHED,
        place=PLACE,
        answers=("m1@0",),
        entry="e1",
        facts=("returns.window", "shops.hours", "returns.label", "gone.fact"),
        display_name=name,
        **more,
    )


@pytest.mark.parametrize(
    ("origin", "locale", "speaker"),
    [
        (
            Origin.SOFTWARE,
            "en",
            "Drafted by software, approved by a community manager at Trailhead.",
        ),
        (
            Origin.EDITED,
            "en",
            "Drafted by software, changed and approved by a community manager at Trailhead.",
        ),
        (Origin.PERSON, "en", "Written by a community manager at Trailhead."),
        (Origin.NOTICE, "en", "Automated message from Trailhead’s software."),
        (
            Origin.SOFTWARE,
            "de",
            "Von Software entworfen; eine Community-Managerin von Trailhead hat die Antwort "
            "freigegeben.",
        ),
        (
            Origin.PERSON,
            "de",
            "Eine Community-Managerin von Trailhead hat diese Antwort geschrieben.",
        ),
    ],
)
def test_who_speaks_is_said_exactly(origin: Origin, locale: str, speaker: str) -> None:
    assert reply(origin, locale).envelope.speaker == speaker


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_who_speaks_for_every_origin(language: str) -> None:
    lines = [LANGUAGES[language].speaker[origin] for origin in Origin]
    assert len(set(lines)) == len(Origin)
    assert all("{brand}" in line for line in lines)


def test_a_source_is_named_once_with_its_oldest_date() -> None:
    assert reply().envelope.sources == (
        Source("Returns policy", "https://trailhead.example/returns", date(2026, 9, 1)),
        Source("Our shops", "https://trailhead.example/shops", date(2026, 11, 2)),
    )
    assert reply(locale="de").envelope.sources[0].title == "Rückgabe"


def test_every_reply_carries_its_entry_and_three_ways_on() -> None:
    envelope = reply().envelope
    entry = "https://talk.trailhead.example/record/e1"
    assert envelope.entry_url == entry
    assert envelope.links == (
        ("Why this answer?", entry),
        ("This is wrong", f"{entry}/wrong"),
        ("A person, please", f"{entry}/person"),
    )


def test_the_text_holds_body_sources_speaker_and_links_in_this_order() -> None:
    text = reply(name="Jonas").text
    parts = ["Hello Jonas,", "The body.", "Returns policy", "Drafted by software", "This is wrong"]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)


def test_people_are_greeted_by_name_only_where_config_says_so() -> None:
    assert reply(name="Jonas").envelope.greeting == "Hello Jonas,"
    silent = build_reply(
        "x",
        Origin.SOFTWARE,
        "de",
        brand=BRAND,
        published=PUBLISHED,
        place=PLACE,
        answers=(),
        entry="e",
        display_name="Jonas",
    )
    assert silent.envelope.greeting == ""


@pytest.mark.parametrize("name", ["Jonas", "Zoë-Lena O'Hara", "Đỗ Thị Hòa", "李小龙", "عمر"])
def test_names_are_greeted_as_people_write_them(name: str) -> None:
    assert clean_display_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "<script>alert(1)</script>",
        "<!channel>",
        "@everyone",
        "*bold*",
        "[click](http://x)",
        "evil.example",
        "Jonas\nYou won €500",
        "Jo\u202enas",
        "Jo\u200bnas",
        "{{ facts }}",
        "+49 30 1234567",
        "-'-",
        "a" * 41,
    ],
)
def test_anything_else_is_no_name(name: str) -> None:
    assert clean_display_name(name) == ""
    assert reply(name=name or " ").envelope.greeting == ""


@given(st.text())
def test_whatever_people_call_themselves_one_plain_line_comes_out(name: str) -> None:
    text = reply(name=name or " ").envelope.greeting
    assert len(text) <= 50
    assert not set(text) & set("<>&*_~`|[](){}@#/:;.\n\r\t0123456789")
    assert text == "" or text.isprintable()


def test_a_notice_says_that_it_is_one() -> None:
    notice = build_notice_reply(
        "no-draft",
        "de",
        brand=BRAND,
        templates=TEMPLATES,
        place=PLACE,
        answers=("m1@0",),
        entry="e1",
        due="Montag 10:00 Uhr",
    )
    assert notice.origin is Origin.NOTICE
    assert notice.body == "Danke. Ein Mensch antwortet bis Montag 10:00 Uhr."
    assert notice.envelope.speaker == "Automatische Nachricht der Software von Trailhead."
    assert notice.envelope.entry_url == "https://talk.trailhead.example/record/e1"


@pytest.mark.parametrize(("language", "locale"), [("de-CH", "de"), ("fr", "en"), ("", "en")])
def test_a_notice_comes_in_a_language_that_the_brand_speaks(language: str, locale: str) -> None:
    notice = build_notice_reply(
        "no-draft",
        language,
        brand=BRAND,
        templates=TEMPLATES,
        place=PLACE,
        answers=(),
        entry="e",
        due="x",
    )
    assert notice.locale == locale


def test_an_unknown_notice_is_no_notice() -> None:
    with pytest.raises(NoDraft):
        build_notice_reply(
            "unheard-of",
            "en",
            brand=BRAND,
            templates=TEMPLATES,
            place=PLACE,
            answers=(),
            entry="e",
        )
