"""The brakes as rows: what is paused, how each channel's calls go, what went out lately.

Everything here runs inside a transaction of the store: a brake is asked, and told, in the very
transaction that sets `sending` or keeps its outcome, so a restart finds it as it was. Which brake
holds is bot/engagement/sending/send_guards.py's to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from tinydb import where

from bot.brand.limits import SendLimits
from bot.brand.settings import Brand
from bot.engagement.sending import send_guards as brakes
from bot.engagement.sending.send_guards import Breaker, Call, Circuit, Hold, Pause, Sent
from bot.handoff.identity_linking import Identity
from bot.model import Delivery, Engagement, Origin
from bot.model import events as e
from handlers.ports.store_port import Transaction
from handlers.service.commands import link_identity as links
from handlers.store import repository

PAUSES, CIRCUITS, SENDS, LOOPS = "pauses", "circuits", "sends", "loops"
INDEXES: Mapping[str, tuple[str, ...]] = {SENDS: ("at", "to", "conversation")}
DAY = timedelta(days=1)
OWN_WORDS = (Origin.EDITED, Origin.PERSON)


# what holds


def pauses(tx: Transaction) -> list[Pause]:
    return [repository.from_row(row, Pause) for row in tx.table(PAUSES)]


def breaker(tx: Transaction, channel: str) -> Breaker:
    row = tx.table(CIRCUITS).get(doc_id=channel)
    return Breaker() if row is None else repository.from_row(row, Breaker)


def looping(tx: Transaction, conversation: str) -> str:
    """Why nothing goes on by itself in this conversation; empty if nothing stopped it."""
    row = tx.table(LOOPS).get(doc_id=conversation)
    return "" if row is None else str(row["why"])


def hold(tx: Transaction, delivery: Delivery, brand: Brand, at: datetime) -> Hold | None:
    """What keeps this delivery from being called for now, if anything does."""
    place = delivery.reply.place
    return brakes.hold(
        place.channel,
        at,
        brand.limits,
        pauses=pauses(tx),
        breaker=breaker(tx, place.channel),
        recent=_recent(tx, place.channel, at),
        over_cap=delivery.over_cap,
    )


def one_too_many(tx: Transaction, delivery: Delivery, limits: SendLimits, at: datetime) -> str:
    """Why this text would be a loop in its conversation, in words; empty if it isn't one."""
    conversation = delivery.reply.place.conversation
    if delivery.notice and (why := looping(tx, conversation)):
        return why
    since = (at - DAY).isoformat()
    found = tx.table(SENDS).search(where("conversation") == conversation)
    earlier = [
        Sent(datetime.fromisoformat(row["at"]), row["text"], row["notice"], row["own"])
        for row in sorted(found, key=lambda row: str(row["at"]))
        if row["at"] > since and row.doc_id != delivery.id
    ]
    own = delivery.reply.origin in OWN_WORDS
    return brakes.loop(earlier, _digest(delivery), bool(delivery.notice), own, limits)


def sent_lately(tx: Transaction, engagement: Engagement, brand: Brand, at: datetime) -> int:
    """How many texts of ours have gone to this customer within their period, on every channel that
    they have linked."""
    since = (at - brand.limits.period).isoformat()
    theirs = links.customer(tx, Identity(engagement.place.channel, engagement.customer.id))
    keys = {_whom(one.channel, one.id, brand) for one in theirs}
    found = (row for key in keys for row in tx.table(SENDS).search(where("to") == key))
    return sum(1 for row in found if row["at"] > since)


def _whom(channel: str, author: str, brand: Brand) -> str:
    """A customer, the same on every channel of a kind: in all of a workspace, say."""
    known = brand.channels.get(channel)
    return f"{known.kind if known else channel}:{author}"


def _recent(tx: Transaction, channel: str, at: datetime) -> list[datetime]:
    found = tx.table(SENDS).search(where("at") > (at - brakes.HOUR).isoformat())
    return sorted(datetime.fromisoformat(r["at"]) for r in found if r["channel"] == channel)


# what happened


def pause(tx: Transaction, it: Pause) -> None:
    repository.put(tx, PAUSES, it.channel or "*", repository.to_row(it))


def resume(tx: Transaction, channel: str) -> Pause | None:
    """End the pause of a channel, or of all; what it was, None if nothing was paused."""
    table, key = tx.table(PAUSES), channel or "*"
    row = table.get(doc_id=key)
    table.remove(doc_ids=[key])
    return None if row is None else repository.from_row(row, Pause)


def stop_loop(tx: Transaction, conversation: str, why: str, at: datetime) -> None:
    """Nothing goes out by itself here any more, until a person's own words have."""
    repository.put(tx, LOOPS, conversation, {"why": why, "at": at.isoformat()})


def begun(
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
        "to": _whom(place.channel, engagement.customer.id, brand) if engagement else "",
        "text": _digest(delivery),
        "notice": bool(delivery.notice),
        "own": delivery.reply.origin in OWN_WORDS,
    }
    repository.put(tx, SENDS, delivery.id, row)
    circuit = breaker(tx, place.channel)
    _keep(tx, place.channel, circuit, brakes.begun(circuit))


def ended(tx: Transaction, delivery: Delivery, event: e.Event, brand: Brand, at: datetime) -> None:
    """A call has ended, or was looked up: the channel's circuit hears of it."""
    call = _CALLS.get(type(event))
    if call is None:
        return
    place = delivery.reply.place
    why = getattr(event, "why", "")
    before = breaker(tx, place.channel)
    there = at.astimezone(brand.hours.zone)
    _keep(tx, place.channel, before, brakes.after(before, call, there, brand.limits, why))
    if isinstance(event, e.SendFailed):
        tx.table(SENDS).remove(doc_ids=[delivery.id])  # it certainly did not go out
    if isinstance(event, e.Delivered) and delivery.reply.origin in OWN_WORDS:
        tx.table(LOOPS).remove(doc_ids=[place.conversation])


_CALLS: Mapping[type[e.Event], Call] = {
    e.Delivered: Call.GOOD,
    e.SendFailed: Call.BAD,
    e.SendUnknown: Call.BAD,
}


def _keep(tx: Transaction, channel: str, before: Breaker, after: Breaker) -> None:
    if before != after:
        repository.put(tx, CIRCUITS, channel, repository.to_row(after))


def _digest(delivery: Delivery) -> str:
    return sha256(" ".join(delivery.reply.body.split()).encode()).hexdigest()[:32]


# what people must know


def troubles(tx: Transaction, brand: Brand, at: datetime) -> list[str]:
    """What is stopped now, in words, for a banner: the widest first."""
    found = []
    for it in sorted(pauses(tx), key=lambda it: it.channel):
        where_ = title(brand, it.channel)
        found.append(f"{where_}: {brakes.pause_words(it)} Nothing is sent; approved replies wait.")
    for name in brand.channels:
        circuit = breaker(tx, name)
        if circuit.state is not Circuit.CLOSED:
            found.append(f"{title(brand, name)}: {brakes.circuit_words(circuit)}")
            continue
        recent = _recent(tx, name, at)
        full = brakes.hold(name, at, brand.limits, recent=recent)
        if full is not None:
            found.append(f"{title(brand, name)}: {full.why}")
    return found


def title(brand: Brand, channel: str) -> str:
    known = brand.channels.get(channel)
    if known is None:
        return channel or "Everything"
    return known.title[:1].upper() + known.title[1:]


@dataclass(frozen=True, slots=True)
class Line:
    """How sending stands for one channel, or for everything (`channel` empty)."""

    channel: str
    title: str
    pause: str  # in words; empty if it is not paused
    circuit: str  # in words; empty if calls go through
    within_hour: int
    most: int  # texts an hour; 0 where there is no such limit


def lines(tx: Transaction, brand: Brand, at: datetime) -> list[Line]:
    """Everything first, then each channel of config.yaml."""
    paused = {it.channel: brakes.pause_words(it) for it in pauses(tx)}
    found = [Line("", title(brand, ""), paused.get("", ""), "", 0, 0)]
    for name in brand.channels:
        circuit = breaker(tx, name)
        failing = "" if circuit.state is Circuit.CLOSED else brakes.circuit_words(circuit)
        sent, most = len(_recent(tx, name, at)), brand.limits.hourly_limit(name)
        found.append(Line(name, title(brand, name), paused.get(name, ""), failing, sent, most))
    return found
