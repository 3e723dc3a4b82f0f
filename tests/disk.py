"""The disk beneath a store, as a test wants it: it can be full, or slow to take what is written."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 20.0  # seconds after which a disk that nobody let go fails the test


class Disk:
    """The `probe` of a store. What is written fails while it is `full`, and waits while it is
    `slow`; `settled` is called whenever those who wrote were told how it ended."""

    def __init__(self) -> None:
        self.full = False
        self.waiting = 0  # commits that have waited
        self.told = 0
        self.settled: Callable[[], None] = lambda: None
        self._free = threading.Event()
        self._free.set()

    def __call__(self, point: str) -> None:
        if point == "before-commit":
            if not self._free.is_set():
                self.waiting += 1
                assert self._free.wait(PATIENCE)
            if self.full:
                raise sqlite3.OperationalError("database or disk is full")
        elif point == "after-ack":
            self.told += 1
            self.settled()

    @contextmanager
    def slow(self) -> Iterator[None]:
        """Nothing is durable before this ends."""
        self._free.clear()
        try:
            yield
        finally:
            self._free.set()
