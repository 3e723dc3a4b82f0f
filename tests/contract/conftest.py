from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.ports.store_port import Store
from tests.contract.stores import STORES


@pytest.fixture(params=STORES.values(), ids=STORES.keys())
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    opened = request.param(tmp_path)
    yield opened
    opened.close()
