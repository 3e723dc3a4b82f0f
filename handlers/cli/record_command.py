"""`aboveboard record`: check the public record, sign its head, hand it out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.model.errors import StoreError
from bot.record.signed_note import Verifier
from handlers.brandfiles.loading import load_brand
from handlers.cli.output import as_json, json_option, path_of_store, store_option
from handlers.service.record import record_verify as checking
from handlers.service.record.ledger import signer_of
from handlers.service.record.record_export import export as hand_out
from handlers.service.record.record_log import latest_checkpoint
from handlers.store.readers import Readers, open_readonly


def _open(root: str, store: str | None) -> tuple[Readers, Path, Verifier]:
    brand = load_brand(Path(root))
    path = path_of_store(root, store, brand)
    if not path.exists():
        raise StoreError(f"{path}: there is no record yet. `aboveboard serve` begins one.")
    return open_readonly(path), path, signer_of(brand, path).verifier


@click.group()
def record() -> None:
    """The public record: verify, checkpoint, export."""


@record.command()
@store_option
@json_option
@click.pass_obj
def verify(root: str, store: str | None, json_: bool) -> None:
    """Compute everything again from the entries, and compare: tree, signature, words."""
    readers, _, key = _open(root, store)
    report = readers.read(lambda tx: checking.verify(tx, key))
    if json_:
        problems = [str(problem) for problem in report.problems]
        shown = {"good": report.good, "size": report.size, "signed": report.signed}
        click.echo(as_json({**shown, "root": report.root.hex(), "problems": problems}))
    elif report.good:
        click.echo(
            f"Verified: {report.size} entries, signed up to {max(0, report.signed)}. "
            f"Root {report.root.hex()[:16]}…, key {key}"
        )
    else:
        for problem in report.problems:
            click.echo(str(problem), err=True)
    sys.exit(0 if report.good else 1)


@record.command()
@store_option
@click.pass_obj
def checkpoint(root: str, store: str | None) -> None:
    """Print the newest signed head, for outsiders to keep."""
    readers, path, _ = _open(root, store)
    note = readers.read(latest_checkpoint)
    if not note:
        raise StoreError(f"{path}: no head is signed yet: nothing was published.")
    click.echo(note, nl=False)


@record.command()
@store_option
@click.argument("directory", type=click.Path(file_okay=False))
@click.pass_obj
def export(root: str, store: str | None, directory: str) -> None:
    """Write the record into DIRECTORY, with what outsiders need to check it."""
    readers, _, key = _open(root, store)
    count = readers.read(lambda tx: hand_out(tx, Path(directory), key))
    click.echo(f"{count} entries written to {directory}, with a README on how to check them.")
