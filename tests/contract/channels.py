"""Every channel there is, behind one face, for the suite that all of them must pass.

A `Kit` is a channel joined to a pretended outside: what its customers do, what they see, and what
can go wrong on the way. Add yours to `CHANNELS`: a name and a function that gives the kit as an
async context manager.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from enum import Enum
from pathlib import Path
from typing import Any, Protocol

from bot.model import Place
from handlers.ports.channel_port import Channel
from handlers.ports.store_port import Store
from tests.contract.web_kit import web_chat
from tests.disk import Disk
from tests.fakes.slack import Fault, Post, seen
from tests.slackside import HELP, JONAS, SlackSide, slack_side


class Trouble(Enum):
    """What goes wrong with the next send."""

    BEFORE = "the connection is lost, and nothing arrived"
    AFTER = "it arrived, and then the connection is lost"
    LATER = "the outside asks us to wait 7 seconds"
    NEVER = "the outside refuses for good"


class Kit(Protocol):
    channel: Channel
    disk: Disk
    store: Store

    def writes(self, text: str) -> Any:
        """A customer has written something: a handle on it. It is not delivered yet."""
        ...

    async def delivers(self, message: Any) -> bool:
        """The outside delivers a message, perhaps not for the first time; is it acknowledged?"""
        ...

    async def edits(self, message: Any, text: str) -> None: ...

    async def deletes(self, message: Any) -> None: ...

    def place(self, message: Any) -> Place:
        """Where an answer to the message goes."""
        ...

    def seen(self, message: Any) -> list[str]:
        """The answers that the customer sees, each as plain text, the oldest first."""
        ...

    def can(self, trouble: Trouble) -> bool:
        """Whether this can go wrong here at all."""
        ...

    def meet(self, trouble: Trouble) -> None:
        """It goes wrong with the next send."""
        ...

    def calls(self) -> int:
        """How often the outside was called to post."""
        ...


class SlackKit:
    """A room of a Slack community. HTTP or Socket Mode."""

    def __init__(self, side: SlackSide) -> None:
        self.side, self.channel = side, side.channel
        self.disk, self.store = side.disk, side.app.store

    def writes(self, text: str) -> Post:
        return self.side.people.post(JONAS, typed(text), HELP)

    async def delivers(self, message: Post) -> bool:
        event = self.side.people.events_of(message)[0]
        before = self.disk.told
        acked = await self.side.people.acked(event, lambda: self.disk.told > before)
        await self.side.wait(0)
        return acked

    async def edits(self, message: Post, text: str) -> None:
        await self.side.clock.advance(1)
        assert (await self.side.people.edits(message, typed(text))).ok

    async def deletes(self, message: Post) -> None:
        assert (await self.side.people.deletes(message)).ok

    def place(self, message: Post) -> Place:
        return Place("slack-community", HELP, message.ts)

    def seen(self, message: Post) -> list[str]:
        posts = [p for p in self.side.slack.posted(HELP) if p.thread_ts == message.ts]
        return [seen(post.blocks).text for post in posts]

    def can(self, trouble: Trouble) -> bool:
        return True

    def meet(self, trouble: Trouble) -> None:
        fault: Fault | str
        fault, wait = {
            Trouble.BEFORE: (Fault.DROP_BEFORE, 0),
            Trouble.AFTER: (Fault.DROP_AFTER, 0),
            Trouble.LATER: (Fault.LIMITED, 7),
            Trouble.NEVER: ("not_in_channel", 0),
        }[trouble]
        self.side.slack.break_call("chat.postMessage", fault, wait=wait)

    def calls(self) -> int:
        return self.side.slack.tried["chat.postMessage"]


def typed(text: str) -> str:
    """What Slack makes of what somebody typed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@asynccontextmanager
async def slack_http(folder: Path) -> AsyncIterator[Kit]:
    async with slack_side(folder, review="") as side:
        yield SlackKit(side)


@asynccontextmanager
async def slack_socket(folder: Path) -> AsyncIterator[Kit]:
    async with slack_side(folder, "socket", review="") as side:
        yield SlackKit(side)


CHANNELS: dict[str, Callable[[Path], AbstractAsyncContextManager[Kit]]] = {
    "slack-http": slack_http,
    "slack-socket": slack_socket,
    "web": web_chat,
}
