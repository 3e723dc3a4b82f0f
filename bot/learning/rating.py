"""What both parties say of an answer, and what may be made of it.

A conversation is social only if both say so: the customer that it helped them, somebody of the
brand's that it was a conversation. Neither can say it for the other, silence is not consent, and
what was asked changes nothing. And there has to be somebody: a draft that a person approved as it
stood is a text that was checked, by them or by whoever has the queue that day; the customer talked
with software. It can help, but it is never called social. One who wrote or changed a word, or
wrote in the channel itself, took part.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.model import Engagement, Origin


class RatingSide(StrEnum):
    """Who says it."""

    CUSTOMER = "customer"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class AnswerRating:
    """What each side says of one answer; None: nothing."""

    customer: bool | None = None
    staff: bool | None = None

    @property
    def sides_differ(self) -> bool:
        """Both have spoken, and not the same: somebody should look why."""
        return None not in (self.customer, self.staff) and self.customer is not self.staff


def person_took_part(engagement: Engagement) -> bool:
    """Whether a person wrote or changed anything that the customer read."""
    reply = engagement.proposal.candidate
    wrote = reply is not None and reply.origin in (Origin.EDITED, Origin.PERSON)
    return wrote or engagement.handling.talking


def is_social_exchange(customer: bool | None, staff: bool | None, engagement: Engagement) -> bool:
    """Whether it may be called a social exchange."""
    return customer is True and staff is True and person_took_part(engagement)
