"""Corrections: somebody says that an answer was wrong, a person looks, and what follows.

Who was told the same is found by what was promised, not by who they are: `claim_keys` names each
commitment of a reply, and its words as a whole. Left to others: keeping the rows, sending.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from bot.model import Commitment, Reply


class CorrectionOutcome(StrEnum):
    """What came of it, when a person has looked."""

    OPEN = "open"  # nobody has looked yet
    WRONG = "wrong"  # the answer was wrong: whoever was told the same is told what is right
    STANDS = "stands"  # the answer was right, for the reason given
    UNKNOWN = "unknown"  # it cannot be said, for the reason given


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody says is wrong with an entry. `words` and `contact` are for people's eyes only;
    `reason` is public. `promise` names the published promise that was broken, if one was."""

    key: str
    entry: str
    words: str
    contact: str
    at: datetime
    outcome: CorrectionOutcome = CorrectionOutcome.OPEN
    reason: str = ""
    by: str = ""
    done: datetime | None = None
    promise: str = ""
    told: int = 0  # how many conversations get the right answer


@dataclass(frozen=True, slots=True)
class CorrectionDecision:
    """A person's decision on a correction. `wrong`: keys of what was wrong, as `claim_keys` names
    it; `bodies`: what is right, by locale, to be approved in each conversation that was told it."""

    outcome: CorrectionOutcome
    reason: str
    wrong: tuple[str, ...] = ()
    bodies: Mapping[str, str] = field(default_factory=dict)
    promise: str = ""


def claim_keys(reply: Reply, commitments: Iterable[Commitment]) -> tuple[str, ...]:
    """Names of what a reply told somebody: its words as a whole, then each thing that binds."""
    whole = f"words:{sha256(reply.body.strip().encode()).hexdigest()[:32]}"
    return (whole, *dict.fromkeys(claim_key(commitment) for commitment in commitments))


def claim_key(it: Commitment) -> str:
    """The same for two commitments to the same thing, in whatever words and language."""
    parts = (it.topic, it.kind, it.value, it.unit, it.until, it.direction, "not" * it.negated)
    return "binds:" + "|".join(parts)
