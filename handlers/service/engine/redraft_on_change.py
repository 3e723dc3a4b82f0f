"""Puts a change of the brand's files to every card that waits, one after the other.

Off the hot path: what a change means for a card is worked out in a thread, and only where something
differs a transaction is made, one a card, so that whoever writes meanwhile waits for one at most.
A change that comes meanwhile begins it anew; which version was followed to the end is kept, so
that a restart with other files, or in the middle of it, catches up.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial

from tinydb import where

from bot.engagement.judging import list_texts_to_judge
from bot.engagement.on_draft import is_by_software
from bot.engagement.step import step
from bot.knowledge import Knowledge
from bot.model import Engagement, State
from bot.model import events as e
from bot.model.errors import StoreError
from handlers.brandfiles.loading import Library
from handlers.ports.clock import Clock
from handlers.ports.store_port import Store, Transaction
from handlers.service.commands.knowledge.record_knowledge import note_followed, read_followed
from handlers.service.commands.knowledge.redraft_card import redraft_card
from handlers.service.queries.past_for_judging import read_past
from handlers.service.queries.shared_history import CustomerRows
from handlers.service.read_and_draft import make_draft
from handlers.service.unit_of_work import Commands
from handlers.store import repository

WAITING = (State.WAITING.value, State.APPROVED.value)
SLICE = 20  # cards read and worked out at once
log = logging.getLogger("aboveboard")


class RedraftOnChange:
    """One for a store."""

    def __init__(self, store: Store, library: Library, commands: Commands, clock: Clock) -> None:
        self._store, self._library, self._commands = store, library, commands
        self._clock = clock
        self._running = False

    async def run(self) -> None:
        """Follow until every waiting card has. One runs at a time; never raises."""
        if self._running:
            return
        self._running = True
        try:
            while not await self._has_followed(self._library.knowledge):
                await self._follow(self._library.knowledge)
        except StoreError as error:
            log.error(
                "waiting cards could not follow a change; they do at the next start: %s", error
            )
        finally:
            self._running = False

    async def _has_followed(self, knowledge: Knowledge) -> bool:
        return await asyncio.to_thread(self._store.read, read_followed) == knowledge.version

    async def _follow(self, knowledge: Knowledge) -> None:
        keys = await asyncio.to_thread(self._store.read, _list_waiting)
        for start in range(0, len(keys), SLICE):
            some = keys[start : start + SLICE]
            for seen, event in await asyncio.to_thread(self._find_differing, some, knowledge):
                await self._commands.execute(redraft_card, seen, event)
            if self._library.knowledge is not knowledge:
                return
        await self._commands.execute(note_followed, knowledge.version)

    def _find_differing(
        self, keys: list[str], knowledge: Knowledge
    ) -> list[tuple[Engagement, e.KnowledgeChanged]]:
        """Of these cards, those for which the change means something, with what it is."""
        tried = (self._store.read(partial(self._try_change, key, knowledge)) for key in keys)
        return [found for found in tried if found is not None]

    def _try_change(
        self, key: str, knowledge: Knowledge, tx: Transaction
    ) -> tuple[Engagement, e.KnowledgeChanged] | None:
        engagement = repository.load_engagement(tx, key)
        if engagement is None or engagement.state.value not in WAITING:
            return None
        event = self._make_event(engagement, knowledge)
        replies = list_texts_to_judge(engagement, event, knowledge)
        customers, at = CustomerRows(tx), event.at
        known = read_past(tx, customers, engagement, replies, knowledge, at)
        after, _ = step(engagement, event, known)
        return None if after is engagement else (engagement, event)

    def _make_event(self, engagement: Engagement, knowledge: Knowledge) -> e.KnowledgeChanged:
        at = self._clock.now()
        event = partial(e.KnowledgeChanged, at, knowledge.version)
        if not is_by_software(engagement):
            return event()
        made = make_draft(engagement, knowledge, at)
        return event(draft=made.draft) if isinstance(made, e.Drafted) else event(why=made.why)


def _list_waiting(tx: Transaction) -> list[str]:
    found = tx.table("engagements").search(where("state").one_of(list(WAITING)))
    return [row.doc_id for row in found]
