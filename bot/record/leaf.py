"""An entry as the bytes that the tree holds: canonical JSON (RFC 8785), and back.

Words are replaced by SHA-256(salt ‖ words), salt being 32 random bytes of each field's own. When
words and salt are deleted, the leaf, and every proof with it, stays as it was, and nobody can
find out by guessing what had been said.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import rfc8785

from bot.model import Audience, Commitment, CommitmentKind, Comparator, Source
from bot.record.entry import Entry, EntryKind
from bot.record.rule_change import RuleChange

VERSION = 1
SALT = 32  # bytes

# Of a commitment everything but the words that made it, and where they stood.
_COMMITMENT_TEXTS = ("value", "unit", "direction", "condition", "until", "topic", "source")
_TEXTS = (
    "address",
    "channel",
    "intent",
    "locale",
    "by",
    "approved",
    "rules",
    "published",
    "refers",
    "runbook",
    "measure",
    "mode",
    "mode_version",
)


@dataclass(frozen=True, slots=True)
class SaltedText:
    """Words that can be forgotten, with the salt that hides them in the leaf."""

    text: str
    salt: bytes

    @property
    def salted_hash(self) -> str:
        """As the leaf holds it: hexadecimal."""
        return hashlib.sha256(self.salt + self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf, read back: the entry, and the hash of each field that can be forgotten."""

    entry: Entry
    hashes: Mapping[str, str]


def encode_leaf(entry: Entry, secrets: Mapping[str, SaltedText]) -> str:
    """The leaf's text, the same for the same entry everywhere. Empty fields are left out.

    Raises ValueError if a salt is not 32 bytes: a short one would let words be guessed.
    """
    if any(len(secret.salt) != SALT for secret in secrets.values()):
        raise ValueError(f"a salt is {SALT} random bytes")
    if entry.at.tzinfo is None:
        raise ValueError("an entry's time needs a time zone")
    leaf: dict[str, Any] = {
        "v": VERSION,
        "kind": entry.kind.value,
        "at": entry.at.astimezone(UTC).isoformat(timespec="seconds"),
        **{name: getattr(entry, name) for name in _TEXTS},
        "audience": entry.audience.value if entry.audience else "",
        "commitments": [_commitment_as_data(it, entry.audience) for it in entry.commitments],
        "facts": list(entry.facts),
        "sources": [
            {"title": it.title, "url": it.url, "as_of": it.as_of.isoformat()}
            for it in entry.sources
        ],
        "changes": [_rule_change_as_data(it) for it in entry.changes],
        "hashes": {name: secret.salted_hash for name, secret in secrets.items()},
    }
    return rfc8785.dumps({name: value for name, value in leaf.items() if value}).decode()


def decode_leaf(text: str) -> Leaf:
    """Read a leaf. Raises ValueError if it is none, or of a version this code doesn't know."""
    try:
        leaf = json.loads(text)
        if leaf["v"] != VERSION:
            raise ValueError(f"a leaf of version {leaf['v']!r}")
        entry = Entry(
            kind=EntryKind(leaf["kind"]),
            at=datetime.fromisoformat(leaf["at"]),
            audience=Audience(leaf["audience"]) if "audience" in leaf else None,
            commitments=tuple(map(_read_commitment, leaf.get("commitments", ()))),
            facts=tuple(leaf.get("facts", ())),
            sources=tuple(
                Source(it["title"], it["url"], date.fromisoformat(it["as_of"]))
                for it in leaf.get("sources", ())
            ),
            changes=tuple(RuleChange(**it) for it in leaf.get("changes", ())),
            **{name: leaf.get(name, "") for name in _TEXTS},
        )
        return Leaf(entry, dict(leaf.get("hashes", {})))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a leaf of the record: {error!r}") from error


def _rule_change_as_data(it: RuleChange) -> dict[str, Any]:
    return {name: value for name, value in asdict(it).items() if value}


def _commitment_as_data(it: Commitment, audience: Audience | None) -> dict[str, Any]:
    # In a private conversation a condition may be the customer's own words, unless a published
    # fact makes the same condition in public.
    if audience is Audience.PRIVATE and not it.source:
        it = replace(it, condition="")
    data: dict[str, Any] = {name: getattr(it, name) for name in _COMMITMENT_TEXTS}
    data |= {"kind": it.kind.value, "comparator": it.comparator.value, "negated": it.negated}
    return {name: value for name, value in data.items() if value}


def _read_commitment(data: Mapping[str, Any]) -> Commitment:
    return Commitment(
        kind=CommitmentKind(data["kind"]),
        comparator=Comparator(data["comparator"]),
        negated=bool(data.get("negated", False)),
        **{name: data.get(name, "") for name in _COMMITMENT_TEXTS},
    )
