"""What an operator asks for, and what a review tells: the values that certifying works on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

EVERYTHING, NOTHING = 0.0, 1e9  # margins: from the first on all is drafted, from the second none


@dataclass(frozen=True, slots=True)
class Terms:
    """`wrong` (α) is the share that may be wrong, between 0 and 1.

    With a `doubt` (δ) the claim is strict: except with this probability, of the *drafts* at most
    `wrong` answer another question than was asked. Without one (None) it holds on average: of all
    *messages that the software understood*, at most `wrong` get such a draft, in expectation.
    `window` counts reviewed drafts, the newest; `audit` is the share of messages that is drafted
    whatever the threshold, and read closely.
    """

    wrong: float
    doubt: float | None
    window: int
    audit: float


@dataclass(frozen=True, slots=True)
class Judged:
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
