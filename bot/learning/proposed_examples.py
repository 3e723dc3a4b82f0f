"""Proposed examples: when a person says that something else was asked, the customer's words may
teach it.

Promised: a proposal holds no words. It names the messages, so what their author takes back, or asks
us to forget, is gone from it too. Nothing that is proposed is in force: an author looks at it,
takes out whose words they were, and accepts it or declines it with a reason. What nobody said to us
(overheard) is never proposed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.learning.labels import Label
from bot.model import Engagement, Unclear
from bot.model.events import NOTHING


class ExampleList(StrEnum):
    """The list of an intent's file that it would join."""

    EXAMPLE = "examples"
    NEAR_MISS = "not_this"  # it looks like the intent, and isn't


class ProposalStanding(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody's words as an example of an intent, or of what it is not.

    `read_as` is the intent that the software had accepted, `unclear` why it accepted none.
    `decided`, `by` and `reason` say when, who and why, once it is no longer open.
    """

    id: str
    engagement: str
    at: datetime
    channel: str
    language: str
    intent: str
    teaches: ExampleList
    messages: tuple[str, ...]
    read_as: str = ""
    unclear: Unclear | None = None
    standing: ProposalStanding = ProposalStanding.OPEN
    decided: datetime | None = None
    by: str = ""
    reason: str = ""


def propose_example(label: Label, engagement: Engagement) -> Proposal | None:
    """What a decision proposes to learn; None if it corrects nothing."""
    reading = engagement.understanding.reading
    if reading is None or not reading.addressed or not engagement.messages:
        return None
    if label.truth and label.truth not in (NOTHING, label.predicted):
        intent, teaches = label.truth, ExampleList.EXAMPLE
    elif label.predicted and label.right is False:
        intent, teaches = label.predicted, ExampleList.NEAR_MISS
    else:
        return None
    return Proposal(
        id=f"{engagement.id}:{len(engagement.messages)}",
        engagement=engagement.id,
        at=label.at,
        channel=label.channel,
        language=label.language,
        intent=intent,
        teaches=teaches,
        messages=tuple(message.id for message in engagement.messages),
        read_as=label.predicted or "",
        unclear=label.unclear,
    )


def words_of_proposal(proposal: Proposal, engagement: Engagement) -> str:
    """The customer's words as they are now, on one line; empty if they were taken back."""
    said = (m.text for m in engagement.messages if m.id in proposal.messages)
    return " ".join(" ".join(said).split())
