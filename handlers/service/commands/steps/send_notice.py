"""A notice on its way: due at once, for nobody has to approve it again."""

from __future__ import annotations

from datetime import datetime

from bot.model import Delivery, DeliveryState, Reply
from handlers.service.commands.steps.step_delivery import save_delivery
from handlers.service.unit_of_work import UnitOfWork


def send_notice(
    unit: UnitOfWork,
    engagement: str,
    reply: Reply,
    digest: str,
    key: str,
    reason: str,
    at: datetime,
) -> None:
    """Send a notice that was judged. `engagement`: its id; empty if it belongs to no ask."""
    channel = unit.tools.channels[reply.place.channel]
    delivery = Delivery(
        id=key,
        engagement=engagement,
        reply=reply,
        payload=channel.render(reply, key),
        digest=digest,
        state=DeliveryState.DUE,
        undo=0.0,
        notice=reason,
    )
    save_delivery(unit, delivery, at)
