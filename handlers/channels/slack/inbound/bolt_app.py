"""Bolt, set up so that nothing is lost: what it does itself by default, and what it must not do.

Signatures are checked at the door. Who we are is known from the start: Bolt's own look-up answers
200 when Slack fails it, and the message would be lost. `process_before_response` stays off: with it
an acknowledgement leaves only when its listener returns. Bolt does not dedupe: the store does.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.web.async_client import AsyncWebClient

from handlers.channels.slack.cards.clicks import ClickListener
from handlers.channels.slack.inbound.slack_events import BotIdentity
from handlers.channels.slack.inbound.slack_intake import SlackIntake

LOG: Final = logging.getLogger("aboveboard.slack.bolt")


def new_app(
    intake: SlackIntake,
    clicks: ClickListener,
    us: Callable[[], BotIdentity | None],
    token: str,
    base_url: str,
) -> AsyncApp:
    """Events go to the intake and no further; all else goes to one of four listeners."""
    LOG.setLevel(logging.ERROR)  # its warnings hold whole payloads: customers' words
    app = AsyncApp(
        name="aboveboard",
        logger=LOG,
        client=AsyncWebClient(base_url=base_url, retry_handlers=[]),
        before_authorize=intake,
        authorize=_Ourselves(us, token),
        request_verification_enabled=False,
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    clicks.register(app)
    return app


class _Ourselves(AsyncAuthorize):
    def __init__(self, us: Callable[[], BotIdentity | None], token: str) -> None:
        self._us, self._token = us, token

    async def __call__(self, *, enterprise_id: str | None, **_: Any) -> AuthorizeResult:
        us = self._us()
        assert us is not None, "nothing comes in before it is known who we are"
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=us.team,
            bot_user_id=us.user,
            bot_id=us.bot,
            bot_token=self._token,
        )
