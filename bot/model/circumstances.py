"""What was so around an ask when it was read, beyond its own words. Plain values.

It is looked up in the rows outside of the core, comes in with the event `Understood`, and stays
with the engagement, so that a replay sees what was seen then. Nothing here says who somebody is
to the brand: no spend, no followers, no size.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.packet import Promised


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known beyond the words.

    `unanswered`: the customer's messages in a row that nobody answered, this one included.
    `returning`: their first message here in a long time, or ever. `turns`: the keys of what was
    said in the conversation, oldest first. `promised`: what was promised to this customer before.
    Both are None when nobody looked, or looking failed. `load`: open cards by person.
    `stopped`: why nothing goes on by itself in this conversation; empty if it does.
    `lost`: something here could not be looked up, so the ask is not known whole.
    """

    unanswered: int = 1
    returning: bool = False
    turns: tuple[str, ...] | None = None
    promised: tuple[Promised, ...] | None = None
    load: tuple[tuple[str, int], ...] = ()
    stopped: str = ""
    lost: bool = False


ALONE = Circumstances()  # nothing else is known
