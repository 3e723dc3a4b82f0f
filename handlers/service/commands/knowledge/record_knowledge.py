"""What is in force goes on the record: what changed of rules and facts, and who has followed it."""

from __future__ import annotations

from handlers.ports.store_port import Transaction
from handlers.service.record.rules_in_force import TABLE
from handlers.service.unit_of_work import UnitOfWork
from handlers.store import repository

FOLLOWED = "followed"


def record_knowledge(unit: UnitOfWork) -> None:
    """Rules and facts as they are now: the record says what changed since the last look."""
    unit.tools.ledger.append_changes(unit.tx, unit.knowledge, unit.at)


def note_followed(unit: UnitOfWork, version: str) -> None:
    """Every waiting card has followed this version."""
    repository.put_row(unit.tx, TABLE, FOLLOWED, {"version": version})


def read_followed(tx: Transaction) -> str:
    """The version that every waiting card has followed; empty: none yet."""
    row = tx.table(TABLE).get(doc_id=FOLLOWED)
    return str(row["version"]) if row else ""
