from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.webside import WebSide, web_side


@pytest_asyncio.fixture
async def side(tmp_path: Path) -> AsyncIterator[WebSide]:
    async with web_side(tmp_path) as opened:
        yield opened
