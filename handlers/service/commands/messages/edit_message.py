"""A message has other words: its author edited it."""

from __future__ import annotations

from dataclasses import replace

from bot.handoff.identity_linking import code_in
from bot.model import Message
from bot.model import events as e
from handlers.service.commands.messages.delete_message import delete_message
from handlers.service.commands.messages.receive_message import hide_codes, make_storable
from handlers.service.commands.steps.step_engagement import step_engagement
from handlers.service.rows.identity_link_rows import void_codes
from handlers.service.unit_of_work import UnitOfWork
from handlers.store import repository


def edit_message(unit: UnitOfWork, message: Message) -> bool:
    """A message's new words (same id, any later revision). False if nothing changed."""
    if code_in(message.text):  # a code is sent, not slipped in afterwards
        void_codes(unit.tx, message.text)
        return delete_message(unit, message.id)
    message = hide_codes(unit, make_storable(message))
    row = unit.tx.table("messages").get(doc_id=message.id)
    if row is None or "it" not in row or row["deleted"]:
        return False
    before = repository.read_row(row, Message)
    overtaken = 0 < message.revision <= before.revision  # a later edit came first
    if before.text == message.text or overtaken:
        return False
    after = replace(message, revision=max(before.revision + 1, message.revision))
    repository.change_words(unit.tx, after)
    if row["new_in"]:
        return True
    engagement = repository.load_engagement(unit.tx, row["engagement"])
    if engagement is None:
        return False
    step_engagement(unit, engagement, e.MessageEdited(unit.at, after))
    return True
