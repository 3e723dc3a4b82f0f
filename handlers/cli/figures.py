"""`aboveboard figures`: what was asked, handed over and resolved, and why, by week."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import click

from bot.errors import StoreError
from handlers import counters
from handlers.cli.output import as_json
from handlers.loading import load_knowledge
from handlers.stores.readers import open_readonly


@click.command()
@click.option("--weeks", type=click.IntRange(1, 520), default=8, show_default=True)
@click.option("--store", type=click.Path(dir_okay=False), help="Another store file.")
@click.option("--json", "json_", is_flag=True, help="One JSON object.")
@click.pass_obj
def figures(root: str, weeks: int, store: str | None, json_: bool) -> None:
    """Count asks, reasons, hand-overs and what was resolved, by week and channel."""
    now = datetime.now(UTC)
    knowledge = load_knowledge(Path(root), now)
    path = Path(store) if store else Path(root) / knowledge.brand.store
    if not path.exists():
        raise StoreError(f"{path}: nothing is stored yet.")
    reader = open_readonly(path, counters.INDEXES)
    found = reader.read(lambda tx: counters.figures(tx, now.date(), weeks))
    if json_:
        click.echo(as_json({"weeks": weeks, "figures": found}))
        return
    if not found:
        click.echo("Nothing was counted in these weeks.")
    for week, lines in groupby(found, key=lambda figure: figure.week):
        click.echo(week)
        for line in lines:
            name = f" {line.name}" if line.name else ""
            click.echo(f"  {line.count:>6}  {line.what}{name} · {line.channel}")
