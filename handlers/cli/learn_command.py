"""`aboveboard learn`: what decisions propose to learn, for those who don't use the desk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from pathlib import Path
from typing import Any

import click

from bot.model.errors import StoreError
from handlers.brandfiles.loading import Library, load_brand, load_library
from handlers.cli.output import as_json, json_option, path_of_store, store_option
from handlers.ports.clock import SystemClock
from handlers.service.control_socket import ask
from handlers.service.learning.proposals import Proposals
from handlers.store.embedded import EmbeddedStore
from handlers.store.readers import open_readonly
from handlers.store.repository import INDEXES


class _ReadOnly:
    """A store for looking at, also while a server runs on it."""

    def __init__(self, path: Path) -> None:
        readers = open_readonly(path, INDEXES)
        self.read, self.close = readers.read, readers.close

    def write(self, work: object) -> Awaitable[object]:
        raise StoreError("This store is open for reading only.")


def _library(root: str) -> tuple[Library, Path]:
    library = load_library(Path(root), SystemClock().now())
    return library, Path(root) / library.knowledge.brand.store


@click.group()
def learn() -> None:
    """Proposed examples: list, accept, decline."""


@learn.command("list")
@store_option
@json_option
@click.pass_obj
def list_(root: str, store: str | None, json_: bool) -> None:
    """What is proposed, the oldest first."""
    library, path = _library(root)
    readers = _ReadOnly(Path(store) if store else path)
    proposals = Proposals(Path(root), readers, library, SystemClock().now)  # type: ignore[arg-type]
    found, count = asyncio.run(proposals.waiting())
    if json_:
        listed = [
            {
                "id": shown.proposal.id,
                "intent": shown.proposal.intent,
                "list": shown.proposal.teaches.value,
                "language": shown.locale,
                "text": shown.text,
                "read_as": shown.read_as,
                "private": [
                    {"start": s.start, "end": s.end, "words": s.words} for s in shown.private
                ],
                "notes": list(shown.notes),
            }
            for shown in found
        ]
        click.echo(as_json({"open": count, "proposals": listed}))
        return
    for shown in found:
        list_name = "" if shown.proposal.teaches.value == "examples" else ", not this"
        click.echo(f"{shown.proposal.id}  {shown.title}{list_name} ({shown.locale})")
        click.echo(f"  “{shown.text}”")
        if shown.private:
            words = ", ".join(f"“{span.words}”" for span in shown.private)
            click.echo(f"  to be taken out: {words}")
        for note in shown.notes:
            click.echo(f"  {note}")
    click.echo(f"{count} proposed." if count else "Nothing is proposed.")


@learn.command()
@click.argument("id")
@store_option
@click.option("--text", help="Other words, without what says whose they are.")
@click.option("--language", default="", help="Another language than the one it was read in.")
@click.pass_obj
def accept(root: str, id: str, store: str | None, text: str | None, language: str) -> None:
    """Make the proposal ID an example."""
    request = {"do": "learn-accept", "id": id, "text": text, "language": language}
    _decide(root, store, request)


@learn.command()
@click.argument("id")
@click.argument("reason")
@store_option
@click.pass_obj
def decline(root: str, id: str, reason: str, store: str | None) -> None:
    """Decline the proposal ID, for a REASON."""
    _decide(root, store, {"do": "learn-decline", "id": id, "reason": reason})


def _decide(root: str, store: str | None, request: Mapping[str, Any]) -> None:
    """By the server, if one runs; else here, under the store's lock."""
    path = path_of_store(root, store, load_brand(Path(root)))
    words = ask(path, request)
    if words is None:
        library, _ = _library(root)
        opened = EmbeddedStore(path, INDEXES)
        try:
            proposals = Proposals(Path(root), opened, library, SystemClock().now)
            words = asyncio.run(_alone(proposals, request))
        finally:
            opened.close()
    click.echo(words)


async def _alone(proposals: Proposals, request: Mapping[str, Any]) -> str:
    return await proposals.commands[str(request["do"])](request)
