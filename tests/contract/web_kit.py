"""The web chat behind the face of the channels' contract."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.model import Place
from handlers.channels.web import POSTS
from tests.webside import WebSide, shown, web_side

if TYPE_CHECKING:
    from tests.contract.channels import Kit, Trouble


@dataclass(frozen=True)
class Written:
    """A message that a customer's page is about to send, under the id that the page made."""

    id: str
    text: str


class WebKit:
    """A customer's chat page without scripts, and what it shows."""

    def __init__(self, side: WebSide) -> None:
        self.side, self.channel = side, side.channel
        self.disk, self.store = side.disk, side.app.store
        self.jonas = side.visitor()

    def writes(self, text: str) -> Written:
        return Written(str(uuid.uuid4()), text)

    async def delivers(self, message: Written) -> bool:
        taken = (await self.jonas.writes(message.text, id=message.id)).status == 200
        await self.side.app.service.quiet()
        return taken

    async def edits(self, message: Written, text: str) -> None:
        pytest.skip("what was written in the chat cannot be edited")

    async def deletes(self, message: Written) -> None:
        pytest.skip("what was written in the chat cannot be taken back")

    def place(self, message: Written) -> Place:
        [place] = {stored.place for stored in self.side.messages()}
        return place

    def seen(self, message: Written) -> list[str]:
        """The posts as the page's own template shows them."""
        rows = self.store.read(lambda tx: tx.table(POSTS).all())
        return [shown(row["payload"]).words("ours") for row in rows]

    def can(self, trouble: Trouble) -> bool:
        return False  # between us and the page's store there is nothing that can be lost

    def meet(self, trouble: Trouble) -> None:
        raise AssertionError("nothing can go wrong here")

    def calls(self) -> int:
        return len(self.store.read(lambda tx: tx.table(POSTS).all()))


@asynccontextmanager
async def web_chat(folder: Path) -> AsyncIterator[Kit]:
    async with web_side(folder) as side:
        yield WebKit(side)
