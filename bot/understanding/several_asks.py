"""Several asks in one message, answered one by one where each is clear and that is safe.

The reader says that several things are asked, and which parts it is sure of. Here is decided
whether one reply may answer them all, each with what is published, in the order they were asked. In
doubt, a person: a part that isn't clear, a flag of any kind, an intent that isn't answered by a
draft, or more than a few.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.brand.settings import Intent
from bot.model import Reading, Unclear
from bot.understanding.signals import asks_whether_software

MOST = 3  # asks that one reply answers
JOINT = " + "  # between the intents of one reply, where they stand as one word


def answerable_intents(reading: Reading, intents: Mapping[str, Intent]) -> tuple[str, ...]:
    """The intents that one reply may answer, in order; empty: a person does.

    Whether we are software is answered first.
    """
    if reading.unclear is not Unclear.SEVERAL_ASKS or reading.signals:
        return ()
    if not all(ask.clear and ask.intent for ask in reading.asks):
        return ()
    first = sorted(reading.asks, key=lambda ask: not asks_whether_software(ask.text))
    names = tuple(dict.fromkeys(ask.intent for ask in first if ask.intent))
    drafted = all(name in intents and intents[name].reply == "draft" for name in names)
    return names if drafted and 2 <= len(names) <= MOST else ()


def needs_follow_up(names: tuple[str, ...], intents: Mapping[str, Intent]) -> bool:
    """Whether a person has more to do once it is answered."""
    return any(intents[name].needs == "person" for name in names if name in intents)
