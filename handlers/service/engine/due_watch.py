"""Due times: noted when an engagement is saved, looked at by the wall clock."""

from __future__ import annotations

import heapq
import logging
from datetime import datetime

from bot.model import Engagement
from bot.model.errors import StoreError
from handlers.ports.clock import Clock
from handlers.ports.store_port import Store
from handlers.service.commands.decisions.pass_due_time import pass_due_time
from handlers.service.engine.tasks import Tasks
from handlers.service.unit_of_work import Commands
from handlers.store import repository

EVERY = 30.0  # seconds between looks, so that a jump of the clock is noticed
log = logging.getLogger("aboveboard")


class DueTimes:
    """Remembers due times, the soonest first, so that looking costs nothing while none is due. Rows
    are the truth: whoever is told one looks at the row."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, str]] = []

    def note(self, engagement: Engagement) -> None:
        """Remember its due time; of one that was broken twice the people know already."""
        if engagement.state.open and not engagement.clock.broken:
            heapq.heappush(self._heap, (engagement.clock.due, engagement.id))

    def take_passed(self, at: datetime) -> list[str]:
        """Engagements whose due time has passed; each is named once for each time noted."""
        found: dict[str, None] = {}
        while self._heap and self._heap[0][0] <= at:
            found[heapq.heappop(self._heap)[1]] = None
        return list(found)


class DueWatch:
    """Tells asks that their due time has passed."""

    def __init__(self, store: Store, commands: Commands, tasks: Tasks, clock: Clock) -> None:
        self._store, self._commands, self._tasks, self._clock = store, commands, tasks, clock
        self._times = DueTimes()

    async def start(self) -> None:
        """Remember all that is open, and watch."""
        for engagement in self._store.read(repository.list_open_engagements):
            self._times.note(engagement)
        await self.look()
        self._tasks.repeat(EVERY, self.look, "due times could not be looked at")

    def note(self, engagement: Engagement) -> None:
        """It was saved: its due time is remembered."""
        self._times.note(engagement)

    async def look(self) -> None:
        """Tell those whose due time has passed by now."""
        for key in self._times.take_passed(self._clock.now()):
            self._tasks.spawn(self._pass(key))

    async def _pass(self, key: str) -> None:
        try:
            await self._commands.execute(pass_due_time, key)
        except StoreError as error:  # it is looked at again after the next start
            log.error("a due time that passed could not be stored: %s", error)
