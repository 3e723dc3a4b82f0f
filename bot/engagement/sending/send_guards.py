"""What keeps a text from going out although it was approved, and until when. Pure.

Three brakes, asked in this order before every call; the first that holds names the reason:

1. *Paused*: a person has stopped sending, everywhere or on one channel. Only a person resumes it.
2. *Circuit*: too many calls of a channel failed in a row, so it rests; then one call tries.
3. *Rate*: as many texts as the channel may send in an hour have gone out.

A brake only delays. Nothing that is held is lost: it waits as a row, and is judged again when the
brake lets go, just before the call. Contract 4 (never twice, never lost) is
bot/engagement/sending/delivery_step.py's.

A *loop* doesn't delay, it ends: where the same words went out too often, or notices without an
answer between them, the text goes back, and a person writes the next one.

The circuit, after Nygard, “Release It!”, 2007 (“Circuit Breaker”):

               n-th bad in a row          the rest is over: one call begins
    CLOSED ───────────────────────► OPEN ─────────────────────────────────► PROBING
      ▲  a good call, in any state    ▲                                        │
      └───────────────────────────────┼────────────── good ◄──────────────────┤
                                      └──────────────────────── bad ◄─────────┘
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from babel.dates import format_datetime

from bot.brand.limits import SendLimits
from bot.model import Reason, Why

HOUR = timedelta(hours=1)
EVERYWHERE = ""  # the channel of a pause of all channels
RESTARTED = "the server stopped during the call"  # which says nothing about the channel


class Brake(StrEnum):
    PAUSED = "paused"
    CIRCUIT = "circuit"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a text waits, in words for people; `until` when that is known."""

    brake: Brake
    why: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Somebody stopped sending. `by` is their name, for colleagues only."""

    by: str
    since: datetime
    reason: str
    channel: str = EVERYWHERE


@dataclass(frozen=True, slots=True)
class Sent:
    """What is remembered of a text that went out, as long as a limit needs it."""

    at: datetime
    text: str  # a digest of its words
    notice: bool
    own_words: bool  # a person wrote or changed them


class Circuit(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    PROBING = "probing"


class Call(StrEnum):
    """How a call to a channel ended. What nobody knows the end of is a bad one."""

    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Breaker:
    """A channel's circuit. `until`: the rest ends; `why`: what the last bad call said."""

    state: Circuit = Circuit.CLOSED
    failures: int = 0
    until: datetime | None = None
    why: str = ""


#: What follows a call, by the state it is found in. An open circuit stays so: calls that had
#: begun before it opened tell nothing new.
TABLE: Mapping[tuple[Circuit, Call], Circuit] = {
    (Circuit.CLOSED, Call.GOOD): Circuit.CLOSED,
    (Circuit.CLOSED, Call.BAD): Circuit.CLOSED,  # or OPEN: the n-th in a row
    (Circuit.PROBING, Call.GOOD): Circuit.CLOSED,
    (Circuit.PROBING, Call.BAD): Circuit.OPEN,
    (Circuit.OPEN, Call.GOOD): Circuit.CLOSED,
    (Circuit.OPEN, Call.BAD): Circuit.OPEN,
}


def after(breaker: Breaker, call: Call, at: datetime, limits: SendLimits, why: str = "") -> Breaker:
    """The circuit once a call has ended. One that our own end cut off is made again."""
    if call is Call.BAD and why == RESTARTED:
        probed = breaker.state is Circuit.PROBING
        return replace(breaker, state=Circuit.OPEN, until=at) if probed else breaker
    to = TABLE[breaker.state, call]
    if call is Call.GOOD:
        return Breaker()
    failures = breaker.failures + 1
    if to is Circuit.CLOSED and failures >= limits.failures:
        to = Circuit.OPEN
    opens = to is Circuit.OPEN and breaker.state is not Circuit.OPEN
    until = at + limits.rest if opens else breaker.until
    return Breaker(to, failures, until, why)


def begun(breaker: Breaker) -> Breaker:
    """The circuit once a call was let through."""
    return replace(breaker, state=Circuit.PROBING) if breaker.state is Circuit.OPEN else breaker


def hold(
    channel: str,
    at: datetime,
    limits: SendLimits,
    *,
    pauses: Sequence[Pause] = (),
    breaker: Breaker = Breaker(),
    recent: Sequence[datetime] = (),
    over_cap: bool = False,
) -> Hold | None:
    """What holds the next call on this channel, if anything does.

    `recent`: when the calls of this channel began, oldest first. `over_cap`: a lead has said to
    send it now, whatever the rate.
    """
    for pause in pauses:
        if pause.channel in (EVERYWHERE, channel):
            return Hold(Brake.PAUSED, pause_words(pause))
    if breaker.state is Circuit.PROBING:
        return Hold(Brake.CIRCUIT, "The channel failed; one call tries whether it works again.")
    if breaker.state is Circuit.OPEN and breaker.until is not None and at < breaker.until:
        return Hold(Brake.CIRCUIT, circuit_words(breaker), breaker.until)
    most = limits.hourly_limit(channel)
    lately = [then for then in recent if then > at - HOUR]
    if len(lately) >= most and not over_cap:
        room = lately[-most] + HOUR
        why = f"{most} texts went out here within the hour, the most that config.yaml allows."
        return Hold(Brake.RATE, f"{why} A lead can send it now.", room)
    return None


def find_loop(
    earlier: Sequence[Sent], text: str, notice: bool, own_words: bool, limits: SendLimits
) -> Reason | None:
    """Why a text would be one too many in its conversation; None if it wouldn't.

    `earlier`: what went out there within a day, oldest first. What a person wrote is no loop.
    """
    if own_words:
        return None
    if notice:
        row = 0
        for sent in reversed(earlier):
            if not sent.notice:
                break
            row += 1
        if row >= limits.notices_in_a_row:
            return Reason(Why.NOTICES_IN_A_ROW, {"count": str(row)})
        return None
    same = sum(sent.text == text and not sent.notice for sent in earlier)
    if same >= limits.same_text:
        return Reason(Why.SAME_WORDS, {"times": str(same)})
    return None


def pause_words(pause: Pause) -> str:
    reason = pause.reason.rstrip(".")
    return f"Paused by {pause.by} since {clock(pause.since)}: {reason}."


def circuit_words(breaker: Breaker) -> str:
    until = clock(breaker.until) if breaker.until else "later"
    last = f" The last: {breaker.why.rstrip('.')}." if breaker.why else ""
    return f"{breaker.failures} calls in a row failed, so nothing is tried before {until}.{last}"


def clock(moment: datetime) -> str:
    """A moment as people read it, in the zone it comes in: “10:42, 23 Nov”."""
    return format_datetime(moment, "HH:mm, d MMM", moment.tzinfo, locale="en")
