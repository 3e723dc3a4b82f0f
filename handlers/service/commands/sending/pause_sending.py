"""Stopping all sending, or a channel's, and going on: one work for the desk and the command.

Paused, nothing is sent: replies and notices wait as they are, messages are still taken, cards are
still drawn. It is a power of the host's, so it always has a reason, and stands on the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.brand.settings import Brand
from bot.engagement.sending.send_guards import EVERYWHERE, Pause
from bot.knowledge import Knowledge
from bot.model.errors import StoreError, did_you_mean
from bot.record.entry import EntryKind
from handlers.ports.service_port import Change
from handlers.ports.store_port import Transaction
from handlers.service.queries.sending_status import title_of
from handlers.service.record.ledger import Ledger
from handlers.service.rows.send_guard_rows import end_pause, list_pauses, save_pause
from handlers.service.unit_of_work import UnitOfWork
from handlers.store import repository

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Stop:
    """`by` is a name, for colleagues; `role` is who it was, for everybody. `go_on`: resume."""

    by: str
    role: str
    channel: str = EVERYWHERE
    reason: str = ""
    go_on: bool = False


def pause_sending(unit: UnitOfWork, stop: Stop) -> str:
    """Stop, or go on: what became of it, in words. Every open card is drawn anew. Raises
    StoreError with the mend."""
    words = change_pause(unit.tx, stop, unit.tools.ledger, unit.knowledge, unit.at)
    cards = repository.list_open_engagements(unit.tx)
    unit.changes += [Change(it.id, it.place.conversation) for it in cards]
    return words


def change_pause(
    tx: Transaction, stop: Stop, ledger: Ledger, knowledge: Knowledge, at: datetime
) -> str:
    """Do it, with its entry on the record; what is so now, in words. Raises StoreError."""
    brand = knowledge.brand
    if stop.channel and stop.channel not in brand.channels:
        mend = did_you_mean(stop.channel, brand.channels)
        raise StoreError(f"There is no channel “{stop.channel}”. {mend}".rstrip())
    return (
        _resume(tx, stop, ledger, knowledge, at)
        if stop.go_on
        else _pause(tx, stop, ledger, knowledge, at)
    )


def _pause(tx: Transaction, stop: Stop, ledger: Ledger, knowledge: Knowledge, at: datetime) -> str:
    reason = " ".join(stop.reason.split())[:LONGEST_REASON]
    if not reason:
        raise StoreError("Nothing was paused: say why, so that everybody knows.")
    brand = knowledge.brand
    before = [it for it in list_pauses(tx) if it.channel == stop.channel]
    pause = Pause(stop.by, at.astimezone(brand.hours.zone), reason, stop.channel)
    save_pause(tx, pause)
    why = f"By {stop.role}{_for_whom(brand, stop.channel)}: {reason}"
    ledger.append_pause(tx, EntryKind.PAUSED, stop.channel, why, knowledge, at)
    again = " It was paused already; the reason is new." if before else ""
    return f"{_what(brand, stop.channel)} paused. Nothing is sent until it is resumed.{again}"


def _resume(tx: Transaction, stop: Stop, ledger: Ledger, knowledge: Knowledge, at: datetime) -> str:
    brand = knowledge.brand
    was = end_pause(tx, stop.channel)
    others = list_pauses(tx)
    rest = "".join(f" Still paused: {title_of(brand, it.channel)}." for it in others)
    if was is None:
        return f"{_what(brand, stop.channel)} not paused; nothing changed.{rest}"
    reason = " ".join(stop.reason.split())[:LONGEST_REASON]
    why = f"By {stop.role}{_for_whom(brand, stop.channel)}" + (f": {reason}" if reason else ".")
    ledger.append_pause(tx, EntryKind.RESUMED, stop.channel, why, knowledge, at)
    goes = "is judged again, then sent"
    return f"{_what(brand, stop.channel)} resumed. What waited {goes}.{rest}"


def _what(brand: Brand, channel: str) -> str:
    return f"{title_of(brand, channel)} is" if channel else "Everything is"


def _for_whom(brand: Brand, channel: str) -> str:
    return f", for {title_of(brand, channel)}" if channel else ", for every channel"
