"""A server that may die at any moment: run by `tests.chaos.sending`, never by hand.

    python -m tests.chaos.child FOLDER [POINT:N]

It takes the same messages at every start, as a channel that redelivers would; approves every draft;
and ends when every conversation has its answer. At the N-th pass of POINT it kills itself (-9).
What it has acknowledged, it has first written to `acks`; what the customers' side has taken stands
in `posts`. Both are files of the outside world: they survive.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from bot.model import Author, Delivery, Message, Place, Reply, State
from bot.model import events as e
from handlers.app import running
from handlers.brandfiles.loading import load_library
from handlers.channels.web import WebChannel
from handlers.ports.channel_port import Absent, Posted
from handlers.service.application_service import ApplicationService
from handlers.store.embedded import EmbeddedStore
from tests.shop import ADA, ROOT

ASKS = (
    "Can I still return boots I bought three weeks ago?",
    "asdf jkl",
    "What are your opening hours on Saturday?",
)
FASTER = 2000.0  # times as fast as the real clock
ENOUGH = 60.0  # seconds until it gives up


class FastClock:
    """The real clock, but short waits are over soon."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time() * FASTER

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / FASTER)


class FarChannel:
    """A channel in another world: what it has taken is a line in a file, whatever becomes of us."""

    name = "web"

    def __init__(self, posts: Path) -> None:
        self._posts = posts

    def render(self, reply: Reply, delivery: str) -> str:
        return WebChannel.render(self, reply, delivery)  # type: ignore[arg-type]

    async def send(self, delivery: Delivery) -> Posted:
        note(self._posts, delivery.id)
        return Posted(delivery.id)

    async def look(self, delivery: Delivery) -> Posted | Absent:
        known = self._posts.exists() and delivery.id in self._posts.read_text().split()
        return Posted(delivery.id) if known else Absent()

    async def start(self) -> None:
        """Nothing to connect."""

    async def stop(self) -> None:
        """Nothing to disconnect."""


def note(file: Path, line: str) -> None:
    """A line that is on disk when this returns."""
    with file.open("a") as opened:
        opened.write(line + "\n")
        opened.flush()
        os.fsync(opened.fileno())


def dying(at: str) -> object:
    """A probe that kills the process at the N-th pass of a point."""
    point, _, number = at.partition(":")
    left = int(number or 0)

    def probe(passed: str) -> None:
        nonlocal left
        if passed == point:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return probe


async def live(folder: Path, at: str) -> None:
    library = load_library(ROOT, datetime.now(UTC))
    far = FarChannel(folder / "posts")
    async with running(
        ROOT,
        library,
        {},
        store_path=folder / "store.db",
        clock=FastClock(),
        extra={"web": far},
        probe=dying(at),  # type: ignore[arg-type]
        samples=False,
    ) as app:
        for number, text in enumerate(ASKS):
            place = Place("web", "", f"t{number}")
            author = Author(f"c{number}", "Jonas")
            message = Message(f"m{number}", place, author, text, datetime.now(UTC), direct=True)
            await app.service.receive(message)
            note(folder / "acks", message.id)
        async with asyncio.timeout(ENOUGH):
            await decide_all(app.service, app.store)


async def decide_all(service: ApplicationService, store: EmbeddedStore) -> None:
    """Approve every draft; end when nothing is left to do but for people to write."""
    while True:
        await service.quiet()
        for card in service.queue(ADA):
            if card.state is State.WAITING:
                await service.decide(
                    card.engagement, e.Approved(datetime.now(UTC), ADA, card.digest)
                )
        moving = {State.ARRIVED, State.UNDERSTOOD, State.WAITING, State.APPROVED, State.SENDING}
        live_now = store.read(lambda tx: [r for r in tx.table("deliveries") if r["live_in"]])
        if not live_now and not any(card.state in moving for card in service.queue(ADA)):
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(anext(aiter(service.changes())), 0.02)


if __name__ == "__main__":
    asyncio.run(live(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""))
