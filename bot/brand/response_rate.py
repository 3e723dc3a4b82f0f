"""How a channel is used in fact, beside what it is declared as.

Of the asks that were addressed to the brand in the last weeks, the share whose first answer came
within the time that was due; a notice is no answer. A channel that is declared as answering and
stays below the operator's own bar, over enough asks to tell, is one-way in practice, and is shown
as that. What is counted is in bot/learning/counts.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class ResponseTarget:
    """`answered`: the least share, 0 to 1; `asks`: fewer show nothing; `weeks` looked back on, this
    one included."""

    answered: float = 0.5
    asks: int = 20
    weeks: int = 4


@dataclass(frozen=True, slots=True)
class ResponseRate:
    """Asks that are settled: answered in time, or not."""

    in_time: int = 0
    missed: int = 0

    @property
    def asks(self) -> int:
        return self.in_time + self.missed

    @property
    def share(self) -> float:
        """0 to 1; 0 without asks."""
        return self.in_time / self.asks if self.asks else 0.0


class ModeInPractice(StrEnum):
    """What a channel is shown as."""

    AS_DECLARED = "as-declared"
    ONE_WAY = "one-way"  # declared so
    ONE_WAY_IN_PRACTICE = "one-way-in-practice"


def classify_mode_in_practice(
    answers: bool, one_way: bool, observed: ResponseRate, bar: ResponseTarget
) -> ModeInPractice:
    """`answers`: it is declared as answering; `one_way`: nobody converses there by declaration."""
    if one_way:
        return ModeInPractice.ONE_WAY
    below = observed.asks >= bar.asks and observed.share < bar.answered
    return ModeInPractice.ONE_WAY_IN_PRACTICE if answers and below else ModeInPractice.AS_DECLARED
