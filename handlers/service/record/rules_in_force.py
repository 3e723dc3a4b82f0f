"""What was in force at the last look, kept in the store: so that a change is told with what and
why, also when the files were changed while no server ran.

One row: all rules and facts in flat words, their hashes, the reasons that have been used, and the
changes that still wait for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from bot.knowledge import Knowledge
from bot.policy.rule_changes import (
    RuleDescriptions,
    describe_rules,
    list_changes,
    pair_with_reasons,
    reasons_given_later,
)
from bot.record.rule_change import ChangedThing, RuleChange
from handlers.ports.store_port import Transaction
from handlers.store import repository

ORDER: tuple[ChangedThing, ...] = ("rule", "profile", "mode", "fact")
TABLE, LAST = "in_force", "last"


@dataclass(frozen=True, slots=True)
class News:
    """Changes of rules, facts, profiles or modes with one reason in common (empty: none was given).

    `before` is the hash of all rules, or facts, until then; a profile and a mode have none.
    """

    what: ChangedThing
    changes: tuple[RuleChange, ...]
    why: str
    before: str


def take_look(tx: Transaction, knowledge: Knowledge) -> Iterator[News]:
    """What changed since the last look, which this one becomes. The first look finds nothing."""
    last = tx.table(TABLE).get(doc_id=LAST)
    told = [] if last is None else [*list_news(last, knowledge)]
    open_ = [] if last is None else list_unexplained(last, told)
    row = {
        "held": _held(knowledge),
        "rule": knowledge.rulebook.hash,
        "fact": knowledge.published.hash,
        "seen": [reason.reason_key for reason in knowledge.reasons],
        "unexplained": [asdict(change) for change in open_],
    }
    if row != last:
        repository.put_row(tx, TABLE, LAST, row)
    yield from told


def list_news(last: Mapping[str, Any], knowledge: Knowledge) -> Iterator[News]:
    """What is to be told, from the row of the last look: changes with their reasons, and reasons
    that were given later."""
    held = _held(knowledge)
    changes = list_changes(_since_modes(last["held"], held), held)
    missing = tuple(RuleChange(**change) for change in last["unexplained"])
    again = {change.id for change in changes}
    later = reasons_given_later(
        (change for change in missing if change.id not in again), knowledge.reasons, last["seen"]
    )
    found = [*pair_with_reasons(changes, knowledge.reasons, last["seen"]), *later]
    found.sort(key=lambda it: (ORDER.index(it[0].what), it[1], it[0].id))
    for (what, why), group in groupby(found, key=lambda it: (it[0].what, it[1])):
        yield News(what, tuple(change for change, _ in group), why, last.get(what, ""))


def _held(knowledge: Knowledge) -> dict[str, dict[str, str]]:
    modes = knowledge.brand.modes
    return describe_rules(knowledge.rulebook, knowledge.published, knowledge.cultures, modes)


def _since_modes(last: RuleDescriptions, now: RuleDescriptions) -> RuleDescriptions:
    """What was held then. A look of before modes were looked at says nothing of them, and there
    has always been one: so those of today are not news."""
    if any(key.startswith("mode:") for key in last):
        return last
    return {**last, **{k: v for k, v in now.items() if k.startswith("mode:")}}


def list_unexplained(last: Mapping[str, Any], told: list[News]) -> list[RuleChange]:
    """The changes that nobody has said why of: those from before, and those of today."""
    settled = {change.id for it in told for change in it.changes}
    kept = [RuleChange(**change) for change in last["unexplained"] if change["id"] not in settled]
    fresh = [change for it in told if not it.why for change in it.changes]
    return [*kept, *fresh]
