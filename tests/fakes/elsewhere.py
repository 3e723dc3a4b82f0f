"""A way to customers that needs a network, without one."""

from __future__ import annotations

from bot.model import Delivery, Reply
from handlers.channels.web import WebChannel
from handlers.ports.channel_port import Absent, Posted


class Elsewhere:
    """A channel that takes whatever it is given, and keeps it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.posts: list[Delivery] = []

    def render(self, reply: Reply, delivery: str) -> str:
        return WebChannel.render(self, reply, delivery)  # type: ignore[arg-type]

    async def send(self, delivery: Delivery) -> Posted:
        self.posts.append(delivery)
        return Posted(delivery.id)

    async def look(self, delivery: Delivery) -> Posted | Absent:
        return Posted(delivery.id) if delivery in self.posts else Absent()

    async def start(self) -> None: ...

    async def stop(self) -> None: ...
