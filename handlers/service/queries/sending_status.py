"""How sending stands, in words for people: what is stopped, and each channel's line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.brand.settings import Brand
from bot.engagement.sending import send_guards
from bot.engagement.sending.send_guards import Circuit
from handlers.ports.store_port import Transaction
from handlers.service.rows.send_guard_rows import list_pauses, list_recent_calls, load_breaker


def list_troubles(tx: Transaction, brand: Brand, at: datetime) -> list[str]:
    """What is stopped now, in words, for a banner: the widest first."""
    found = []
    for it in sorted(list_pauses(tx), key=lambda it: it.channel):
        where_ = title_of(brand, it.channel)
        found.append(
            f"{where_}: {send_guards.pause_words(it)} Nothing is sent; approved replies wait."
        )
    for name in brand.channels:
        circuit = load_breaker(tx, name)
        if circuit.state is not Circuit.CLOSED:
            found.append(f"{title_of(brand, name)}: {send_guards.circuit_words(circuit)}")
            continue
        recent = list_recent_calls(tx, name, at)
        full = send_guards.hold(name, at, brand.limits, recent=recent)
        if full is not None:
            found.append(f"{title_of(brand, name)}: {full.why}")
    return found


def title_of(brand: Brand, channel: str) -> str:
    known = brand.channels.get(channel)
    if known is None:
        return channel or "Everything"
    return known.title[:1].upper() + known.title[1:]


@dataclass(frozen=True, slots=True)
class SendingLine:
    """How sending stands for one channel, or for everything (`channel` empty)."""

    channel: str
    title: str
    pause: str  # in words; empty if it is not paused
    circuit: str  # in words; empty if calls go through
    within_hour: int
    most: int  # texts an hour; 0 where there is no such limit


def list_sending_lines(tx: Transaction, brand: Brand, at: datetime) -> list[SendingLine]:
    """Everything first, then each channel of config.yaml."""
    paused = {it.channel: send_guards.pause_words(it) for it in list_pauses(tx)}
    found = [SendingLine("", title_of(brand, ""), paused.get("", ""), "", 0, 0)]
    for name in brand.channels:
        circuit = load_breaker(tx, name)
        failing = "" if circuit.state is Circuit.CLOSED else send_guards.circuit_words(circuit)
        sent, most = len(list_recent_calls(tx, name, at)), brand.limits.hourly_limit(name)
        found.append(
            SendingLine(name, title_of(brand, name), paused.get(name, ""), failing, sent, most)
        )
    return found
