"""What the brand promises of its conversations, in public, and what keeps each promise.

A promise is kept by rules (those that name it in `promise:`) or by tests of the product; one that
nothing keeps is refused when the brand is loaded. How often each was broken is counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ON_TIME = "an-answer-when-we-say"  # the promise that is broken when a time we named has passed


@dataclass(frozen=True, slots=True)
class PublishedPromise:
    """A published promise. `says` is by locale; `tests` names what holds it besides rules."""

    id: str
    says: Mapping[str, str]
    tests: tuple[str, ...] = ()

    def words_in(self, locale: str) -> str:
        """What it says: in this locale, else in the first it is written in."""
        return self.says.get(locale) or next(iter(self.says.values()), self.id)
