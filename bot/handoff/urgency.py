"""What comes first in the queue, and why, in words.

By what is at stake and by how long somebody waits: safety, then whoever has waited past what they
were promised or has written again and again, then somebody who writes after a long silence, then
by due time. Promises: a function of what was asked and of time. Who the customer is, what they
spend, how many follow them and how large they are has no part in it: nothing here reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from types import MappingProxyType

from bot.brand.runbooks import Runbooks
from bot.handoff.severity import is_critical
from bot.model import Engagement, State, turns

NO_RUNBOOKS: Runbooks = MappingProxyType({})
MANY = 3  # messages in a row without an answer; the rule `waiting-long` counts the same


class Rank(IntEnum):
    SAFETY = 0
    WAITED = 1
    RETURNING = 2
    DUE = 3


@dataclass(frozen=True, slots=True)
class Urgency:
    """`words` say why it stands where it stands; empty when it is simply its turn."""

    rank: Rank
    words: str = ""


def rank_urgency(engagement: Engagement, runbooks: Runbooks = NO_RUNBOOKS) -> Urgency:
    """How urgent it is, as of what is stored."""
    if _about_safety(engagement):
        return Urgency(Rank.SAFETY, "first: safety")
    if is_critical(engagement, runbooks):
        return Urgency(Rank.SAFETY, "first: critical")
    if engagement.handling.escalated:
        return Urgency(Rank.WAITED, "first: before the leads")
    if engagement.clock.late:
        return Urgency(Rank.WAITED, "first: has waited too long")
    if (count := count_unanswered(engagement)) >= MANY:
        return Urgency(Rank.WAITED, f"first: {count} messages without an answer")
    if engagement.understanding.context.returning and engagement.clock.answered is None:
        return Urgency(Rank.RETURNING, "early: their first message in a long time")
    return Urgency(Rank.DUE)


def order_in_queue(
    engagement: Engagement, runbooks: Runbooks = NO_RUNBOOKS
) -> tuple[bool, Rank, datetime, datetime, str]:
    """What the queue is sorted by. What is approved goes out by itself and comes last."""
    rank = rank_urgency(engagement, runbooks).rank
    by = waiting_since(engagement) if rank <= Rank.WAITED else engagement.clock.due
    return engagement.state is State.APPROVED, rank, by, engagement.opened, engagement.id


def count_unanswered(engagement: Engagement) -> int:
    """The customer's messages in a row that nobody answered."""
    last = engagement.clock.answered
    if last is None:
        return max(turns(engagement.messages), engagement.understanding.context.unanswered)
    return turns(message for message in engagement.messages if message.at > last)


def waiting_since(engagement: Engagement) -> datetime:
    """When the customer wrote what still waits for an answer."""
    last = engagement.clock.answered
    waiting = [m.at for m in engagement.messages if last is None or m.at > last]
    return min(waiting, default=engagement.opened)


def _about_safety(engagement: Engagement) -> bool:
    verdict = engagement.understanding.verdict
    findings = verdict.findings if verdict else ()
    return any(finding.rule.rpartition("/")[2] == "safety" for finding in findings)
