"""Runbooks: what people do when a message is abuse, an emergency, or a matter of law.

A rule on messages may name one (`runbook:`). It says how grave the matter is, the steps, who owns
it, which measures there are, and how whoever is concerned can object. Nothing here acts: a measure
is a person's decision, with a reason, and on the record. What the software does by itself is said
by three fields: `severity` (critical comes first, whatever the hours), `automatic` (whether a
notice may answer), and the words of `appeal`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.model import Role


class Severity(StrEnum):
    """How grave it is. Critical: read now, at any hour."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        return ("low", "medium", "high", "critical").index(self.value) + 1


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that a person may do about a message. `tells`: whoever wrote it hears of it, with
    the address at which to object."""

    id: str
    title: str
    tells: bool = False


@dataclass(frozen=True, slots=True)
class Runbook:
    """`owner` is the role that answers for it. `appeal`, by locale, is shown to customers."""

    id: str
    title: str
    severity: Severity
    owner: Role
    steps: tuple[str, ...]
    automatic: bool = True  # whether a notice may answer
    measures: tuple[Measure, ...] = ()
    appeal: Mapping[str, str] = field(default_factory=dict)

    def find_measure(self, id: str) -> Measure | None:
        return next((measure for measure in self.measures if measure.id == id), None)


Runbooks = Mapping[str, Runbook]
