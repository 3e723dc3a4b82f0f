"""Replies on their way out: sent once, or looked for.

`send` calls Slack once and says what is certain; `look` reads the room's history since the message
that was answered. Only reading is ever repeated here, after as long as Slack asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from bot.model import Delivery
from handlers.channels.slack.api.client import Denied, Done, Later, Lost, Outcome, SlackApi
from handlers.channels.slack.api.post_throttle import PostThrottle
from handlers.channels.slack.blocks.block_limits import faults
from handlers.channels.slack.blocks.render import carries
from handlers.channels.slack.inbound.slack_events import ts_of
from handlers.ports.channel_port import Absent, Posted, Refused, Unknown
from handlers.ports.clock import Clock

_PATIENCE: Final = 5.0  # seconds that a send may wait for its turn before it says “later”
_LOOKS: Final = 3  # times that a page of the history is asked for when Slack says “later”
_PAGES: Final = 20
_PAGE: Final = 100


class Sender:
    """`denied` is told of each refusal (room, Slack's word, ours), `posted` of each success."""

    def __init__(
        self,
        api: Callable[[], SlackApi | None],
        clock: Clock,
        pace: PostThrottle,
        posted: Callable[[str], None],
        denied: Callable[[str, Denied], None],
    ) -> None:
        self._api, self._clock, self._pace = api, clock, pace
        self._posted, self._denied = posted, denied

    async def send(self, delivery: Delivery) -> Posted | Refused | Unknown:
        payload = msgspec.json.decode(delivery.payload)
        wrong = faults(payload)
        if wrong:
            return Refused(f"Slack would not take it: {wrong[0]}. Shorten the text.")
        api, room = self._api(), str(payload["channel"])
        if api is None:
            return Refused("Slack is not connected yet.", again=True)
        wait = self._pace.wait(room)
        if wait > _PATIENCE:
            return Refused("Slack asks us to slow down.", again=True, wait=wait)
        await self._pace.turn(room)
        outcome = await api.post("chat.postMessage", payload)
        if isinstance(outcome, Done):
            self._posted(room)
        return self._sent(room, outcome)

    def _sent(self, room: str, outcome: Outcome) -> Posted | Refused | Unknown:
        match outcome:
            case Done(data):
                receipt = str(data.get("ts") or "")
                return Posted(receipt) if receipt else Unknown("Slack's answer names no post.")
            case Denied():
                self._denied(room, outcome)
                return Refused(outcome.why)
            case Later(why, wait):
                self._pace.hold(room, wait)
                return Refused(why, again=True, wait=wait)
            case Lost(why):
                return Unknown(why)

    async def look(self, delivery: Delivery) -> Posted | Absent | Unknown:
        place = delivery.reply.place
        answered = [ts for ts in map(ts_of, delivery.reply.answers) if ts]
        since = {"oldest": max(answered)} if answered else {}
        if place.thread:
            where: dict[str, Any] = {"channel": place.room, "ts": place.thread, **since}
            return await self.find(
                "conversations.replies", where, lambda post: carries(post, delivery.id)
            )
        return await self.find(
            "conversations.history",
            {"channel": place.room, **since},
            lambda post: carries(post, delivery.id),
        )

    async def find(
        self, method: str, where: dict[str, Any], wanted: Callable[[Any], bool]
    ) -> Posted | Absent | Unknown:
        """The first post by software that is wanted; Absent only if all pages were read."""
        cursor = ""
        for _ in range(_PAGES):
            page = {**where, "limit": _PAGE, "include_all_metadata": True}
            outcome = await self._read(method, {**page, "cursor": cursor} if cursor else page)
            if isinstance(outcome, Denied) and outcome.error == "thread_not_found":
                return Absent()
            if not isinstance(outcome, Done):
                return Unknown(outcome.why)
            for post in outcome.data.get("messages") or ():
                if post.get("bot_id") and wanted(post):
                    return Posted(str(post["ts"]))
            cursor = str((outcome.data.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return Absent()
        return Unknown(f"Not among the {_PAGES * _PAGE:,} posts since; there are more.")

    async def _read(self, method: str, params: dict[str, Any]) -> Outcome:
        outcome: Outcome = Later("Slack is not connected yet.")
        for attempt in range(_LOOKS):
            api = self._api()
            if api is None:
                return outcome
            outcome = await api.get(method, **params)
            if not isinstance(outcome, Later) or attempt == _LOOKS - 1:
                return outcome
            await self._clock.sleep(outcome.wait)
        return outcome
