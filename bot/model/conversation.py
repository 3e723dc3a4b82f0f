"""Who wrote what, where: the part of the model that comes in from the channels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

BREATH = timedelta(minutes=2)


class Audience(StrEnum):
    """Who can read what is said in a place. Every channel declares one."""

    PUBLIC = "public"
    MEMBERS = "members"
    PRIVATE = "private"


class AuthorKind(StrEnum):
    CUSTOMER = "customer"
    STAFF = "staff"
    SOFTWARE = "software"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation happens; also the address that a reply goes to.

    `channel` is a name from config.yaml, `room` and `thread` are the channel's own ids
    (a workspace: a room's id and a thread's; a chat of its own: empty and the chat's public id).
    """

    channel: str
    room: str = ""
    thread: str = ""

    @property
    def conversation(self) -> str:
        """The id of the conversation that happens here."""
        return f"{self.channel}:{self.room}:{self.thread}"


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody's account on one channel. `id` is the channel's own, as of an author."""

    channel: str
    id: str

    @property
    def key(self) -> str:
        """What it is looked up by."""
        return f"{self.channel}|{self.id}"


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who wrote. `id` is the channel's own; `name` is what they call themselves."""

    id: str
    name: str = ""
    kind: AuthorKind = AuthorKind.CUSTOMER


@dataclass(frozen=True, slots=True)
class Message:
    """One thing somebody wrote. `id` is the key that makes a redelivery harmless.

    `direct`, `mention` and `reply` are the platform's own facts on whom it was said to:
    in a private line with the brand, naming the brand's account, answering the brand's message.
    `language` is that of the page it was written on, if the channel knows.
    """

    id: str
    place: Place
    author: Author
    text: str
    at: datetime
    direct: bool = False
    mention: bool = False
    reply: bool = False
    revision: int = 0
    language: str = ""

    @property
    def identity(self) -> Identity:
        """Whose account it came from."""
        return Identity(self.place.channel, self.author.id)


def turns(messages: Iterable[Message]) -> int:
    """How many times somebody wrote: lines that follow one another within a breath are one turn."""
    count, last = 0, None
    for at in sorted(message.at for message in messages):
        count += last is None or at - last > BREATH
        last = at
    return count
