"""Somebody of the brand's wrote in the conversation itself: a person is talking there."""

from __future__ import annotations

from bot.model import Person
from bot.model import events as e
from handlers.service.commands.steps.step_engagement import step_engagement
from handlers.service.unit_of_work import UnitOfWork
from handlers.store import repository


def record_staff_reply(unit: UnitOfWork, conversation: str, person: Person, key: str) -> bool:
    """Tell every open ask of the conversation. False if this `key` was counted, or none is open."""
    if unit.tx.table("messages").contains(doc_id=key):
        return False
    row = {"conversation": conversation, "staff": person.id}
    repository.put_row(unit.tx, "messages", key, row)
    found = repository.list_open_in_conversation(unit.tx, conversation)
    for engagement in found:
        step_engagement(unit, engagement, e.StaffSpoke(unit.at, person))
    return bool(found)
