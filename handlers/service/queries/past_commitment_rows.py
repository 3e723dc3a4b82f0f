"""What was promised before, by topic: so that two customers are not told different things.

Each commitment that was sent stands on the shelf of its topic and kind, the newest few a shelf. A
look-up reads one row a commitment, however long the record is. Of private conversations only the
words of the commitment itself are kept.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from bot.detect.claims.attribution import attribute_commitments
from bot.detect.claims.past_commitments import commitment_keys
from bot.model import Audience, Commitment, Reply
from bot.policy.subject import PastStatement
from handlers.brandfiles.loading import Library
from handlers.ports.store_port import Store, Transaction
from handlers.store import repository

SHELVES = "precedents"
MOST_ON_A_SHELF = 8


class Precedents:
    """Looks up what was said before on the topics of a reply."""

    def __init__(self, store: Store, library: Library) -> None:
        self._store, self._library = store, library

    def earlier(self, reply: Reply, today: date) -> tuple[PastStatement, ...]:
        """What the brand has said before on what this reply commits it to. Never its own entry."""
        published = self._library.knowledge.published
        said = attribute_commitments(reply.body, reply.locale, published, reply.facts, today)
        wanted = {key for commitment in said for key in commitment_keys(commitment)}
        if not wanted:
            return ()
        found = self._store.read(lambda tx: _shelves(tx, wanted))
        return tuple(one for one in found if one.entry != reply.entry)


def shelve(
    tx: Transaction,
    reply: Reply,
    commitments: tuple[Commitment, ...],
    audience: Audience | None,
    at: datetime,
) -> None:
    """Keep what a reply that was sent has committed the brand to."""
    for commitment in commitments:
        for key in commitment_keys(commitment):
            row = tx.table(SHELVES).get(doc_id=key)
            said: list[Any] = list(row["said"]) if row else []
            private = audience is Audience.PRIVATE
            earlier = PastStatement(
                commitment=commitment,
                text=commitment.words if private else sentence(reply.body, commitment),
                said_on=at.date(),
                entry=reply.entry,
                locale=reply.locale,
            )
            said = [*said, msgspec.to_builtins(earlier)][-MOST_ON_A_SHELF:]
            repository.put(tx, SHELVES, key, {"said": said})


def sentence(body: str, commitment: Commitment) -> str:
    """The line of a body in which a commitment stands."""
    start = body.rfind("\n", 0, commitment.start) + 1
    end = body.find("\n", commitment.end)
    return body[start : end if end >= 0 else len(body)].strip()


def _shelves(tx: Transaction, wanted: set[str]) -> list[PastStatement]:
    table = tx.table(SHELVES)
    found = [row for key in sorted(wanted) if (row := table.get(doc_id=key)) is not None]
    return [msgspec.convert(one, PastStatement) for row in found for one in row["said"]]
