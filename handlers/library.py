"""What is in force: the brand's files as one `Knowledge`, and the reader trained on its examples.

Swapped whole, so that no step sees half of a change. A change that fails to load leaves the old one
in force, and `trouble` says so to everybody who must know.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.knowledge import Knowledge
from bot.understanding.reader import Reader


@dataclass
class Library:
    knowledge: Knowledge
    reader: Reader
    settle: Callable[[Knowledge], Knowledge] = lambda knowledge: knowledge  # what was said at start
    trouble: list[str] = field(default_factory=list)
    watched: list[Callable[[], str | None]] = field(default_factory=list)

    def banners(self) -> list[str]:
        """What people must know now: `trouble`, and what each of `watched` says is wrong."""
        return [*self.trouble, *(words for status in self.watched if (words := status()))]
