"""Looks, off the way of messages, whether traffic has changed; keeps the alarms, and says so.

A look at a stream happens once EVERY observations. What was acknowledged is compared with nothing
older. `QUIET` days without any decision of a person, while something waits, is said as well.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tinydb import where

from bot.learning.drift import EVERY, INTENT, Observation, ShareChange, find_share_changes
from bot.learning.drift_alarm import FAMILIES, Alarm, write_alarm
from bot.model import State
from handlers.brandfiles.loading import Library
from handlers.ports.clock import Clock
from handlers.ports.store_port import Store, Transaction
from handlers.service.learning import observing
from handlers.service.learning.observing import Stream
from handlers.service.learning.proposals import Outcome
from handlers.store import repository

DRIFT_EVERY = 60.0  # seconds between looks
QUIET = timedelta(days=7)
LONGEST = 200  # characters of an example
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Raised:
    """An alarm as people see it. `examples`: (engagement, the customer's words)."""

    alarm: Alarm
    words: str
    examples: tuple[tuple[str, str], ...]


class Drift:
    def __init__(self, store: Store, library: Library, clock: Clock) -> None:
        self._store, self._library, self._clock = store, library, clock

    async def look(self) -> list[Alarm]:
        """Look at every stream that has grown enough; the alarms that are new."""
        raised: list[Alarm] = []
        for stream in self._store.read(observing.list_streams):
            if stream.count - stream.looked >= EVERY:
                raised += await self._look_at(stream)
        return raised

    async def _look_at(self, stream: Stream) -> list[Alarm]:
        series, before = self._store.read(
            lambda tx: (observing.list_newest(tx, stream), observing.list_alarms(tx, stream))
        )
        at = self._clock.now()
        found = await asyncio.to_thread(_changes, stream, series, before)
        fresh = [
            Alarm(
                id=f"{stream.key}|{change.mark}|{stream.count}",
                channel=stream.channel,
                language=stream.language,
                kind=stream.kind,
                change=change,
                at=at,
            )
            for change in found
        ]

        def keep(tx: Transaction) -> None:
            for alarm in fresh:
                observing.save_alarm(tx, alarm)
            now = next((s for s in observing.list_streams(tx) if s.key == stream.key), stream)
            observing.save_stream(tx, replace(now, looked=stream.count))

        await self._store.write(keep)
        return fresh

    async def acknowledge(self, id: str, reason: str, by: str) -> Outcome:
        """With a reason; then it is quiet until it changes again. `by`: a person's id."""
        reason, at = " ".join(reason.split())[:LONGEST_REASON], self._clock.now()
        if not reason:
            return Outcome(False, "Say why this is as it should be, or what is done about it.")

        def work(tx: Transaction) -> Outcome:
            alarm = observing.load_alarm(tx, id)
            if alarm is None or not alarm.open:
                return Outcome(False, "This is acknowledged already.")
            done = replace(alarm, open=False, reason=reason, by=by, done=at)
            observing.save_alarm(tx, done)
            return Outcome(True, "Acknowledged. It is quiet until this changes again.")

        return await self._store.write(work)

    def alarms(self) -> list[Raised]:
        """What is open, the oldest first, with examples as far as their words are still here."""
        return self._store.read(
            lambda tx: [
                Raised(alarm, self.words(alarm), _examples(tx, alarm))
                for alarm in sorted(observing.list_open_alarms(tx), key=lambda one: one.at)
            ]
        )

    def words(self, alarm: Alarm) -> str:
        mark = alarm.change.mark
        intent = self._library.knowledge.intents.get(mark.removeprefix(INTENT))
        return write_alarm(alarm.change, intent.title_in("en") if intent else mark)

    def banner(self) -> str | None:
        """For everybody who decides. Never with a customer's words: it is shown in Slack too."""
        found = self._store.read(observing.list_open_alarms)
        if found:
            which = self.words(found[0])
            more = f" And {len(found) - 1} more." if len(found) > 1 else ""
            place = found[0].channel
            return f"Traffic has changed on {place}. {which}{more} See Learning on the desk."
        return self._store.read(self._unreviewed)

    def _unreviewed(self, tx: Transaction) -> str | None:
        waiting = tx.table("engagements").search(where("state") == State.WAITING.value)
        opened = [row["it"]["opened"] for row in waiting if not row["it"]["sample"]]
        if not opened:
            return None
        oldest = min(map(datetime.fromisoformat, opened))
        decided = [datetime.fromisoformat(row["at"]) for row in tx.table("deciders").all()]
        since = max((oldest, *decided))
        gone = self._clock.now() - since
        if gone < QUIET:
            return None
        return f"Nobody has decided on a draft for {gone.days} days. Nothing is sent without that."


def _changes(
    stream: Stream, series: list[Observation], before: list[Alarm]
) -> tuple[ShareChange, ...]:
    acknowledged = {one.change.mark: one.change.since for one in before if not one.open}
    on = {one.change.mark for one in before if one.open}
    return find_share_changes(series, FAMILIES[stream.kind], acknowledged, on)


def _examples(tx: Transaction, alarm: Alarm) -> tuple[tuple[str, str], ...]:
    found = []
    for key in alarm.change.examples:
        asked = repository.load_engagement(tx, key)
        if asked is not None and asked.text.strip():
            words = " ".join(asked.text.split())
            found.append((key, words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"))
    return tuple(found)
