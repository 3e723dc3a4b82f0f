"""Connecting to Slack, what is missing, and what is said when something is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.model.errors import ChannelError
from handlers.app import running
from handlers.brandfiles.loading import Library
from handlers.channels.slack.slack_settings import has_slack_variables
from handlers.ports.channel_port import Refused
from tests.fakes.slack import FakeSlack, Fault
from tests.scenario.test_slack_sending import delivery
from tests.shop import ROOT
from tests.slackside import HELP, JONAS, RETURN, REVIEW, eventually, slack_side, with_slack

GIVEN = {
    "SLACK_BOT_TOKEN": FakeSlack.token,
    "SLACK_SIGNING_SECRET": FakeSlack.secret,
    "SLACK_APP_TOKEN": FakeSlack.app_token,
}


@pytest.mark.parametrize(
    ("transport", "missing"),
    [
        ("http", "SLACK_BOT_TOKEN"),
        ("http", "SLACK_SIGNING_SECRET"),
        ("socket", "SLACK_BOT_TOKEN"),
        ("socket", "SLACK_APP_TOKEN"),
    ],
)
async def test_a_missing_token_is_one_clear_line(
    tmp_path: Path, transport: str, missing: str
) -> None:
    given = {name: value for name, value in GIVEN.items() if name != missing}
    with pytest.raises(ChannelError) as raised:
        await start(tmp_path, with_slack(transport), given)
    line = str(raised.value)
    assert line.startswith(f"{missing} is not set") and "\n" not in line
    assert "docs/slack.md" in line


async def start(folder: Path, library: Library, given: dict[str, str]) -> None:
    async with running(ROOT, library, given, store_path=folder / "store.db"):
        raise AssertionError("it started")


async def test_a_name_of_a_room_is_not_its_id(tmp_path: Path) -> None:
    with pytest.raises(ChannelError, match=r"review_channel: '#review' is a name"):
        await start(tmp_path, with_slack(review="#review"), GIVEN)


def test_without_any_token_slack_is_not_wanted() -> None:
    assert not has_slack_variables({"HOME": "/root"})
    assert has_slack_variables({"SLACK_BOT_TOKEN": "xoxb"})


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_slack_that_is_down_at_the_start_is_tried_again(
    tmp_path: Path, transport: str
) -> None:
    def fail(slack: FakeSlack) -> None:
        slack.break_call("auth.test", Fault.FAIL, times=2)
        slack.break_call("apps.connections.open", Fault.FAIL)

    async with slack_side(tmp_path, transport, ready=False, prepare=fail) as side:
        await side.slack.until(lambda: side.slack.tried["auth.test"] == 1)
        await eventually(lambda: side.channel.status())
        assert not side.channel.ready
        for _ in range(6):
            sleeping = side.clock.sleepers
            await eventually(lambda sleeping=sleeping: side.clock.sleepers >= sleeping)
            await side.clock.advance(5)
        await eventually(lambda: side.channel.ready)
        await eventually(lambda: side.channel.status() is None)


async def test_a_wrong_token_is_a_banner_and_nothing_is_lost_by_it(tmp_path: Path) -> None:
    def revoke(slack: object) -> None:
        slack.revoked = True  # type: ignore[attr-defined]

    async with slack_side(tmp_path, ready=False, prepare=revoke) as side:
        status = await eventually(lambda: side.channel.status())
        assert "does not accept the token" in status
        post = side.people.post(JONAS, RETURN, HELP)
        [event] = side.people.events_of(post)
        assert (await side.people.event(event)).status == 503  # Slack will come again


async def test_a_revoked_token_is_a_banner(tmp_path: Path) -> None:
    async with slack_side(tmp_path) as side:
        await eventually(lambda: side.slack.tried["conversations.info"] == 3)
        await side.people.event({"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}})
        assert "does not accept the token" in str(side.channel.status())


async def test_a_token_that_a_send_finds_revoked_is_a_banner(tmp_path: Path) -> None:
    async with slack_side(tmp_path) as side:
        side.slack.revoked = True
        assert isinstance(await side.channel.send(delivery(side)), Refused)
        assert "does not accept the token" in str(side.channel.status())


async def test_a_room_without_the_bot_is_a_banner_until_it_is_invited(tmp_path: Path) -> None:
    def leave(slack: object) -> None:
        slack.rooms[REVIEW].member = False  # type: ignore[attr-defined]

    async with slack_side(tmp_path, prepare=leave) as side:
        status = await eventually(lambda: side.channel.status())
        assert "not in #review" in status
        await side.asks()
        await side.slack.until(lambda: side.slack.tried["chat.postMessage"])
        side.slack.rooms[REVIEW].member = True
        await side.people.event(
            {"type": "member_joined_channel", "user": side.slack.bot_user, "channel": REVIEW}
        )
        await side.clock.advance(1)
        await side.card(RETURN)
        assert side.channel.status() is None


async def test_without_a_review_channel_cards_are_on_the_desk_and_it_says_so(
    tmp_path: Path,
) -> None:
    async with slack_side(tmp_path, review="") as side:
        status = await eventually(lambda: side.channel.status())
        assert "on the desk only" in status
        await side.asks()
        assert side.cards() == []


# Socket Mode


async def test_socket_mode_needs_no_door(tmp_path: Path) -> None:
    async with slack_side(tmp_path, "socket", review="") as side:
        await side.says(JONAS, RETURN, HELP)
        assert [m.text for m in side.messages()] == [RETURN]


async def test_after_slack_refreshes_the_connection_nothing_is_missing(tmp_path: Path) -> None:
    async with slack_side(tmp_path, "socket", review="") as side:
        [first] = side.slack.sockets
        await first.send_json({"type": "disconnect", "reason": "refresh_requested"})
        await side.slack.until(lambda: side.slack.sockets and first not in side.slack.sockets)
        await side.says(JONAS, RETURN, HELP)
        assert len(side.messages()) == 1


async def test_stopping_closes_the_socket(tmp_path: Path) -> None:
    async with slack_side(tmp_path, "socket") as side:
        await side.channel.stop()
        await side.slack.until(lambda: side.slack.sockets == [])
