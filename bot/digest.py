"""Names for content: what an approval binds, and addresses that nobody can guess."""

from __future__ import annotations

import hashlib
import json
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from bot.model import Reply


def digest(reply: Reply) -> str:
    """SHA-256, in hex, of everything that an approval binds.

    Body, envelope, recipient, thread, locale, origin and the messages answered: one changed
    character anywhere is another digest. What stands at its default is left out, so that an
    approval outlives a new version of this software that has more to say.
    """
    plain = json.dumps(
        _plain(reply), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    )
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def address(engagement: str, number: int, kind: str = "entry") -> str:
    """The n-th address of an engagement: as hard to guess as the engagement's own random id,
    which it does not reveal. 32 hex digits."""
    return hashlib.sha256(f"{kind}/{engagement}/{number}".encode()).hexdigest()[:32]


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {
            field.name: _plain(it)
            for field in fields(value)
            if (it := getattr(value, field.name)) != field.default or field.default is MISSING
        }
    return [_plain(it) for it in value] if isinstance(value, tuple) else value
