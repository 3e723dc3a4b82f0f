"""`aboveboard pause` and `resume`: stop all sending with one command, whether a server runs or not.

The running server is asked over its socket; without one, the store's lock is taken and the row is
written, so that the next start finds it.
"""

from __future__ import annotations

import getpass
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.model.errors import StoreError
from handlers.app import ALL_INDEXES
from handlers.brandfiles.loading import load_knowledge
from handlers.cli.output import as_json, json_option, path_of_store, store_option
from handlers.service.commands.sending.pause_sending import Stop, change_pause
from handlers.service.control_socket import ask
from handlers.service.record.ledger import Ledger, signer_of
from handlers.store.embedded import EmbeddedStore

_channel = click.argument("channel", required=False, default="")


@click.command()
@_channel
@click.option("--reason", required=True, help="Why: people read it on the desk and on the record.")
@store_option
@json_option
@click.pass_obj
def pause(root: str, channel: str, reason: str, store: str | None, json_: bool) -> None:
    """Stop all sending, or CHANNEL's. Messages are still taken, cards still drawn."""
    _do(root, store, Stop(_me(), "an operator", channel, reason), json_)


@click.command()
@_channel
@click.option("--reason", default="", help="Why it may go on.")
@store_option
@json_option
@click.pass_obj
def resume(root: str, channel: str, reason: str, store: str | None, json_: bool) -> None:
    """Send again, everywhere or on CHANNEL. What waited is judged again first."""
    _do(root, store, Stop(_me(), "an operator", channel, reason, go_on=True), json_)


def _do(root: str, store: str | None, stop: Stop, json_: bool) -> None:
    knowledge = load_knowledge(Path(root), datetime.now(UTC))
    path = path_of_store(root, store, knowledge.brand)
    words = ask(path, {"do": "pause", **asdict(stop)})
    if words is None:
        if not path.exists():
            raise StoreError(f"{path}: nothing is stored yet. `aboveboard serve` begins a store.")
        opened = EmbeddedStore(path, ALL_INDEXES)
        try:
            ledger = Ledger(signer_of(knowledge.brand, path))
            now = datetime.now(UTC)
            words = opened.write_now(lambda tx: change_pause(tx, stop, ledger, knowledge, now))
        finally:
            opened.close()
        words += " No server runs; the next one finds it so."
    click.echo(as_json({"ok": True, "words": words}) if json_ else words)


def _me() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "an operator"
