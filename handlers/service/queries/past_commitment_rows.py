"""What was promised before, by topic: so that two customers are not told different things.

Each commitment that was sent, or is approved and on its way, stands on the shelf of its topic and
kind, the newest few a shelf. A look-up reads one row a commitment, however long the record is. Of private conversations only the
words of the commitment itself are kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from bot.brand.business_hours import day_of
from bot.detect.claims.attribution import attributed
from bot.detect.claims.past_commitments import keys
from bot.knowledge import Knowledge, Past
from bot.model import Audience, Commitment, Engagement, Reply
from bot.policy.subject import Earlier
from handlers.ports.store_port import Transaction
from handlers.service.queries.shared_history import list_private_texts
from handlers.store import repository

SHELVES = "precedents"
MOST_ON_A_SHELF = 12


def read_past(
    tx: Transaction,
    engagement: Engagement | None,
    replies: Iterable[Reply],
    knowledge: Knowledge,
    at: datetime,
) -> Past:
    """What judging these replies needs of the store: what was said, or is on its way, on their
    topics, and what this customer told us where only we read."""
    today, wanted = day_of(at, knowledge.brand.hours), set()
    for reply in replies:
        said = attributed(reply.body, reply.locale, knowledge.published, reply.facts, today)
        wanted |= {key for commitment in said for key in keys(commitment)}
    private: tuple[str, ...] = ()
    if engagement is not None and engagement.audience is not Audience.PRIVATE:
        private = list_private_texts(tx, engagement)
    return Past(tuple(_read_shelves(tx, wanted)), private)


def shelve(
    tx: Transaction,
    reply: Reply,
    commitments: tuple[Commitment, ...],
    audience: Audience | None,
    at: datetime,
) -> None:
    """Keep what a reply commits the brand to, from its approval on; once for each entry."""
    for commitment in commitments:
        for key in keys(commitment):
            row = tx.table(SHELVES).get(doc_id=key)
            said: list[Any] = list(row["said"]) if row else []
            private = audience is Audience.PRIVATE
            earlier = Earlier(
                commitment=commitment,
                text=commitment.words if private else line_of(reply.body, commitment),
                said_on=at.date(),
                entry=reply.entry,
                locale=reply.locale,
            )
            said = [one for one in said if one["entry"] != reply.entry]
            said = [*said, msgspec.to_builtins(earlier)][-MOST_ON_A_SHELF:]
            repository.put_row(tx, SHELVES, key, {"said": said})


def line_of(body: str, commitment: Commitment) -> str:
    """The line of a body in which a commitment stands."""
    start = body.rfind("\n", 0, commitment.start) + 1
    end = body.find("\n", commitment.end)
    return body[start : end if end >= 0 else len(body)].strip()


def _read_shelves(tx: Transaction, wanted: set[str]) -> list[Earlier]:
    table = tx.table(SHELVES)
    found = [row for key in sorted(wanted) if (row := table.get(doc_id=key)) is not None]
    return [msgspec.convert(one, Earlier) for row in found for one in row["said"]]


def take_off_shelves(tx: Transaction, reply: Reply, knowledge: Knowledge, at: datetime) -> None:
    """What was approved did not go out: it was not said."""
    today = day_of(at, knowledge.brand.hours)
    said = attributed(reply.body, reply.locale, knowledge.published, reply.facts, today)
    for key in {key for commitment in said for key in keys(commitment)}:
        row = tx.table(SHELVES).get(doc_id=key)
        kept = [one for one in row["said"] if one["entry"] != reply.entry] if row else []
        if row and len(kept) < len(row["said"]):
            repository.put_row(tx, SHELVES, key, {"said": kept})
