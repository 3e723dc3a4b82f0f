"""What Slack tells us is stored before Slack is told that we have it.

Bolt's first middleware: an event is stored, then acknowledged, and needs no listener. What it
raises becomes a 500 (over Socket Mode: no acknowledgement), and Slack delivers again. Nothing is
dropped for being a retry: the message's key makes a redelivery harmless.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.model import Message
from handlers.channels.slack.api.api_trouble import RATE, TOKEN, ApiTroubles, revoked
from handlers.channels.slack.api.user_names import UserNames
from handlers.channels.slack.cards.home_board import HomeBoard
from handlers.channels.slack.inbound.slack_events import (
    BotIdentity,
    PostDeleted,
    PostEdited,
    PostWritten,
    SlackEvent,
    read_author,
    read_event,
)
from handlers.channels.slack.slack_settings import InForce
from handlers.ports.service_port import Service

Body = Mapping[str, Any]
_LIMITED: Final = 3600.0
_MOST_GONE: Final = 2_000
log = logging.getLogger("aboveboard.slack")


class SlackIntake(AsyncMiddleware):
    """`in_force` gives the brand as it is now; `joined` is told of each room that the bot was
    invited to."""

    def __init__(
        self,
        in_force: InForce,
        service: Service,
        names: UserNames,
        homes: HomeBoard,
        troubles: ApiTroubles,
        us: Callable[[], BotIdentity | None],
        joined: Callable[[str], None],
    ) -> None:
        self._in_force, self._service = in_force, service
        self._names, self._homes, self._troubles, self._us = names, homes, troubles, us
        self._joined = joined
        self._gone: dict[str, None] = {}
        self._events: Mapping[str, Callable[[Body], None]] = {
            "app_home_opened": self._home,
            "member_joined_channel": self._member,
            "tokens_revoked": self._revoked,
            "app_uninstalled": self._revoked,
        }

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],
    ) -> BoltResponse | None:
        body = req.body
        if body.get("type") == "event_callback":
            await self.take(body)
            return BoltResponse(status=200)
        if body.get("type") == "app_rate_limited":
            words = "Slack holds messages back: too many events. Some may be missing for a while."
            self._troubles.set(RATE, words, _LIMITED)
            return BoltResponse(status=200)
        return await next()

    async def take(self, body: Body) -> None:
        """Store what an event says. Raises what the store raises: then it must come again."""
        us = self._us()
        if us is None:
            raise RuntimeError("who we are in the workspace is not known yet")
        event = body.get("event")
        act = self._events.get(str(event.get("type"))) if isinstance(event, Mapping) else None
        if act is not None:
            act(body)
            return
        heard = read_event(body, us, self._in_force(), self._names.known)
        if heard is None:
            return
        user, team = read_author(body)
        if team == us.team and user not in self._names.known:
            await self._names.learn(user)
            heard = read_event(body, us, self._in_force(), self._names.known) or heard
        await self._keep(heard)

    async def _keep(self, heard: SlackEvent) -> None:
        match heard:
            case PostDeleted(key):
                if not await self._service.delete(key):
                    self._remember_gone(key)
            case PostWritten(message, _, _) if message.id in self._gone:
                log.info("a post that was deleted already came late: not taken up")
            case PostWritten(message, person, in_thread):
                if person is not None:
                    where = message.place.conversation
                    await self._service.staff_spoke(where, person, message.id)
                else:
                    await self._service.receive(self._answering(message) if in_thread else message)
            case PostEdited(message, person, fresh):
                if person is not None:
                    return
                # The post itself may have been delivered late, or not yet: then this is the post.
                if not (fresh and await self._service.receive(message)):
                    await self._service.edit(message)

    def _remember_gone(self, key: str) -> None:
        """A deletion may overtake its post, which Slack redelivers for some minutes."""
        self._gone[key] = None
        while len(self._gone) > _MOST_GONE:
            self._gone.pop(next(iter(self._gone)))

    def _answering(self, message: Message) -> Message:
        """In a thread it is also said to us if ours was the last word there."""
        if message.reply or message.direct:
            return message
        turns = self._service.turns(message.place.conversation)
        return replace(message, reply=bool(turns) and turns[-1].reply is not None)

    def _home(self, body: Body) -> None:
        event, us = body["event"], self._us()
        if event.get("tab", "home") == "home":
            inside = us is not None and body.get("team_id") == us.team
            self._homes.note_opened(str(event["user"]), inside, event.get("view"))

    def _member(self, body: Body) -> None:
        us = self._us()
        if us is not None and body["event"].get("user") == us.user:
            self._joined(str(body["event"].get("channel")))

    def _revoked(self, body: Body) -> None:
        log.error("Slack has taken the token back")
        self._troubles.set(TOKEN, revoked())
