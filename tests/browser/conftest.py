"""A real browser before the real pages. Found on PATH; in CI a missing one is a failure."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    async_playwright,
    expect,
)

from bot.model import Person
from handlers.brandfiles.loading import Library, load_library
from tests.browser.shopfront import Shopfront, open_shopfront
from tests.shop import ADA, NOW, copy_brand

PATIENCE = 20_000  # milliseconds: how long a page may take on a machine that is busy
expect.set_options(timeout=PATIENCE)

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests here drive a browser, and share one event loop with it."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        words = f"no browser on PATH (looked for {', '.join(NAMES)}): install Debian's chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    flags = ["--disable-dev-shm-usage"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium refuses to run as root with it
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=path, args=flags)
        yield launched
        await launched.close()


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Library]:
    """The shipped brand in a folder of its own, read once."""
    root = copy_brand(tmp_path_factory.mktemp("brand"))
    return root, load_library(root, NOW)


@pytest_asyncio.fixture(loop_scope="session")
async def side(tmp_path: Path, loaded: tuple[Path, Library]) -> AsyncIterator[Shopfront]:
    async with open_shopfront(tmp_path, *loaded) as opened:
        yield opened


Opens = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="session")
async def opens(browser: Browser, side: Shopfront) -> AsyncIterator[Opens]:
    """Open a page in a browser of its own. At the end: no error or warning may stand on any
    console, except those that the test expects."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    async def open_(path: str, *, expected: tuple[str, ...] = (), **options: Any) -> Page:
        context = await browser.new_context(**{"reduced_motion": "reduce", **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = await context.new_page()

        def hear(words: str) -> None:
            if not any(known in words for known in expected):
                said.append(words)

        def listen(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                hear(f"{message.type}: {message.text}")

        page.on("console", listen)
        page.on("pageerror", lambda error: hear(f"error: {error}"))
        await page.goto(side.base + path)
        return page

    yield open_
    for context in contexts:
        await context.close()
    assert said == []


@pytest_asyncio.fixture(loop_scope="session")
async def desk(opens: Opens, side: Shopfront) -> Callable[..., Awaitable[Page]]:
    """Somebody at the desk."""

    async def sit(person: Person = ADA, **options: Any) -> Page:
        page = await opens(await side.sign_in.link(person.id), **options)
        await page.wait_for_url(f"{side.base}/desk")
        return page

    return sit
