"""Addresses, and the tricks played with them."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.detect import links
from tests.unit.detect.hostile import anything, for_any, points_into


@for_any
@given(anything)
def test_any_text_gets_an_answer(text: str) -> None:
    assert points_into(text, links.find_links(text))


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("See https://trailhead.example/returns.", "URL", "https://trailhead.example/returns"),
        ("(https://a.example/x_(y))", "URL", "https://a.example/x_(y)"),
        ("go to trailhead.de/x today", "URL", "trailhead.de/x"),
        ("www.abc.com.cn", "URL", "www.abc.com.cn"),
        ("until May 5th.https://t.co/abc", "URL", "https://t.co/abc"),
        ("http://127.0.0.1:8080/#/1", "URL", "http://127.0.0.1:8080/#/1"),
        ("mailto:help@trailhead.example", "URL", "mailto:help@trailhead.example"),
        ("http://münchen.de/x", "URL", "http://münchen.de/x"),
        ("https://bank.example@evil.com/", "link-trick", "https://bank.example@evil.com/"),
        ("https://аррӏе.com", "link-trick", "https://аррӏе.com"),
        ("аррӏе.com", "link-trick", "аррӏе.com"),
        ("https://xn--80ak6aa92e.com", "link-trick", "https://xn--80ak6aa92e.com"),
        ("http://2130706433/", "link-trick", "http://2130706433/"),
        ("https:\\\\evil.com", "link-trick", "https:\\\\evil.com"),
        ("javascript:alert(1)", "link-trick", "javascript:alert(1)"),
        ("evil (dot) com", "link-trick", "evil (dot) com"),
        ("[bank.de](http://evil.com)", "link-trick", "[bank.de](http://evil.com)"),
        (
            "<https://evil.com|https://bank.de>",
            "link-trick",
            "<https://evil.com|https://bank.de>",
        ),
    ],
)
def test_an_address_is_found_with_what_it_is(text: str, kind: str, words: str) -> None:
    assert [(span.kind, span.words) for span in links.find_links(text)] == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "Delivery is free.It takes 3 days.",
        "e.g. this, i.e. that, z.B. so, 5.000 steps, 7.am",
        "write to john.de@cooso.com.au",
        "data: we keep little of it",
        "image2.png, Node.js and archive.tar.gz",
        "The DNS server is 8.8.8.8",
        "https:// is no address",
    ],
)
def test_what_nobody_can_open_is_no_address(text: str) -> None:
    assert links.find_links(text) == ()


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Trailhead.example/returns", "trailhead.example"),
        ("https://bank.de@evil.com:99/x", "evil.com"),
        ("trailhead.de/x", "trailhead.de"),
        ("https:\\\\evil.com", "evil.com"),
    ],
)
def test_the_host_is_where_an_address_leads(url: str, host: str) -> None:
    assert links.host_of_url(url) == host
