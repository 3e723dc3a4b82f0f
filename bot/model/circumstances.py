"""What was so around an ask when it was read, beyond its own words. Plain values.

It is looked up in the rows outside of the core, comes in with the event `Understood`, and stays
with the engagement, so that a replay sees what was seen then. Nothing here says who somebody is
to the brand: no spend, no followers, no size.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.packet import Promised


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known beyond the words.

    Of the customer's past, here and on the channels that they joined (bot/history.py):
    `unanswered`: their messages in a row that nobody answered, this one included; `unanswered_on`
    says how many on which channel. `returning`: the first words after long silence, or the first
    ever in a space of members. `last_spoke`: when they spoke to us before. `repeated`: how often
    they asked for the same before and were answered, the last time at `repeated_at` on
    `repeated_on`. `echoes`: messages that came within seconds of something we sent. `same_on`: the
    channel where the same words still wait.

    `turns`: the keys of what was said in the conversation, oldest first. `promised`: what was
    promised to this customer before. Both are None when nobody looked, or looking failed. `load`:
    open cards by person. `stopped`: why nothing goes on by itself in this conversation; empty if
    it does. `sent_lately`: how many texts of ours went to this customer within the period of
    `limits:`.
    `lost`: something here could not be looked up, so the ask is not known whole.
    """

    unanswered: int = 1
    unanswered_on: tuple[tuple[str, int], ...] = ()
    returning: bool = False
    last_spoke: datetime | None = None
    repeated: int = 0
    repeated_at: datetime | None = None
    repeated_on: str = ""
    echoes: int = 0
    same_on: str = ""
    turns: tuple[str, ...] | None = None
    promised: tuple[Promised, ...] | None = None
    load: tuple[tuple[str, int], ...] = ()
    stopped: str = ""
    sent_lately: int = 0
    lost: bool = False


ALONE = Circumstances()  # nothing else is known
