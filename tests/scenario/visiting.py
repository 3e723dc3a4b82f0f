"""Somebody at the desk of a running shop, as a plain browser: signed in, without scripts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from tests.scenario.conftest import Shop
from tests.visitor import Visitor


@asynccontextmanager
async def desk(shop: Shop, person: str) -> AsyncIterator[Visitor]:
    """The desk of a running shop, without scripts."""
    runner = web.AppRunner(shop.app.site, shutdown_timeout=1.0)
    await runner.setup()
    listening = web.TCPSite(runner, "localhost", 0)
    await listening.start()
    visitor = Visitor(f"http://localhost:{runner.addresses[0][1]}", {})
    try:
        await visitor.get(await shop.app.sign_in.link(person))
        yield visitor
    finally:
        await visitor.close()
        await runner.cleanup()
