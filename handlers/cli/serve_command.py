"""`aboveboard serve`: everything, on localhost, until it is stopped."""

from __future__ import annotations

import asyncio
import ctypes
import logging
import os
import signal
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import click
from aiohttp import web

from bot.knowledge import Knowledge
from bot.model import Role
from bot.model.errors import AboveboardError
from handlers.app import App, running
from handlers.brandfiles.loading import load_library
from handlers.cli.log_lines import OneLineFormatter
from handlers.cli.output import store_option

_ARENA_MAX = -8  # glibc's name for it in mallopt: M_ARENA_MAX
DECIDES = (Role.LEAD, Role.APPROVER)


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Instead of the port in config.yaml.")
@store_option
@click.option("--no-samples", is_flag=True, help="Begin with an empty desk.")
@click.pass_obj
def serve(root: str, port: int | None, store: str | None, no_samples: bool) -> None:
    """Start the chat, the desk and the record; with Slack's tokens set, Slack too."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLineFormatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    path = Path(store) if store else None
    asyncio.run(_serve(Path(root).resolve(), port, path, not no_samples))


def _keep_memory_small() -> None:
    """Two heaps for all threads, and what loading needed goes back: 40 MB. Only glibc has this."""
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt(_ARENA_MAX, 2)
        libc.malloc_trim(0)


async def _serve(root: Path, port: int | None, store: Path | None, samples: bool) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    _keep_memory_small()
    click.echo("Reading the rules, the facts and the examples …")
    library = await asyncio.to_thread(load_library, root, datetime.now(UTC))
    _keep_memory_small()
    if port is not None:
        library.settle = partial(_at_port, port=port)
        library.knowledge = library.settle(library.knowledge)
    server = library.knowledge.brand.server
    async with running(root, library, os.environ, store_path=store, samples=samples) as app:
        runner = web.AppRunner(app.site, access_log=None, shutdown_timeout=2.0)
        await runner.setup()
        site = web.TCPSite(runner, server.host, server.port)
        try:
            await site.start()
        except OSError as error:
            where = f"{server.host}:{server.port}"
            mend = "Stop what uses it, or name another with --port."
            raise AboveboardError(f"{where} cannot be used: {error.strerror}. {mend}") from error
        try:
            await _greet(app, f"http://localhost:{server.port}")
            await stopped.wait()
            click.echo("\nStopping. What is under way is finished at the next start.")
        finally:
            await runner.cleanup()


def _at_port(knowledge: Knowledge, port: int) -> Knowledge:
    """On another port of this machine, replies link to their entries there."""
    brand = knowledge.brand
    public = brand.server.public_url
    if urlsplit(public).hostname in ("localhost", "127.0.0.1"):
        public = f"http://localhost:{port}"
    server = replace(brand.server, port=port, public_url=public)
    return replace(knowledge, brand=replace(brand, server=server))


async def _greet(app: App, here: str) -> None:
    """Three addresses, and a way in to the desk for the first person who may decide."""
    click.echo(f"""
  Customers write at   {here}/chat
  Your desk is at      {here}/desk
  The public record    {here}/record
""")
    people = app.library.knowledge.brand.people
    first = next((p for p in people if p.roles & set(DECIDES)), None)
    if first is None:
        click.echo("Nobody may decide yet: give somebody the role approver in config.yaml.")
    else:
        link = await app.sign_in.link(first.id)
        click.echo(f"Sign in to the desk as {first.name}, once, within the hour:\n  {here}{link}\n")
    for banner in app.service.banners():
        click.echo(f"Note: {banner}")
    click.echo("Stop with Ctrl-C.")
