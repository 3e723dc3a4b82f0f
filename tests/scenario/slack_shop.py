"""The real engine behind a pretended Slack: the shipped brand, its store, rules and models."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp
from aiohttp.test_utils import TestServer

from handlers.app import App, running
from handlers.brandfiles.loading import Library
from handlers.channels.slack import SlackChannel
from handlers.channels.slack.slack_settings import KIND
from tests.fakes.clock import VirtualClock
from tests.fakes.slack import Driver, FakeSlack, Post, seen
from tests.shop import NOW, ROOT, shipped
from tests.slackside import ADA, MILAN, NOOR, REVIEW, env, eventually, populate


def with_slack(transport: str = "http") -> Library:
    """The shipped brand, with the people and the review channel of the pretended Slack."""
    settings = {KIND: {"review_channel": REVIEW, "transport": transport}}
    library = shipped()
    brand = replace(library.knowledge.brand, people=(ADA, MILAN, NOOR), channel_settings=settings)
    return replace(library, knowledge=replace(library.knowledge, brand=brand))


@dataclass
class SlackShop:
    """A running shop that is reached over Slack, and at `base` over the web."""

    app: App
    slack: FakeSlack
    people: Driver
    clock: VirtualClock
    base: str

    async def wait(self, seconds: float) -> None:
        await self.clock.advance(seconds, self.app.service.quiet)

    async def card(self, *wanted: str, count: int = 1, room: str = REVIEW) -> Post:
        """The newest card, once it says all this; buttons count as words."""

        def found() -> Post | None:
            cards = self.slack.posted(room)
            if len(cards) < count:
                return None
            shown = seen(cards[-1].blocks)
            said = shown.text + " | ".join(shown.buttons)
            return cards[-1] if all(words in said for words in wanted) else None

        card: Post = await eventually(found, within=30)
        return card

    def answers(self, room: str) -> list[Post]:
        return self.slack.posted(room)


@asynccontextmanager
async def open_slack_shop(
    folder: Path, library: Library, root: Path = ROOT, transport: str = "http"
) -> AsyncIterator[SlackShop]:
    clock = VirtualClock(NOW)
    async with FakeSlack(clock) as slack, aiohttp.ClientSession() as http:
        populate(slack)
        starting = running(
            root, library, env(slack), store_path=folder / "store.db", clock=clock, samples=False
        )
        async with starting as app, TestServer(app.site) as server:
            channel = app.channels["slack-community"]
            assert isinstance(channel, SlackChannel)
            await eventually(lambda: channel.ready)
            door = str(server.make_url("/slack/events")) if transport == "http" else None
            base = str(server.make_url("")).rstrip("/")
            yield SlackShop(app, slack, Driver(slack, http, door), clock, base)
