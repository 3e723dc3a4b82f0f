"""Corrections inside a transaction: begun by anybody, decided on by a person, put right in every
conversation that was told the same, by a card that is approved like any other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.brand.business_hours import answer_due_at
from bot.cards.wording import name_of
from bot.model import Delivery, Engagement, Person, State
from bot.model import events as e
from bot.model.reply import address
from bot.record.correction import Correction, CorrectionDecision, CorrectionOutcome
from bot.record.entry import EntryKind
from handlers.brandfiles.loading import Library
from handlers.ports.service_port import Answer
from handlers.ports.store_port import Transaction
from handlers.service.queries import corrections
from handlers.service.record.ledger import Ledger
from handlers.store import repository

Step = Callable[[Transaction, Engagement, e.Event], object]


class Correcting:
    """`step` puts an event to an engagement, in the same transaction."""

    def __init__(
        self, library: Library, ledger: Ledger, ids: Callable[[], str], step: Step
    ) -> None:
        self._library, self._ledger, self._ids, self._step = library, ledger, ids, step

    def begin(
        self, tx: Transaction, entry: str, words: str, contact: str, at: datetime
    ) -> str | None:
        """Track what somebody says is wrong with an entry; its key, or None without such an entry.
        Their words are for people's eyes."""
        if not self._ledger.known(tx, entry):
            return None
        it = Correction(self._ids(), entry, words, contact, at)
        corrections.put(tx, it)
        self._ledger.correction(tx, entry, it.key, self._library.knowledge, at)
        return it.key

    def dispose(
        self, tx: Transaction, key: str, person: Person, said: CorrectionDecision, at: datetime
    ) -> Answer:
        """A person's decision on a correction. Found wrong, a card is opened in each conversation
        that was told the same, to be approved like any reply."""
        before = corrections.correction(tx, key)
        if before is None:
            return Answer(False, "There is no such correction.", None)
        if not person.may_decide:
            return Answer(False, "You may look, but not decide.", None)
        if before.outcome is not CorrectionOutcome.OPEN:
            return Answer(False, f"Nothing changed: {before.by} has decided on this already.", None)
        reached = []
        if said.outcome is CorrectionOutcome.WRONG:
            reached = corrections.told_the_same(tx, before.entry, said.wrong)
            self._put_right(tx, reached, person, said, at)
        after = replace(
            before,
            outcome=said.outcome,
            reason=said.reason,
            by=name_of(person),
            done=at,
            promise=said.promise,
            told=len(reached),
        )
        corrections.put(tx, after)
        if said.promise:
            corrections.breach(tx, said.promise, key, at)
        stands = said.outcome is not CorrectionOutcome.WRONG
        kind = EntryKind.STANDS if stands else EntryKind.CORRECTED
        self._ledger.disposed(tx, kind, before.entry, said.reason, self._library.knowledge, at)
        cards = f"{len(reached)} card{'s' if len(reached) != 1 else ''}"
        told = "Noted, with your reason." if stands else f"{cards} to approve, in the queue."
        return Answer(True, told, None)

    def _put_right(
        self,
        tx: Transaction,
        reached: list[Delivery],
        person: Person,
        said: CorrectionDecision,
        at: datetime,
    ) -> None:
        corrections.take_from_shelves(tx, [it.reply.entry for it in reached])
        for wrong in reached:
            before = repository.engagement(tx, wrong.engagement)
            if before is None:
                continue
            key = self._ids()
            begun = Engagement(
                id=key,
                place=wrong.reply.place,
                audience=before.audience,
                customer=before.customer,
                messages=before.messages,
                state=State.ARRIVED,
                opened=at,
                due=answer_due_at(at, self._library.knowledge.brand.hours),
                entry=address(key, 0),
                reading=before.reading,
                circumstances=before.circumstances,
                corrects=wrong.reply.entry,
                sample=before.sample,
            )
            body = said.bodies.get(wrong.reply.locale, "")
            self._step(tx, begun, e.CorrectionBegun(at, person, body))
