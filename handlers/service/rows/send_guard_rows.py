"""The send guards' rows: what is paused, how each channel's calls go, what went out lately.

Everything here runs inside a transaction of the store: a guard is asked, and told, in the very
transaction that sets `sending` or keeps its outcome, so a restart finds it as it was. Which guard
holds is bot/engagement/sending/send_guards.py's to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from tinydb import where

from bot.brand.limits import SendLimits
from bot.brand.settings import Brand
from bot.engagement.sending import send_guards
from bot.engagement.sending.send_guards import Breaker, Call, Hold, Pause, Sent
from bot.model import Delivery, Engagement, Identity, Origin, Reason
from bot.model import events as e
from handlers.ports.store_port import Transaction
from handlers.store import repository

PAUSES, CIRCUITS, SENDS, LOOPS = "pauses", "circuits", "sends", "loops"
INDEXES: Mapping[str, tuple[str, ...]] = {SENDS: ("at", "to", "conversation")}
DAY = timedelta(days=1)
OWN_WORDS = (Origin.EDITED, Origin.PERSON)


# what holds


def list_pauses(tx: Transaction) -> list[Pause]:
    return [repository.read_row(row, Pause) for row in tx.table(PAUSES)]


def load_breaker(tx: Transaction, channel: str) -> Breaker:
    row = tx.table(CIRCUITS).get(doc_id=channel)
    return Breaker() if row is None else repository.read_row(row, Breaker)


def reason_stopped(tx: Transaction, conversation: str) -> Reason | None:
    """Why nothing goes on by itself in this conversation; None if nothing stopped it."""
    row = tx.table(LOOPS).get(doc_id=conversation)
    return None if row is None else repository.read_value(row["why"], Reason)


def find_hold(tx: Transaction, delivery: Delivery, brand: Brand, at: datetime) -> Hold | None:
    """What keeps this delivery from being called for now, if anything does."""
    place = delivery.reply.place
    return send_guards.hold(
        place.channel,
        at,
        brand.limits,
        pauses=list_pauses(tx),
        breaker=load_breaker(tx, place.channel),
        recent=list_recent_calls(tx, place.channel, at),
        over_cap=delivery.over_cap,
    )


def reason_it_loops(
    tx: Transaction, delivery: Delivery, limits: SendLimits, at: datetime
) -> Reason | None:
    """Why this text would be a loop in its conversation; None if it isn't one."""
    conversation = delivery.reply.place.conversation
    if delivery.notice and (why := reason_stopped(tx, conversation)):
        return why
    since = (at - DAY).isoformat()
    found = tx.table(SENDS).search(where("conversation") == conversation)
    earlier = [
        Sent(datetime.fromisoformat(row["at"]), row["text"], row["notice"], row["own"])
        for row in sorted(found, key=lambda row: str(row["at"]))
        if row["at"] > since and row.doc_id != delivery.id
    ]
    own = delivery.reply.origin in OWN_WORDS
    return send_guards.find_loop(earlier, _digest_of(delivery), bool(delivery.notice), own, limits)


def count_sent_lately(
    tx: Transaction, customer: Iterable[Identity], brand: Brand, at: datetime
) -> int:
    """How many texts of ours have gone to a customer within their period, on every channel that
    they have linked."""
    since = (at - brand.limits.period).isoformat()
    keys = {_customer_key(one.channel, one.id, brand) for one in customer}
    found = (row for key in keys for row in tx.table(SENDS).search(where("to") == key))
    return sum(1 for row in found if row["at"] > since)


def _customer_key(channel: str, author: str, brand: Brand) -> str:
    """A customer, the same on every channel of a kind: in all of a workspace, say."""
    known = brand.channels.get(channel)
    return f"{known.kind if known else channel}:{author}"


def list_recent_calls(tx: Transaction, channel: str, at: datetime) -> list[datetime]:
    found = tx.table(SENDS).search(where("at") > (at - send_guards.HOUR).isoformat())
    return sorted(datetime.fromisoformat(r["at"]) for r in found if r["channel"] == channel)


# what happened


def save_pause(tx: Transaction, it: Pause) -> None:
    repository.put_row(tx, PAUSES, it.channel or "*", repository.make_row(it))


def end_pause(tx: Transaction, channel: str) -> Pause | None:
    """End the pause of a channel, or of all; what it was, None if nothing was paused."""
    table, key = tx.table(PAUSES), channel or "*"
    row = table.get(doc_id=key)
    table.remove(doc_ids=[key])
    return None if row is None else repository.read_row(row, Pause)


def stop_conversation(tx: Transaction, conversation: str, why: Reason, at: datetime) -> None:
    """Nothing goes out by itself here any more, until a person's own words have."""
    repository.put_row(tx, LOOPS, conversation, {"why": why, "at": at.isoformat()})


def note_call_began(
    tx: Transaction, delivery: Delivery, engagement: Engagement | None, brand: Brand, at: datetime
) -> None:
    """A call begins: it counts from now on. What no limit needs any more is forgotten."""
    place = delivery.reply.place
    table = tx.table(SENDS)
    table.remove(where("at") < (at - brand.limits.memory_span).isoformat())
    row = {
        "at": at.isoformat(),
        "channel": place.channel,
        "conversation": place.conversation,
        "to": _customer_key(place.channel, engagement.customer.id, brand) if engagement else "",
        "text": _digest_of(delivery),
        "notice": bool(delivery.notice),
        "own": delivery.reply.origin in OWN_WORDS,
    }
    repository.put_row(tx, SENDS, delivery.id, row)
    circuit = load_breaker(tx, place.channel)
    _save_breaker(tx, place.channel, circuit, send_guards.begun(circuit))


def note_call_ended(
    tx: Transaction, delivery: Delivery, event: e.Event, brand: Brand, at: datetime
) -> None:
    """A call has ended, or was looked up: the channel's circuit hears of it."""
    call = _CALLS.get(type(event))
    if call is None:
        return
    place = delivery.reply.place
    why = getattr(event, "why", "")
    before = load_breaker(tx, place.channel)
    there = at.astimezone(brand.hours.zone)
    _save_breaker(
        tx, place.channel, before, send_guards.after(before, call, there, brand.limits, why)
    )
    if isinstance(event, e.SendFailed):
        tx.table(SENDS).remove(doc_ids=[delivery.id])  # it certainly did not go out
    if isinstance(event, e.Delivered) and delivery.reply.origin in OWN_WORDS:
        tx.table(LOOPS).remove(doc_ids=[place.conversation])


_CALLS: Mapping[type[e.Event], Call] = {
    e.Delivered: Call.GOOD,
    e.SendFailed: Call.BAD,
    e.SendUnknown: Call.BAD,
}


def _save_breaker(tx: Transaction, channel: str, before: Breaker, after: Breaker) -> None:
    if before != after:
        repository.put_row(tx, CIRCUITS, channel, repository.make_row(after))


def _digest_of(delivery: Delivery) -> str:
    return sha256(" ".join(delivery.reply.body.split()).encode()).hexdigest()[:32]
