"""How the brand speaks on a channel: every place has manners of its own, and they change.

A profile is written by a person, by name, and good until a day. Past it nothing there goes out
unread: whoever looks after the place reads the profile again first. What the rules make of a
profile is in the pack `culture`; nothing here judges.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

AddressForm = Literal["formal", "informal"]


@dataclass(frozen=True, slots=True)
class Culture:
    """A channel's profile. `by` is the id of the person who wrote it; `tone` is in words, for those
    who write there. `longest`: characters of a body; 0: any. `address` (how people are addressed),
    `greeting` (with `{name}`) and `hours` (when somebody is there, in words) are by locale.
    """

    channel: str
    by: str
    review_by: date
    tone: str
    longest: int = 0
    emoji: bool = True
    address: Mapping[str, AddressForm] = field(default_factory=dict)
    greeting: Mapping[str, str] = field(default_factory=dict)
    hours: Mapping[str, str] = field(default_factory=dict)

    def is_expired(self, today: date) -> bool:
        return today > self.review_by

    def address_form(self, locale: str) -> str:
        """`formal`, `informal`, or empty where the profile doesn't say."""
        said: str | None = self.address.get(locale) or self.address.get(locale.partition("-")[0])
        return said or ""
