"""Rules, facts, intents and templates, swapped while the server runs.

A change is read whole and swapped whole. One that cannot be read leaves the old in force, and
every surface says so until it is mended. New examples train beside the old model, which serves
until then.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.brand.business_hours import local_day
from bot.brand.settings import Brand
from bot.model.errors import AboveboardError
from handlers.brandfiles.documents.brand_files import take_fingerprint
from handlers.brandfiles.loading import Library, load_knowledge, same_examples
from handlers.models.reader_loading import reader_for
from handlers.ports.clock import Clock

RELOAD_EVERY = 2.0  # seconds between looks
log = logging.getLogger("aboveboard")

Changed = Callable[[], Awaitable[None]]


# What is only read at a start, as an operator knows it. All else is read where it is used.
AT_START: Mapping[str, Callable[[Brand], object]] = {
    "server.host": lambda brand: brand.server.host,
    "server.port": lambda brand: brand.server.port,
    "server.proxy": lambda brand: brand.server.proxy,
    "server.public_url (https or not)": lambda brand: brand.server.public_url.split(":")[0],
    "store.path": lambda brand: brand.store,
    "the name of the web chat's channel": lambda brand: brand.first_of_kind("web"),
}


def words_on_restart(started: Brand, now: Brand) -> str | None:
    """What was changed since the start and needs another one, as a banner; None if nothing."""
    waiting = [name for name, read in AT_START.items() if read(started) != read(now)]
    return f"In force from the next start of the server: {', '.join(waiting)}." if waiting else None


class Watch:
    """Looks at a brand's folder. `changed` is told after each swap.

    A new day is looked at too: what was announced for it begins, and facts run out.
    """

    def __init__(self, root: Path, library: Library, clock: Clock, changed: Changed) -> None:
        self._root, self._library, self._clock, self._changed = root, library, clock, changed
        self._seen = (self._day(), library.seen or take_fingerprint(root))
        self._looking = asyncio.Lock()

    def _day(self) -> date:
        return local_day(self._clock.now(), self._library.knowledge.brand.hours)

    async def look(self) -> bool:
        """Take over what has changed; True if something was swapped. One look waits for the other,
        so what was in the files before is in force afterwards."""
        async with self._looking:
            return await self._look()

    async def _look(self) -> bool:
        seen = (self._day(), await asyncio.to_thread(take_fingerprint, self._root))
        if seen == self._seen:
            return False
        self._seen = seen
        library, before = self._library, self._library.knowledge
        reader = library.reader
        try:
            fresh = await asyncio.to_thread(load_knowledge, self._root, self._clock.now())
            if not same_examples(before, fresh):
                reader = await asyncio.to_thread(reader_for, self._root, fresh)
        except AboveboardError as error:
            first = str(error).splitlines()[0]
            library.trouble[:] = [f"A change is not in force; the old files are. {first}"]
            log.error("a change of the brand's files is not in force: %s", first)
            return False
        library.trouble.clear()
        if fresh.version == before.version:
            return False
        library.reader = reader
        earned = library.knowledge.guarantees  # as they are now: training takes seconds
        library.knowledge = replace(library.settle(fresh), guarantees=earned)
        await self._changed()
        return True
