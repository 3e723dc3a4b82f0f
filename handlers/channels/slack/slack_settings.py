"""What config.yaml says of Slack, as the brand in force has it: `slack:`, people's accounts; and
what has to be in the environment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast

from bot.brand.settings import Brand
from bot.model import Person

KIND: Final = "slack"  # of channels, of people's accounts, of settings
BOT_TOKEN: Final = "SLACK_BOT_TOKEN"  # noqa: S105 - names of variables
SIGNING_SECRET: Final = "SLACK_SIGNING_SECRET"  # noqa: S105
APP_TOKEN: Final = "SLACK_APP_TOKEN"  # noqa: S105
API_URL: Final = "SLACK_API_URL"  # another Slack than slack.com: GovSlack, or a test's
NEEDED_VARIABLES: Final = {
    "http": {BOT_TOKEN: "to post", SIGNING_SECRET: "to know that it is Slack who calls"},
    "socket": {BOT_TOKEN: "to post", APP_TOKEN: "to open Socket Mode"},
}
InForce = Callable[[], Brand]
Transport = Literal["http", "socket"]


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """Where cards are shown, and how Slack reaches us. Tokens come from the environment."""

    review_channel: str = ""
    transport: Transport = "http"

    @property
    def problem(self) -> str:
        """Why it can't be used, in one line; empty if it can."""
        if not self.review_channel.startswith("#"):
            return ""
        return (
            f"config.yaml: slack.review_channel: {self.review_channel!r} is a name. Use the "
            "channel's id (C…), which Slack shows at the end of the channel's details."
        )


def read_slack_settings(brand: Brand) -> SlackSettings:
    given = brand.channel_settings.get(KIND, {})
    transport = cast(Transport, given.get("transport", "http"))
    return SlackSettings(given.get("review_channel", ""), transport)


def has_slack_variables(env: Mapping[str, str]) -> bool:
    """Whether somebody has set any of Slack's variables: without them the product runs without."""
    return any(env.get(name) for name in (BOT_TOKEN, SIGNING_SECRET, APP_TOKEN))


def list_missing_variables(brand: Brand, env: Mapping[str, str]) -> tuple[str, ...]:
    """The variables that Slack's transport in config.yaml needs, and that are not set."""
    transport = read_slack_settings(brand).transport
    return tuple(name for name in NEEDED_VARIABLES[transport] if not env.get(name))


def find_person(brand: Brand, user: str) -> Person | None:
    """Somebody of the brand's, by their Slack user id."""
    return brand.person_with_account(KIND, user)
