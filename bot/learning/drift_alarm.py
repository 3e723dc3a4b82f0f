"""An alarm that traffic has changed, in words; and what is observed for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.learning.drift import DECIDED, INTENT, OVERRIDE, READ, UNCLEAR, UNMATCHED, ShareChange
from bot.learning.labels import HumanDecision, Label
from bot.model import Reading, Unclear

MESSAGES, DECISIONS = "messages", "decisions"  # what there are observations of
FAMILIES = {MESSAGES: READ, DECISIONS: DECIDED}
_JUDGING = frozenset(
    {HumanDecision.APPROVED, HumanDecision.EDITED, HumanDecision.REJECTED, HumanDecision.REDRAFTED}
)
_WHAT = {
    UNCLEAR: "messages are not understood",
    UNMATCHED: "messages fit none of the intents",
    OVERRIDE: "drafts are changed, rejected or asked for again",
}


@dataclass(frozen=True, slots=True)
class Alarm:
    """A change that was seen, on a channel and in a language. Open until somebody acknowledges it;
    then `reason`, `by` and `done` say why, who and when."""

    id: str
    channel: str
    language: str
    kind: str
    change: ShareChange
    at: datetime
    open: bool = True
    reason: str = ""
    by: str = ""
    done: datetime | None = None


def marks_of_reading(reading: Reading) -> frozenset[str]:
    """What is observed of a message that was read."""
    if reading.unclear is None:
        return frozenset({f"{INTENT}{reading.intent}"})
    more = {UNMATCHED} if reading.unclear is Unclear.OUT_OF_SCOPE else set()
    return frozenset({UNCLEAR, *more})


def marks_of_label(label: Label) -> frozenset[str] | None:
    """What is observed of a decision on a draft; None if it was on none."""
    if not label.drafted or label.did not in _JUDGING:
        return None
    return frozenset({OVERRIDE} if label.is_override else ())


def write_alarm(change: ShareChange, title: str) -> str:
    """“More messages are not understood: 17 of the last 50, before 90 of 1,000.” `title`: of the
    intent, if it is about one."""
    what = f"asks are “{title}”" if change.mark.startswith(INTENT) else _WHAT[change.mark]
    how = "More" if change.has_risen else "Fewer"
    return (
        f"{how} {what}: {change.now} of the last {change.newest} "
        f"({change.now / change.newest:.0%}), before {change.was:,} of {change.earlier:,} "
        f"({change.was / change.earlier:.0%})."
    )
