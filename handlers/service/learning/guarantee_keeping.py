"""Keeps what may be claimed of each channel in step with what people say of its drafts.

Worked out from the stored labels whenever one comes in, off the hot path, and swapped into
`Knowledge` as a value; so a restart works it out again and finds the same. What is kept beside the
labels is the key of the audit sample, made once, since when a channel stands as it does, and how
many messages went to people for want of certainty, by day.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.knowledge import Knowledge
from bot.learning.guarantee.guarantee_standing import Guarantee, GuaranteeStanding, assess_guarantee
from bot.learning.guarantee.guarantee_words import write_why_uncertified
from bot.learning.guarantee.reviews import collect_reviews
from bot.model import Engagement, State
from bot.model.errors import StoreError
from handlers.brandfiles.loading import Library
from handlers.ports.clock import Clock
from handlers.ports.store_port import Store, Transaction
from handlers.store import repository

TABLE, SALT, TALLY = "assurance", "audit", "assurance_days"
_LONGEST = timedelta(days=30)  # from the first decision on an ask to the last
_BEGINNING = datetime.min.replace(tzinfo=UTC)
log = logging.getLogger("aboveboard")


@dataclass(frozen=True, slots=True)
class Since:
    """From when on a channel has stood as it does."""

    standing: GuaranteeStanding
    threshold: float
    at: datetime


class Assurance:
    """One for a store."""

    def __init__(self, store: Store, library: Library, clock: Clock) -> None:
        self._store, self._library, self._clock = store, library, clock
        self._salt = b""
        self._oldest: dict[str, datetime] = {}  # labels before it have left the window
        self._asked_again = self._running = False

    async def begin(self) -> None:
        """Before the first message is read. Raises StoreError."""
        self._salt = bytes.fromhex(await self._store.write(_salt))
        await self._work_out()

    async def refresh(self) -> None:
        """Labels, models or terms have changed. One runs at a time; never raises."""
        self._asked_again = True
        if self._running:
            return
        self._running = True
        try:
            while self._asked_again:
                self._asked_again = False
                await self._work_out()
        except StoreError as error:
            log.error("what is claimed of drafts could not be stored: %s", error)
        finally:
            self._running = False

    def since(self) -> Mapping[str, Since]:
        """By channel."""
        return self._store.read(_all)

    def lately(self, channel: str) -> tuple[int, int]:
        """Of the last seven days: messages understood, and those of them that went to a person
        for want of certainty."""
        today = self._clock.now().date()
        keys = [f"{channel}:{(today - timedelta(days=n)).isoformat()}" for n in range(7)]

        def read(tx: Transaction) -> tuple[int, int]:
            found = [row for key in keys if (row := tx.table(TALLY).get(doc_id=key))]
            return sum(row["understood"] for row in found), sum(row["held"] for row in found)

        return self._store.read(read)

    def status(self) -> str | None:
        """For the banner: where nothing can be certified."""
        brand = self._library.knowledge.brand
        words = [
            write_why_uncertified(it, brand.channels[name].title)
            for name, it in self._library.knowledge.guarantees.items()
            if it.standing is GuaranteeStanding.UNCERTIFIABLE and name in brand.channels
        ]
        return " ".join(words) or None

    async def _work_out(self) -> None:
        models = frozenset(model.id[:12] for model in self._library.reader.models.values())
        knowledge = self._library.knowledge
        found = await asyncio.to_thread(self._found, knowledge, models)
        changed = {name: it for name, it in found.items() if self._differs(name, it)}
        self._library.knowledge = replace(self._library.knowledge, guarantees=found)
        if changed:
            at = self._clock.now()
            await self._store.write(lambda tx: _note(tx, changed, at))

    def _differs(self, name: str, it: Guarantee) -> bool:
        before = self.since().get(name)
        return before is None or (before.standing, before.threshold) != (
            it.standing,
            it.draft_threshold,
        )

    def _found(self, knowledge: Knowledge, models: frozenset[str]) -> dict[str, Guarantee]:
        found = {}
        for channel, terms in knowledge.brand.guarantee.items():
            since = self._oldest.get(channel, _BEGINNING)
            labels = self._store.read(lambda tx: repository.list_labels(tx, channel, since))  # noqa: B023
            judged = collect_reviews(labels, models)
            it = found[channel] = assess_guarantee(
                channel, judged, terms, models=models, salt=self._salt
            )
            if len(it.judged) == terms.window and it.judged[0].at is not None:
                self._oldest[channel] = it.judged[0].at - _LONGEST
        return found


def tally_understood(tx: Transaction, engagement: Engagement, at: datetime) -> None:
    """Count a message that was understood, and whether it went to a person for want of certainty.

    A row a channel and day; an ask that is read again counts again.
    """
    reading = engagement.understanding.reading
    if reading is None or reading.intent is None or engagement.sample:
        return
    held = engagement.state is State.PERSON and reading.margin < engagement.understanding.least
    key = f"{engagement.place.channel}:{at.date().isoformat()}"
    row = tx.table(TALLY).get(doc_id=key) or {"understood": 0, "held": 0}
    understood, sent = row["understood"] + 1, row["held"] + held
    repository.put_row(tx, TALLY, key, {"understood": understood, "held": sent})


def _salt(tx: Transaction) -> str:
    row = tx.table(TABLE).get(doc_id=SALT)
    if row is None:
        row = {"salt": secrets.token_hex(32)}
        repository.put_row(tx, TABLE, SALT, row)
    return str(row["salt"])


def _note(tx: Transaction, changed: Mapping[str, Guarantee], at: datetime) -> None:
    for name, it in changed.items():
        since = Since(it.standing, it.draft_threshold, at)
        repository.put_row(tx, TABLE, f"channel:{name}", repository.make_row(since, channel=name))


def _all(tx: Transaction) -> dict[str, Since]:
    return {
        row["channel"]: repository.read_row(row, Since)
        for row in tx.table(TABLE)
        if row.doc_id != SALT
    }
