"""A person decides on a correction; what was wrong is put right in every conversation that was
told the same, by a card that is approved like any other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.brand.business_hours import answer_due_at
from bot.model import Clock, Delivery, Engagement, Person, State, Understanding
from bot.model import events as e
from bot.model.reply import address
from bot.record.correction import CorrectionDecision, CorrectionOutcome
from bot.record.entry import EntryKind
from handlers.ports.service_port import Answer
from handlers.service.commands.decisions.decide import NOT_YOU
from handlers.service.commands.steps.step_engagement import step_engagement
from handlers.service.rows.correction_rows import (
    list_told_the_same,
    load_correction,
    remove_commitments,
    save_breach,
    save_correction,
)
from handlers.service.unit_of_work import UnitOfWork
from handlers.store import repository


def decide_correction(
    unit: UnitOfWork, key: str, person: Person, said: CorrectionDecision
) -> Answer:
    """Found wrong, a card is opened in each conversation that was told the same. A late or
    forbidden decision changes nothing."""
    before = load_correction(unit.tx, key)
    if before is None:
        return Answer(False, "There is no such correction.", None)
    known = unit.knowledge.brand.find_person(person.id)
    if known is None:
        return Answer(False, NOT_YOU, None)
    if not known.may_decide:
        return Answer(False, "You may look, but not decide.", None)
    if before.outcome is not CorrectionOutcome.OPEN:
        return Answer(False, f"Nothing changed: {before.by} has decided on this already.", None)
    reached = []
    if said.outcome is CorrectionOutcome.WRONG:
        reached = list_told_the_same(unit.tx, before.entry, said.wrong)
        _put_right(unit, reached, known, said)
    after = replace(
        before,
        outcome=said.outcome,
        reason=said.reason,
        by=known.name or known.id,
        done=unit.at,
        promise=said.promise,
        told=len(reached),
    )
    save_correction(unit.tx, after)
    if said.promise:
        save_breach(unit.tx, said.promise, key, unit.at)
    stands = said.outcome is not CorrectionOutcome.WRONG
    kind = EntryKind.STANDS if stands else EntryKind.CORRECTED
    ledger = unit.tools.ledger
    ledger.append_disposition(unit.tx, kind, before.entry, said.reason, unit.knowledge, unit.at)
    cards = f"{len(reached)} card{'s' if len(reached) != 1 else ''}"
    told = "Noted, with your reason." if stands else f"{cards} to approve, in the queue."
    return Answer(True, told, None)


def _put_right(
    unit: UnitOfWork, reached: Iterable[Delivery], person: Person, said: CorrectionDecision
) -> None:
    """A card for each text that was wrong; nothing has to agree with them any more."""
    remove_commitments(unit.tx, [it.reply.entry for it in reached])
    for wrong in reached:
        before = repository.load_engagement(unit.tx, wrong.engagement)
        if before is not None:
            body = said.bodies.get(wrong.reply.locale, "")
            begun = _open_correction(unit, wrong, before)
            step_engagement(unit, begun, e.CorrectionBegun(unit.at, person, body))


def _open_correction(unit: UnitOfWork, wrong: Delivery, before: Engagement) -> Engagement:
    key = unit.tools.new_id()
    return Engagement(
        id=key,
        place=wrong.reply.place,
        audience=before.audience,
        customer=before.customer,
        messages=before.messages,
        state=State.ARRIVED,
        opened=unit.at,
        clock=Clock(answer_due_at(unit.at, unit.knowledge.brand.hours)),
        entry=address(key, 0),
        understanding=Understanding(before.understanding.reading, before.understanding.context),
        corrects=wrong.reply.entry,
        sample=before.sample,
    )
