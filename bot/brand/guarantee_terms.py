"""What an operator asks of the drafts: `guarantee:` of config.yaml, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GuaranteeTerms:
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
