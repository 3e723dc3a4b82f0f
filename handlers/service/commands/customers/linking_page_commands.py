"""What a customer's page does with the links of their channels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.handoff.identity_linking import BITS, new_code
from bot.model import Identity
from handlers.ports.service_port import Offer
from handlers.ports.store_port import Store, Transaction
from handlers.service.rows.identity_link_rows import (
    end_links,
    links_of_identity,
    list_identities,
    save_code,
)


class CustomerLinks:
    """Implements `handlers.ports.service_port.IdentityLinks`. `bits` gives so many random bits."""

    def __init__(
        self, store: Store, now: Callable[[], datetime], bits: Callable[[int], int]
    ) -> None:
        self._store, self._now, self._bits = store, now, bits

    async def offer(self, holder: Identity, language: str) -> Offer:
        """A new code; one that this identity took before works no more."""
        code, at = new_code(self._bits(BITS)), self._now()
        until = await self._store.write(lambda tx: save_code(tx, holder, code, language, at))
        return Offer(code, until)

    async def part(self, holder: Identity) -> bool:
        """End all links of this identity, at once."""
        at = self._now()
        return bool(await self._store.write(lambda tx: end_links(tx, holder, at)))

    def joined(self, holder: Identity) -> list[tuple[str, datetime]]:
        """Which channels this identity was joined with by a code, and since when."""
        return self._store.read(lambda tx: _list_joined(tx, holder))


def _list_joined(tx: Transaction, holder: Identity) -> list[tuple[str, datetime]]:
    found: dict[str, datetime] = {}
    for link in (it for one in list_identities(tx, holder) for it in links_of_identity(tx, one)):
        for end in (link.one, link.other):
            if end != holder and link.how == "code":
                found.setdefault(end.channel, link.at)
    return list(found.items())
