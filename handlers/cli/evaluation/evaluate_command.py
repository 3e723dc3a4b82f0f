"""`aboveboard evaluate KIND FILE`: how well a check does on texts that you have labelled."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from bot.detect.taint.taint_detection import public_vocabulary
from bot.evaluation import commitment_scores, consistency_scores
from bot.evaluation.claim_scores import LABELS, score_claims
from bot.evaluation.detector_scores import (
    score_injections,
    score_personal_data,
    score_pressure,
    score_secrets,
    score_taint,
)
from bot.knowledge import Knowledge
from bot.model.errors import BrandError
from handlers.brandfiles.loading import load_knowledge
from handlers.cli.evaluation.evaluate_intents import in_lines, intent_figures
from handlers.cli.evaluation.evaluation_page import evaluation_page
from handlers.cli.output import as_json, json_option

Rows = list[dict[str, Any]]

NEEDED: Mapping[str, tuple[str, ...]] = {
    "personal-data": ("text", "spans"),
    "commitments": ("text", "gold"),
    "secrets": ("text", "label"),
    "pressure": ("text", "label"),
    "injection": ("text", "label"),
    "taint": ("text", "private", "label"),
    "precedent": ("published", "text", "contradicts"),
    "claims": ("facts", "text", "label"),
}


@click.command()
@click.argument("kind", type=click.Choice([*NEEDED, "intents"]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--train",
    type=click.Path(exists=True, dir_okay=False),
    help="Intents: the examples to learn from; without it, the brand's own.",
)
@click.option("--locale", default="en", show_default=True, help="The language of the texts.")
@json_option
@click.option(
    "--page",
    type=click.Path(dir_okay=False, writable=True),
    help="Intents: write a page with plots to this file; it needs no network.",
)
@click.option("--worst", "shown_worst", default=10, show_default=True, help="Examples to show.")
@click.pass_obj
def evaluate(
    root: str,
    kind: str,
    file: str,
    train: str | None,
    locale: str,
    json_: bool,
    page: str | None,
    shown_worst: int,
) -> None:
    """Measure a check on your own labelled texts. KIND says which; docs/figures.md has the formats.

    FILE holds one JSON object a line; intents: CLINC150's JSON, or CSV with text and intent (and
    perhaps language), read by the examples of --train or else the brand's own (`oos` marks what is
    none of the intents).
    """
    knowledge = load_knowledge(Path(root), datetime.now(UTC))
    if kind == "intents":
        _intents(Path(root), Path(file), train, locale, knowledge, page, json_)
        return
    if page is not None or train is not None:
        raise click.UsageError("--page and --train belong to the kind intents.")
    rows = list(read_rows(Path(file), kind))
    figures = timed(lambda: CHECKS[kind](rows, locale, knowledge), len(rows), "ms_per_text")
    worst = figures.pop("worst", [])[:shown_worst]
    if json_:
        click.echo(as_json({**figures, "worst": worst}))
        return
    for name, value in figures.items():
        if not isinstance(value, list | dict):
            click.echo(
                f"{name:<24}{value:.3f}" if isinstance(value, float) else f"{name:<24}{value}"
            )
    for example in worst:
        click.echo(f"  · {msgspec.json.encode(example).decode()}")


def _intents(
    root: Path,
    file: Path,
    train: str | None,
    locale: str,
    knowledge: Knowledge,
    page: str | None,
    json_: bool,
) -> None:
    figures = intent_figures(root, file, Path(train) if train else None, locale, knowledge)
    if page is not None:
        Path(page).write_text(evaluation_page(figures, file.name, knowledge.brand.name), "utf-8")
    if json_:
        click.echo(as_json(figures))
        return
    for line in in_lines(figures):
        click.echo(line)
    if page is not None:
        click.echo(f"\nThe page is in {page}.")


def _vocabulary(knowledge: Knowledge) -> frozenset[str]:
    facts = knowledge.published.facts
    texts = (text for fact in facts for text in (*fact.text.values(), *fact.titles.values()))
    return public_vocabulary((*texts, knowledge.brand.name))


CHECKS: Mapping[str, Callable[[Rows, str, Knowledge], dict[str, Any]]] = {
    "personal-data": lambda rows, _, __: score_personal_data(rows),
    "commitments": lambda rows, locale, _: commitment_scores.score_commitments(rows, locale),
    "secrets": lambda rows, _, known: score_secrets(rows, known.brand.internal),
    "pressure": lambda rows, locale, _: score_pressure(rows, locale),
    "injection": lambda rows, _, __: score_injections(rows),
    "taint": lambda rows, _, known: score_taint(rows, _vocabulary(known)),
    "precedent": lambda rows, locale, _: consistency_scores.score_consistency(rows, locale),
    "claims": lambda rows, locale, known: score_claims(
        rows, known, locale, datetime.now(UTC).date()
    ),
}


def timed(work: Callable[[], dict[str, Any]], texts: int, name: str) -> dict[str, Any]:
    """The figures of `work`, with the CPU milliseconds that it took for each text."""
    began = time.process_time()
    figures = work()
    return {**figures, name: (time.process_time() - began) * 1e3 / max(1, texts)}


def read_rows(file: Path, kind: str) -> Iterator[dict[str, Any]]:
    """One object a line. Raises BrandError with the line that is none, or lacks something."""
    with file.open("rb") as opened:
        for number, line in enumerate(opened, 1):
            if not line.strip():
                continue
            try:
                row = msgspec.json.decode(line, type=dict[str, Any])
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise BrandError(str(file), number, f"not a JSON object: {error}.") from error
            missing = [key for key in NEEDED[kind] if key not in row]
            if missing:
                problem = f"“{missing[0]}” is missing."
                mend = f"A line of kind {kind} needs {', '.join(NEEDED[kind])}."
                raise BrandError(str(file), number, problem, mend)
            if kind == "claims":
                _check_claim(row, file, number)
            yield row


def _check_claim(row: dict[str, Any], file: Path, number: int) -> None:
    if row["label"] not in LABELS:
        problem = f"“{row['label']}” is no label."
        raise BrandError(str(file), number, problem, f"There are: {', '.join(LABELS)}.")
    facts = row["facts"]
    listed = list(facts.values()) if isinstance(facts, dict) else facts
    if not isinstance(listed, list) or not all(
        isinstance(it.get("text") if isinstance(it, dict) else it, str) for it in listed
    ):
        mend = "Write texts, or objects with “text”, in a list or by their ids."
        raise BrandError(str(file), number, "“facts” are no texts.", mend)
