"""What config.yaml says of Slack, as the brand in force has it: `slack:`, and people's accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, cast

from bot.brand.settings import Brand
from bot.model import Person

KIND: Final = "slack"  # of channels, of people's accounts, of settings
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


def find_person(brand: Brand, user: str) -> Person | None:
    """Somebody of the brand's, by their Slack user id."""
    return brand.person_with_account(KIND, user)
