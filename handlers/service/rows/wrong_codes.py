"""Wrong linking codes by identity. In memory and bounded: a restart forgets."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime

from bot.handoff.identity_linking import MOST_WRONG, WRONG_WITHIN
from bot.model import Identity

KEPT = 10_000  # identities whose wrong codes are counted


class WrongCodes:
    """Who guesses is heard no more for a while."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[Identity, tuple[int, datetime]] = OrderedDict()

    def has_spent_tries(self, who: Identity, at: datetime) -> bool:
        count, since = self._wrong.get(who, (0, at))
        return count >= MOST_WRONG and at - since < WRONG_WITHIN

    def count_wrong(self, who: Identity, at: datetime) -> None:
        count, since = self._wrong.pop(who, (0, at))
        self._wrong[who] = (count + 1, since) if at - since < WRONG_WITHIN else (1, at)
        while len(self._wrong) > KEPT:
            self._wrong.popitem(last=False)
