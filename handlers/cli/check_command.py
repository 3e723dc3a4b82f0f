"""`check`, `test` and `init`: a brand's files, read, tried and begun."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.knowledge import Knowledge
from bot.model.errors import AboveboardError
from handlers.brandfiles.change_reasons import FILE
from handlers.brandfiles.loading import load_knowledge
from handlers.cli.output import as_json, json_option, path_of_store, store_option

SHIPPED = Path(__file__).resolve().parents[2]
PARTS = ("config.yaml", "policies", "templates")


@click.command()
@store_option
@json_option
@click.pass_obj
def check(root: str, store: str | None, json_: bool) -> None:
    """Read config, packs, facts, intents and templates; say everything that is wrong with them.

    Where a store is, what changed since it was last looked at is held against CHANGES.yaml."""
    problems: list[str] = []
    notes: list[str] = []
    try:
        knowledge = load_knowledge(Path(root), datetime.now(UTC), notes)
        notes += without_a_reason(path_of_store(root, store, knowledge.brand), knowledge)
    except AboveboardError as error:
        problems = str(error).splitlines()
    if json_:
        click.echo(as_json({"ok": not problems, "problems": problems, "notes": notes}))
    else:
        for line in problems:
            click.echo(line, err=True)
        for line in notes:
            click.echo(f"note: {line}")
        if not problems:
            click.echo(
                f"Everything loads: {len(knowledge.published.facts)} facts, "
                f"{len(knowledge.intents)} intents, {len(knowledge.rulebook.rules)} rules."
            )
    sys.exit(1 if problems else 0)


def without_a_reason(store: Path, knowledge: Knowledge) -> list[str]:
    """A note for each change that is in force, or would be, and that nobody has said why of."""
    if not store.exists():
        return []
    # beside a store only: it is what most of the command would wait for
    from handlers.public import change_words as changed
    from handlers.service.record.rules_in_force import LAST, TABLE, list_news, list_unexplained
    from handlers.store.readers import open_readonly

    last = open_readonly(store).read(lambda tx: tx.table(TABLE).get(doc_id=LAST))
    if last is None:
        return []
    return [
        f"{FILE}: {changed.words(change)} Nobody has said why. "
        f"Add an entry with what: [{change.id}]."
        for change in list_unexplained(last, [*list_news(last, knowledge)])
    ]


@click.command()
@json_option
@click.pass_obj
def test(root: str, json_: bool) -> None:
    """Run the cases of every rule: what it must catch, and what it must let pass."""
    from bot.policy.rule_cases import run_cases
    from handlers.brandfiles.pack_files import load_packs

    knowledge = load_knowledge(Path(root), datetime.now(UTC))
    packs = load_packs(Path(root) / "policies", knowledge.brand.packs)
    report = run_cases(knowledge.rulebook, packs)
    if json_:
        shown = {"ok": report.is_ok, "cases": len(report.results), "failures": report.failure_lines}
        click.echo(as_json(shown))
    else:
        click.echo(str(report))
    sys.exit(0 if report.is_ok else 1)


@click.command()
@click.argument("directory", type=click.Path(file_okay=False))
def init(directory: str) -> None:
    """Begin a new brand in DIRECTORY: a copy of the sample brand, to make your own."""
    target = Path(directory)
    if target.exists() and any(target.iterdir()):
        raise AboveboardError(f"{target} is not empty. Name a new folder; nothing was written.")
    target.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        source = SHIPPED / part
        copy = shutil.copytree if source.is_dir() else shutil.copy2
        copy(source, target / part)
    click.echo(f"A brand to make your own is in {target}. Begin with config.yaml, then:")
    click.echo(f"  aboveboard --root {target} check")
    click.echo(f"  aboveboard --root {target} serve")
