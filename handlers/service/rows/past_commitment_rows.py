"""What was promised before, by topic: so that two customers are not told different things.

Each commitment that was sent stands on the shelf of its topic and kind, the newest few a shelf. A
look-up reads one row a commitment, however long the record is. Of private conversations only the
words of the commitment itself are kept.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from bot.brand.published import Published
from bot.detect.claims.attribution import attributed
from bot.detect.claims.past_commitments import keys
from bot.model import Audience, Commitment, Reply
from bot.policy.subject import Earlier
from handlers.ports.store_port import Transaction
from handlers.store import repository

SHELVES = "precedents"
MOST_ON_A_SHELF = 8


def list_past_commitments(
    tx: Transaction, reply: Reply, published: Published, today: date
) -> tuple[Earlier, ...]:
    """What the brand has said before on what this reply commits it to. Never its own entry."""
    said = attributed(reply.body, reply.locale, published, reply.facts, today)
    table = tx.table(SHELVES)
    wanted = sorted({key for commitment in said for key in keys(commitment)})
    rows = [row for key in wanted if (row := table.get(doc_id=key)) is not None]
    found = (msgspec.convert(one, Earlier) for row in rows for one in row["said"])
    return tuple(one for one in found if one.entry != reply.entry)


def save_commitments(
    tx: Transaction,
    reply: Reply,
    commitments: tuple[Commitment, ...],
    audience: Audience | None,
    at: datetime,
) -> None:
    """Keep what a reply that was sent has committed the brand to."""
    for commitment in commitments:
        for key in keys(commitment):
            row = tx.table(SHELVES).get(doc_id=key)
            said: list[Any] = list(row["said"]) if row else []
            private = audience is Audience.PRIVATE
            earlier = Earlier(
                commitment=commitment,
                text=commitment.words if private else _line_of(reply.body, commitment),
                said_on=at.date(),
                entry=reply.entry,
                locale=reply.locale,
            )
            said = [*said, msgspec.to_builtins(earlier)][-MOST_ON_A_SHELF:]
            repository.put(tx, SHELVES, key, {"said": said})


def _line_of(body: str, commitment: Commitment) -> str:
    """The line of a body in which a commitment stands."""
    start = body.rfind("\n", 0, commitment.start) + 1
    end = body.find("\n", commitment.end)
    return body[start : end if end >= 0 else len(body)].strip()
