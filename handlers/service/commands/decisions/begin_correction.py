"""Somebody says that an entry of the record is wrong: it is tracked until a person decides."""

from __future__ import annotations

from bot.record.correction import Correction
from handlers.service.rows.correction_rows import save_correction
from handlers.service.unit_of_work import UnitOfWork


def begin_correction(unit: UnitOfWork, entry: str, words: str, contact: str) -> str | None:
    """Track it; its key, or None without such an entry. The words are for people's eyes."""
    ledger = unit.tools.ledger
    if not ledger.has_entry(unit.tx, entry):
        return None
    correction = Correction(unit.tools.new_id(), entry, words, contact, unit.at)
    save_correction(unit.tx, correction)
    ledger.append_correction(unit.tx, entry, correction.key, unit.knowledge, unit.at)
    return correction.key
