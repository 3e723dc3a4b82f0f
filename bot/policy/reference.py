"""What editors and readers need to know of rules, made from the table: a page and a schema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot.policy.facts.fact_types import Fact, Field
from bot.policy.pack import OUTCOMES
from bot.policy.vocabulary import ITEMS, VOCABULARIES

_TYPES = {
    "string": "text",
    "bool": "true or false",
    "int": "whole number",
    "double": "number",
    "list(string)": "list of texts",
}
_INTRO = """\
# The vocabulary of rules

Everything that a rule may look at. This page is made from the table in `bot/policy/vocabulary.py`
(`python -m handlers.brandfiles.documents.reference_page`); a test keeps the two alike. How rules
are written is told in `docs/rules.md`.

A rule on replies may use the names under *On replies*, a rule on messages those *On messages*.
A fact that is a list of things can be gone through with `each:`; then the fields of each thing are
`it.words`, `it.kind` and so on. Without `each:` such a list is the list of its words:
`size(reply.links) > 0`.
"""
_TITLES = {"reply": "On replies", "message": "On messages"}

_THENS = dict.fromkeys(then for allowed in OUTCOMES.values() for then in allowed)

_KEYS: dict[str, tuple[str, dict[str, Any]]] = {
    "id": ("The rule's name within its pack.", {"type": "string", "pattern": "^[a-z0-9-]+$"}),
    "title": ("What the rule asks for, as a short sentence.", {"type": "string"}),
    "on": ("What it looks at.", {"enum": list(OUTCOMES)}),
    "each": ("Go through this list: one finding for each thing in it.", {}),
    "find": (
        "Patterns (RE2, whatever the case): one finding for each place where one matches.",
        {"type": "array", "items": {"type": "string"}},
    ),
    "when": ("A CEL expression: when it is true, the rule speaks.", {"type": "string"}),
    "then": ("What follows.", {"enum": list(_THENS)}),
    "because": ("The reason, for the approver. May hold {{ finding.words }}.", {"type": "string"}),
    "instead": ("The way out.", {"type": "string"}),
    "promise": ("The public promise that the rule keeps.", {"type": "string"}),
    "status": (
        "`shadow`: it is judged and shown to authors, and changes nothing.",
        {"enum": ["enforce", "shadow", "off"]},
    ),
    "channels": ("Only on these.", {"type": "array", "items": {"type": "string"}}),
    "modes": ("Only in these.", {"type": "array", "items": {"type": "string"}}),
    "locale": ("Only in this language.", {"type": "string"}),
    "approvers": ("How many different people have to approve.", {"enum": [1, 2]}),
    "replaces": ("The rule (pack/id) that it stands in for.", {"type": "string"}),
    "note": ("Why it replaces that rule.", {"type": "string"}),
    "runbook": (
        "What people do when it hands over: a file of policies/runbooks.",
        {"type": "string"},
    ),
    "from": (
        "The day from which it judges; until then it is announced, and only watched.",
        {"type": "string", "format": "date"},
    ),
}


def write_vocabulary_page() -> str:
    """The reference page, as Markdown."""
    parts = [_INTRO]
    for on, vocabulary in VOCABULARIES.items():
        parts.append(f"\n## {_TITLES[on]}\n")
        parts.append(_markdown_table("name", vocabulary.facts.values()))
    parts.append("\n## Things in lists\n\nEvery thing has `it.words`: the words as they stand.\n")
    facts = [fact for vocabulary in VOCABULARIES.values() for fact in vocabulary.facts.values()]
    for item, fields in ITEMS.items():
        lists = ", ".join(f"`{fact.name}`" for fact in facts if fact.item == item)
        parts.append(f"\n### In {lists}\n")
        parts.append(_markdown_table("field", fields, "it."))
    return "\n".join(parts).rstrip() + "\n"


def build_pack_schema() -> str:
    """A JSON Schema for pack.yaml, for editors: keys, choices, and what `each` can go through."""
    lists = sorted({name for v in VOCABULARIES.values() for name in v.list_facts})
    rule = {key: {"description": meaning, **kind} for key, (meaning, kind) in _KEYS.items()}
    rule["each"]["enum"] = lists
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A pack of rules",
        "type": "object",
        "required": ["pack", "rules"],
        "additionalProperties": False,
        "properties": {
            "pack": {"type": "string", "description": "The folder's name."},
            "about": {"type": "string", "description": "What the pack is for."},
            "rules": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id", "on", "then", "because"],
                    "anyOf": [{"required": ["when"]}, {"required": ["find"]}],
                    "additionalProperties": False,
                    "properties": rule,
                },
            },
        },
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _markdown_table(first: str, rows: Iterable[Fact | Field], prefix: str = "") -> str:
    lines = [f"| {first} | type | meaning |", "| --- | --- | --- |"]
    lines.extend(_fact_rows(rows, prefix))
    return "\n".join(lines)


def _fact_rows(rows: Iterable[Fact | Field], prefix: str) -> Iterator[str]:
    for row in rows:
        kind = _TYPES.get(row.type, "list of things")
        yield f"| `{prefix}{row.name}` | {kind} | {row.meaning} |"
