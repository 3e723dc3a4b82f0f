"""Looks up, in the rows, what is so around an ask: everything of `Circumstances`.

One consistent view of what is committed. What it costs must not grow with the store: every search
here goes by an index.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from tinydb import where

from bot.detect.claims.attribution import attribute_commitments
from bot.handoff import customer_history as history
from bot.knowledge import Knowledge
from bot.model import Circumstances, Engagement, Promised, Reading
from handlers.ports.store_port import Transaction
from handlers.service.commands import guard_sending as brakes
from handlers.service.queries.shared_history import past_of
from handlers.store import repository

T = TypeVar("T")
MOST_TURNS = 100  # the last ones, of a conversation
MOST_PROMISED = 20
log = logging.getLogger("aboveboard")


def circumstances(
    tx: Transaction, engagement: Engagement, reading: Reading, knowledge: Knowledge, now: datetime
) -> Circumstances:
    """What is so around this ask now. What cannot be looked up is None, and the log says why."""
    settings = knowledge.brand.customers
    past = past_of(tx, engagement, now - settings.shown_for)
    said = _tried(lambda: turns(tx, engagement))
    told = _tried(lambda: promised(tx, engagement, knowledge))
    return replace(
        history.circumstances(engagement, reading, past, settings, knowledge.intents, now),
        turns=said,
        promised=told,
        lost=said is None or told is None,
        load=load(tx, knowledge),
        stopped=brakes.looping(tx, engagement.place.conversation),
    )


def turns(tx: Transaction, engagement: Engagement) -> tuple[str, ...]:
    """The keys of what was written and sent in the conversation, oldest first."""
    here = where("conversation") == engagement.place.conversation
    written = [
        (datetime.fromisoformat(row["it"]["at"]), str(row.doc_id))
        for row in tx.table("messages").search(here)
        if "it" in row and not row["deleted"]
    ]
    sent = [
        (datetime.fromisoformat(row["sent"]), str(row.doc_id))
        for row in tx.table("deliveries").search(here)
        if row["sent"]
    ]
    return tuple(key for _, key in sorted([*written, *sent])[-MOST_TURNS:])


def promised(tx: Transaction, engagement: Engagement, knowledge: Knowledge) -> tuple[Promised, ...]:
    """What replies in this conversation have committed the brand to, oldest first."""
    found = []
    for at, delivery in repository.sent_replies(tx, engagement.place.conversation):
        reply = delivery.reply
        made = attribute_commitments(
            reply.body, reply.locale, knowledge.published, reply.facts, at.date()
        )
        found += [Promised(c.words, at, reply.entry, c.source) for c in made]
    return tuple(found[-MOST_PROMISED:])


def load(tx: Transaction, knowledge: Knowledge) -> tuple[tuple[str, int], ...]:
    """The open cards of those people whose team goes by them."""
    named = (person for team in knowledge.brand.teams if team.least_busy for person in team.people)
    return repository.load(tx, dict.fromkeys(named))


def _tried(look: Callable[[], T]) -> T | None:
    try:
        return look()
    except Exception:
        log.exception("what is so around an ask could not be looked up")
        return None
