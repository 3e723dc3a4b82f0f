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

from bot.model import Engagement, Finding, Outcome, Role, State, Verdict


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

    def measure(self, id: str) -> Measure | None:
        return next((measure for measure in self.measures if measure.id == id), None)


Runbooks = Mapping[str, Runbook]


def leading(verdict: Verdict, runbooks: Runbooks) -> Finding | None:
    """The finding that a hand-over goes by: the gravest, then what the words say, the first in
    the text first, then what was so around them."""
    handing = (f for f in verdict.findings if f.outcome is Outcome.HANDOFF)

    def order(found: Finding) -> tuple[int, bool, int, str]:
        around = found.start >= found.end
        return -_rank(found.runbook, runbooks), around, found.start, found.rule

    return min(handing, key=order, default=None)


def graver(finding: Finding, engagement: Engagement, runbooks: Runbooks) -> bool:
    """Whether it is graver than what the engagement is about so far."""
    return _rank(finding.runbook, runbooks) > _rank(engagement.runbook, runbooks)


def critical(engagement: Engagement, runbooks: Runbooks) -> bool:
    """Whether it has to be read now: nobody has answered yet, and its runbook says so."""
    runbook = runbooks.get(engagement.runbook)
    waits = engagement.state in (State.PERSON, State.WAITING) and not engagement.replies
    return waits and runbook is not None and runbook.severity is Severity.CRITICAL


def _rank(runbook: str, runbooks: Runbooks) -> int:
    known = runbooks.get(runbook)
    return known.severity.rank if known else 0
