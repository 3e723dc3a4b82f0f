"""Live pages: who waits for what, and the streams that tell them (server-sent events).

One task reads the service's changes and wakes every listener; a listener that was busy finds what
it missed, once. Streams end when the server stops, so that a browser connects to the next one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress

from aiohttp import web

from handlers.ports.service_port import Change, Service

PING = 15.0  # seconds of silence after which a line keeps the connection alive


class Listener:
    """Somebody who waits. What changed meanwhile is kept until it is taken."""

    def __init__(self, concerns: Callable[[Change], bool]) -> None:
        self._concerns = concerns
        self._changed: set[str] = set()
        self._wake = asyncio.Event()
        self.closed = False

    def tell(self, change: Change) -> None:
        if self._concerns(change):
            self._changed.add(change.engagement)
            self._wake.set()

    def close(self) -> None:
        self.closed = True
        self._wake.set()

    async def take(self, patience: float = PING) -> set[str]:
        """The engagements that changed since the last call; empty after `patience` seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._wake.wait()
        self._wake.clear()
        changed, self._changed = self._changed, set()
        return changed


class Hub:
    """All listeners of one server. `run` it for as long as the server runs."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._listeners: set[Listener] = set()

    @property
    def listening(self) -> int:
        """How many streams are open."""
        return len(self._listeners)

    async def run(self) -> None:
        async for change in self._service.changes():
            for listener in tuple(self._listeners):
                listener.tell(change)

    @contextmanager
    def listen(self, conversation: str | None = None) -> Iterator[Listener]:
        """Hear of one conversation, or of everything."""
        listener = Listener(
            lambda change: conversation is None or change.conversation == conversation
        )
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def close(self) -> None:
        """End all streams: the server stops."""
        for listener in tuple(self._listeners):
            listener.close()

    async def running(self, app: web.Application) -> AsyncIterator[None]:
        """For `app.cleanup_ctx`: runs with the server."""
        task = asyncio.create_task(self.run())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def closing(self, app: web.Application) -> None:
        """For `app.on_shutdown`."""
        self.close()


class Stream:
    """A stream of server-sent events to one browser."""

    def __init__(self, request: web.Request) -> None:
        self._request = request
        self.response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"}
        )

    @property
    def last(self) -> str:
        """The id of the last event that this browser saw; empty if none."""
        return self._request.headers.get("Last-Event-ID", "")

    async def open(self) -> None:
        await self.response.prepare(self._request)
        await self.response.write(b"retry: 1000\n\n")

    async def send(self, event: str, data: str, id: str = "") -> None:
        lines = [f"event: {event}"]
        if id:
            lines.append(f"id: {id}")
        lines += [f"data: {line}" for line in data.splitlines() or [""]]
        await self.response.write(("\n".join(lines) + "\n\n").encode())

    async def ping(self) -> None:
        await self.response.write(b": still here\n\n")
