"""How much may go out by itself or quickly: `limits:` of config.yaml, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class SendLimits:
    """How much may go out by itself or quickly; `limits:` of config.yaml.

    `sends_an_hour` is per channel, `sends_in` names channels with a number of their own.
    `same_text`: how often a draft's words may go to one conversation within a day;
    `notices_in_a_row`: how many notices, without an answer between them. `failures` in a row open
    a channel's circuit for `rest`. `to_one_person` texts of ours within `period` are one person's
    attention.
    """

    sends_an_hour: int = 300
    sends_in: Mapping[str, int] = field(default_factory=dict)
    same_text: int = 2
    notices_in_a_row: int = 3
    failures: int = 5
    rest: timedelta = timedelta(minutes=5)
    to_one_person: int = 20
    period: timedelta = timedelta(days=1)

    def hourly_limit(self, channel: str) -> int:
        return self.sends_in.get(channel, self.sends_an_hour)

    @property
    def memory_span(self) -> timedelta:
        """How long it must be known what was sent."""
        return max(timedelta(hours=1), self.period, timedelta(days=1))
