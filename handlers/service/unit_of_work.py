"""The unit of work: one transaction as a command sees it, and the one place that makes them.

All that belongs to one transaction is on its `UnitOfWork`, so that nothing of it outlives it. What
is in force is read once, when it begins: a command sees one version of the brand, whatever is
swapped meanwhile. What it changed is told once it is durable, and not at all if it was undone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from bot.knowledge import Knowledge
from bot.model import Delivery, Engagement
from handlers.brandfiles.loading import Library
from handlers.ports.channel_port import Channel
from handlers.ports.clock import Clock
from handlers.ports.service_port import Change
from handlers.ports.store_port import Store, Transaction
from handlers.service.queries.shared_history import CustomerRows
from handlers.service.record.ledger import Ledger
from handlers.service.rows.wrong_codes import WrongCodes
from handlers.store import repository

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tools:
    """What every command may need of the server. `new_id` gives unguessable ids."""

    channels: Mapping[str, Channel]
    ledger: Ledger
    new_id: Callable[[], str]
    wrong_codes: WrongCodes = field(default_factory=WrongCodes)


@dataclass(slots=True)
class UnitOfWork:
    """One transaction. `knowledge` is what was in force when it began, `at` when that was asked.

    `changes` is for the surfaces. `engagements` and `deliveries` are those that were saved, as they
    stand at its end; `came` are the conversations with a message that no engagement has.
    """

    tx: Transaction
    at: datetime
    knowledge: Knowledge
    tools: Tools
    customers: CustomerRows
    changes: list[Change] = field(default_factory=list)
    came: set[str] = field(default_factory=set)
    engagements: dict[str, Engagement] = field(default_factory=dict)
    deliveries: dict[str, Delivery] = field(default_factory=dict)

    def note_message(self, conversation: str) -> None:
        """A message came that no engagement has."""
        self.came.add(conversation)

    def note_engagement(self, it: Engagement, *, taught: bool = False) -> None:
        """An engagement was saved. `taught`: with the label of a decision."""
        self.changes.append(Change(it.id, it.place.conversation, taught))
        self.engagements[it.id] = it
        self.customers = CustomerRows(self.tx)  # what was read of asks may be old

    def note_delivery(self, it: Delivery) -> None:
        """A delivery was saved."""
        self.changes.append(Change(it.engagement, it.reply.place.conversation))
        self.deliveries[it.id] = it

    @property
    def owing(self) -> set[str]:
        """The conversations that owe something now."""
        asks, live = self.engagements.values(), self.deliveries.values()
        return {
            *self.came,
            *(it.place.conversation for it in asks if it.state.value in repository.OWED),
            *(it.reply.place.conversation for it in live if it.state.value in repository.LIVE),
        }


def begin_unit(tx: Transaction, at: datetime, knowledge: Knowledge, tools: Tools) -> UnitOfWork:
    """A unit of work on a transaction that has begun."""
    return UnitOfWork(tx, at, knowledge, tools, CustomerRows(tx))


class Commands:
    """Runs commands, each in one transaction. `after_commit` is told of each, in their order."""

    def __init__(self, store: Store, library: Library, tools: Tools, clock: Clock) -> None:
        self._store, self._library, self._tools, self._clock = store, library, tools, clock
        self.after_commit: Callable[[UnitOfWork], None] = lambda unit: None

    async def execute(
        self, command: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a command; what it returns, once that is durable. Raises StoreError, and what the
        command raises: then nothing happened."""
        at = self._clock.now()

        def work(tx: Transaction) -> tuple[UnitOfWork, T]:
            unit = begin_unit(tx, at, self._library.knowledge, self._tools)
            return unit, command(unit, *args, **kwargs)

        unit, result = await self._store.write(work)
        self.after_commit(unit)
        return result
