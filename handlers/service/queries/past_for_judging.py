"""What judging needs of the store, read before it in the same transaction, as data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.brand.business_hours import local_day
from bot.knowledge import Knowledge, Past
from bot.model import Audience, Engagement, Reply
from handlers.ports.store_port import Transaction
from handlers.service.queries.shared_history import CustomerRows, list_private_texts
from handlers.service.rows.past_commitment_rows import list_past_commitments


def read_past(
    tx: Transaction,
    customers: CustomerRows,
    engagement: Engagement | None,
    replies: Iterable[Reply],
    knowledge: Knowledge,
    at: datetime,
) -> Knowledge:
    """What is in force, with the past that these replies are judged by: what was said or is on its
    way on their topics, and what this customer told us where only we read."""
    today = local_day(at, knowledge.brand.hours)
    earlier = list_past_commitments(tx, replies, knowledge.published, today)
    private: tuple[str, ...] = ()
    if engagement is not None and engagement.audience is not Audience.PRIVATE:
        private = list_private_texts(customers, engagement)
    return replace(knowledge, past=Past(earlier, private))
