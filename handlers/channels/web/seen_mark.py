"""What a browser has seen of its conversation, in the id of the last event that it got.

A position would not do: an answer whose time lies before the customer's last message may be
committed after it. So the id names every turn seen, by the first 8 hex digits of its key's hash,
and no server has to remember who saw what.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

DIGITS = 8
KEPT = 300  # turns; a conversation longer than this is read by loading the page


def seen_mark(keys: Iterable[str], before: str = "") -> str:
    """The mark that names these turns, and those that `before` names."""
    return (before + "".join(map(_short, keys)))[-KEPT * DIGITS :]


def was_seen(key: str, mark: str) -> bool:
    """Whether a mark names this turn. Any text is a mark; one that we didn't make names none."""
    short = _short(key)
    return any(mark[at : at + DIGITS] == short for at in range(0, len(mark), DIGITS))


def _short(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:DIGITS]
