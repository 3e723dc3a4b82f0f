"""Ratings as rows: what each side says of an answer, one row for an answer and a side.

Saying it again replaces what was said. A row has no words and no name in it: the answer, the side,
yes or no, and the week in which the answer was sent, by which it is counted. An answer about which
the two sides differ waits for somebody to look; whoever says otherwise afterwards asks for another
look.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tinydb import where

from bot.learning.rating import AnswerRating, RatingSide, is_social_exchange
from bot.model import Delivery, DeliveryState, Engagement
from handlers.ports.store_port import Store, Transaction
from handlers.service.learning.counters import Figure, week_of
from handlers.store import repository

TABLE = "ratings"
INDEXES: Mapping[str, tuple[str, ...]] = {TABLE: ("week", "look")}
WANTED = "wanted"  # somebody should look
SHOWN = 100  # answers to look at, the newest first


@dataclass(frozen=True, slots=True)
class Differing:
    """An answer that helped, but was no conversation; or the other way round."""

    answer: str
    engagement: str
    channel: str
    sent: str  # ISO 8601
    said: AnswerRating


def read_said(tx: Transaction, answer: str) -> AnswerRating:
    """What both sides say of an answer; nothing, if it is not known."""
    found = (tx.table(TABLE).get(doc_id=f"{answer}|{side}") for side in RatingSide)
    return AnswerRating(*(None if row is None else bool(row["yes"]) for row in found))


def save_rating(tx: Transaction, answer: Delivery, side: RatingSide, yes: bool) -> None:
    """Keep what a side says of an answer that was sent."""
    sent = datetime.fromisoformat(tx.table("deliveries").get(doc_id=answer.id)["sent"])
    row = {
        "answer": answer.id,
        "engagement": answer.engagement,
        "channel": answer.reply.place.channel,
        "sent": sent.isoformat(),
        "week": week_of(sent.date()),
        "side": side.value,
        "yes": yes,
        "look": "",
    }
    repository.put_row(tx, TABLE, f"{answer.id}|{side}", row)
    _mark_for_look(tx, answer.id, read_said(tx, answer.id).sides_differ)


def _mark_for_look(tx: Transaction, answer: str, look: bool) -> None:
    """The customer's row stands for both."""
    key = f"{answer}|{RatingSide.CUSTOMER}"
    row = tx.table(TABLE).get(doc_id=key)
    if row is not None:
        repository.put_row(tx, TABLE, key, {**row, "look": WANTED if look else ""})


def list_differing(tx: Transaction) -> list[Differing]:
    """The answers about which the two sides differ and that nobody has looked at since."""
    found = sorted(
        tx.table(TABLE).search(where("look") == WANTED),
        key=lambda row: str(row["sent"]),
        reverse=True,
    )
    return [
        Differing(
            row["answer"],
            row["engagement"],
            row["channel"],
            row["sent"],
            read_said(tx, row["answer"]),
        )
        for row in found[:SHOWN]
    ]


def list_rating_figures(tx: Transaction, today: date, weeks: int) -> list[Figure]:
    """How often customers say that an answer helped, or didn't, and how many exchanges were
    social: by the week in which the answer was sent, the newest first."""
    found: list[Figure] = []
    for back in range(weeks):
        week = week_of(today - timedelta(weeks=back))
        sums: dict[tuple[str, str, str], int] = {}
        for row in tx.table(TABLE).search(where("week") == week):
            for what, name in _counted(tx, row):
                key = (what, name, row["channel"])
                sums[key] = sums.get(key, 0) + 1
        found += (Figure(week, c, what, name, n) for (what, name, c), n in sorted(sums.items()))
    return found


def _counted(tx: Transaction, row: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if row["side"] != RatingSide.CUSTOMER:
        return
    yield "helped", "yes" if row["yes"] else "no"
    engagement = repository.load_engagement(tx, row["engagement"])
    both = read_said(tx, row["answer"])
    if engagement is not None and is_social_exchange(both.customer, both.staff, engagement):
        yield "social", ""


class Ratings:
    """What the pages ask. Everything that returns after an await returns after the commit."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def by_customer(self, conversation: str, answer: str, yes: bool) -> bool:
        """False, and nothing is kept, if nobody was sent such an answer in this conversation."""

        def write(tx: Transaction) -> bool:
            found = _load_answer(tx, answer)
            if found is None or found.reply.place.conversation != conversation:
                return False
            save_rating(tx, found, RatingSide.CUSTOMER, yes)
            return True

        return await self._store.write(write)

    async def by_staff(self, engagement: str, yes: bool) -> bool:
        """Of the last answer of an engagement. False if none was sent."""

        def write(tx: Transaction) -> bool:
            found = _load_last(tx, engagement)
            if found is None:
                return False
            save_rating(tx, found, RatingSide.STAFF, yes)
            return True

        return await self._store.write(write)

    async def acknowledge_look(self, answer: str) -> None:
        """Somebody has looked at what the two sides say."""
        await self._store.write(lambda tx: _mark_for_look(tx, answer, False))

    def read_of_answer(self, answer: str) -> AnswerRating:
        return self._store.read(lambda tx: read_said(tx, answer))

    def read_of_engagement(self, engagement: str) -> AnswerRating | None:
        """Of its last answer; None if none was sent."""

        def read(tx: Transaction) -> AnswerRating | None:
            found = _load_last(tx, engagement)
            return None if found is None else read_said(tx, found.id)

        return self._store.read(read)


def _load_last(tx: Transaction, engagement: str) -> Delivery | None:
    found = repository.load_engagement(tx, engagement)
    return (
        _load_answer(tx, found.proposal.delivery)
        if found is not None and found.proposal.delivery
        else None
    )


def _load_answer(tx: Transaction, key: str) -> Delivery | None:
    """A reply that was sent: no notice, and not of a sample, which counts for nothing."""
    it = repository.load_delivery(tx, key)
    if it is None or it.notice or it.state is not DeliveryState.SENT:
        return None
    engagement: Engagement | None = repository.load_engagement(tx, it.engagement)
    return None if engagement is None or engagement.sample else it
