"""Credentials and internals: found by form and by name; help pages are free of alarms."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.brand.settings import Internals
from bot.detect.secrets.secret_detection import find_secrets
from tests.unit.detect.hostile import anything, for_any, points_into

NOTHING = Internals()
INSIDE = Internals(
    words=("Project Falcon",),
    hosts=("jira.trailhead.internal",),
    tickets=(r"TH-\d{3,6}", "(broken"),
    staff=("Ada Lovelace",),
)
# Put together here, so that no scanner takes this file for a leak. They work nowhere.
HEX = "9f8a7c6d5e4b3a2f1e0d9c8b7a6f5e4d"
MIXED = "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5"


@for_any
@given(anything)
def test_any_text_gets_an_answer(text: str) -> None:
    assert points_into(text, find_secrets(text, INSIDE))


@pytest.mark.parametrize(
    "credential",
    [
        "AKIA" + "Z5GHSJD7KQPLMNBV",
        "ghp_" + MIXED,
        "glpat-" + MIXED[:20],
        "xoxb-" + "204918273645-" + MIXED[:24],
        "sk_live_" + MIXED[:24],
        "AIza" + (MIXED)[:35],
        "npm_" + MIXED,
        "shpat_" + HEX,
        "SG." + MIXED[:22] + "." + (MIXED * 2)[:43],
        "dop_v1_" + HEX * 2,
        "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + MIXED,
        "postgres://shop:" + MIXED[:14] + "@db.shop.net/orders",
        "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIEow" + MIXED + "\n-----END RSA PRIVATE KEY-----",
    ],
)
def test_a_published_format_is_found_in_a_sentence(credential: str) -> None:
    spans = find_secrets(f"Use {credential} to sign in.", NOTHING)
    assert [span.kind for span in spans] == ["credential"]
    assert spans[0].words in credential


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (f'api_key = "{HEX}"', HEX),
        (f"OKTA_TOKEN: {MIXED}", MIXED),
        (f'{{"client_secret": "{MIXED}"}}', MIXED),
        (f"datadogKey := `{HEX}`", HEX),
        (f"<apiToken>{HEX}</apiToken>", HEX),
        (f"deploy --api-token {MIXED}", MIXED),
        (f"curl -u shop:{MIXED} https://api.example.net", MIXED),
        (f"Authorization: Bearer {MIXED}", MIXED),
        ('db_password = "T7kd-93xQpl"', "T7kd-93xQpl"),
    ],
)
def test_a_name_before_a_random_value_gives_it_away(line: str, value: str) -> None:
    (span,) = find_secrets(line, NOTHING)
    assert (span.kind, span.words) == ("credential", value)


@pytest.mark.parametrize(
    "line",
    [
        "Set your API key in the settings.",
        'api_key = "YOUR_API_KEY"',
        "password: ********",
        "secret = os.environ['SECRET']",
        'password = "changeme"',
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ghp_" + "x" * 36,
        "The token expires in 30 minutes.",
        "Key features: waterproof, breathable, repairable.",
        "Signature collection: Gore-Tex3000-Active-Shell",
        "passwordField = this.form.password.value",
        "Your order key: 4711-1234-5678",
        'publicKeyToken = "b77a5c561934e089"',
        "cache-key: 9f8a7c6d5e4b3a2f1e0d",
        "Run it with --token YOUR_TOKEN_HERE",
        "license_key_file = /etc/app/license.key",
    ],
)
def test_placeholders_and_prose_are_nobodys_secret(line: str) -> None:
    assert find_secrets(line, NOTHING) == ()


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("See TH-1234 for it.", "ticket", "TH-1234"),
        ("on JIRA.trailhead.internal", "internal-host", "JIRA.trailhead.internal"),
        ("I asked Ada  Lovelace.", "staff", "Ada  Lovelace"),
        ("that is project-falcon", "internal-word", "project-falcon"),
        ("that is Prоject Falcоn", "internal-word", "Prоject Falcоn"),  # Cyrillic о
    ],
)
def test_what_the_brand_keeps_inside_is_found(text: str, kind: str, words: str) -> None:
    (span,) = find_secrets(text, INSIDE)
    assert (span.kind, span.words) == (kind, words)
    assert find_secrets(text, NOTHING) == ()
