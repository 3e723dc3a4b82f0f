"""A customer's past, from the rows: what they said to us and we to them, and nothing overheard.

Every search goes by an index: what it costs grows with what this one customer wrote, not with the
store. Who belongs together says handlers/service/commands/link_identity.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tinydb import where

from bot.brand.settings import Brand
from bot.handoff.customer_history import Past
from bot.handoff.identity_linking import Identity, customer_of, spoke_to_us
from bot.model import Audience, Delivery, Engagement, Origin, Person
from handlers.ports.service_port import Spoken
from handlers.ports.store_port import Transaction
from handlers.service.commands import link_identity as links
from handlers.store import repository


def past_of(tx: Transaction, ask: Engagement, since: datetime) -> list[Past]:
    """All asks of this customer's, and for those since then what was sent. The oldest first."""
    who = links.customer(tx, customer_of(ask))
    found = [_past(tx, one) if one.opened >= since else Past(one) for one in _asks(tx, who)]
    return sorted(found, key=lambda past: past.ask.opened)


def spoken(
    tx: Transaction, ask: Engagement, viewer: Person | None, brand: Brand, now: datetime
) -> list[Spoken]:
    """The turns of this customer's other conversations with us, the oldest first.

    What was said in private is only for those who decide; what is too old is for nobody.
    """
    since = now - brand.customers.shown_for
    turns: list[Spoken] = []
    for past in _asks(tx, links.customer(tx, customer_of(ask))):
        private = past.audience is Audience.PRIVATE
        if past.place.conversation == ask.place.conversation:
            continue
        if private and (viewer is None or not viewer.may_decide):
            continue
        channel = brand.channels.get(past.place.channel)
        title = channel.title if channel else past.place.channel
        turns += (Spoken(m.at, title, private, False, m.text) for m in past.messages)
        turns += (Spoken(at, title, private, True, d.reply.body) for d, at in _sent(tx, past))
    return sorted((turn for turn in turns if turn.at >= since), key=lambda turn: turn.at)


def list_private_texts(tx: Transaction, ask: Engagement) -> tuple[str, ...]:
    """What a customer told us where only we read, and what our people wrote back there in their own
    words, whenever it was: it must not surface where others read."""
    texts: list[str] = []
    for past in _asks(tx, links.customer(tx, customer_of(ask))):
        if past.audience is not Audience.PRIVATE or past.id == ask.id:
            continue
        texts += (past.customer.name, *(m.text for m in past.messages))
        own = (Origin.EDITED, Origin.PERSON)
        texts += (d.reply.body for d, _ in _sent(tx, past) if d.reply.origin in own)
    return tuple(text for text in texts if text)


def _asks(tx: Transaction, who: Iterable[Identity]) -> Iterable[Engagement]:
    """What these identities asked us."""
    for identity in who:
        for row in tx.table("engagements").search(where("who") == identity.key):
            ask = repository.read_row(row, Engagement)
            if spoke_to_us(ask):
                yield ask


def _past(tx: Transaction, ask: Engagement) -> Past:
    sent = _sent(tx, ask)
    return Past(
        ask,
        replies=tuple(at for delivery, at in sent if not delivery.notice),
        notices=tuple(at for delivery, at in sent if delivery.notice),
    )


def _sent(tx: Transaction, ask: Engagement) -> list[tuple[Delivery, datetime]]:
    found = tx.table("deliveries").search(where("engagement") == ask.id)
    return [
        (repository.read_row(row, Delivery), datetime.fromisoformat(row["sent"]))
        for row in found
        if row["sent"]
    ]
