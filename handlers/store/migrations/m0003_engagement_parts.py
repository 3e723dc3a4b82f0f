"""Version 3: engagements have parts, and what happened is data.

An engagement was one record of fifty fields; now its proposal, its handling, its clock and what is
understood are records of their own. Timelines and reasons were sentences; those that a store holds
stay as they were written, as reasons of the kind `as-written`, so that nothing is lost of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.store.migrations.migration import change_rows
from handlers.store.sqlite_storage import Row
from handlers.store.sqlite_tinydb import SqliteTinyDB

UNDERSTANDING = {  # new name: old name
    "reading": "reading",
    "verdict": "asked",
    "intents": "intents",
    "first_reading": "read",
    "meant": "meant",
    "audit": "audit",
    "least": "least",
}
PROPOSAL = frozenset(
    ("draft", "candidate", "digest", "verdict", "approvals", "editor", "delivery", "stale", "ready")
)
HANDLING = frozenset(("owner", "team", "placed", "runbook", "hushed", "talking", "follow_up"))
CLOCK = frozenset(("due", "late", "broken", "answered"))
GONE = frozenset(("circumstances", "why", "reason", "escalated", "packet", "timeline"))
ELSEWHERE = frozenset((*UNDERSTANDING.values(), *PROPOSAL, *HANDLING, *CLOCK, *GONE))


def migrate(tx: SqliteTinyDB) -> None:
    change_rows(tx, "engagements", convert_engagement)
    change_rows(tx, "deliveries", convert_delivery)
    change_rows(tx, "loops", convert_loop)


def convert_engagement(row: Mapping[str, Any]) -> Row:
    """A row of `engagements`."""
    old = row["it"]
    new = {name: value for name, value in old.items() if name not in ELSEWHERE}
    new["clock"] = _pick(old, CLOCK)
    new["proposal"] = _pick(old, PROPOSAL)
    new["understanding"] = {name: old[was] for name, was in UNDERSTANDING.items() if was in old}
    new["understanding"]["context"] = _convert_context(old.get("circumstances"))
    new["handling"] = {
        **_pick(old, HANDLING),
        "why": _convert_words(old.get("why", "")),
        "cause": old.get("reason", ""),
        "escalated": _convert_words(old.get("escalated", "")),
        "packet": _convert_packet(old.get("packet")),
    }
    new["timeline"] = [_convert_line(line) for line in old.get("timeline", ())]
    return {**row, "it": new}


def convert_delivery(row: Mapping[str, Any]) -> Row:
    """A row of `deliveries`."""
    return {**row, "it": {**row["it"], "why": _convert_words(row["it"].get("why", ""))}}


def convert_loop(row: Mapping[str, Any]) -> Row:
    """A row of `loops`: why nothing goes on by itself in a conversation."""
    return {**row, "why": _convert_words(row["why"])}


def _pick(old: Mapping[str, Any], names: frozenset[str]) -> Row:
    return {name: value for name, value in old.items() if name in names}


def _convert_words(words: str) -> Row | None:
    return {"why": "as-written", "about": {"words": words}} if words else None


def _convert_context(old: Mapping[str, Any] | None) -> Row:
    context = dict(old or {})
    context["stopped"] = _convert_words(context.get("stopped", ""))
    return context


def _convert_packet(old: Mapping[str, Any] | None) -> Row | None:
    if old is None:
        return None
    packet = {name: value for name, value in old.items() if name != "reason"}
    packet["cause"] = old.get("reason", "")
    packet["why"] = _convert_words(old.get("why", ""))
    packet["tried"] = [_convert_words(words) for words in old.get("tried", ())]
    packet["missing"] = [_convert_missing(words) for words in old.get("missing", ())]
    return packet


def _convert_missing(words: str) -> Row:
    """“the timeline (it could not be looked up)”."""
    part, _, error = words.removesuffix(")").partition(" (")
    return {"why": "missing", "about": {"part": part, "error": error}}


def _convert_line(line: Mapping[str, Any]) -> Row:
    """Who and what, as they stood."""
    who = line["who"]
    return {
        "at": line["at"],
        "actor": who if who in ("customer", "software") else "person",
        "what": "as-written",
        "about": {"who": who, "what": line["what"]},
    }
