"""One transaction: one view of what is in force, and told of only once it is durable."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.model import Author, Message, Place
from handlers.app import ALL_INDEXES
from handlers.brandfiles.loading import Library
from handlers.channels.web import WebChannel
from handlers.service.commands.messages.receive_message import receive_message
from handlers.service.record.ledger import Ledger
from handlers.service.record.signing_key import signer
from handlers.service.unit_of_work import Commands, Tools, UnitOfWork
from handlers.store.embedded import EmbeddedStore
from tests.fakes.clock import VirtualClock
from tests.shop import NOW, knowledge

PLACE = Place("web", "", "t1")
HELLO = Message("m1", PLACE, Author("c1"), "Hello?", NOW, direct=True)


@pytest.fixture
async def commands(tmp_path: Path) -> AsyncIterator[Commands]:
    store = EmbeddedStore(tmp_path / "store.db", ALL_INDEXES)
    ledger = Ledger(signer(tmp_path / "record.key", "shop.example/record"))
    tools = Tools({"web": WebChannel(store)}, ledger, new_id=lambda: "id")
    library = Library(knowledge(), None)  # type: ignore[arg-type]  # nothing is read here
    yield Commands(store, library, tools, VirtualClock(NOW))
    store.close()


async def test_a_command_sees_one_version_of_what_is_in_force(commands: Commands) -> None:
    def look_twice(unit: UnitOfWork) -> tuple[str, str]:
        first = unit.knowledge.version
        commands._library.knowledge = replace(knowledge(), version="swapped meanwhile")
        return first, unit.knowledge.version

    assert await commands.execute(look_twice) == (knowledge().version, knowledge().version)
    assert await commands.execute(lambda unit: unit.knowledge.version) == "swapped meanwhile"


async def test_what_was_done_is_told_once_it_is_durable(commands: Commands) -> None:
    told: list[UnitOfWork] = []
    commands.after_commit = told.append
    assert await commands.execute(receive_message, HELLO)
    assert [unit.owing for unit in told] == [{PLACE.conversation}]
    assert [unit.at for unit in told] == [NOW]


async def test_nobody_is_told_of_what_was_undone(commands: Commands) -> None:
    def fail(unit: UnitOfWork) -> None:
        receive_message(unit, HELLO)
        raise ValueError("no")

    told: list[UnitOfWork] = []
    commands.after_commit = told.append
    with pytest.raises(ValueError, match="no"):
        await commands.execute(fail)
    assert told == []
    assert await commands.execute(receive_message, HELLO)  # nothing of it was kept


async def test_one_unit_leaves_nothing_to_the_next(commands: Commands) -> None:
    told: list[UnitOfWork] = []
    commands.after_commit = told.append
    await commands.execute(receive_message, HELLO)
    await commands.execute(lambda unit: None)
    assert (told[1].owing, told[1].changes, told[1].engagements) == (set(), [], {})
