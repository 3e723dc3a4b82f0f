"""The whole product joined to a pretended Slack, on real ports, with a clock that a test moves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp.test_utils import TestServer

from bot.brand.settings import Brand
from bot.cards.card import Card
from bot.model import Engagement, Message, Person, Role, State
from bot.model import events as e
from handlers.app import App, running
from handlers.brandfiles.loading import Library
from handlers.channels.slack.channel import SlackChannel
from handlers.channels.slack.slack_settings import KIND
from handlers.ports.service_port import Answer
from tests.disk import Disk
from tests.fakes.clock import VirtualClock
from tests.fakes.slack import Driver, FakeSlack, Post, seen
from tests.shop import NOW, ROOT, shipped
from tests.stored import list_engagements, list_messages

HELP, SECRETS, REVIEW, DIRECT = "C1HELP", "G1PRIVATE", "C9REVIEW", "D1JONAS"
ADA_ID, MILAN_ID, NOOR_ID = "U1ADA", "U2MILAN", "U3NOOR"
ADA = Person("ada", "Ada", frozenset({Role.APPROVER, Role.LEAD}), {KIND: ADA_ID})
MILAN = Person("milan", "Milan", frozenset({Role.APPROVER}), {KIND: MILAN_ID})
NOOR = Person("noor", "Noor", frozenset({Role.VIEWER}), {KIND: NOOR_ID})
PEOPLE = (ADA, MILAN, NOOR)
JONAS, MIRA, OUTSIDER = "U8JONAS", "U9MIRA", "U7PARTNER"
RETURN = "Can I still return boots I bought three weeks ago?"


def brand(transport: str = "http", review: str = REVIEW) -> Brand:
    """The shipped brand, with the people, rooms and review channel of the pretended Slack."""
    given = shipped().knowledge.brand
    rooms = replace(given.channels["slack-community"], rooms=(HELP, SECRETS))
    settings = {KIND: {"review_channel": review, "transport": transport}}
    channels = {**given.channels, rooms.name: rooms}
    return replace(given, people=PEOPLE, channels=channels, channel_settings=settings)


def with_slack(transport: str = "http", review: str = REVIEW) -> Library:
    library = shipped()
    ours = brand(transport, review)
    return replace(library, knowledge=replace(library.knowledge, brand=ours))


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


@dataclass
class Opening:
    """How a shop starts, at first and again."""

    folder: Path
    library: Library
    root: Path = ROOT
    samples: bool = False


class SlackSide:
    """A running shop that is reached over Slack, and at `base` over the web."""

    app: App
    people: Driver
    base: str

    def __init__(self, opening: Opening, slack: FakeSlack, http: aiohttp.ClientSession) -> None:
        self.slack, self.clock, self.disk = slack, slack.clock, Disk()
        self.disk.settled = slack.noted
        self._opening, self._http = opening, http
        self._open = AsyncExitStack()

    async def start(self) -> None:
        opening, brand = self._opening, self._opening.library.knowledge.brand
        starting = running(
            opening.root,
            replace(opening.library, trouble=[], watched=[]),
            env(self.slack),
            store_path=opening.folder / "store.db",
            clock=self.clock,
            probe=self.disk,
            samples=opening.samples,
        )
        self.app = await self._open.enter_async_context(starting)
        server = await self._open.enter_async_context(TestServer(self.app.site))
        self.base = str(server.make_url("")).rstrip("/")
        by_http = brand.channel_settings[KIND]["transport"] == "http"
        door = f"{self.base}/slack/events" if by_http else None
        self.people = Driver(self.slack, self._http, door)

    async def stop(self) -> None:
        await self._open.aclose()

    async def restart(self) -> None:
        """The server ends, and another one starts on the same store."""
        await self.stop()
        await self.start()
        await self.ready()

    async def ready(self) -> None:
        await eventually(lambda: self.channel.ready)
        await self.app.service.quiet()

    @property
    def channel(self) -> SlackChannel:
        channel = self.app.channels["slack-community"]
        assert isinstance(channel, SlackChannel)
        return channel

    # what is stored

    def messages(self) -> list[Message]:
        """What customers wrote, in the order in which it came."""
        return list_messages(self.app.store)

    def engagement(self) -> Engagement:
        """The newest."""
        return list_engagements(self.app.store)[-1]

    @property
    def state(self) -> State:
        return self.engagement().state

    def drawn(self) -> Card:
        """The newest engagement's card."""
        card = self.app.service.card(self.engagement().id, ADA)
        assert card is not None
        return card

    # what people see in Slack

    def cards(self, room: str = REVIEW) -> list[Post]:
        return self.slack.posted(room)

    async def card(self, *wanted: str, count: int = 1, room: str = REVIEW) -> Post:
        """The newest card, once there are so many and it says all this; buttons count as words."""

        def found() -> Post | None:
            cards = self.cards(room)
            if len(cards) < count:
                return None
            shown = seen(cards[-1].blocks)
            said = shown.text + " | ".join(shown.buttons)
            return cards[-1] if all(words in said for words in wanted) else None

        card: Post = await self.slack.until(found, within=30)
        return card

    def answers(self, room: str) -> list[Post]:
        return self.slack.posted(room)

    # what people do

    async def says(self, user: str, text: str, room: str, thread: str = "", **more: Any) -> Post:
        """Somebody writes, and all is done about it that can be done at once."""
        post = await self.people.says(user, text, room, thread, **more)
        await self.wait(0)
        return post

    async def asks(self, text: str = RETURN, user: str = JONAS) -> Post:
        """A customer asks the brand by name, in the room where customers help each other."""
        return await self.says(user, f"<@{self.slack.bot_user}> {text}", HELP)

    async def decide(self, event: e.Event, engagement: str = "") -> Answer:
        """A decision that is made elsewhere; on the newest engagement, where none is named."""
        answer = await self.app.service.decide(engagement or self.engagement().id, event)
        assert answer.done, answer.words
        return answer

    async def approve(self, person: Person = ADA) -> None:
        digest = self.engagement().proposal.digest
        await self.decide(e.Approved(self.clock.now(), person, digest))

    async def draft(self, body: str, person: Person = MILAN) -> Answer:
        """Somebody changes the newest draft at the desk, and does not send it yet."""
        digest = self.engagement().proposal.digest
        event = e.Edited(self.clock.now(), person, body, digest, send=False)
        return await self.app.service.decide(self.engagement().id, event)

    async def take_over(self, person: Person = ADA, engagement: str = "", seen: str = "") -> None:
        await self.decide(e.TakenOver(self.clock.now(), person, seen=seen), engagement)

    async def wait(self, seconds: float) -> None:
        await self.clock.advance(seconds, self.app.service.quiet)

    async def sent(self, room: str = HELP) -> str:
        """The undo window ends; what the customer then sees."""
        await self.wait(21)
        await self.slack.until(lambda: self.state is State.SENT)
        return seen(self.answers(room)[-1].blocks).text


async def eventually(so: Callable[[], Any], within: float = 10.0) -> Any:
    """Let everything else go on until something is so."""
    async with asyncio.timeout(within):
        while not (found := so()):  # noqa: ASYNC110 - what it waits for sets no event
            await asyncio.sleep(0)
    return found


async def passing(side: SlackSide, task: asyncio.Future[Any], seconds: float) -> Any:
    """The task's result, with time passing whenever it sleeps, in steps of so many seconds."""
    while not task.done():
        await eventually(lambda: task.done() or side.clock.sleepers)
        if not task.done():
            await side.clock.advance(seconds)
    return task.result()


@asynccontextmanager
async def open_slack_side(
    opening: Opening,
    *,
    ready: bool = True,
    prepare: Callable[[FakeSlack], None] = lambda slack: None,
) -> AsyncIterator[SlackSide]:
    """`prepare` does what has happened in Slack before the shop starts. Without `ready`, Slack may
    not be connected yet."""
    async with FakeSlack(VirtualClock(NOW)) as slack, aiohttp.ClientSession() as http:
        populate(slack)
        prepare(slack)
        side = SlackSide(opening, slack, http)
        try:
            await side.start()
            if ready:
                await side.ready()
            yield side
        finally:
            side.disk.settled = lambda: None
            await side.stop()


@asynccontextmanager
async def slack_side(
    folder: Path,
    transport: str = "http",
    review: str = REVIEW,
    *,
    samples: bool = False,
    ready: bool = True,
    prepare: Callable[[FakeSlack], None] = lambda slack: None,
) -> AsyncIterator[SlackSide]:
    """The shipped shop behind the pretended Slack."""
    opening = Opening(folder, with_slack(transport, review), samples=samples)
    async with open_slack_side(opening, ready=ready, prepare=prepare) as side:
        yield side
