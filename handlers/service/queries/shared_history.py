"""A customer's past, from the rows: what they said to us and we to them, and nothing overheard.

Every search goes by an index: what it costs grows with what this one customer wrote, not with the
store. Who belongs together says handlers/service/rows/identity_link_rows.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tinydb import where

from bot.brand.settings import Brand
from bot.handoff.customer_history import Past
from bot.model import Audience, Delivery, Engagement, Identity, Origin, Person
from handlers.ports.service_port import Spoken
from handlers.ports.store_port import Transaction
from handlers.service.rows.identity_link_rows import list_identities
from handlers.store import repository


@dataclass(slots=True)
class CustomerRows:
    """The rows of customers in one transaction, each read once. Whoever saves an engagement takes
    a new one: what was read of asks may be old."""

    tx: Transaction
    _identities: dict[Identity, tuple[Identity, ...]] = field(default_factory=dict)
    _asks: dict[Identity, list[Engagement]] = field(default_factory=dict)

    def list_identities(self, who: Identity) -> tuple[Identity, ...]:
        """All identities of this customer, this one first."""
        if who not in self._identities:
            self._identities[who] = list_identities(self.tx, who)
        return self._identities[who]

    def list_asks(self, who: Identity) -> list[Engagement]:
        """What this customer asked us, by any of their identities."""
        if who not in self._asks:
            table = self.tx.table("engagements")
            found = (
                repository.read_row(row, Engagement)
                for one in self.list_identities(who)
                for row in table.search(where("who") == one.key)
            )
            self._asks[who] = [ask for ask in found if ask.spoke_to_us]
        return self._asks[who]


def list_past(
    customers: CustomerRows, ask: Engagement, since: datetime, here: Iterable[Mapping[str, Any]]
) -> list[Past]:
    """All asks of this customer's, and for those since then what was sent. The oldest first.

    `here`: the rows of the deliveries in the ask's own conversation.
    """
    own = tuple(here)

    def past_of(one: Engagement) -> Past:
        if one.opened < since:
            return Past(one)
        if one.place.conversation == ask.place.conversation:
            sent = sent_of(row for row in own if row.get("engagement") == one.id)
        else:
            sent = list_sent(customers.tx, one)
        return Past(
            one,
            replies=tuple(at for delivery, at in sent if not delivery.notice),
            notices=tuple(at for delivery, at in sent if delivery.notice),
        )

    found = map(past_of, customers.list_asks(ask.identity))
    return sorted(found, key=lambda past: past.ask.opened)


def list_spoken(
    tx: Transaction, ask: Engagement, viewer: Person | None, brand: Brand, now: datetime
) -> list[Spoken]:
    """The turns of this customer's other conversations with us, the oldest first.

    What was said in private is only for those who decide; what is too old is for nobody.
    """
    since = now - brand.customers.shown_for
    turns: list[Spoken] = []
    for past in CustomerRows(tx).list_asks(ask.identity):
        private = past.audience is Audience.PRIVATE
        if past.place.conversation == ask.place.conversation:
            continue
        if private and (viewer is None or not viewer.may_decide):
            continue
        channel = brand.channels.get(past.place.channel)
        title = channel.title if channel else past.place.channel
        turns += (Spoken(m.at, title, private, False, m.text) for m in past.messages)
        turns += (Spoken(at, title, private, True, d.reply.body) for d, at in list_sent(tx, past))
    return sorted((turn for turn in turns if turn.at >= since), key=lambda turn: turn.at)


def list_private_texts(customers: CustomerRows, ask: Engagement) -> tuple[str, ...]:
    """What a customer told us where only we read, whenever it was said, and what our people wrote
    back in their own words: it must not surface where others read."""
    texts: list[str] = []
    for past in customers.list_asks(ask.identity):
        if past.audience is not Audience.PRIVATE or past.id == ask.id:
            continue
        texts += (past.customer.name, *(m.text for m in past.messages))
        own = (Origin.EDITED, Origin.PERSON)
        sent = list_sent(customers.tx, past)
        texts += (d.reply.body for d, _ in sent if d.reply.origin in own)
    return tuple(text for text in texts if text)


def list_sent(tx: Transaction, ask: Engagement) -> list[tuple[Delivery, datetime]]:
    """What was sent in answer to an ask, with when."""
    return sent_of(tx.table("deliveries").search(where("engagement") == ask.id))


def sent_of(rows: Iterable[Mapping[str, Any]]) -> list[tuple[Delivery, datetime]]:
    """Of these rows, the deliveries that were sent, with when."""
    return [
        (repository.read_row(row, Delivery), datetime.fromisoformat(row["sent"]))
        for row in rows
        if row["sent"]
    ]
