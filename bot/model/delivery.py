"""A delivery: one text on its way to one place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.model.reply import Reply
from bot.model.timeline import Reason


class DeliveryState(StrEnum):
    """Where a delivery stands. bot/engagement/sending/delivery_step.py says how one leads to
    another.
    """

    PLANNED = "planned"  # the undo window runs
    DUE = "due"  # may be sent now
    SENDING = "sending"  # committed before the call
    UNKNOWN = "unknown"  # the call's outcome is unknown; the grace period runs, then we look
    SENT = "sent"
    REFUSED = "refused"  # the channel said no, for good
    UNCERTAIN = "uncertain"  # cannot be looked up: a person decides
    CANCELLED = "cancelled"  # undone, or returned to the approver


@dataclass(frozen=True, slots=True)
class Delivery:
    """One text on its way to one place, at most once. `id` travels with it, to look it up by.

    `digest` binds reply and payload: what the channel is given is what was approved.
    """

    id: str
    engagement: str
    reply: Reply
    payload: str
    digest: str
    state: DeliveryState
    undo: float  # seconds
    notice: str = ""  # which notice it is; empty for a reply
    approver: str = ""
    attempts: int = 0
    receipt: str = ""  # the channel's own id of the post
    why: Reason | None = None
    over_cap: bool = False  # a lead sends it now, however much went out within the hour
