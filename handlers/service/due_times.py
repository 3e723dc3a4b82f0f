"""Due times of what is open, the soonest first: so that looking costs nothing while none is due."""

from __future__ import annotations

import heapq
from datetime import datetime

from bot.model import Engagement


class DueTimes:
    """Remembers due times. Rows are the truth: whoever is told one looks at the row."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, str]] = []

    def note(self, engagement: Engagement) -> None:
        """Remember its due time; of one that was broken twice the people know already."""
        if engagement.state.open and not engagement.clock.broken:
            heapq.heappush(self._heap, (engagement.clock.due, engagement.id))

    def passed(self, at: datetime) -> list[str]:
        """Engagements whose due time has passed; each is named once for each time noted."""
        found: dict[str, None] = {}
        while self._heap and self._heap[0][0] <= at:
            found[heapq.heappop(self._heap)[1]] = None
        return list(found)
