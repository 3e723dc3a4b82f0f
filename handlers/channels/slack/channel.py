"""Slack put together: a `handlers.ports.store_port.Channel` for all the Slack entries of
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

from bot.brand.settings import Brand
from bot.model import Delivery, Reply
from bot.model.errors import ChannelError
from handlers.channels.slack.api.api_trouble import SOCKET, TOKEN, Troubles
from handlers.channels.slack.api.background import Tasks
from handlers.channels.slack.api.client import SLACK, Api, Denied, Done, new_session
from handlers.channels.slack.api.post_throttle import Pace
from handlers.channels.slack.api.sender import Sender
from handlers.channels.slack.api.user_names import Names
from handlers.channels.slack.blocks.render import payload
from handlers.channels.slack.cards.card_board import Board
from handlers.channels.slack.cards.card_store import Shelf
from handlers.channels.slack.cards.clicks import Clicks
from handlers.channels.slack.cards.home_board import Homes
from handlers.channels.slack.inbound.bolt_app import new_app
from handlers.channels.slack.inbound.signature_check import PATH, Door
from handlers.channels.slack.inbound.slack_events import Identity, Rooms
from handlers.channels.slack.inbound.slack_intake import Intake
from handlers.ports.channel_port import Absent, Posted, Refused, Unknown
from handlers.ports.clock import Clock
from handlers.ports.service_port import Service
from handlers.ports.store_port import Store

BOT_TOKEN: Final = "SLACK_BOT_TOKEN"  # noqa: S105 - names of variables
SIGNING_SECRET: Final = "SLACK_SIGNING_SECRET"  # noqa: S105
APP_TOKEN: Final = "SLACK_APP_TOKEN"  # noqa: S105
API_URL: Final = "SLACK_API_URL"  # another Slack than slack.com: GovSlack, or a test's
_NEEDED: Final = {
    "http": {BOT_TOKEN: "to post", SIGNING_SECRET: "to know that it is Slack who calls"},
    "socket": {BOT_TOKEN: "to post", APP_TOKEN: "to open Socket Mode"},
}
_AGAIN: Final = (2.0, 5.0, 15.0, 60.0)  # seconds between attempts to connect
log = logging.getLogger("aboveboard.slack")


def wanted(env: Mapping[str, str]) -> bool:
    """Whether somebody has set any of Slack's variables: without them the product runs without."""
    return any(env.get(name) for name in (BOT_TOKEN, SIGNING_SECRET, APP_TOKEN))


def missing(brand: Brand, env: Mapping[str, str]) -> tuple[str, ...]:
    """The variables that Slack's transport in config.yaml needs, and that are not set."""
    return tuple(name for name in _NEEDED[brand.slack.transport] if not env.get(name))


class SlackChannel:
    """`names`: the entries of config.yaml that it serves. Made by `create`."""

    name = "slack"

    @classmethod
    def create(
        cls,
        brand: Brand,
        env: Mapping[str, str],
        service: Service,
        store: Store,
        clock: Clock,
        *,
        timeout: float = 20.0,
    ) -> SlackChannel:
        """Raises ChannelError, in one line, if a token is missing or the config can't be used."""
        for variable, why in _NEEDED[brand.slack.transport].items():
            if not env.get(variable):
                transport = brand.slack.transport
                raise ChannelError(
                    f"{variable} is not set: Slack over {transport} needs it {why}. docs/slack.md "
                    "says where Slack shows it; unset all SLACK_… variables to run without Slack."
                )
        if brand.slack.review_channel.startswith("#"):
            raise ChannelError(
                f"config.yaml: slack.review_channel: {brand.slack.review_channel!r} is a name. Use "
                "the channel's id (C…), which Slack shows at the end of the channel's details."
            )
        return cls(brand, env, service, store, clock, env.get(API_URL) or SLACK, timeout)

    def __init__(
        self,
        brand: Brand,
        env: Mapping[str, str],
        service: Service,
        store: Store,
        clock: Clock,
        base_url: str,
        timeout: float,
    ) -> None:
        self._brand, self._env, self._service, self._clock = brand, env, service, clock
        self._base_url, self._timeout = base_url, timeout
        self.rooms = Rooms.of(brand)
        self.names = tuple(profile.name for profile in self.rooms.profiles)
        self._session: aiohttp.ClientSession | None = None
        self._api: Api | None = None
        self._us: Identity | None = None
        self._socket: AsyncSocketModeHandler | None = None
        self._tasks, self._troubles = Tasks(), Troubles(clock)
        pace = Pace(clock, 1.0)
        api, us = self._get_api, self._get_us
        posted, denied = self._troubles.clear, self._troubles.denied
        self._sender = Sender(api, clock, pace, posted, denied)
        self.homes = Homes(brand, service, api, clock, self.status)
        review = brand.slack.review_channel
        shelf = Shelf(store)
        self.board = Board(
            review,
            service,
            shelf,
            self._sender,
            api,
            clock,
            pace,
            self._troubles,
            self.homes.changed,
        )
        self._names = Names(api, clock, self._tasks)
        intake = Intake(
            brand,
            self.rooms,
            service,
            self._names,
            self.homes,
            self._troubles,
            us,
            self._joined,
        )
        clicks = Clicks(brand, service, self.board, self.homes, api, us, clock, self._tasks)
        self.app = new_app(intake, clicks, us, env[BOT_TOKEN], base_url)

    # handlers.ports.store_port.Channel

    def render(self, reply: Reply, delivery: str) -> str:
        return payload(reply, delivery)

    async def send(self, delivery: Delivery) -> Posted | Refused | Unknown:
        return await self._sender.send(delivery)

    async def look(self, delivery: Delivery) -> Posted | Absent | Unknown:
        return await self._sender.look(delivery)

    async def start(self) -> None:
        self._session = new_session(self._timeout)
        self._api = Api(self._env[BOT_TOKEN], self._session, self._base_url)
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
        if self._brand.slack.transport == "http":
            secret = self._env[SIGNING_SECRET]
            door = Door(self.app, secret, self._clock, lambda: self._us is not None)
            app.router.add_post(PATH, door.handle)

    def status(self) -> str | None:
        """What people must know about Slack now, as a banner; None when all is well."""
        return self._troubles.words

    @property
    def ready(self) -> bool:
        """Whether we are connected, and know who we are."""
        return self._us is not None and (self._socket is not None or not self._by_socket)

    # connecting

    @property
    def _by_socket(self) -> bool:
        return self._brand.slack.transport == "socket"

    def _get_api(self) -> Api | None:
        return self._api

    def _get_us(self) -> Identity | None:
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
        for room in self.rooms.listed:
            await self._check(room)
        if not self.rooms.review:
            words = (
                "No review channel is set, so cards are on the desk only (slack.review_channel)."
            )
            self._troubles.set("review", words)

    async def _introduce(self) -> bool:
        assert self._api is not None
        outcome = await self._api.post("auth.test", {})
        if isinstance(outcome, Done):
            known = outcome.data
            self._us = Identity(known["team_id"], known["user_id"], known["bot_id"], known["user"])
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

    async def _check(self, room: str) -> None:
        """Whether the bot is in a room that config.yaml names."""
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
        if room == self.rooms.review:
            self.board.catch_up()
