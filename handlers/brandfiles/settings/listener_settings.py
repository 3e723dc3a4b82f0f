"""`listener:` of a channel: somebody of the brand's, by name, who listens there.

A channel that would answer and names nobody is one-way, whatever its mode says: nobody is to be
promised a conversation that nobody leads. A config.yaml without a single `listener:` was written
before there were any. Its channels stay as they are, and `aboveboard check` asks for the names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from bot.brand.settings import UNHEARD, ChannelProfile, Mode
from bot.model import Person
from bot.model.errors import did_you_mean
from handlers.brandfiles.documents.document_shape import Wrong


class Heard(Protocol):
    """What is looked at of a channel as it is written."""

    @property
    def mode(self) -> str: ...

    @property
    def listener(self) -> str: ...


def check_listeners(
    channels: Mapping[str, Heard], people: Collection[Person], wrong: Wrong
) -> None:
    """Whoever is named exists and may decide on replies."""
    by_id = {person.id: person for person in people}
    for name, channel in channels.items():
        if not channel.listener:
            continue
        person, where = by_id.get(channel.listener), ("channels", name, "listener")
        if person is None:
            mend = did_you_mean(channel.listener, by_id)
            wrong(f"Nobody has the id “{channel.listener}”.", mend, *where)
        elif not person.may_decide:
            wrong(f"{person.name} may not answer.", "Name an approver or a lead.", *where)


def mode_of(name: str, channels: Mapping[str, Heard], modes: Mapping[str, Mode]) -> Mode:
    """The mode that a channel says; one-way where others name who listens and it doesn't."""
    channel = channels[name]
    mode = modes[channel.mode]
    asked = any(other.listener for other in channels.values())
    return UNHEARD if asked and mode.answers and not channel.listener else mode


def notes_on(channels: Iterable[ChannelProfile]) -> list[str]:
    """What is worth a look: channels that nobody listens to."""
    answering = [channel for channel in channels if channel.mode.answers or channel.is_unheard]
    if answering and not any(channel.listener for channel in answering):
        return [
            "config.yaml: channels: none of them names who listens there. Add “listener:” with the "
            "id of a person. As soon as one has it, those without are one-way."
        ]
    return [
        f"config.yaml: channels.{channel.name}: nobody is named who listens, so it is one-way and "
        "nothing is drafted there. Add “listener:” with the id of a person."
        for channel in answering
        if channel.is_unheard
    ]
