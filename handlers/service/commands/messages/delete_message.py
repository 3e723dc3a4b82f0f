"""A message is taken back by its author: its words go, whatever became of it."""

from __future__ import annotations

from bot.model import Message
from bot.model import events as e
from handlers.service.commands.steps.step_engagement import step_engagement
from handlers.service.unit_of_work import UnitOfWork
from handlers.store import repository


def delete_message(unit: UnitOfWork, message: str) -> bool:
    """A message was taken back. False if it is not known."""
    row = unit.tx.table("messages").get(doc_id=message)
    if row is None or "it" not in row or row["deleted"]:
        return False
    repository.erase_message(unit.tx, repository.read_row(row, Message))
    if row["new_in"]:
        return True
    engagement = repository.load_engagement(unit.tx, row["engagement"])
    if engagement is None:
        return False
    step_engagement(unit, engagement, e.MessageDeleted(unit.at, message))
    return True
