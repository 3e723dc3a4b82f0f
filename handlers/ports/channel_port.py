"""What the middle asks of a channel: render, send once, look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.model import Delivery, Reply


@dataclass(frozen=True, slots=True)
class Posted:
    """The channel has it, under its own id."""

    receipt: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The channel certainly has not taken it. `again`: may be tried, after `wait` seconds."""

    why: str
    again: bool = False
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Unknown:
    """The connection was lost or timed out after the call began: it may have arrived."""

    why: str


@dataclass(frozen=True, slots=True)
class Absent:
    """We looked, and it is not there."""


class Channel(Protocol):
    """A way to customers: payload -> Message coming in, Reply -> payload -> sent going out."""

    name: str

    def render(self, reply: Reply, delivery: str) -> str:
        """The exact payload, as canonical JSON: a pure function of its arguments."""
        ...

    async def send(self, delivery: Delivery) -> Posted | Refused | Unknown:
        """Hand over the payload once. Never retries, never raises."""
        ...

    async def look(self, delivery: Delivery) -> Posted | Absent | Unknown:
        """Whether a delivery whose outcome is unknown has arrived, by its id. Never raises."""
        ...

    async def start(self) -> None: ...
    async def stop(self) -> None: ...
