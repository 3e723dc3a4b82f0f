"""What an operator asks for, and what a review tells: the values that certifying works on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

EVERYTHING, NOTHING = 0.0, 1e9  # margins: from the first on all is drafted, from the second none


@dataclass(frozen=True, slots=True)
class ReviewedDraft:
    """A draft whose intent a person has judged.

    `margin` is the reading's. `audit`: it was drawn at random. `least` is the threshold that was in
    force when it was read: whatever lay below it, and was not drawn, nobody reviewed.
    `at`: when it was judged.
    """

    margin: float
    right: bool
    audit: bool = False
    least: float = EVERYTHING
    at: datetime | None = None
