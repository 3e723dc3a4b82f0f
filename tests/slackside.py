"""Our Slack channel joined to a pretended Slack, on real ports, with a clock that a test moves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.brand.business_hours import BusinessHours
from bot.brand.settings import Brand, ChannelProfile, Mode, Server, Understanding
from bot.cards.card import Card
from bot.model import Audience, Message, Person, Role
from handlers.channels.slack.channel import SlackChannel
from handlers.channels.slack.slack_settings import KIND
from handlers.ports.service_port import Service
from handlers.ports.store_port import Store
from handlers.store.embedded import EmbeddedStore
from tests.fakes.clock import VirtualClock
from tests.fakes.service import MemoryService
from tests.fakes.slack import Driver, FakeSlack, Post

HELP, SECRETS, REVIEW, DIRECT = "C1HELP", "G1PRIVATE", "C9REVIEW", "D1JONAS"
ADA_ID, MILAN_ID, NOOR_ID = "U1ADA", "U2MILAN", "U3NOOR"
ADA = Person("ada", "Ada", frozenset({Role.APPROVER, Role.LEAD}), {KIND: ADA_ID})
MILAN = Person("milan", "Milan", frozenset({Role.APPROVER}), {KIND: MILAN_ID})
NOOR = Person("noor", "Noor", frozenset({Role.VIEWER}), {KIND: NOOR_ID})
PEOPLE = (ADA, MILAN, NOOR)
JONAS, MIRA, OUTSIDER = "U8JONAS", "U9MIRA", "U7PARTNER"
OPEN = BusinessHours(
    ZoneInfo("Europe/Berlin"),
    {day: ((time(9), time(18)),) for day in range(5)},
    timedelta(hours=4),
)
RETURN = "Can I still return boots I bought three weeks ago?"


def brand(transport: str = "http", review: str = REVIEW) -> Brand:
    talking = Mode("dialogic", "We and one customer talk.")
    profiles = [
        ChannelProfile(
            "slack-community",
            "slack",
            "Slack community",
            Audience.MEMBERS,
            talking,
            20.0,
            rooms=(HELP, SECRETS),
            peers=True,
        ),
        ChannelProfile(
            "slack-direct", "slack", "direct message", Audience.PRIVATE, talking, 20.0, direct=True
        ),
    ]
    return Brand(
        name="Trailhead",
        url="https://trailhead.example",
        handles=("@trailhead",),
        locales=("en", "de"),
        approver={"en": "a community manager"},
        server=Server("127.0.0.1", 8300, "http://localhost:8300"),
        store="var/aboveboard.db",
        understanding=Understanding("lite"),
        people=PEOPLE,
        channels={profile.name: profile for profile in profiles},
        modes={"dialogic": talking},
        hours=OPEN,
        packs=(),
        channel_settings={KIND: {"review_channel": review, "transport": transport}},
    )


def env(slack: FakeSlack) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": slack.token,
        "SLACK_SIGNING_SECRET": slack.secret,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api,
    }


def populate(slack: FakeSlack) -> None:
    """The rooms and people that the tests speak of."""
    slack.room(HELP, "help")
    slack.room(SECRETS, "insiders", private=True)
    slack.room(REVIEW, "review")
    slack.room(DIRECT)
    slack.user(slack.bot_user, slack.bot_name)
    slack.user(JONAS, "Jonas")
    slack.user(MIRA, "Mira")
    slack.user(OUTSIDER, "Pat of Partners", team="T2")
    for person in PEOPLE:
        slack.user(person.accounts[KIND], person.name)


class WatchedOffice(MemoryService):
    """Lets a test wait until the service was asked to store something, whatever came of it."""

    attempts = 0
    noted: Callable[[], None] = staticmethod(lambda: None)

    async def receive(self, message: Message) -> bool:
        try:
            return await super().receive(message)
        finally:
            self.attempts += 1
            self.noted()


@dataclass
class Side:
    """Everything a test holds in its hands."""

    clock: VirtualClock
    slack: FakeSlack
    service: Any
    store: Store
    channel: SlackChannel
    people: Driver
    door: str | None
    make: Callable[[], SlackChannel]

    def cards(self) -> list[Post]:
        return self.slack.posted(REVIEW)

    async def card(self, containing: str = "", count: int = 1) -> Post:
        """The newest card in the review channel, once there are so many and it says this."""
        return await self.slack.until(
            lambda: next(
                (
                    post
                    for post in reversed(self.cards())
                    if len(self.cards()) >= count and containing in str(post.blocks) + post.text
                ),
                None,
            )
        )

    def drawn(self, engagement: str = "e1") -> Card:
        card: Card | None = self.service.card(engagement, ADA)
        assert card is not None
        return card


async def eventually(so: Callable[[], Any], within: float = 10.0) -> Any:
    """Let everything else go on until something is so."""
    async with asyncio.timeout(within):
        while not (found := so()):  # noqa: ASYNC110 - what it waits for sets no event
            await asyncio.sleep(0)
    return found


async def passing(side: Side, task: asyncio.Future[Any], seconds: float) -> Any:
    """The task's result, with time passing whenever it sleeps, in steps of so many seconds."""
    while not task.done():
        await eventually(lambda: task.done() or side.clock.sleepers)
        if not task.done():
            await side.clock.advance(seconds)
    return task.result()


@asynccontextmanager
async def slack_side(
    folder: Path,
    transport: str = "http",
    review: str = REVIEW,
    service: Service | None = None,
    start: bool = True,
    prepare: Callable[[FakeSlack], None] = lambda slack: None,
    patience: float = 20.0,
) -> AsyncIterator[Side]:
    clock = VirtualClock()
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(FakeSlack(clock))
        populate(slack)
        prepare(slack)
        store = EmbeddedStore(folder / "store.db", {})
        stack.callback(store.close)
        memory = service or WatchedOffice(clock.now, people=PEOPLE)
        if isinstance(memory, WatchedOffice):
            memory.noted = slack.noted
        ours = brand(transport, review)

        def make() -> SlackChannel:
            made = SlackChannel.create(
                lambda: ours, env(slack), memory, store, clock, timeout=patience
            )
            if isinstance(memory, MemoryService):
                memory.channels.update(dict.fromkeys(made.names, made))
            return made

        channel = make()
        door = None
        if transport == "http":
            app = web.Application()
            channel.routes(app)
            server = TestServer(app)
            await server.start_server()
            stack.push_async_callback(server.close)
            door = str(server.make_url("/slack/events"))
        http = await stack.enter_async_context(aiohttp.ClientSession())
        side = Side(clock, slack, memory, store, channel, Driver(slack, http, door), door, make)
        if start:
            await channel.start()
            stack.push_async_callback(lambda: side.channel.stop())
            await eventually(lambda: channel.ready)
        yield side
