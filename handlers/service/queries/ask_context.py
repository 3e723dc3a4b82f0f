"""Looks up, in the rows, what is so around an ask: everything of `Context`.

One consistent view. What it costs must not grow with the store: every search here goes by an
index, and what several parts need is read once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from tinydb import where

from bot.detect.claims.attribution import attribute_commitments
from bot.handoff import customer_history as history
from bot.knowledge import Knowledge
from bot.model import Context, Engagement, Promised, Reading
from handlers.ports.store_port import Transaction
from handlers.service.queries.shared_history import CustomerRows, list_past, sent_of
from handlers.service.rows.send_guard_rows import reason_stopped
from handlers.store import repository

Row = Mapping[str, Any]
T = TypeVar("T")
MOST_TURNS = 100  # the last ones, of a conversation
MOST_PROMISED = 20
log = logging.getLogger("aboveboard")


def read_ask_context(
    customers: CustomerRows,
    engagement: Engagement,
    reading: Reading,
    knowledge: Knowledge,
    now: datetime,
) -> Context:
    """What is so around this ask now. What cannot be looked up is None, and the log says why."""
    tx, settings = customers.tx, knowledge.brand.customers
    conversation = engagement.place.conversation
    here = tx.table("deliveries").search(where("conversation") == conversation)
    past = list_past(customers, engagement, now - settings.shown_for, here)
    turns = _try(lambda: _list_turns(tx, conversation, here))
    promised = _try(lambda: _list_promised(here, knowledge))
    return replace(
        history.circumstances(engagement, reading, past, settings, knowledge.intents, now),
        turns=turns,
        promised=promised,
        lost=turns is None or promised is None,
        load=_count_load(tx, knowledge),
        stopped=reason_stopped(tx, conversation),
    )


def _list_turns(tx: Transaction, conversation: str, deliveries: Iterable[Row]) -> tuple[str, ...]:
    """The keys of what was written and sent in the conversation, oldest first."""
    written = [
        (datetime.fromisoformat(row["it"]["at"]), str(row.doc_id))
        for row in tx.table("messages").search(where("conversation") == conversation)
        if "it" in row and not row["deleted"]
    ]
    sent = [(at, delivery.id) for delivery, at in sent_of(deliveries)]
    return tuple(key for _, key in sorted([*written, *sent])[-MOST_TURNS:])


def _list_promised(deliveries: Iterable[Row], knowledge: Knowledge) -> tuple[Promised, ...]:
    """What replies in this conversation have committed the brand to, oldest first."""
    found = []
    for delivery, at in sent_of(deliveries):
        if delivery.notice:
            continue
        reply = delivery.reply
        made = attribute_commitments(
            reply.body, reply.locale, knowledge.published, reply.facts, at.date()
        )
        found += [Promised(c.words, at, reply.entry, c.source) for c in made]
    return tuple(found[-MOST_PROMISED:])


def _count_load(tx: Transaction, knowledge: Knowledge) -> tuple[tuple[str, int], ...]:
    """The open cards of those people whose team goes by them."""
    named = (person for team in knowledge.brand.teams if team.least_busy for person in team.people)
    return repository.count_open_by_person(tx, dict.fromkeys(named))


def _try(look: Callable[[], T]) -> T | None:
    try:
        return look()
    except Exception:
        log.exception("what is so around an ask could not be looked up")
        return None
