"""config.yaml: what it says is what is in force, and each mistake is one clear line."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import msgspec
import pytest

from bot.brand.guarantee_terms import GuaranteeTerms
from bot.brand.settings import Brand, Mode
from bot.model import Audience
from bot.model.errors import BrandError
from handlers.brandfiles.documents.yaml_document import parse
from handlers.brandfiles.settings.config import ConfigShape, read_config
from handlers.brandfiles.settings.listener_settings import notes_on

CONFIG = (Path(__file__).resolve().parents[3] / "config.yaml").read_text()


def read(text: str) -> tuple[Brand | None, list[BrandError]]:
    problems: list[BrandError] = []
    return read_config(parse(text, "config.yaml"), problems), problems


def test_the_shipped_config_is_read_whole() -> None:
    brand, problems = read(CONFIG)
    assert problems == []
    assert brand is not None
    community = brand.channels["slack-community"]
    assert (community.audience, community.mode.name, community.peers) == (
        Audience.MEMBERS,
        "collaborative",
        True,
    )
    assert brand.hours.open[5] == ((time(10), time(16)),)
    assert brand.hours.answer_within == timedelta(hours=4)
    assert {person.id for person in brand.people if person.may_decide} == {"ada", "milan"}


def test_every_key_that_exists_stands_in_the_shipped_config() -> None:
    """The file is the reference: a setting that isn't shown there can't be found."""
    shown = parse(CONFIG, "config.yaml").value
    for section in msgspec.structs.fields(ConfigShape):
        assert section.encode_name in shown
        if isinstance(section.type, type) and issubclass(section.type, msgspec.Struct):
            keys = {field.encode_name for field in msgspec.structs.fields(section.type)}
            assert keys == set(shown[section.encode_name])


MISTAKES = [
    ("model: strong", "model: strongest", "must be one of: strong, lite", ""),
    ("    peers: true", "    pears: true", "Unknown key “pears”", "“peers”"),
    ("mode: collaborative", "mode: colaborative", "no mode “colaborative”", "“collaborative”"),
    ("audience: members", "audience: everyone", "must be one of: public, members, private", ""),
    ("port: 8300", "port: 83000", "83000 is not a port", "65535"),
    ("port: 8300", "port: web", "must be a whole number", ""),
    ("http://localhost:8300", "localhost", "is not a web address", "http://"),
    ("zone: Europe/Berlin", "zone: Europe/Berln", "is not a time zone", "Europe/Berlin"),
    ("zone: Europe/Berlin", "zone: ../../etc/passwd", "is not a time zone", "Europe/Berlin"),
    ('sat: "10:00-16:00"', 'sat: "16:00-10:00"', "not a time that we are open", "09:00-18:00"),
    ('sat: "10:00-16:00"', 'sat: "10:00-27:00"', "not a time that we are open", "09:00-18:00"),
    ("sat:", "saturday:", "“saturday” is not a day", "Did you mean “sat”?"),
    ("answer_within: 4h", "answer_within: soon", "not a time to answer within", "4h"),
    ("answer_within: 4h", "answer_within: 0m", "not a time to answer within", "4h"),
    ("fallback: {}", "fallback: {nl: eng}", "“eng” is not one of the locales", "Did you mean"),
    ('"OPS-[0-9]+"', '"OPS-[0-9+"', "is not a pattern", "brackets"),
    ('"OPS-[0-9]+"', '"[0-9]*"', "matches an empty text", "at least one"),
    ("roles: [approver, lead]", "roles: [aprover]", "must be one of: viewer, approver", ""),
    ("{id: milan,", "{id: ada,", "the id of two people", "another"),
    ("undo: 20", "undo: 86400", "undo window is 86400 seconds", "0 to 600"),
    ("packs: [transparency,", "packs: [privacy,", "“privacy” is listed twice", "Remove"),
    ("    listener: ada", "    listener: adda", "Nobody has the id “adda”", "Did you mean “ada”?"),
    ("    listener: ada", "    listener: noor", "Noor may not answer", "an approver or a lead"),
    ("answered: 0.5", "answered: 50", "50 is not a share", "like 0.5"),
    ("  rest: 5m ", "  rest: soon", "“soon” is no length of time", "5m, 2h or 1d"),
    ("sends_an_hour: 300", "sends_an_hour: 0", "“sends_an_hour” is 0", "1 or more"),
    ("sends_in: {}", "sends_in: {wep: 3}", "no channel “wep”", "Did you mean “web”?"),
    ("wrong_at_most: null", "wrong_at_most: 5", "5 is not a share", "like 0.05"),
    ("wrong_at_most: null", "wrong_at_most: 5%", "must be a number", ""),
    ("channels: {}", "channels: {web: {wrong_at_most: 0.001}}", "1000 drafts can't", "at least 39"),
    (
        "  confidence: 0.95\n  window: 1000\n  audit: 0.1\n  channels: {}",
        "  channels: {web: {wrong_at_most: 0.1, audit: 0}}",
        "0 is not a share for the audit",
        "like 0.1",
    ),
    ("channels: {}", "channels: {wob: {wrong_at_most: 0.02}}", "no channel “wob”", "“web”"),
    ("people: [milan, ada]", "people: [milan, adda]", "no person “adda”", "Did you mean “ada”?"),
    ("people: [ada]", "people: [noor]", "“safety-and-rights” has the role lead", "role lead"),
    ("role: lead", "role: boss", "must be one of: approver, lead", ""),
    ("target: 0.6", "target: 60%", "must be a number", ""),
    ("target: 0.6", "target: 60", "60 is not a share of answers", "like 0.6"),
    ("target: 0.3", "target: 0.5", "the targets add up to 110%", "1 at most"),
    ("answers: false", "answers: false, target: 0.1", "No answers are given there", "Leave"),
    ("meaning: We and one customer talk.,", 'meaning: " ",', "what “dialogic” means", "Say it"),
    ("maturity: starting", "maturity: done", "one of: starting, practised, seasoned", ""),
    ("maturity: starting", "autonomy: full", "Unknown key “autonomy”.", ""),
    ("undo: 20", "autonomy: full", "Unknown key “autonomy” under “channels.web”.", "undo"),
    ("answers: false", "autonomy: full", "key “autonomy” under “modes.one-way”.", "answers"),
    ("holidays:", "hollidays:", "Unknown key “hollidays”", "“holidays”"),
]


@pytest.mark.parametrize(("right", "wrong", "problem", "mend"), MISTAKES)
def test_a_mistake_is_one_line_with_its_place(
    right: str, wrong: str, problem: str, mend: str
) -> None:
    assert right in CONFIG
    brand, problems = read(CONFIG.replace(right, wrong, 1))
    assert brand is None
    found = [error for error in problems if problem in error.problem]
    assert found, problems
    assert mend in found[0].mend
    assert found[0].line == CONFIG[: CONFIG.index(right)].count("\n") + 1


def test_targets_that_are_all_together_are_no_mistake() -> None:
    """0.7, 0.2 and 0.1 are a little more than 1 in binary."""
    text = CONFIG.replace("target: 0.6", "target: 0.7").replace("target: 0.3", "target: 0.2")
    text = text.replace('others listen.", answers: true', 'others listen.", target: 0.1')
    brand, problems = read(text)
    assert problems == []
    assert brand is not None
    assert brand.modes["transparent"].target == 0.1


def test_a_modes_version_is_its_meaning() -> None:
    """And nothing else: an aim can move without making another mode of it."""
    mode = Mode("dialogic", "We and one customer talk.")
    same = replace(mode, target=0.9)
    others = [replace(mode, **it) for it in ({"name": "x"}, {"meaning": "x"}, {"answers": False})]
    assert same.meaning_hash == mode.meaning_hash == "aa84e07f0b30"
    assert mode.meaning_hash not in {other.meaning_hash for other in others}


def test_every_locale_names_the_approver() -> None:
    _, problems = read(CONFIG.replace("locales: [en, de]", "locales: [en, de, fr]"))
    assert [error.problem for error in problems] == ["The approver has no name in “fr”."]


def test_nobody_who_may_approve_is_a_mistake() -> None:
    text = CONFIG.replace("approver, lead", "viewer").replace("[approver]", "[viewer]")
    _, problems = read(text)
    assert any("Nobody may approve" in error.problem for error in problems)


def test_a_brand_is_asked_by_language() -> None:
    brand, _ = read(CONFIG.replace("fallback: {}", "fallback: {nl: en}"))
    assert brand is not None
    said = {language: brand.locale_for(language) for language in ("de", "de-AT", "nl", "fr", "")}
    assert said == {"de": "de", "de-AT": "de", "nl": "en", "fr": None, "": None}


def test_a_channel_has_its_own_terms_where_it_says_so() -> None:
    web, direct = "{wrong_at_most: 0.02, confidence: null}", "{wrong_at_most: null}"
    own = f"channels: {{web: {web}, slack-direct: {direct}}}"
    brand, problems = read(
        CONFIG.replace("wrong_at_most: null", "wrong_at_most: 0.1").replace("channels: {}", own)
    )
    assert problems == []
    assert brand is not None
    assert set(brand.guarantee) == {"web", "slack-community"}
    assert brand.guarantee["web"] == GuaranteeTerms(0.02, None, 1000, 0.1)
    assert brand.guarantee["slack-community"].wrong == 0.1


def test_no_guarantee_is_asked_of_the_shipped_brand() -> None:
    brand, _ = read(CONFIG)
    assert brand is not None
    assert brand.guarantee == {}


def test_a_channel_that_names_no_listener_is_one_way_where_others_do() -> None:
    heard, _ = read(CONFIG)
    assert heard is not None
    assert not any(channel.is_one_way for channel in heard.channels.values())
    assert notes_on(heard.channels.values()) == []
    brand, problems = read(CONFIG.replace("    listener: ada\n", "", 1))
    assert brand is not None and problems == []
    assert [c.name for c in brand.channels.values() if c.is_one_way] == ["web"]
    assert not brand.channels["web"].mode.answers
    [note] = notes_on(brand.channels.values())
    assert "channels.web" in note and "one-way" in note


def test_a_config_from_before_listeners_is_as_it_was_and_is_asked_for_names() -> None:
    brand, problems = read(CONFIG.replace("    listener: ada\n", ""))
    assert brand is not None and problems == []
    assert all(channel.mode.answers for channel in brand.channels.values())
    [note] = notes_on(brand.channels.values())
    assert "Add “listener:”" in note
