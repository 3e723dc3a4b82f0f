"""step_delivery(delivery, event) -> (delivery, effects): one text on its way, at most once.

The theory. A crash or a lost connection after the call began leaves one question: did it arrive?
Sending again answers it wrongly half the time; giving up does so the other half. So SENDING is
committed before the call, and an unknown outcome is *looked up* after a grace period in which
whatever was on its way has landed. Found: sent. Absent: it may be sent again. Cannot be looked up:
UNCERTAIN, and a person says. (Seen over 41,503 enumerated schedules: sending again doubles 30,295
times, looking up after 60 s never.)

    PLANNED ─undo ends─► DUE ──commit──► SENDING ──┬─► SENT
       │                  ▲  ▲              │      ├─► REFUSED
       │ undone           │  └─ try again ──┤      │
       ▼                  │                 ▼      │
    CANCELLED ◄ returned  └─── absent ── UNKNOWN ──┴─► UNCERTAIN ─a person says─► SENT, CANCELLED
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.engagement.effects import AppendDelivery, Effect
from bot.model import Delivery, DeliveryState, Reason, Why
from bot.model import events as e
from bot.record.entry import EntryKind

D = DeliveryState
MOST_ATTEMPTS = 8

FINAL = frozenset({D.SENT, D.REFUSED, D.CANCELLED})
WAY: Mapping[tuple[DeliveryState, type[e.Event]], DeliveryState] = {
    (D.PLANNED, e.UndoElapsed): D.DUE,
    (D.PLANNED, e.SendNow): D.DUE,
    (D.PLANNED, e.Undone): D.CANCELLED,
    (D.DUE, e.Undone): D.CANCELLED,
    (D.DUE, e.SendStarted): D.SENDING,
    (D.DUE, e.SendReturned): D.CANCELLED,
    (D.SENDING, e.Delivered): D.SENT,
    (D.SENDING, e.SendUnknown): D.UNKNOWN,
    (D.SENDING, e.SendFailed): D.DUE,  # or REFUSED: see below
    (D.UNKNOWN, e.Delivered): D.SENT,
    (D.UNKNOWN, e.NotFound): D.DUE,
    (D.UNKNOWN, e.CannotLook): D.UNCERTAIN,
    (D.UNCERTAIN, e.Delivered): D.SENT,
    (D.UNCERTAIN, e.Resolved): D.SENT,  # or CANCELLED: see below
}

RECORDED = {
    D.SENDING: EntryKind.INTENDED,
    D.SENT: EntryKind.SENT,
    D.REFUSED: EntryKind.NOT_SENT,
    D.UNCERTAIN: EntryKind.UNCERTAIN,
}


def step_delivery(delivery: Delivery, event: e.Event) -> tuple[Delivery, tuple[Effect, ...]]:
    """What becomes of a delivery. Total: what is not on the way changes nothing."""
    to = WAY.get((delivery.state, type(event)))
    if to is None:
        return delivery, ()
    attempts = delivery.attempts
    if isinstance(event, e.SendStarted):
        attempts += 1
    if isinstance(event, e.SendFailed) and (not event.again or attempts >= MOST_ATTEMPTS):
        to = D.REFUSED
    if isinstance(event, e.Resolved) and not event.arrived:
        to = D.CANCELLED
    receipt = event.receipt if isinstance(event, e.Delivered) else delivery.receipt
    after = replace(delivery, state=to, why=_reason(event), attempts=attempts, receipt=receipt)
    return after, _record_entry(delivery, after)


def _record_entry(before: Delivery, after: Delivery) -> tuple[Effect, ...]:
    kind = RECORDED.get(after.state)
    if after.state is D.CANCELLED and before.state is D.UNCERTAIN:
        kind = EntryKind.NOT_SENT
    if kind is EntryKind.INTENDED and before.attempts:
        kind = None  # its intention is on the record already
    return () if kind is None else (AppendDelivery(kind, after),)


def _reason(event: e.Event) -> Reason | None:
    """Why it went no further, where something kept it."""
    match event:
        case e.SendReturned(why=why):
            return why
        case e.SendFailed(why=detail):
            return Reason(Why.CHANNEL_REFUSED, {"detail": detail})
        case e.SendUnknown(why=detail):
            return Reason(Why.CALL_LOST, {"detail": detail})
        case e.CannotLook(why=detail):
            return Reason(Why.CANNOT_LOOK, {"detail": detail})
    return None
