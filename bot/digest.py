"""Names for content: what an approval binds, and addresses that nobody can guess."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from bot.model import Reply


def digest(reply: Reply) -> str:
    """SHA-256, in hex, of everything that an approval binds.

    Body, envelope, recipient, thread, locale, origin and the messages answered: one changed
    character anywhere is another digest.
    """
    plain = json.dumps(
        asdict(reply), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    )
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def address(engagement: str, number: int, kind: str = "entry") -> str:
    """The n-th address of an engagement: as hard to guess as the engagement's own random id,
    which it does not reveal. 32 hex digits."""
    return hashlib.sha256(f"{kind}/{engagement}/{number}".encode()).hexdigest()[:32]
