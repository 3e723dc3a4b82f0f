"""Each permission that the manifest asks for has a feature: take it away, and that feature is gone.

The pretended Slack holds us to the manifest: it delivers no event and answers no call without its
scope.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from handlers.ports.channel_port import Posted
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.workspace import MANIFEST
from tests.scenario.test_slack_sending import delivery
from tests.slackside import (
    ADA_ID,
    DIRECT,
    HELP,
    JONAS,
    RETURN,
    SECRETS,
    SlackSide,
    eventually,
    slack_side,
)


async def a_mention_is_heard(side: SlackSide) -> bool:
    side.slack.manifest["settings"]["event_subscriptions"]["bot_events"].remove("message.channels")
    await side.says(JONAS, f"<@{side.slack.bot_user}> {RETURN}", HELP)
    return bool(side.messages())


async def a_reply_is_posted(side: SlackSide) -> bool:
    return isinstance(await side.channel.send(delivery(side)), Posted)


async def the_command_answers(side: SlackSide) -> bool:
    if "commands" not in side.slack.scopes:
        return False  # Slack offers no command
    return "waiting for somebody" in str((await side.people.commands(ADA_ID)).body)


async def a_customer_has_a_name(side: SlackSide) -> bool:
    await side.says(JONAS, RETURN, HELP)
    return side.messages()[0].author.name == "Jonas"


async def checked(side: SlackSide) -> str:
    """What is said once every room of config.yaml was looked at."""
    await eventually(lambda: side.slack.tried["conversations.info"] == 2)
    await eventually(lambda: "review_channel" in str(side.channel.status()))
    return str(side.channel.status())


async def a_missing_bot_is_seen(side: SlackSide) -> bool:
    return "not in #help" in await checked(side)


async def a_private_room_is_known_to_be_fine(side: SlackSide) -> bool:
    return "permission" not in await checked(side)


async def metadata_tells_our_post(side: SlackSide) -> bool:
    sent = delivery(side)
    await side.channel.send(sent)
    side.slack.posted(HELP)[0].blocks[0]["block_id"] = "changed-by-slack"
    return isinstance(await side.channel.look(sent), Posted)


def hears(room: str) -> Callable[[SlackSide], Awaitable[bool]]:
    async def so(side: SlackSide) -> bool:
        await side.says(JONAS, RETURN, room)
        return bool(side.messages())

    return so


@dataclass
class Feature:
    works: Callable[[SlackSide], Awaitable[bool]]
    absent: str = ""  # a room that the bot is not in


FEATURES = {
    "app_mentions:read": Feature(a_mention_is_heard),
    "channels:history": Feature(hears(HELP)),
    "channels:read": Feature(a_missing_bot_is_seen, absent=HELP),
    "chat:write": Feature(a_reply_is_posted),
    "commands": Feature(the_command_answers),
    "groups:history": Feature(hears(SECRETS)),
    "groups:read": Feature(a_private_room_is_known_to_be_fine),
    "im:history": Feature(hears(DIRECT)),
    "metadata.message:read": Feature(metadata_tells_our_post),
    "users:read": Feature(a_customer_has_a_name),
}


@pytest.mark.parametrize("given", [True, False], ids=["with", "without"])
@pytest.mark.parametrize("scope", FEATURES)
async def test_a_scope_carries_its_feature(tmp_path: Path, scope: str, given: bool) -> None:
    feature = FEATURES[scope]

    def prepare(slack: FakeSlack) -> None:
        if not given:
            slack.manifest["oauth_config"]["scopes"]["bot"].remove(scope)
        if feature.absent:
            slack.rooms[feature.absent].member = False

    async with slack_side(tmp_path, review="", prepare=prepare) as side:
        assert await feature.works(side) is given


def test_every_scope_of_the_manifest_is_here() -> None:
    manifest = yaml.safe_load(MANIFEST.read_text())
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == set(FEATURES)
