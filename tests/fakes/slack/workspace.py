"""The state of a pretended workspace: rooms, people, posts, views, and what was asked of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.fakes.clock import VirtualClock

Node = dict[str, Any]
ROOT = Path(__file__).resolve().parents[3]
MANIFEST = ROOT / "handlers" / "channels" / "slack" / "manifest.yaml"


class Fault(Enum):
    """What can go wrong with one call. The first two look the same from outside."""

    DROP_BEFORE = "the connection drops before anything was done"
    DROP_AFTER = "it was done, then the connection drops"
    FAIL = "HTTP 500 before anything was done"
    FAIL_AFTER = "it was done, then HTTP 500"
    SLOW = "it was done, and the answer does not come"
    LIMITED = "429 with Retry-After"


@dataclass
class Room:
    id: str
    name: str
    member: bool = True
    archived: bool = False
    private: bool = False
    shared: bool = False  # with another workspace, by Slack Connect

    @property
    def kind(self) -> str:
        return "im" if self.id.startswith("D") else "group" if self.private else "channel"


@dataclass
class User:
    id: str
    name: str
    team: str = "T1"


@dataclass
class Post:
    ts: str
    channel: str
    user: str
    text: str
    thread_ts: str = ""
    bot_id: str = ""
    blocks: list[Node] = field(default_factory=list)
    metadata: Node | None = None
    edits: int = 0
    team: str = "T1"

    def as_json(self, with_metadata: bool = True) -> Node:
        node: Node = {"type": "message", "ts": self.ts, "user": self.user, "text": self.text}
        node["team"] = self.team
        if self.thread_ts:
            node["thread_ts"] = self.thread_ts
        if self.bot_id:
            node["bot_id"] = self.bot_id
        if self.blocks:
            node["blocks"] = self.blocks
        if self.metadata and with_metadata:
            node["metadata"] = self.metadata
        return node


@dataclass
class Call:
    method: str
    body: Node
    raw: bytes


@dataclass
class View:
    id: str
    user: str
    body: Node
    hash: str


@cache
def _read_manifest() -> Node:
    manifest: Node = yaml.safe_load(MANIFEST.read_text())
    return manifest


class Workspace:
    """One team, `T1`, with our app installed. Strict where Slack is; patient where a test asks."""

    team = "T1"
    bot_user = "UBOT"
    bot_id = "BBOT"
    bot_name = "trailhead"
    token = "xoxb-fake"
    app_token = "xapp-fake"
    secret = "a-signing-secret"

    def __init__(self, clock: VirtualClock) -> None:
        self.clock = clock
        self.manifest: Node = deepcopy(_read_manifest())
        self.rooms: dict[str, Room] = {}
        self.users: dict[str, User] = {}
        self.posts: list[Post] = []
        self.ephemerals: list[Node] = []
        self.modals: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.calls: list[Call] = []
        self.faults: dict[str, list[tuple[Fault | str, float]]] = {}
        self.triggers: dict[str, tuple[float, str]] = {}
        self.revoked = False
        self.history_page = 999  # for some apps Slack gives 15
        self._serial = 0
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}
        self._changed = asyncio.Event()

    @property
    def scopes(self) -> set[str]:
        return set(self.manifest["oauth_config"]["scopes"]["bot"])

    @property
    def events(self) -> set[str]:
        return set(self.manifest["settings"]["event_subscriptions"]["bot_events"])

    def serial(self) -> int:
        self._serial += 1
        return self._serial

    def ts(self) -> str:
        """The present moment as one of Slack's timestamps, unique."""
        return f"{int(self.clock.now().timestamp())}.{self.serial():06d}"

    def room(self, id: str, name: str = "", **more: Any) -> Room:
        room = self.rooms[id] = Room(id, name or id.lower(), **more)
        return room

    def user(self, id: str, name: str, team: str = "T1") -> User:
        user = self.users[id] = User(id, name, team)
        return user

    def break_call(self, method: str, fault: Fault | str, times: int = 1, wait: float = 0) -> None:
        """The next calls of a method go wrong: a fault, or one of Slack's own error words."""
        self.faults.setdefault(method, []).extend([(fault, wait)] * times)

    def trigger(self, user: str) -> str:
        name = f"trigger-{self.serial()}"
        self.triggers[name] = (self.clock.monotonic(), user)
        return name

    def posted(self, channel: str) -> list[Post]:
        """What our app has posted in a room."""
        return [p for p in self.posts if p.channel == channel and p.bot_id == self.bot_id]

    def find(self, channel: str, ts: str) -> Post | None:
        return next((p for p in self.posts if (p.channel, p.ts) == (channel, ts)), None)

    def of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def spend(self, bucket: str, key: str, per_second: float, burst: float) -> float:
        """Take one call from a bucket; 0.0, or the seconds after which there is one again."""
        now = self.clock.monotonic()
        level, then = self._buckets.get((bucket, key), (burst, now))
        level = min(burst, level + (now - then) * per_second)
        if level < 1:
            self._buckets[(bucket, key)] = (level, now)
            return (1 - level) / per_second
        self._buckets[(bucket, key)] = (level - 1, now)
        return 0.0

    def noted(self) -> None:
        """Something happened; whoever waits for it looks again."""
        self._changed.set()

    async def until(self, so: Callable[[], Any], within: float = 10.0) -> Any:
        """Wait until something is so, looking whenever the workspace changes."""
        async with asyncio.timeout(within):
            while not (found := so()):
                self._changed.clear()
                await self._changed.wait()
        return found
