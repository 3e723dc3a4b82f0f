"""What the middle writes on the record: an entry for each thing that was said, refused or given to
a person, in the transaction that does it.

Of a private conversation only the commitments enter, never the words, nor a reason that may quote
them: details are private, deals are not.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from tinydb import where

from bot.brand.business_hours import local_day
from bot.brand.settings import Brand
from bot.cards.reason_words import say_reason
from bot.detect.claims.attribution import attribute_commitments
from bot.engagement.judging import intent_of
from bot.knowledge import Knowledge
from bot.model import Delivery, Engagement, Reason, Reply
from bot.model.reply import address
from bot.record.entry import Entry, EntryKind
from bot.record.signed_note import Signer
from handlers.ports.store_port import Transaction
from handlers.service.record import record_log as log
from handlers.service.record.rules_in_force import take_look
from handlers.service.record.signing_key import signer
from handlers.service.rows.correction_rows import save_told
from handlers.service.rows.past_commitment_rows import save_commitments

KEY = "record.key"  # beside the store


def signer_of(brand: Brand, store: Path) -> Signer:
    """The key of the record that lies beside this store; a new one if there is none."""
    return signer(store.parent / KEY, f"{urlsplit(brand.url).hostname}/record")


class Ledger:
    """Writes entries under the brand's key."""

    def __init__(self, signer: Signer) -> None:
        self.signer = signer

    def append_delivery(
        self,
        tx: Transaction,
        kind: EntryKind,
        delivery: Delivery,
        engagement: Engagement | None,
        knowledge: Knowledge,
        at: datetime,
    ) -> None:
        """An entry on a text on its way: that it is meant to go out, and how it ended."""
        reply = delivery.reply
        mode = knowledge.brand.find_mode(delivery.reply.place.channel)
        channel = knowledge.brand.channels.get(reply.place.channel)
        audience = engagement.audience if engagement else channel.audience if channel else None
        approver = knowledge.brand.approver[knowledge.brand.locales[0]]
        today = local_day(at, knowledge.brand.hours)
        commitments = attribute_commitments(
            reply.body, reply.locale, knowledge.published, reply.facts, today
        )
        if kind is EntryKind.SENT and not delivery.notice:
            save_commitments(tx, reply, commitments, audience, at)
            save_told(tx, reply, commitments)
        entry = Entry(
            kind=kind,
            at=at,
            address=reply.entry,
            channel=reply.place.channel,
            audience=audience,
            intent=reply.intent,
            locale=reply.locale,
            by=reply.origin.value,
            approved=approver if delivery.approver else "",
            commitments=commitments,
            facts=reply.facts,
            sources=reply.envelope.sources,
            rules=knowledge.rulebook.hash,
            published=knowledge.published.hash,
            refers=delivery.notice,
            mode=mode.name if mode else "",
            mode_version=mode.meaning_hash if mode else "",
        )
        why = say_reason(delivery.why, engagement, knowledge, public=True)
        words = {"said": reply.body} if kind is EntryKind.INTENDED else {"why": why}
        log.append(tx, entry, words)

    def expect_reply(
        self,
        tx: Transaction,
        reply: Reply,
        engagement: Engagement,
        knowledge: Knowledge,
        at: datetime,
    ) -> None:
        """What is approved counts as said: another answer is held against it from now on."""
        today = local_day(at, knowledge.brand.hours)
        said = attribute_commitments(
            reply.body, reply.locale, knowledge.published, reply.facts, today
        )
        save_commitments(tx, reply, said, engagement.audience, at)

    def append_engagement(
        self,
        tx: Transaction,
        kind: EntryKind,
        engagement: Engagement,
        reason: Reason,
        knowledge: Knowledge,
        at: datetime,
        measure: str = "",
    ) -> None:
        """An entry on an ask itself: handed over, or ended without a reply."""
        reading = engagement.understanding.reading
        mode = knowledge.brand.find_mode(engagement.place.channel)
        entry = Entry(
            kind=kind,
            at=at,
            address=address(engagement.id, engagement.replies),
            channel=engagement.place.channel,
            audience=engagement.audience,
            intent=intent_of(engagement),
            locale=reading.language if reading else "",
            rules=knowledge.rulebook.hash,
            published=knowledge.published.hash,
            runbook=engagement.handling.runbook,
            measure=measure,
            mode=mode.name if mode else "",
            mode_version=mode.meaning_hash if mode else "",
        )
        why = say_reason(reason, engagement, knowledge, public=True)
        log.append(tx, entry, {"why": why})

    def publish_engagement(self, tx: Transaction, engagement: Engagement, at: datetime) -> None:
        """The customer's turn is finished: let everybody read its entries, under a signed head."""
        for number in range(engagement.replies + 1):
            log.publish(tx, address(engagement.id, number), at)
        for number in range(len(engagement.notices)):
            log.publish(tx, address(engagement.id, number, "notice"), at)
        log.checkpoint(tx, self.signer)

    def publish_notice(self, tx: Transaction, notice: Delivery, at: datetime) -> None:
        """A notice that belongs to no ask has had its outcome: everybody may read that it went."""
        log.publish(tx, notice.reply.entry, at)
        log.checkpoint(tx, self.signer)

    def append_changes(self, tx: Transaction, knowledge: Knowledge, at: datetime) -> None:
        """What changed in rules, modes and facts since the last look, and why; public at once.

        The first look has nothing to compare with.
        """
        told = tuple(take_look(tx, knowledge))
        for number, news in enumerate(told):
            entry = Entry(
                kind=EntryKind.FACTS_CHANGED if news.what == "fact" else EntryKind.RULES_CHANGED,
                at=at,
                address=address(f"{log.size(tx)}:{knowledge.version}", number, "change"),
                rules=knowledge.rulebook.hash,
                published=knowledge.published.hash,
                refers=news.before,
                changes=news.changes,
            )
            log.append(tx, entry, {"why": news.why}, public=at)
        if told:
            log.checkpoint(tx, self.signer)

    def append_pause(
        self,
        tx: Transaction,
        kind: EntryKind,
        channel: str,
        why: str,
        knowledge: Knowledge,
        at: datetime,
    ) -> None:
        """Sending was paused, or goes on: a power of the host's, public at once with its reason."""
        entry = Entry(
            kind=kind,
            at=at,
            address=address(f"{channel}:{at.isoformat()}", log.size(tx), kind.value),
            channel=channel,
            rules=knowledge.rulebook.hash,
            published=knowledge.published.hash,
        )
        log.append(tx, entry, {"why": why}, public=at)
        log.checkpoint(tx, self.signer)

    def sign_head(self, tx: Transaction) -> None:
        """Sign the head as it is now, if there is anything to sign."""
        if log.size(tx):
            log.checkpoint(tx, self.signer)

    def has_entry(self, tx: Transaction, entry: str) -> bool:
        return bool(tx.table("record").count(where("address") == entry))

    def append_corrected(
        self,
        tx: Transaction,
        entry: str,
        engagement: Engagement,
        knowledge: Knowledge,
        at: datetime,
    ) -> None:
        """Beside an entry that was wrong: where it is put right. The new answer's own entry says
        the rest."""
        self._append_beside(tx, EntryKind.CORRECTED, entry, engagement.entry, knowledge, at)

    def append_disposition(
        self,
        tx: Transaction,
        kind: EntryKind,
        entry: str,
        why: str,
        knowledge: Knowledge,
        at: datetime,
    ) -> None:
        """What came of a correction, with the reason, beside the entry that it was about."""
        self._append_beside(tx, kind, entry, "", knowledge, at, {"why": why})

    def _append_beside(
        self,
        tx: Transaction,
        kind: EntryKind,
        entry: str,
        refers: str,
        knowledge: Knowledge,
        at: datetime,
        words: Mapping[str, str] | None = None,
    ) -> None:
        noted = Entry(
            kind=kind,
            at=at,
            address=entry,
            rules=knowledge.rulebook.hash,
            published=knowledge.published.hash,
            refers=refers,
        )
        log.append(tx, noted, words, public=at)
        log.checkpoint(tx, self.signer)

    def append_correction(
        self, tx: Transaction, entry: str, key: str, knowledge: Knowledge, at: datetime
    ) -> None:
        """Somebody says that an entry is wrong. That is public; their words are not."""
        self._append_beside(tx, EntryKind.CORRECTION, entry, key, knowledge, at)
