"""`aboveboard explain ID`: why a reply was as it was, from what is stored."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click
from tinydb import where

from bot.cards.reason_words import say_actor, say_happening, say_reason
from bot.cards.wording import STATUS
from bot.knowledge import Knowledge
from bot.model import Engagement
from bot.model.errors import StoreError
from bot.model.reply import address
from handlers.brandfiles.loading import load_knowledge
from handlers.cli.output import as_json, find_store, finding_lines, json_option, store_option
from handlers.cli.try_command import shown, trace_of
from handlers.ports.store_port import Transaction
from handlers.public import entry_lines as lines
from handlers.service.record import INDEXES as RECORD_INDEXES
from handlers.service.record import recorded_entries as shelf
from handlers.store import repository
from handlers.store.readers import open_readonly


@click.command()
@click.argument("id_")
@store_option
@json_option
@click.pass_obj
def explain(root: str, id_: str, store: str | None, json_: bool) -> None:
    """Say why: ID is a card's id, or the address of an entry on the record."""
    now = datetime.now(UTC)
    knowledge = load_knowledge(Path(root), now)
    path = find_store(root, store, knowledge.brand)
    found = open_readonly(path, {**repository.INDEXES, **RECORD_INDEXES}).read(
        lambda tx: find(tx, id_)
    )
    if found is None:
        _entries(path, id_, json_)
        return
    trace = trace_of(found, knowledge, now)
    if json_:
        click.echo(as_json({**_stored(found, knowledge), "trace": trace.as_data()}))
        return
    why = say_reason(found.handling.why, found, knowledge)
    click.echo(f"{found.id}: {STATUS[found.state]}. {why}".rstrip())
    for it in found.timeline:
        who, what = say_actor(it, found, knowledge), say_happening(it, found, knowledge)
        click.echo(f"  {it.at:%Y-%m-%d %H:%M} {who}: {what}")
    if found.proposal.verdict is not None:
        then = found.proposal.verdict
        click.echo(f"\nThe verdict then, rules {then.rules[:8]}: {then.outcome}")
        for line in finding_lines(then.findings):
            click.echo(line)
    click.echo(f"\nThe rules now, {trace.rules[:8]}:\n{trace}")


def find(tx: Transaction, id_: str) -> Engagement | None:
    """The engagement with this id, or whose reply has this address on the record."""
    known = repository.load_engagement(tx, id_)
    if known is not None:
        return known
    for row in tx.table("deliveries").search(where("entry") == id_):
        return repository.load_engagement(tx, row["engagement"])
    for row in tx.table("engagements"):
        it = repository.read_row(row, Engagement)
        if id_ in {address(it.id, number) for number in range(it.replies + 1)}:
            return it
    return None


def _entries(path: Path, id_: str, json_: bool) -> None:
    """Entries of the record that belong to no card: what changed, was corrected, erased."""
    found = open_readonly(path, RECORD_INDEXES).read(lambda tx: shelf.at_address(tx, id_))
    if not found:
        raise StoreError(f"{path}: no card and no entry “{id_}”.")
    if json_:
        click.echo(as_json([{**asdict(it.entry), "index": it.index, **it.words} for it in found]))
        return
    for it in found:
        told = lines.line(it.entry, it.words.get("said", ""), it.words.get("why", ""))
        click.echo(f"Entry {it.index}, {it.entry.at:%Y-%m-%d %H:%M}: {told}")
        for change in it.entry.changes:
            click.echo(f"  {change.what} {change.id}: {change.how}")
            for name in sorted({*change.before, *change.after}):
                click.echo(f"    {name}: {change.before.get(name, '–')}")
                click.echo(f"    {' ' * len(name)}→ {change.after.get(name, '–')}")


def _stored(found: Engagement, knowledge: Knowledge) -> dict[str, object]:
    timeline = [
        {
            "at": it.at,
            "who": say_actor(it, found, knowledge),
            "what": say_happening(it, found, knowledge),
        }
        for it in found.timeline
    ]
    return {"id": found.id, "state": found.state, "timeline": timeline, **shown(found, knowledge)}
