"""The manifest asks for what a feature needs, and for nothing else; the page says for which."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "handlers" / "channels" / "slack"
MANIFEST = yaml.safe_load((SOURCE / "manifest.yaml").read_text())
PAGE = (ROOT / "docs" / "slack.md").read_text()
SCOPES = MANIFEST["oauth_config"]["scopes"]["bot"]
EVENTS = MANIFEST["settings"]["event_subscriptions"]["bot_events"]

# What in the code makes use of a scope or an event: were it gone, the scope would have to go too.
USES = {
    "app_mentions:read": ("slack_events.py", '"app_mention"'),
    "channels:history": ("sender.py", '"conversations.history"'),
    "channels:read": ("channel.py", '"conversations.info"'),
    "chat:write": ("sender.py", '"chat.postMessage"'),
    "commands": ("clicks.py", 'command("/aboveboard")'),
    "groups:history": ("sender.py", '"conversations.replies"'),
    "groups:read": ("channel.py", '"conversations.info"'),
    "im:history": ("slack_events.py", "direct"),
    "metadata.message:read": ("sender.py", "include_all_metadata"),
    "users:read": ("user_names.py", '"users.info"'),
    "app_home_opened": ("slack_intake.py", '"app_home_opened"'),
    "app_mention": ("slack_events.py", '"app_mention"'),
    "app_uninstalled": ("slack_intake.py", '"app_uninstalled"'),
    "member_joined_channel": ("slack_intake.py", '"member_joined_channel"'),
    "message.channels": ("slack_events.py", '"message"'),
    "message.groups": ("slack_events.py", '"message"'),
    "message.im": ("slack_events.py", '"message"'),
    "tokens_revoked": ("slack_intake.py", '"tokens_revoked"'),
}


def table() -> dict[str, str]:
    """The page's table of permissions: scope -> feature."""
    rows = [line.split("|")[1:3] for line in PAGE.splitlines() if line.startswith("| `")]
    return {scope.strip().strip("`"): feature.strip() for scope, feature in rows}


@pytest.mark.parametrize("scope", SCOPES)
def test_each_scope_is_for_a_named_feature(scope: str) -> None:
    assert table().get(scope), f"docs/slack.md does not say what {scope} is for"


def test_the_page_names_no_scope_that_is_not_asked_for() -> None:
    assert sorted(table()) == sorted(SCOPES)


@pytest.mark.parametrize("name", [*SCOPES, *EVENTS])
def test_each_scope_and_event_is_used_by_the_code(name: str) -> None:
    file, use = USES[name]
    [found] = SOURCE.rglob(file)
    assert use in found.read_text()


def test_an_app_is_made_in_one_paste() -> None:
    assert MANIFEST["_metadata"]["major_version"] == 2
    urls = [
        MANIFEST["settings"]["event_subscriptions"]["request_url"],
        MANIFEST["settings"]["interactivity"]["request_url"],
        MANIFEST["features"]["slash_commands"][0]["url"],
    ]
    assert set(urls) == {"https://your.example/slack/events"}
    assert MANIFEST["settings"]["interactivity"]["is_enabled"]
    assert MANIFEST["features"]["app_home"]["home_tab_enabled"]


def test_nothing_that_slack_has_taken_away() -> None:
    text = (SOURCE / "manifest.yaml").read_text()
    for gone in ("assistant_view", "workflow_steps", "assistant:write"):
        assert gone not in text


@pytest.mark.parametrize("variable", ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"])
def test_the_page_says_where_each_token_is_found(variable: str) -> None:
    assert f"`{variable}`" in PAGE
