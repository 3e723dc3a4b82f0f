"""What was promised before, by topic: so that two customers are not told different things.

Each commitment that was sent, or is approved and on its way, stands on the shelf of its topic and
kind, the newest few a shelf. A look-up reads one row a commitment, however long the record is. Of
private conversations only the
words of the commitment itself are kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import msgspec

from bot.brand.published import PublishedFacts
from bot.detect.claims.attribution import attribute_commitments
from bot.detect.claims.past_commitments import commitment_keys
from bot.model import Audience, Commitment, Reply
from bot.policy.subject import PastStatement
from handlers.ports.store_port import Transaction
from handlers.store import repository

SHELVES = "precedents"
MOST_ON_A_SHELF = 12


def list_past_commitments(
    tx: Transaction, replies: Iterable[Reply], published: PublishedFacts, today: date
) -> tuple[PastStatement, ...]:
    """What the brand has said, or is about to say, on what these replies commit it to."""
    wanted = {key for reply in replies for key in _list_keys(reply, published, today)}
    table = tx.table(SHELVES)
    rows = [row for key in sorted(wanted) if (row := table.get(doc_id=key)) is not None]
    return tuple(repository.read_value(one, PastStatement) for row in rows for one in row["said"])


def save_commitments(
    tx: Transaction,
    reply: Reply,
    commitments: tuple[Commitment, ...],
    audience: Audience | None,
    at: datetime,
) -> None:
    """Keep what a reply commits the brand to, from its approval on; once for each entry."""
    for commitment in commitments:
        for key in commitment_keys(commitment):
            row = tx.table(SHELVES).get(doc_id=key)
            said: list[Any] = list(row["said"]) if row else []
            private = audience is Audience.PRIVATE
            earlier = PastStatement(
                commitment=commitment,
                text=commitment.words if private else _line_of(reply.body, commitment),
                said_on=at.date(),
                entry=reply.entry,
                locale=reply.locale,
            )
            said = [one for one in said if one["entry"] != reply.entry]
            said = [*said, msgspec.to_builtins(earlier)][-MOST_ON_A_SHELF:]
            repository.put_row(tx, SHELVES, key, {"said": said})


def remove_commitments(
    tx: Transaction, reply: Reply, published: PublishedFacts, today: date
) -> None:
    """What was approved did not go out: it was not said."""
    table = tx.table(SHELVES)
    for key in _list_keys(reply, published, today):
        row = table.get(doc_id=key)
        kept = [one for one in row["said"] if one["entry"] != reply.entry] if row else []
        if row and len(kept) < len(row["said"]):
            repository.put_row(tx, SHELVES, key, {"said": kept})


def _list_keys(reply: Reply, published: PublishedFacts, today: date) -> set[str]:
    said = attribute_commitments(reply.body, reply.locale, published, reply.facts, today)
    return {key for commitment in said for key in commitment_keys(commitment)}


def _line_of(body: str, commitment: Commitment) -> str:
    """The line of a body in which a commitment stands."""
    start = body.rfind("\n", 0, commitment.start) + 1
    end = body.find("\n", commitment.end)
    return body[start : end if end >= 0 else len(body)].strip()
