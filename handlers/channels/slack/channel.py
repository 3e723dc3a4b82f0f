"""Slack put together: a `handlers.ports.channel_port.Channel` for all the Slack entries of
config.yaml.

`start` returns at once; the connection is made, and made again, in the background, so that a
failing Slack never keeps the rest from starting. What is wrong is in `status`.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from bot.model import Delivery, Reply
from bot.model.errors import ChannelError
from handlers.channels.slack.api.api_trouble import RESTART, REVIEW, SOCKET, TOKEN, ApiTroubles
from handlers.channels.slack.api.background import BackgroundTasks
from handlers.channels.slack.api.client import SLACK, Denied, Done, SlackApi, new_session
from handlers.channels.slack.api.post_throttle import PostThrottle
from handlers.channels.slack.api.sender import Sender
from handlers.channels.slack.api.user_names import UserNames
from handlers.channels.slack.blocks.render import payload
from handlers.channels.slack.cards.card_board import CardBoard
from handlers.channels.slack.cards.card_store import CardStore
from handlers.channels.slack.cards.clicks import ClickListener
from handlers.channels.slack.cards.home_board import HomeBoard
from handlers.channels.slack.inbound.bolt_app import new_app
from handlers.channels.slack.inbound.signature_check import PATH, SignatureCheck
from handlers.channels.slack.inbound.slack_events import BotIdentity, RoomProfiles
from handlers.channels.slack.inbound.slack_intake import SlackIntake
from handlers.channels.slack.slack_settings import (
    API_URL,
    APP_TOKEN,
    BOT_TOKEN,
    NEEDED_VARIABLES,
    SIGNING_SECRET,
    InForce,
    read_slack_settings,
)
from handlers.ports.channel_port import Absent, Posted, Refused, Unknown
from handlers.ports.clock import Clock
from handlers.ports.service_port import Service
from handlers.ports.store_port import Store

_AGAIN: Final = (2.0, 5.0, 15.0, 60.0)  # seconds between attempts to connect
log = logging.getLogger("aboveboard.slack")


class SlackChannel:
    """Made by `create`. `in_force` gives the brand as it is now.

    Nothing of the brand is kept, save the transport: another one begins with the next start.
    """

    name = "slack"

    @classmethod
    def create(
        cls,
        in_force: InForce,
        env: Mapping[str, str],
        service: Service,
        store: Store,
        clock: Clock,
        *,
        timeout: float = 20.0,
    ) -> SlackChannel:
        """Raises ChannelError, in one line, if a token is missing or the config can't be used."""
        settings = read_slack_settings(in_force())
        transport = settings.transport
        for variable, why in NEEDED_VARIABLES[transport].items():
            if not env.get(variable):
                raise ChannelError(
                    f"{variable} is not set: Slack over {transport} needs it {why}. docs/slack.md "
                    "says where Slack shows it; unset all SLACK_… variables to run without Slack."
                )
        if settings.problem:
            raise ChannelError(settings.problem)
        return cls(in_force, env, service, store, clock, env.get(API_URL) or SLACK, timeout)

    def __init__(
        self,
        in_force: InForce,
        env: Mapping[str, str],
        service: Service,
        store: Store,
        clock: Clock,
        base_url: str,
        timeout: float,
    ) -> None:
        self._in_force, self._env, self._service, self._clock = in_force, env, service, clock
        self._base_url, self._timeout = base_url, timeout
        self._transport = read_slack_settings(in_force()).transport
        self._checked: set[str] = set()  # rooms in which it is known whether the bot is a member
        self._session: aiohttp.ClientSession | None = None
        self._api: SlackApi | None = None
        self._us: BotIdentity | None = None
        self._socket: AsyncSocketModeHandler | None = None
        self._tasks, self._troubles = BackgroundTasks(), ApiTroubles(clock)
        pace = PostThrottle(clock, 1.0)
        api, us = self._get_api, self._get_us
        posted, denied = self._troubles.clear, self._troubles.denied
        self._sender = Sender(api, clock, pace, posted, denied)
        self.homes = HomeBoard(in_force, service, api, clock, self.status)
        self.board = CardBoard(
            in_force,
            service,
            CardStore(store),
            self._sender,
            api,
            clock,
            pace,
            self._troubles,
            self.homes.mark_all,
        )
        self._names = UserNames(api, clock, self._tasks)
        intake = SlackIntake(
            in_force,
            service,
            self._names,
            self.homes,
            self._troubles,
            us,
            self._joined,
        )
        clicks = ClickListener(
            in_force, service, self.board, self.homes, api, us, clock, self._tasks
        )
        self.app = new_app(intake, clicks, us, env[BOT_TOKEN], base_url)

    # handlers.ports.channel_port.Channel

    def render(self, reply: Reply, delivery: str) -> str:
        return payload(reply, delivery)

    async def send(self, delivery: Delivery) -> Posted | Refused | Unknown:
        return await self._sender.send(delivery)

    async def look(self, delivery: Delivery) -> Posted | Absent | Unknown:
        return await self._sender.look(delivery)

    async def start(self) -> None:
        self._session = new_session(self._timeout)
        self._api = SlackApi(self._env[BOT_TOKEN], self._session, self._base_url)
        self._tasks.spawn(self._connect())

    async def stop(self) -> None:
        await self._tasks.stop()
        if self._socket is not None:
            await self._socket.close_async()  # type: ignore[no-untyped-call]
        await self.board.stop()
        await self.homes.stop()
        if self._session is not None:
            await self._session.close()
        self._api = None

    # for the server and the desk

    def routes(self, app: web.Application) -> None:
        """Mount what Slack calls. Over Socket Mode there is nothing to mount."""
        if self._transport == "http":
            secret = self._env[SIGNING_SECRET]
            check = SignatureCheck(self.app, secret, self._clock, lambda: self._us is not None)
            app.router.add_post(PATH, check.handle)

    def status(self) -> str | None:
        """What people must know about Slack now, as a banner; None when all is well."""
        return self._troubles.words

    @property
    def ready(self) -> bool:
        """Whether we are connected, and know who we are."""
        return self._us is not None and (self._socket is not None or not self._by_socket)

    @property
    def names(self) -> tuple[str, ...]:
        """The entries of config.yaml that it serves now."""
        return tuple(profile.name for profile in self._rooms.profiles)

    def settings_changed(self) -> None:
        """Other settings are in force: cards and homes are drawn by them, and rooms looked at."""
        asked = read_slack_settings(self._in_force()).transport
        if asked == self._transport:
            self._troubles.clear(RESTART)
        else:
            words = f"slack.transport is {asked} from the next start; until then {self._transport}."
            self._troubles.set(RESTART, words)
        for room in self._checked.difference(self._rooms.listed):
            self._troubles.clear(room)
        self._checked &= set(self._rooms.listed)
        self.homes.mark_all()
        self.board.catch_up()
        if self.ready:
            self._tasks.spawn(self._check_rooms())

    # connecting

    @property
    def _rooms(self) -> RoomProfiles:
        return RoomProfiles.from_brand(self._in_force())

    @property
    def _by_socket(self) -> bool:
        return self._transport == "socket"

    def _get_api(self) -> SlackApi | None:
        return self._api

    def _get_us(self) -> BotIdentity | None:
        return self._us

    async def _connect(self) -> None:
        """Find out who we are, and what is amiss; then begin. Tried again until it is so."""
        attempt = 0
        while not await self._introduce():
            await self._clock.sleep(_AGAIN[min(attempt, len(_AGAIN) - 1)])
            attempt += 1
        self.homes.start()
        self.board.start()
        if self._by_socket:
            attempt = 0
            while not await self._open_socket():
                await self._clock.sleep(_AGAIN[min(attempt, len(_AGAIN) - 1)])
                attempt += 1
        await self._check_rooms()

    async def _introduce(self) -> bool:
        assert self._api is not None
        outcome = await self._api.post("auth.test", {})
        if isinstance(outcome, Done):
            known = outcome.data
            self._us = BotIdentity(
                known["team_id"], known["user_id"], known["bot_id"], known["user"]
            )
            self._troubles.clear(TOKEN)
            return True
        self._troubles.set(TOKEN, outcome.why)
        log.error("Slack is not connected: %s", outcome.why)
        return False

    async def _open_socket(self) -> bool:
        assert self._api is not None
        outcome = await self._api.connect_url(self._env[APP_TOKEN])
        if not isinstance(outcome, Done):
            self._troubles.set(SOCKET, f"Socket Mode ({APP_TOKEN}): {outcome.why}")
            log.error("Socket Mode is not connected: %s", outcome.why)
            return False
        socket = AsyncSocketModeHandler(self.app, self._env[APP_TOKEN], web_client=self._api.client)
        socket.client.wss_uri = outcome.data["url"]
        await socket.connect_async()  # type: ignore[no-untyped-call]
        self._socket = socket
        self._troubles.clear(SOCKET)
        return True

    async def _check_rooms(self) -> None:
        """Whether the bot is in the rooms that config.yaml names, those not yet looked at."""
        for room in self._rooms.listed:
            if room not in self._checked:
                self._checked.add(room)
                await self._check_room(room)
        settings = read_slack_settings(self._in_force())
        if settings.review_channel and not settings.problem:
            self._troubles.clear(REVIEW)
        else:
            none = "No review channel is set, so cards are on the desk only (slack.review_channel)."
            self._troubles.set(REVIEW, settings.problem or none)

    async def _check_room(self, room: str) -> None:
        """Whether the bot is in a room."""
        assert self._api is not None
        outcome = await self._api.get("conversations.info", channel=room)
        if isinstance(outcome, Denied):
            self._troubles.denied(room, outcome)
        elif isinstance(outcome, Done):
            known = outcome.data.get("channel") or {}
            if known.get("is_im") or known.get("is_member"):
                self._troubles.clear(room)
            else:
                name = known.get("name") or room
                self._troubles.set(room, f"The bot is not in #{name}. Invite it there.")

    def _joined(self, room: str) -> None:
        self._troubles.clear(room)
        if room == self._rooms.review:
            self.board.catch_up()
