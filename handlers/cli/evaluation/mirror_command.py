"""`aboveboard mirror`: is everybody who asks the same promised the same, in every language?"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from bot.evaluation.mirror import PERSONAS, Answer, PromiseDifference, find_promise_differences
from bot.knowledge import Knowledge
from bot.model.errors import BrandError
from handlers.brandfiles.loading import Library, load_knowledge, load_library
from handlers.cli.output import as_json, json_option
from handlers.service.simulation.mirror_asking import ask_as_personas


@click.command()
@click.option("--intent", "intents", multiple=True, help="Only this one; may be given again.")
@click.option("--no-reader", is_flag=True, help="Only lay the templates side by side: seconds.")
@json_option
@click.pass_obj
def mirror(root: str, intents: tuple[str, ...], no_reader: bool, json_: bool) -> None:
    """Let many people ask the same, and compare what each of them is promised.

    Students and VIPs, polite and curt, by day and by night, in every language: all replies to an
    ask must hold the same commitments, or a person answers. Exit code 1 if one holds others.
    """
    now = datetime.now(UTC)
    library = None if no_reader else load_library(Path(root), now)
    knowledge = library.knowledge if library else load_knowledge(Path(root), now)
    _known(intents, knowledge)
    answers, found = compared(knowledge, now, library, intents)
    if json_:
        click.echo(as_json(shown(answers, found)))
    else:
        for line in in_lines(answers, found, knowledge):
            click.echo(line)
    sys.exit(1 if found else 0)


def compared(
    knowledge: Knowledge, at: datetime, library: Library | None, intents: Sequence[str] = ()
) -> tuple[list[Answer], tuple[PromiseDifference, ...]]:
    """All answers, and where they differ."""
    answers = list(ask_as_personas(knowledge, at, library, intents=intents))
    return answers, find_promise_differences(answers)


def _known(intents: Sequence[str], knowledge: Knowledge) -> None:
    drafted = sorted(intent.id for intent in knowledge.intents.values() if intent.reply == "draft")
    for intent in intents:
        if intent not in drafted:
            mend = f"Those that are drafted: {', '.join(drafted)}."
            raise BrandError("policies/intents", 0, f"nothing is drafted for “{intent}”.", mend)


def shown(answers: Sequence[Answer], found: Sequence[PromiseDifference]) -> dict[str, Any]:
    """The keys that scripts rely on."""
    return {
        "same": not found,
        "people": len(PERSONAS),
        "asks": len({(one.intent, one.locale) for one in answers}),
        "answered": sum(bool(one.text) for one in answers),
        "to_a_person": sum(not one.text for one in answers),
        "never_answered": [{"intent": i, "locale": loc, "why": w} for i, loc, w in silent(answers)],
        "differences": [
            {
                "intent": one.intent,
                "missing": list(one.missing_promises),
                "added": list(one.added_promises),
                "people": one.people,
                "usual": _side(one.usual),
                "other": _side(one.other),
            }
            for one in found
        ],
    }


def _side(one: Answer) -> dict[str, str]:
    return {"who": one.who, "locale": one.locale, "asked": one.asked, "text": one.text}


def silent(answers: Sequence[Answer]) -> Iterator[tuple[str, str, str]]:
    """Intent, locale and reason of what nobody at all was answered: there nothing is compared."""
    asks: dict[tuple[str, str], list[Answer]] = {}
    for one in answers:
        asks.setdefault((one.intent, one.locale), []).append(one)
    for (intent, locale), given in asks.items():
        if not any(one.text for one in given):
            yield intent, locale, given[0].why


def in_lines(
    answers: Sequence[Answer], found: Sequence[PromiseDifference], knowledge: Knowledge
) -> Iterator[str]:
    """What was compared and what differs, in plain words."""
    tally = shown(answers, found)
    for one in found:
        yield from _told(one, knowledge)
    for intent, locale, why in silent(answers):
        yield f"Nobody is answered about {intent} in “{locale}”: {why}"
    counts = f"{tally['answered']} answers compared, {tally['to_a_person']} went to a person"
    yield f"{tally['people']} people asked {tally['asks']} asks: {counts}."
    if not found:
        yield "✓ Everybody was promised the same."
    else:
        yield f"✕ {len(found)} of the answers promise something else. See above."


def _told(one: PromiseDifference, knowledge: Knowledge) -> Iterator[str]:
    title = knowledge.intents[one.intent].title_in("en")
    yield f"✕ {title} ({one.intent}): not the same for everyone"
    other = f"{one.other.who} ({one.other.locale})"
    if one.missing_promises:
        yield f"  not promised to {other}: {_quoted(one.missing_promises)}"
    if one.added_promises:
        yield f"  promised only to {other}: {_quoted(one.added_promises)}"
    for label, side in (("most were told", one.usual), (f"{one.people} were told", one.other)):
        yield f"  {label} ({side.who}, {side.locale}), asking “{side.asked}”:"
        yield from (f"    | {line}" for line in side.text.splitlines())


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{one}”" for one in words)
