"""`aboveboard figures`: what was asked, handed over and resolved, why, and what both sides say;
and how the answers were shared among the modes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

import click

from handlers.brandfiles.loading import load_knowledge
from handlers.cli.output import as_json, find_store, json_option, store_option
from handlers.ports.store_port import Transaction
from handlers.service.learning import counters, ratings
from handlers.service.learning.counters import Figure
from handlers.service.learning.ratings import Differing
from handlers.service.queries.mode_share import list_mode_shares
from handlers.store.readers import open_readonly


@click.command()
@click.option("--weeks", type=click.IntRange(1, 520), default=8, show_default=True)
@store_option
@json_option
@click.pass_obj
def figures(root: str, weeks: int, store: str | None, json_: bool) -> None:
    """Count asks, reasons, hand-overs, what was resolved and what helped, by week and channel.

    And the mix: the share of answers by mode, beside its target in config.yaml."""
    now = datetime.now(UTC)
    knowledge = load_knowledge(Path(root), now)
    path = find_store(root, store, knowledge.brand)
    brand = knowledge.brand
    found, differing = gathered(path, now.date(), weeks)
    reader = open_readonly(path, counters.INDEXES)
    shares = reader.read(lambda tx: list_mode_shares(tx, brand, now.date(), weeks))
    if json_:
        known = {"weeks": weeks, "figures": found, "differing": differing}
        click.echo(as_json({**known, "maturity": brand.maturity, "mix": shares}))
        return
    if not found:
        click.echo("Nothing was counted in these weeks.")
    for week, lines in groupby(found, key=lambda figure: figure.week):
        click.echo(week)
        for line in lines:
            name = f" {line.name}" if line.name else ""
            click.echo(f"  {line.count:>6}  {line.what}{name} · {line.channel}")
        for share in shares:
            if share.week == week and share.share is not None:
                aim = "" if share.target is None else f", target {share.target:.0%}"
                click.echo(f"  {share.share:>6.0%}  of answers {share.mode or '(unknown)'}{aim}")
    click.echo(f"Maturity: {brand.maturity}. No answer goes out without a person.")
    if differing:
        click.echo(f"Both sides differ about {len(differing)}: see the room Figures on the desk.")


def gathered(store: Path, today: date, weeks: int) -> tuple[list[Figure], list[Differing]]:
    """What the store has of these weeks, the newest first; and what both sides differ about."""

    def read(tx: Transaction) -> tuple[list[Figure], list[Differing]]:
        found = counters.list_figures(tx, today, weeks) + ratings.list_rating_figures(
            tx, today, weeks
        )
        return sorted(found, key=lambda it: it.week, reverse=True), ratings.list_differing(tx)

    return open_readonly(store, {**counters.INDEXES, **ratings.INDEXES}).read(read)
