"""Who may call us over HTTP: Slack, signed, now. Everybody else gets 401, and nothing is stored."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.fakes.slack import FakeSlack, Fault
from tests.fakes.slack.driver import sign
from tests.slackside import HELP, JONAS, RETURN, SlackSide, slack_side


@pytest_asyncio.fixture
async def side(tmp_path: Path) -> AsyncIterator[SlackSide]:
    async with slack_side(tmp_path, review="") as opened:
        yield opened


def raw(side: SlackSide) -> bytes:
    [event] = side.people.events_of(side.people.post(JONAS, RETURN, HELP))
    return json.dumps(side.people.wrapped(event)).encode()


def now(side: SlackSide, offset: int = 0) -> str:
    return str(int(side.clock.now().timestamp()) + offset)


@pytest.mark.parametrize(
    "timestamp",
    ["", " ", "soon", "12e3", "١٢٣", "-5", "1791196920.5", "nan", "0x10", "9" * 40, "1 791196920"],
)
async def test_an_odd_timestamp_is_refused(side: SlackSide, timestamp: str) -> None:
    """The SDK raises on some of these, which would be a 500."""
    body = raw(side)
    headers = {
        "X-Slack-Request-Timestamp": timestamp.encode().decode("latin-1"),
        "X-Slack-Signature": sign(side.slack.secret, timestamp, body),
    }
    ack = await side.people.call(body, "application/json", headers)
    assert ack.status == 401
    assert side.messages() == []


@pytest.mark.parametrize(("offset", "status"), [(-301, 401), (-299, 200), (299, 200), (301, 401)])
async def test_five_minutes_and_no_more(side: SlackSide, offset: int, status: int) -> None:
    body, at = raw(side), now(side, offset)
    headers = {
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": sign(side.slack.secret, at, body),
    }
    ack = await side.people.call(body, "application/json", headers)
    assert ack.status == status
    assert bool(side.messages()) is (status == 200)


@pytest.mark.parametrize("signature", ["", "v0=", "v0=" + "0" * 64, "v1=abc", "naïve"])
async def test_a_wrong_signature_is_refused(side: SlackSide, signature: str) -> None:
    headers = {"X-Slack-Signature": signature.encode().decode("latin-1")}
    ack = await side.people.call(raw(side), "application/json", headers)
    assert ack.status == 401
    assert side.messages() == []


async def test_a_changed_body_is_refused(side: SlackSide) -> None:
    body = raw(side)
    headers = {"X-Slack-Signature": sign(side.slack.secret, now(side), body)}
    ack = await side.people.call(body.replace(b"boots", b"boats"), "application/json", headers)
    assert ack.status == 401


async def test_missing_headers_are_refused(side: SlackSide) -> None:
    for name in ("X-Slack-Request-Timestamp", "X-Slack-Signature"):
        assert (await side.people.call(raw(side), "application/json", {name: ""})).status == 401


async def test_bytes_that_are_no_text_are_refused(side: SlackSide) -> None:
    body = b"\xff\xfe\x00"
    assert (await side.people.call(body, "application/json", {})).status == 401


async def test_slack_may_check_the_address(side: SlackSide) -> None:
    ack = await side.people.deliver({"type": "url_verification", "challenge": "3eZbrw1a"})
    assert (ack.status, ack.body) == (200, {"challenge": "3eZbrw1a"})


def without_slack(slack: FakeSlack) -> None:
    """Slack does not tell us who we are."""
    slack.break_call("auth.test", Fault.FAIL)


async def test_before_we_know_who_we_are_slack_shall_try_again(tmp_path: Path) -> None:
    async with slack_side(tmp_path, review="", ready=False, prepare=without_slack) as side:
        ack = await side.people.call(raw(side), "application/json", {})
        assert ack.status == 503
        assert side.messages() == []


async def test_an_event_that_nobody_knows_is_acknowledged(side: SlackSide) -> None:
    ack = await side.people.deliver(side.people.wrapped({"type": "emoji_changed"}))
    assert ack.ok


async def test_being_rate_limited_by_slack_is_said(side: SlackSide) -> None:
    assert side.channel.status() is None or "too many" not in str(side.channel.status())
    ack = await side.people.deliver({"type": "app_rate_limited", "team_id": "T1"})
    assert ack.ok
    assert "too many events" in str(side.channel.status())
    await side.clock.advance(3601)
    assert "too many events" not in str(side.channel.status())
