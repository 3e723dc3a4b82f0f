"""Every store there is, for the suites that all of them must pass."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handlers.ports.store_port import Store
from handlers.store.embedded import EmbeddedStore

INDEXES = {"messages": ("state", "place.channel", "due"), "outbox": ("state",)}


def embedded(folder: Path) -> Store:
    return EmbeddedStore(folder / "store.db", INDEXES)


# name -> a function that opens the store of a folder, the same one each time
STORES: dict[str, Callable[[Path], Store]] = {"embedded": embedded}

every_store = pytest.mark.parametrize("open_store", STORES.values(), ids=STORES.keys())
