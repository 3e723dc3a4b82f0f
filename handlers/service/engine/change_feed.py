"""What was committed, told to every surface that listens. A slow listener loses nothing that
matters: a change only says “look again”, so the same change twice in its queue is kept once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from handlers.ports.service_port import Change


class Changes:
    """A one-to-many signal."""

    def __init__(self) -> None:
        self._listeners: set[_Listener] = set()

    def publish(self, change: Change) -> None:
        for listener in self._listeners:
            listener.put(change)

    def subscribe(self) -> AsyncIterator[Change]:
        """Every change from this call on, until the iterator or all of it is closed."""
        listener = _Listener()
        self._listeners.add(listener)
        return self._run(listener)

    async def _run(self, listener: _Listener) -> AsyncIterator[Change]:
        try:
            while (change := await listener.get()) is not None:
                yield change
        finally:
            self._listeners.discard(listener)

    def close(self) -> None:
        for listener in list(self._listeners):
            listener.close()


class _Listener:
    def __init__(self) -> None:
        self._waiting: dict[Change, None] = {}
        self._ready = asyncio.Event()
        self._closed = False

    def put(self, change: Change) -> None:
        self._waiting[change] = None
        self._ready.set()

    def close(self) -> None:
        self._closed = True
        self._ready.set()

    async def get(self) -> Change | None:
        while not self._waiting:
            if self._closed:
                return None
            self._ready.clear()
            await self._ready.wait()
        change = next(iter(self._waiting))
        del self._waiting[change]
        return change
