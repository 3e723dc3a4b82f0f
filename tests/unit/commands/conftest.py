"""Commands by themselves: a real store, the shipped brand, and no server around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.knowledge import Knowledge
from bot.model import Author, Engagement, Message, Person, Place, Reading
from bot.model import events as e
from handlers.app import ALL_INDEXES
from handlers.channels.web import WebChannel
from handlers.ports.store_port import Transaction
from handlers.service.commands.messages.advance_asks import advance_asks
from handlers.service.commands.messages.join_messages import join_messages
from handlers.service.commands.messages.receive_message import receive_message
from handlers.service.read_and_draft import unread_of
from handlers.service.record.ledger import Ledger
from handlers.service.record.signing_key import signer
from handlers.service.unit_of_work import Tools, UnitOfWork, begin_unit
from handlers.store import repository
from handlers.store.embedded import EmbeddedStore
from tests.shop import NOW, knowledge

T = TypeVar("T")
BOOTS = "Can I still return boots I bought three weeks ago?"
WEB = Place("web", "", "t1").conversation
RETURN_ITEM = Reading("return-item", 1.0, None, "en", True, True, margin=9.0)


@dataclass
class Bench:
    """A store on which commands are run one by one. `unit` is the last one's unit of work."""

    store: EmbeddedStore
    tools: Tools
    knowledge: Knowledge
    at: datetime = NOW
    unit: UnitOfWork | None = None
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def run(self, command: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        def work(tx: Transaction) -> T:
            self.unit = begin_unit(tx, self.at, self.knowledge, self.tools)
            return command(self.unit, *args, **kwargs)

        return self.store.write_now(work)

    def set_people(self, *people: Person) -> None:
        """The brand's people are these from now on."""
        self.knowledge = replace(self.knowledge, brand=replace(self.knowledge.brand, people=people))

    def rows(self, table: str) -> list[Any]:
        return self.store.read(lambda tx: list(tx.table(table)))

    def engagement(self, key: str) -> Engagement:
        found = self.store.read(lambda tx: repository.load_engagement(tx, key))
        assert found is not None
        return found

    def message(
        self, text: str = BOOTS, *, who: str = "jonas", key: str = "", **facts: Any
    ) -> Message:
        """A message in the one conversation of these tests."""
        place = facts.pop("place", Place("web", "", "t1"))
        facts = {"direct": place.channel == "web", **facts}
        key = key or f"m{next(self._numbers)}"
        return Message(key, place, Author(who, who), text, self.at, **facts)

    def ask(self, text: str = BOOTS, *, who: str = "jonas") -> Engagement:
        """A message that has come to its ask, which nobody has read yet."""
        message = self.message(text, who=who)
        assert self.run(receive_message, message)
        self.run(join_messages, message.place.conversation)
        return next(it for it in self._open() if it.customer.id == who)

    def draft(self, *, who: str = "jonas") -> Engagement:
        """An ask whose draft waits for a person."""
        ask = self.ask(who=who)
        self.run(
            advance_asks,
            ask.place.conversation,
            {unread_of(ask): e.Understood(self.at, RETURN_ITEM)},
        )
        return self.engagement(ask.id)

    def _open(self) -> list[Engagement]:
        return self.store.read(repository.list_open_engagements)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    store = EmbeddedStore(tmp_path / "store.db", ALL_INDEXES)
    numbers = count(1)
    tools = Tools(
        {"web": WebChannel(store), "slack-community": WebChannel(store, "slack-community")},
        Ledger(signer(tmp_path / "record.key", "shop.example/record")),
        new_id=lambda: f"id{next(numbers)}",
    )
    yield Bench(store, tools, knowledge())
    store.close()
