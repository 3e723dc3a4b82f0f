"""`aboveboard replay`: what candidate rules would have made of everything that was decided."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from bot.cards.wording import OUTCOMES
from bot.evaluation.replay import DecisionFlip, RuleReplay
from bot.model import Outcome
from handlers.brandfiles.loading import load_knowledge
from handlers.cli.output import as_json, find_store, json_option, store_option
from handlers.service.simulation.replay_decisions import load_candidate, replay_asks
from handlers.store.readers import open_readonly

_folder = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("replay")
@click.option("--pack", "packs", type=_folder, multiple=True, help="A candidate pack; repeatable.")
@click.option("--root", "other", type=_folder, help="Another brand's folder, as a candidate.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only asks that came since.")
@click.option("--examples", default=5, show_default=True, help="How many flips to show whole.")
@store_option
@json_option
@click.pass_obj
def replay_(
    root: str,
    packs: tuple[Path, ...],
    other: Path | None,
    since: datetime | None,
    examples: int,
    store: str | None,
    json_: bool,
) -> None:
    """Which decisions would come out otherwise under candidate rules, and which rules never spoke.

    A pack in DIR stands in for the one of its name, or beside the others. Without --pack and
    --root what is announced is tried, and the rules that never spoke are named. Changes nothing.
    """
    now = datetime.now(UTC)
    known = load_knowledge(Path(root), now)
    path = find_store(root, store, known.brand)
    replaying = RuleReplay(known, load_candidate(Path(root), other, packs, now))
    day = since.date() if since else None
    began = time.process_time()
    open_readonly(path).read(lambda tx: replay_asks(tx, replaying, day))
    spent = time.process_time() - began
    if json_:
        click.echo(as_json(shown(replaying, day, spent)))
        return
    for line in in_lines(replaying, day, examples):
        click.echo(line)


def shown(replaying: RuleReplay, since: date | None, spent: float) -> dict[str, Any]:
    """The keys that scripts rely on."""
    account = replaying.account
    return {
        "decisions": account.decisions,
        "since": since,
        "judged_afresh": account.judged_afresh,
        "lost": account.lost,
        "cpu_seconds": round(spent, 3),
        "rules": {
            "came": replaying.came,
            "changed": replaying.changed,
            "went": replaying.went,
            "facts_differ": replaying.facts_differ,
        },
        "turns": [
            {"before": before, "after": after, "count": count}
            for (before, after), count in account.turns.most_common()
        ],
        "decides": dict(account.decides.most_common()),
        "flips": account.flips,
        "spoke": dict(account.spoke.most_common()),
        "silent": replaying.silent_rules(),
    }


def in_lines(replaying: RuleReplay, since: date | None, examples: int) -> Iterator[str]:
    account = replaying.account
    yield f"{account.decisions:,} decisions{f' since {since}' if since else ''}, asked again."
    if account.judged_afresh:
        yield f"{account.judged_afresh:,} were made under other rules: judged by both."
    if account.lost:
        yield f"{account.lost:,} asks came on a channel that is no more: left out."
    if replaying.rules_differ:
        yield ""
        yield from _differing(replaying)
        turned = sum(account.turns.values())
        yield f"{turned:,} would come out otherwise:" if turned else "Nothing comes out otherwise."
        for (before, after), count in account.turns.most_common():
            yield f"  {count:>7,} × {_word(before)} → {_word(after)}"
        for rule, count in account.decides.most_common():
            yield f"  {count:>7,} by {rule}"
        for flip in account.flips[:examples]:
            yield ""
            yield from _example(flip)
    silent = replaying.silent_rules()
    if silent:
        yield ""
        yield f"Never spoke in all this ({len(silent)}):"
        yield from (f"  {rule}" for rule in silent)


def _differing(replaying: RuleReplay) -> Iterator[str]:
    for word, rules in (
        ("new", replaying.came),
        ("changed", replaying.changed),
        ("gone", replaying.went),
    ):
        yield from (f"  {word:<8} {rule}" for rule in rules)
    if replaying.facts_differ:
        yield "  Facts, profiles or settings differ too: every rule is asked again."


def _example(flip: DecisionFlip) -> Iterator[str]:
    asked = " ".join(flip.asked.split())
    yield f"{flip.at:%Y-%m-%d %H:%M} {flip.engagement}: {_word(flip.before)} → {_word(flip.after)}"
    yield f"  asked: “{asked[:90]}{'…' if len(asked) > 90 else ''}”"
    yield f"  {', '.join(flip.rules)}: “{flip.words}”"


def _word(outcome: Outcome) -> str:
    shape, word = OUTCOMES[outcome]
    return f"{shape} {word}"
