"""What the past of a customer says of an ask: what is unanswered, asked again, or back after long.

The past is what this customer said to us and we to them, here and on the channels that they joined
with this one themselves. What was overheard is not in it, so it can raise nothing. All of this
only ever brings a person sooner: nothing here answers, and nothing here reads who somebody is.

Pure. Finding the past in the rows is handlers/service/queries/shared_history.py's part.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import re2

from bot.brand.settings import Customers, Intent
from bot.model import Audience, Context, Engagement, Message, Reading, State, turns

ECHO = timedelta(seconds=10)  # what comes back so soon after us was hardly written by hand
ECHOES_WITHIN = timedelta(hours=1)
ALIKE = 0.8  # of all words that two asks have, the share that both have

_WORDS = re2.compile(r"[\p{L}\p{N}]+")


@dataclass(frozen=True, slots=True)
class Past:
    """An ask of this customer's, and what we sent for it: replies, and notices too."""

    ask: Engagement
    replies: tuple[datetime, ...] = ()
    notices: tuple[datetime, ...] = ()

    @property
    def answered(self) -> datetime | None:
        """When somebody last answered it; None if nobody has."""
        times = (*self.replies, *(at for at in (self.ask.clock.answered,) if at))
        return max(times, default=None)


def circumstances(
    ask: Engagement,
    reading: Reading,
    past: Iterable[Past],
    settings: Customers,
    intents: Mapping[str, Intent],
    now: datetime,
) -> Context:
    """What is so around an ask. `past`: all of the customer's, this one too, in any order."""
    ever = tuple(past)
    known = tuple(one for one in ever if one.ask.opened >= now - settings.shown_for)
    earlier = tuple(one for one in known if one.ask.id != ask.id)
    silent = {id for id, intent in intents.items() if intent.reply == "none"}
    waiting = _unanswered(ask, known, silent)
    again = _again(ask, reading, earlier, now - settings.again_within, silent)
    same = _elsewhere(ask, earlier, now - settings.again_within)
    last = _last_words(one for one in ever if one.ask.id != ask.id)
    since = ask.opened - last if last else None
    newcomer = last is None and ask.audience is not Audience.PRIVATE
    return Context(
        unanswered=sum(waiting.values()),
        unanswered_on=tuple(waiting.items()),
        returning=newcomer or (since is not None and since >= settings.back_after),
        last_spoke=last,
        repeated=len(again),
        repeated_at=again[-1].answered if again else None,
        repeated_on=again[-1].ask.place.channel if again else "",
        echoes=_echoes(known, now),
        same_on=same.ask.place.channel if same else "",
    )


def same_words(one: str, other: str) -> bool:
    """Whether two asks are nearly the same words; one or two words say too little."""
    first, second = _words(one), _words(other)
    if min(len(first), len(second)) < 3:
        return False
    return len(first & second) >= ALIKE * len(first | second)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(text.casefold()[:4000]))


def _unanswered(ask: Engagement, past: Iterable[Past], silent: Collection[str]) -> dict[str, int]:
    """The customer's messages since anybody last answered them, by channel; this ask's too."""
    known = tuple(past)
    answered = max((at for one in known if (at := one.answered)), default=None)
    waiting: dict[str, list[Message]] = {ask.place.channel: []}
    for other in (ask, *(one.ask for one in known if one.ask.id != ask.id)):
        needs_none = (
            other.understanding.reading is not None and other.understanding.reading.intent in silent
        )
        if other is not ask and (other.sample or needs_none):
            continue
        waiting.setdefault(other.place.channel, []).extend(
            m for m in other.messages if answered is None or m.at > answered
        )
    counts = {channel: turns(written) for channel, written in waiting.items()}
    counts[ask.place.channel] = max(counts[ask.place.channel], 1)
    return counts


def _again(
    ask: Engagement,
    reading: Reading,
    earlier: Iterable[Past],
    since: datetime,
    silent: Collection[str],
) -> list[Past]:
    """The earlier asks for the same thing that were answered, by their answers."""
    if reading.intent in silent:
        return []
    found = [
        one
        for one in earlier
        if (at := one.answered) is not None and since <= at <= ask.opened
        if _same_intent(reading, one.ask.understanding.reading)
        or same_words(ask.text, one.ask.text)
    ]
    return sorted(found, key=lambda one: one.answered or since)


def _same_intent(one: Reading, other: Reading | None) -> bool:
    return one.intent is not None and other is not None and one.intent == other.intent


def _elsewhere(ask: Engagement, earlier: Iterable[Past], since: datetime) -> Past | None:
    """The same words, asked in another place: one answer is enough."""
    found = (
        one
        for one in earlier
        if one.ask.place.conversation != ask.place.conversation and one.ask.opened >= since
        if one.answered is None and one.ask.state is not State.CLOSED
        if same_words(ask.text, one.ask.text)
    )
    return max(found, key=lambda one: one.ask.opened, default=None)


def _last_words(earlier: Iterable[Past]) -> datetime | None:
    return max((m.at for one in earlier for m in one.ask.messages), default=None)


def _echoes(past: Iterable[Past], now: datetime) -> int:
    """How many messages came within seconds of something we sent, of late."""
    known = tuple(past)
    sent = [at for one in known for at in (*one.replies, *one.notices)]
    recent = [m for one in known for m in one.ask.messages if m.at >= now - ECHOES_WITHIN]
    return sum(any(timedelta() <= m.at - at <= ECHO for at in sent) for m in recent)
