"""A desk that is never blank at first: a few asks that nobody wrote, and that say so.

They are read, drafted and judged like any other, once, when the store is new. Nothing about them
is sent without a click, and no notice goes out for them.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec

from bot.model import Author, Message, Place
from bot.model.errors import BrandError
from handlers.brandfiles.documents.document_shape import fill
from handlers.brandfiles.documents.yaml_document import read
from handlers.ports.clock import Clock
from handlers.ports.store_port import Store
from handlers.service.commands.messages.receive_message import receive_message
from handlers.service.unit_of_work import Commands
from handlers.store import repository

FILE = "policies/samples.yaml"


class _Sample(msgspec.Struct, frozen=True):
    name: str
    text: str
    minutes_ago: int = 0


class _Samples(msgspec.Struct, frozen=True):
    samples: tuple[_Sample, ...]


async def put_samples(
    root: Path, channel: str, store: Store, commands: Commands, clock: Clock
) -> None:
    """Put the brand's samples before its people, if the store is new and there are any."""
    path = root / FILE
    if not path.exists() or store.read(lambda tx: repository.has_engagements(tx)):
        return
    problems: list[BrandError] = []
    shape = fill(read(path, FILE), _Samples, problems)
    if shape is None:
        raise problems[0]
    now = clock.now()
    for number, sample in enumerate(shape.samples):
        place = Place(channel, "", f"sample-{number}")
        message = Message(
            id=f"sample:{number}",
            place=place,
            author=Author(f"sample-{number}", sample.name),
            text=sample.text,
            at=now - timedelta(minutes=sample.minutes_ago),
            direct=True,
        )
        await commands.execute(receive_message, message, sample=True)
