"""Corrections, with what they are about, for the people who decide on them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from bot.brand.published import PublishedFacts
from bot.cards.wording import commitment_words
from bot.detect.claims.attribution import attribute_commitments
from bot.record.correction import Correction, CorrectionOutcome, claim_key, claim_keys
from handlers.ports.service_port import Disputed
from handlers.ports.store_port import Transaction
from handlers.service.rows.correction_rows import (
    list_corrections,
    list_told_the_same,
    load_sent_reply,
)


def list_disputed(tx: Transaction, published: PublishedFacts) -> list[Disputed]:
    """Corrections that wait, the oldest first; then those decided on, the newest first."""
    return [_read_dispute(tx, it, published) for it in list_corrections(tx)]


def _read_dispute(tx: Transaction, it: Correction, published: PublishedFacts) -> Disputed:
    """A correction with what it is about; bare once it is decided on, or if nothing was sent."""
    found = load_sent_reply(tx, it.entry)
    if found is None or it.outcome is not CorrectionOutcome.OPEN:
        return Disputed(it)
    reply = found.reply
    today = datetime.fromisoformat(tx.table("deliveries").get(doc_id=found.id)["sent"]).date()
    binding = attribute_commitments(reply.body, reply.locale, published, reply.facts, today)
    binds = {claim_key(commitment): commitment_words(commitment) for commitment in binding}
    reached = Counter(
        other.reply.locale for other in list_told_the_same(tx, it.entry, claim_keys(reply, binding))
    )
    return Disputed(it, reply.body, reply.locale, tuple(binds.items()), reached)
