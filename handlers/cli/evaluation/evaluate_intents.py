"""`aboveboard evaluate intents`: read labelled messages, learn from examples, say how well it goes.

Each language is learned and read by itself, as it is when messages come in. The examples are those
of --train, or else the brand's own: then the file says how well customers are understood today.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from bot.evaluation import intent_scores
from bot.evaluation.splits import (
    OUT_OF_SCOPE,
    LabelledMessage,
    LabelledSplit,
    describe_oddities,
    group_by_intent,
    read_clinc,
    read_labelled,
)
from bot.knowledge import Knowledge
from bot.model.errors import BrandError
from bot.understanding.classifier.intent_model import IntentEstimate
from handlers.models.reader_loading import encoder_of, examples_of

TEXT_COLUMNS = ("text", "utterance", "message")
INTENT_COLUMNS = ("intent", "category", "label")
LANGUAGE_COLUMNS = ("language", "locale", "lang")

Table = tuple[LabelledMessage, ...]
Texts = Mapping[str, Sequence[str]]
Read = list[tuple[LabelledMessage, IntentEstimate]]


def intent_figures(
    root: Path, file: Path, train: Path | None, locale: str, knowledge: Knowledge
) -> dict[str, Any]:
    """Learn from the examples, then read the messages; `locale` is the language of a file that
    names none. Raises BrandError for a file that can't be used."""
    notes: list[str] = []
    test: Read = []
    validation: Read = []
    took = 0.0
    for language, split, not_this in _by_language(file, train, locale, knowledge):
        said = describe_oddities(split)
        notes += [f"{language}: {note}" for note in said] if language != locale else said
        estimate = _learned(root, file, language, split, not_this, knowledge)
        began = time.process_time()
        test += estimate(split.test)
        validation += estimate(split.validation)
        took += time.process_time() - began
    each = took * 1e3 / max(1, len(test) + len(validation))
    return {**intent_scores.score_intents(test, validation), "ms_per_message": each, "notes": notes}


def _learned(
    root: Path,
    file: Path,
    language: str,
    split: LabelledSplit,
    not_this: Texts,
    knowledge: Knowledge,
) -> Any:
    from bot.understanding.classifier.model_training import TooLittleError, train_model

    encoder = encoder_of(root, knowledge.brand)
    own = encoder if encoder and language.partition("-")[0] in encoder.languages else None
    embed = own.embed if own else None
    contextual = own is not None and own.contextual
    try:
        model = train_model(
            language, split.train, embed, not_this, own.id if own else "", contextual=contextual
        )
    except TooLittleError as error:
        mend = "Give at least two intents with an example each, in that language."
        raise BrandError(
            str(file), 0, f"nothing to tell apart ({language}): {error}", mend
        ) from error

    def estimate(rows: Sequence[LabelledMessage]) -> Read:
        vectors = embed([row.text for row in rows]) if embed and rows else [None] * len(rows)
        return [
            (row, model.estimate_vector(row.text, v)) for row, v in zip(rows, vectors, strict=True)
        ]

    return estimate


def _by_language(
    file: Path, train: Path | None, locale: str, knowledge: Knowledge
) -> Iterator[tuple[str, LabelledSplit, Texts]]:
    """(language, what is learned and judged in it, near misses), one language after the other."""
    if file.suffix == ".json":
        yield locale, _clinc(file), {}
        return
    table = read_table(file)
    learned = read_table(train) if train else None
    for language in sorted({row.language for row in table}):
        rows = tuple(row for row in table if row.language == language)
        spoken = language or locale
        if learned is None:
            examples, not_this = examples_of(knowledge.intents, spoken)
            own = {intent: tuple(texts) for intent, texts in examples.items()}
            yield spoken, LabelledSplit(own, (), rows), not_this
        else:
            mine = [row for row in learned if (row.language or locale) == spoken]
            yield spoken, LabelledSplit(group_by_intent(mine), (), rows), {}


def _clinc(file: Path) -> LabelledSplit:
    mend = "It needs train, val and test, lists of [text, intent]."
    try:
        split = read_clinc(msgspec.json.decode(file.read_bytes()))
    except (msgspec.DecodeError, KeyError, TypeError, ValueError) as error:
        raise BrandError(str(file), 0, f"not in CLINC150's form: {error}.", mend) from error
    if not split.test:
        raise BrandError(str(file), 0, "there is no message under “test”.", mend)
    return split


def read_table(file: Path) -> Table:
    """A CSV of text, intent and perhaps language. Rows without a text or an intent are refused.

    Raises BrandError with the line that can't be used.
    """
    try:
        with file.open(newline="", encoding="utf-8-sig") as opened:
            table = read_labelled(_rows(file, csv.DictReader(opened)))
    except UnicodeDecodeError as error:
        raise BrandError(str(file), 0, "this is not UTF-8.", "Save it as CSV in UTF-8.") from error
    except csv.Error as error:
        raise BrandError(str(file), 0, f"not a CSV file: {error}.") from error
    if not table:
        mend = f"Give a line for each message: text,intent ({OUT_OF_SCOPE} for none of them)."
        raise BrandError(str(file), 1, "there is no message in it.", mend)
    return table


def _rows(file: Path, reader: csv.DictReader[str]) -> Iterator[tuple[str, str, str]]:
    columns = reader.fieldnames or ()
    text = next((name for name in TEXT_COLUMNS if name in columns), None)
    intent = next((name for name in INTENT_COLUMNS if name in columns), None)
    language = next((name for name in LANGUAGE_COLUMNS if name in columns), None)
    if text is None or intent is None:
        mend = "The first line names the columns: text,intent."
        raise BrandError(str(file), 1, "no columns for text and intent.", mend)
    for row in reader:
        if not (row[text] or "").strip() or not (row[intent] or "").strip():
            missing = "text" if not (row[text] or "").strip() else "intent"
            mend = f"Fill it in, or take the line out; {OUT_OF_SCOPE} says that it is none of them."
            raise BrandError(str(file), reader.line_num, f"the {missing} is missing.", mend)
        yield row[text], row[intent].strip(), (row[language] or "").strip() if language else ""


WORDS = {
    "messages": "messages read",
    "in_scope_accuracy": "read right, of those that have an intent",
    "closed_accuracy": "the same, if nothing were turned away",
    "oos_recall": "turned away, of those that have none",
    "oos_auroc": "how well the two are told apart (AUROC; 1 is always, 0.5 by chance)",
    "oos_aupr": "the same, by precision and recall (AUPR)",
    "coverage_at_99": "could be answered with 99 of 100 right",
    "ece": "how far its confidence is off, on average",
    "accepted": "accepted as things stand, of those that have an intent",
    "wrong_of_accepted": "wrong among the accepted",
    "oos_accepted": "accepted, of those that have none",
    "threshold": "where the threshold is from",
    "ms_per_message": "milliseconds of CPU a message",
}
_WEAKEST = 10


def in_lines(figures: Mapping[str, Any]) -> Iterator[str]:
    """The figures for people: odd things first, then what they say, then where it goes wrong."""
    yield from (f"Note: {note}" for note in figures["notes"])
    if figures["notes"]:
        yield ""
    for name, words in WORDS.items():
        if name in figures:
            yield f"{name:<20}{_shown(figures[name]):>12}  {words}"
    if figures["languages"]:
        yield "\nBy language"
        for language, own in figures["languages"].items():
            shares = ", ".join(f"{n} {_shown(own[n])}" for n in ("in_scope_accuracy", "accepted"))
            yield f"  {language:<18}{own['messages']:>6} messages  {shares}"
    if figures["intents"]:
        yield "\nIntents that are read worst"
        for intent, own in weakest(figures["intents"])[:_WEAKEST]:
            shares = f"recall {own['recall']:.3f}  precision {own['precision']:.3f}"
            yield f"  {intent:<32}{own['messages']:>6} messages  {shares}"
    if figures["confusion"]:
        yield "\nMost often mistaken"
        for pair in figures["confusion"][:_WEAKEST]:
            yield f"  {pair['messages']:>4} × {pair['intent']} read as {pair['read_as']}"
            yield from (f"         “{text}”" for text in pair["examples"][:2])


def weakest(by_intent: Mapping[str, dict[str, float]]) -> list[tuple[str, dict[str, float]]]:
    return sorted(by_intent.items(), key=lambda item: (item[1]["f1"], item[0]))


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
