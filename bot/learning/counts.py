"""What is counted: why asks were not understood, why they went to people, and how they ended.

Counts of events by day and channel, with nothing of anybody in them. How many replies were sent is
not among them: an ask counts when it is resolved, however many replies that took.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.model import Engagement, State
from bot.model import events as e


class CountKind(StrEnum):
    """What a count is of; its name says which one of it."""

    ASKED = "asked"  # an ask was read
    UNCLEAR = "unclear"  # and not understood, for this reason
    HANDED_OVER = "handed-over"  # to a person, for this reason
    RESOLVED = "resolved"  # ended with an answer
    NO_REPLY = "no-reply"  # ended without one
    IN_TIME = "answered-in-time"  # its first answer came when it was due, notices aside
    MISSED = "not-answered-in-time"  # it did not, or a person closed it without one


@dataclass(frozen=True, slots=True)
class Count:
    what: CountKind
    name: str = ""


def count_step(before: Engagement, event: e.Event, after: Engagement) -> tuple[Count, ...]:
    """What this step adds one to. Samples count for nothing."""
    return () if after.sample else tuple(_count_outcomes(before, event, after))


def _count_response(before: Engagement, event: e.Event, after: Engagement) -> Iterator[Count]:
    """Once of each ask that was addressed to us: whether its first answer came in time."""
    settled = before.clock.answered is not None or before.clock.late
    if settled or after.chosen or State.OVERHEARD in (before.state, after.state):
        return
    if after.clock.late:
        yield Count(CountKind.MISSED)
    elif after.clock.answered is not None:
        yield Count(CountKind.IN_TIME if event.at <= before.clock.due else CountKind.MISSED)
    elif isinstance(event, e.Ignored) and after.state is State.CLOSED:
        yield Count(CountKind.MISSED)


def _count_outcomes(before: Engagement, event: e.Event, after: Engagement) -> Iterator[Count]:
    reading = after.understanding.reading
    if isinstance(event, e.Understood) and after.state is not State.OVERHEARD:
        if before.understanding.reading is None:
            yield Count(CountKind.ASKED)
        if reading is not None and reading.unclear is not None:
            yield Count(CountKind.UNCLEAR, reading.unclear.value)
    if after.state is State.PERSON and before.state is not State.PERSON:
        yield Count(CountKind.HANDED_OVER, after.handling.cause or "taken-over")
    if after.state is State.SENT and before.state is not State.SENT:
        yield Count(CountKind.RESOLVED)
    if after.state is State.CLOSED and before.state not in (State.CLOSED, State.OVERHEARD):
        yield Count(CountKind.RESOLVED if after.replies else CountKind.NO_REPLY)
    yield from _count_response(before, event, after)
