"""Puts a change of the brand's files to every card that waits, one after the other.

Off the hot path: what a change means for a card is worked out in a thread, and only where something
differs a transaction is made, one a card, so that whoever writes meanwhile waits for one at most.
A change that comes meanwhile begins it anew; which version was followed to the end is kept, so
that a restart with other files, or in the middle of it, catches up.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Protocol

from tinydb import where

from bot.engagement.on_draft import is_by_software
from bot.engagement.step import step
from bot.knowledge import Knowledge
from bot.model import Engagement, State
from bot.model import events as e
from bot.model.errors import NoDraft, StoreError
from handlers.ports.clock import Clock
from handlers.ports.store_port import Transaction
from handlers.service.commands.transitions import Transitions
from handlers.service.performing import drafted
from handlers.store import repository

FOLLOWED = "followed"
WAITING = (State.WAITING.value, State.APPROVED.value)
SLICE = 20  # cards read and worked out at once
log = logging.getLogger("aboveboard")


class Write(Protocol):
    def __call__(self, work: Callable[[Transaction], Any]) -> Awaitable[Any]: ...


class Following:
    """One for a store. `write` makes a transaction and tells the surfaces of it."""

    def __init__(self, transitions: Transitions, clock: Clock, write: Write) -> None:
        self._transitions, self._clock, self._write = transitions, clock, write
        self._running = False

    async def run(self) -> None:
        """Follow until every waiting card has. One runs at a time; never raises."""
        if self._running:
            return
        self._running = True
        try:
            while not await self._followed(self._knowledge):
                await self._follow(self._knowledge)
        except StoreError as error:
            log.error(
                "waiting cards could not follow a change; they do at the next start: %s", error
            )
        finally:
            self._running = False

    @property
    def _knowledge(self) -> Knowledge:
        return self._transitions.library.knowledge

    async def _followed(self, knowledge: Knowledge) -> bool:
        row = await asyncio.to_thread(self._transitions.store.read, _last)
        return row == knowledge.version

    async def _follow(self, knowledge: Knowledge) -> None:
        keys = await asyncio.to_thread(self._transitions.store.read, _waiting)
        for start in range(0, len(keys), SLICE):
            found = await asyncio.to_thread(self._differing, keys[start : start + SLICE], knowledge)
            for seen, event in found:
                await self._write(partial(self._transitions.happen, seen=seen, event=event))
            if self._knowledge is not knowledge:
                return
        await self._write(partial(_note, version=knowledge.version))

    def _differing(
        self, keys: list[str], knowledge: Knowledge
    ) -> list[tuple[Engagement, e.KnowledgeChanged]]:
        """Of these cards, those for which the change means something, with what it is."""
        found = []
        for key in keys:
            engagement = self._transitions.store.read(partial(repository.load_engagement, key=key))
            if engagement is None or engagement.state.value not in WAITING:
                continue
            event = self._event(engagement, knowledge)
            if step(engagement, event, knowledge)[0] is not engagement:
                found.append((engagement, event))
        return found

    def _event(self, engagement: Engagement, knowledge: Knowledge) -> e.KnowledgeChanged:
        event = partial(e.KnowledgeChanged, self._clock.now(), knowledge.version)
        if not is_by_software(engagement):
            return event()
        try:
            return event(draft=drafted(engagement, knowledge, self._clock.now()).draft)
        except NoDraft as none:
            return event(why=none.why)
        except Exception as error:  # whatever it is: a person looks
            log.exception("a draft could not be made afresh; a person has it")
            return event(why=type(error).__name__)


def _last(tx: Transaction) -> str:
    row = tx.table("in_force").get(doc_id=FOLLOWED)
    return str(row["version"]) if row else ""


def _note(tx: Transaction, version: str) -> None:
    repository.put_row(tx, "in_force", FOLLOWED, {"version": version})


def _waiting(tx: Transaction) -> list[str]:
    found = tx.table("engagements").search(where("state").one_of(list(WAITING)))
    return [row.doc_id for row in found]
