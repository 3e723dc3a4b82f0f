"""The way in over HTTP: only Slack comes through, signed and within five minutes.

The raw body is checked before anything reads it. A missing, empty or odd timestamp is refused like
a wrong signature, with 401: the SDK would raise on it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from handlers.ports.clock import Clock

PATH: Final = "/slack/events"
log = logging.getLogger("aboveboard.slack")


class _WallClock:
    """The SDK's own kind of clock, showing ours."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()


class SignatureCheck:
    """An aiohttp handler. `ready`: do we know who we are? Before, Slack shall try again."""

    def __init__(self, app: AsyncApp, secret: str, clock: Clock, ready: Callable[[], bool]) -> None:
        self._app, self._ready = app, ready
        self._verifier = SignatureVerifier(secret, _WallClock(clock))  # type: ignore[arg-type]

    async def handle(self, request: web.Request) -> web.Response:
        if not self._signed(await request.read(), request):
            log.warning("a call to %s was not signed by Slack: refused", PATH)
            return web.json_response({"error": "not signed by Slack"}, status=401)
        if not self._ready():
            return web.json_response({"error": "starting"}, status=503)
        return await to_aiohttp_response(
            await self._app.async_dispatch(await to_bolt_request(request))
        )

    def _signed(self, body: bytes, request: web.Request) -> bool:
        timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 11):
            return False
        if not signature.isascii():
            return False
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except UnicodeDecodeError:  # no JSON and no form is not UTF-8
            return False
