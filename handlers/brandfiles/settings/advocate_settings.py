"""`advocates:` of config.yaml: customers who take part in the brand's programme."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import msgspec

from bot.brand.advocates import Advocate
from bot.model.errors import did_you_mean
from handlers.brandfiles.documents.document_shape import Wrong


class AdvocateShape(msgspec.Struct, frozen=True):
    name: str
    channel: str
    author: str
    since: date


def read_advocates(
    shapes: tuple[AdvocateShape, ...], channels: Collection[str], wrong: Wrong
) -> tuple[Advocate, ...]:
    """Everybody who is listed; what is wrong with them is said through `wrong`."""
    for n, shape in enumerate(shapes):
        if not shape.name.strip():
            wrong("An advocate has no name.", "Write it as it is shown.", "advocates", n, "name")
        if shape.channel not in channels:
            mend = did_you_mean(shape.channel, channels)
            wrong(f"There is no channel “{shape.channel}”.", mend, "advocates", n, "channel")
    return tuple(Advocate(it.name.strip(), it.channel, it.author, it.since) for it in shapes)
