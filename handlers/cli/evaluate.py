"""`aboveboard evaluate KIND FILE`: how well a check does on texts that you have labelled."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from bot.detect import taint
from bot.errors import BrandError
from bot.evaluate import (
    commitments,
    injection,
    intents,
    personal,
    precedent,
    pressure,
    secrets,
)
from bot.evaluate import taint as tainted
from bot.knowledge import Knowledge
from handlers.cli.output import as_json
from handlers.loading import load_knowledge
from handlers.training import encoder_of

Rows = list[dict[str, Any]]
TEXT_COLUMNS = ("text", "utterance", "message")
INTENT_COLUMNS = ("intent", "category", "label")

NEEDED: Mapping[str, tuple[str, ...]] = {
    "personal-data": ("text", "spans"),
    "commitments": ("text", "gold"),
    "secrets": ("text", "label"),
    "pressure": ("text", "label"),
    "injection": ("text", "label"),
    "taint": ("text", "private", "label"),
    "precedent": ("published", "text", "contradicts"),
}


@click.command()
@click.argument("kind", type=click.Choice([*NEEDED, "intents"]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--train", type=click.Path(exists=True, dir_okay=False), help="Intents: examples.")
@click.option("--locale", default="en", show_default=True, help="The language of the texts.")
@click.option("--json", "json_", is_flag=True, help="One JSON object.")
@click.option("--worst", "shown_worst", default=10, show_default=True, help="Examples to show.")
@click.pass_obj
def evaluate(
    root: str, kind: str, file: str, train: str | None, locale: str, json_: bool, shown_worst: int
) -> None:
    """Measure a check on your own labelled texts. KIND says which; docs/figures.md has the formats.

    FILE holds one JSON object a line; intents: CLINC150's JSON, or CSV with text and intent beside
    the examples of --train (`oos` marks what is out of scope).
    """
    knowledge = load_knowledge(Path(root), datetime.now(UTC))
    if kind == "intents":
        figures = intent_figures(Path(root), Path(file), train, locale, knowledge)
    else:
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


def _vocabulary(knowledge: Knowledge) -> frozenset[str]:
    facts = knowledge.published.facts
    texts = (text for fact in facts for text in (*fact.text.values(), *fact.titles.values()))
    return taint.vocabulary((*texts, knowledge.brand.name))


CHECKS: Mapping[str, Callable[[Rows, str, Knowledge], dict[str, Any]]] = {
    "personal-data": lambda rows, _, __: personal.evaluate(rows),
    "commitments": lambda rows, locale, _: commitments.evaluate(rows, locale),
    "secrets": lambda rows, _, known: secrets.evaluate(rows, known.brand.internal),
    "pressure": lambda rows, locale, _: pressure.evaluate(rows, locale),
    "injection": lambda rows, _, __: injection.evaluate(rows),
    "taint": lambda rows, _, known: tainted.evaluate(rows, _vocabulary(known)),
    "precedent": lambda rows, locale, _: precedent.evaluate(rows, locale),
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
            yield row


def intent_figures(
    root: Path, file: Path, train: str | None, locale: str, knowledge: Knowledge
) -> dict[str, Any]:
    """Train on the examples, then read the test messages."""
    from bot.understanding.training import train as learn  # scikit-learn: only when asked for

    split = _split(file, train)
    encoder = encoder_of(root, knowledge.brand)
    own = encoder if encoder is not None and locale in encoder.languages else None
    embed = own.embed if own else None
    contextual = own is not None and own.contextual
    name = own.id if own else ""
    model = learn(locale, split.train, embed, encoder=name, contextual=contextual)

    def estimated(rows: Sequence[intents.Labelled]) -> list[Any]:
        vectors = embed([row.text for row in rows]) if embed and rows else [None] * len(rows)
        return [(row, model.estimate_of(row.text, v)) for row, v in zip(rows, vectors, strict=True)]

    messages = len(split.test) + len(split.validation)
    return timed(
        lambda: intents.evaluate(estimated(split.test), estimated(split.validation)),
        messages,
        "ms_per_message",
    )


def _split(file: Path, train: str | None) -> intents.Split:
    if file.suffix == ".json":
        try:
            return intents.from_clinc(msgspec.json.decode(file.read_bytes()))
        except (msgspec.DecodeError, KeyError, TypeError, ValueError) as error:
            problem = f"not in CLINC150's form: {error}."
            mend = "It needs train, val and test, lists of [text, intent]."
            raise BrandError(str(file), 0, problem, mend) from error
    if train is None:
        raise BrandError(str(file), 0, "there is nothing to learn from.", "Name it with --train.")
    return intents.from_rows(_table(file), _table(Path(train)))


def _table(file: Path) -> Iterable[tuple[str, str]]:
    with file.open(newline="", encoding="utf-8") as opened:
        reader = csv.DictReader(opened)
        columns = reader.fieldnames or ()
        text = next((name for name in TEXT_COLUMNS if name in columns), None)
        intent = next((name for name in INTENT_COLUMNS if name in columns), None)
        if text is None or intent is None:
            mend = "The first line names the columns: text,intent."
            raise BrandError(str(file), 1, "no columns for text and intent.", mend)
        return [(row[text] or "", row[intent] or "") for row in reader]
