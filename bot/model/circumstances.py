"""What was so around an ask when it was read, beyond its own words. Plain values.

It is looked up in the rows outside of the core, comes in with the event `Understood`, and stays
with the engagement, so that a replay sees what was seen then. Nothing here says who somebody is
to the brand: no spend, no followers, no size.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Circumstances:
    """`unanswered`: the customer's messages in a row that nobody answered, this one included."""

    unanswered: int = 1


ALONE = Circumstances()  # nothing else is known
