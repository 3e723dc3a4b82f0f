"""One call of Slack's Web API, and what is certain about it afterwards.

A call ends in one of four ways, and never raises: `Done`; `Denied`, Slack has understood and says
no; `Later`, it certainly did nothing and may be tried again; `Lost`, nobody can say. Nothing here
tries again by itself: the client has no retry handlers, because a repeated POST is a second post.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
import rfc8785
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

SLACK: Final = "https://slack.com/api/"


@dataclass(frozen=True, slots=True)
class Done:
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Denied:
    """`error` is Slack's word for it, `why` ours."""

    error: str
    why: str


@dataclass(frozen=True, slots=True)
class Later:
    """It did nothing. `wait`: seconds that Slack asks for; 0 if it does not say."""

    why: str
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Lost:
    """The call had begun and its end is unknown: it may have been done."""

    why: str


Outcome = Done | Denied | Later | Lost

# Slack says of these itself that part of the work may have been done.
_UNSURE: Final = frozenset({"fatal_error", "internal_error", "service_unavailable"})
_AGAIN: Final = frozenset({"ratelimited", "rate_limited", "request_timeout", "team_added_to_org"})
REVOKED: Final = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"}
)

WORDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(REVOKED, "Slack does not accept the token any more. Install the app again."),
    "not_in_channel": "The bot is not in this Slack channel. Invite it: /invite @its-name.",
    "channel_not_found": "Slack knows no such channel, or the bot is not in it. Invite the bot.",
    "is_archived": "The Slack channel is archived.",
    "missing_scope": "The Slack app lacks a permission. Paste the manifest again and reinstall it.",
    "no_permission": "The Slack app may not post here.",
    "restricted_action": "This workspace does not let the bot post here.",
    "msg_too_long": "The text is too long for Slack.",
    "msg_blocks_too_long": "The text is too long for Slack.",
    "invalid_blocks": "Slack refuses the layout of the post.",
    "cannot_reply_to_message": "Slack does not allow an answer to this post.",
    "thread_not_found": "The thread is no longer there.",
    "message_not_found": "The post is no longer there.",
    "user_not_found": "The person is no longer in the workspace.",
}


class SlackApi:
    """Calls with one token, over one session, whose timeouts hold. Close the session, not this."""

    def __init__(self, token: str, session: aiohttp.ClientSession, base_url: str = SLACK) -> None:
        self.client = AsyncWebClient(
            token=token, base_url=base_url, session=session, retry_handlers=[]
        )

    async def get(self, method: str, **params: Any) -> Outcome:
        return await self._call(method, http_verb="GET", params=params)

    async def post(self, method: str, body: Mapping[str, Any]) -> Outcome:
        return await self._call(method, http_verb="POST", json=dict(body))

    async def connect_url(self, app_token: str) -> Outcome:
        """An address for Socket Mode, by the app's own token."""
        return await self._call(
            "apps.connections.open", headers={"Authorization": f"Bearer {app_token}"}
        )

    async def _call(self, method: str, **arguments: Any) -> Outcome:
        try:
            response = await self.client.api_call(method, **arguments)
        except SlackApiError as error:
            return _answered(error)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            return Later(f"Slack could not be reached ({_name(error)}).")
        except (aiohttp.ClientError, SlackClientError, TimeoutError, OSError, ValueError) as error:
            return Lost(f"The connection to Slack was lost during the call ({_name(error)}).")
        data = response.data
        return Done(data) if isinstance(data, Mapping) else Lost("Slack's answer cannot be read.")


def new_session(timeout: float = 20.0) -> aiohttp.ClientSession:
    """A session that sends canonical JSON: the bytes that are stored are the bytes that go out."""
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=timeout, connect=timeout / 2),
        json_serialize=canonical,
    )


def canonical(value: Any) -> str:
    """JSON in the one form that RFC 8785 gives it."""
    return rfc8785.dumps(value).decode()


def _answered(error: SlackApiError) -> Outcome:
    response: Any = error.response
    headers: Mapping[str, str] = getattr(response, "headers", None) or {}
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0) or 0)
    said = getattr(response, "data", None)
    data = said if isinstance(said, Mapping) else {}
    word = str(data.get("error") or "")
    if status == 429 or word in _AGAIN:
        return Later("Slack asks us to slow down.", _seconds(headers.get("Retry-After")))
    if status >= 500 or word in _UNSURE:
        return Lost(f"Slack failed during the call ({word or status}).")
    if word:
        needed = f" ({data['needed']})" if word == "missing_scope" and data.get("needed") else ""
        return Denied(word, WORDS.get(word, f"Slack refuses it: {word}.") + needed)
    if 400 <= status < 500:
        return Denied(str(status), f"Slack refuses the call (HTTP {status}).")
    return Lost("Slack's answer cannot be read.")


def _seconds(header: str | None) -> float:
    text = (header or "").strip()
    return float(text) if text.isascii() and text.isdigit() else 1.0


def _name(error: BaseException) -> str:
    return type(error).__name__
