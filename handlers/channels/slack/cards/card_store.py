"""Which card stands where in the review channel: one row an engagement, in the store.

A row without a timestamp is written before the card is posted. Found after a crash, it says that a
post may be there: it is looked for before another is made, so that no engagement has two cards.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

from handlers.ports.store_port import Store

TABLE: Final = "slack_cards"


@dataclass(frozen=True, slots=True)
class CardPlace:
    """`begun`: when the post began, as a Slack timestamp. `drawn`: a hash of what it shows."""

    engagement: str
    room: str
    begun: str
    ts: str = ""
    drawn: str = ""


class CardStore:
    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, engagement: str) -> CardPlace | None:
        row = self._store.read(lambda tx: tx.table(TABLE).get(doc_id=engagement))
        return None if row is None else CardPlace(**row)

    def all(self) -> list[CardPlace]:
        return [CardPlace(**row) for row in self._store.read(lambda tx: tx.table(TABLE).all())]

    async def put(self, place: CardPlace) -> None:
        await self._store.write(lambda tx: tx.table(TABLE).put(place.engagement, asdict(place)))

    async def forget(self, engagement: str) -> None:
        await self._store.write(lambda tx: tx.table(TABLE).remove(doc_ids=[engagement]))
