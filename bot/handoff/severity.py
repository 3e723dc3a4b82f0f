"""How grave a matter is: which finding leads a hand-over, and what has to be read now.

By the runbooks that rules on messages name; what a runbook is, bot/brand/runbooks.py says.
"""

from __future__ import annotations

from bot.brand.runbooks import Runbooks, Severity
from bot.model import Engagement, Finding, Outcome, State, Verdict


def find_leading(verdict: Verdict, runbooks: Runbooks) -> Finding | None:
    """The finding that a hand-over goes by: the gravest, then what the words say, the first in
    the text first, then what was so around them."""
    handing = (f for f in verdict.findings if f.outcome is Outcome.HANDOFF)

    def order(found: Finding) -> tuple[int, bool, int, str]:
        around = found.start >= found.end
        return -_rank(found.runbook, runbooks), around, found.start, found.rule

    return min(handing, key=order, default=None)


def is_graver(finding: Finding, engagement: Engagement, runbooks: Runbooks) -> bool:
    """Whether it is graver than what the engagement is about so far."""
    return _rank(finding.runbook, runbooks) > _rank(engagement.handling.runbook, runbooks)


def is_critical(engagement: Engagement, runbooks: Runbooks) -> bool:
    """Whether it has to be read now: nobody has answered yet, and its runbook says so."""
    runbook = runbooks.get(engagement.handling.runbook)
    waits = engagement.state in (State.PERSON, State.WAITING) and not engagement.replies
    return waits and runbook is not None and runbook.severity is Severity.CRITICAL


def _rank(runbook: str, runbooks: Runbooks) -> int:
    known = runbooks.get(runbook)
    return known.severity.rank if known else 0


def cause_of(finding: Finding) -> str:
    """Under which cause the customer is told: the id of the rule."""
    return finding.rule.rpartition("/")[2]
