"""`aboveboard doctor`: is everything here that it needs, and sound?"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.knowledge import Knowledge
from bot.model.errors import AboveboardError
from handlers.brandfiles.loading import load_knowledge
from handlers.channels.slack.slack_settings import has_slack_variables, list_missing_variables
from handlers.cli.output import store_option
from handlers.models import SHIPPED, OnnxEncoder
from handlers.service.record.record_verify import verify
from handlers.store.readers import open_readonly
from handlers.store.sqlite import find_damage

LEAST_SPACE = 200 * 1024 * 1024  # bytes

Sign = tuple[str, str]  # (✓, – or ✗; what is so)


@click.command()
@store_option
@click.pass_obj
def doctor(root: str, store: str | None) -> None:
    """Look at everything that it needs, and say what is wrong and how to mend it."""
    signs = list(_signs(Path(root), os.environ, Path(store) if store else None))
    for sign, words in signs:
        click.echo(f"{sign} {words}")
    sys.exit(1 if any(sign == "✗" for sign, _ in signs) else 0)


def _signs(root: Path, environ: Mapping[str, str], store: Path | None = None) -> Iterator[Sign]:
    yield "✓", f"Python {platform.python_version()}"
    try:
        knowledge = load_knowledge(root, datetime.now(UTC))
    except AboveboardError as error:
        for line in str(error).splitlines():
            yield "✗", line
        return
    yield "✓", f"{knowledge.brand.name}: config, facts, intents, templates and rules load"
    yield from _encoder(root, knowledge)
    yield from _store(store or root / knowledge.brand.store)
    yield from _slack(knowledge, environ)


def _encoder(root: Path, knowledge: Knowledge) -> Iterator[Sign]:
    if knowledge.brand.understanding.model == "lite":
        yield "–", "the lite model: no encoder is used"
        return
    try:
        path = knowledge.brand.understanding.encoder
        encoder = OnnxEncoder(SHIPPED if path == "shipped" else root / path)
        yield "✓", f"the encoder loads ({encoder.id[:12]})"
    except AboveboardError as error:
        yield "✗", str(error)


def _store(path: Path) -> Iterator[Sign]:
    folder = next(parent for parent in path.parents if parent.exists())
    free = shutil.disk_usage(folder).free
    enough = free >= LEAST_SPACE
    yield "✓" if enough else "✗", f"{free // 1024**2:,} MB free for {path}"
    if not path.exists():
        yield "–", f"{path} will be made at the first start"
        return
    try:
        faults = find_damage(path)
        yield ("✗", f"{path}: {faults[0]}") if faults else ("✓", f"{path} is sound")
        report = open_readonly(path).read(verify)
        for problem in report.problems:
            yield "✗", f"the record: {problem}"
        if report.good:
            yield "✓", f"the record's {report.size} entries are as they were written"
    except AboveboardError as error:
        yield "✗", str(error)


def _slack(knowledge: Knowledge, environ: Mapping[str, str]) -> Iterator[Sign]:
    names = list_missing_variables(knowledge.brand, environ)
    if not has_slack_variables(environ):
        yield "–", f"Slack is off: {', '.join(names)} not set"
    elif names:
        yield "✗", f"Slack cannot start: {', '.join(names)} not set"
    else:
        yield "✓", "Slack's tokens are set"
