"""One customer in several channels: joined by nobody but themselves.

An identity is an account on one channel. Two identities are the same customer only if the customer
said so: they take a code in one place, where only they are, and send it to us from another, where
only they are. A join goes over links and nothing else: no name, no e-mail address, no way of
writing joins anybody.

A code is 40 random bits, `LINK-7K3M-9QXD`, in Crockford's base 32 (no I, L, O, U): it is typed by
hand, lives 15 minutes, works once. Whoever sends five wrong ones in an hour is not listened to for
the rest of it; with a thousand codes alive a guess hits one with a chance of 1 in 10⁹.

Pure. The rows are handlers/service/rows/identity_link_rows.py's.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import re2

from bot.model import Identity, Message

LASTS = timedelta(minutes=15)
BITS = 40
MOST_WRONG = 5  # wrong codes of one identity
WRONG_WITHIN = timedelta(hours=1)
MOST_JOINED = 12  # identities of one customer

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE = re2.compile(r"(?i)\blink[-‐‑–][0-9a-z]{4}[-‐‑–][0-9a-z]{4}\b")
_ALONE = re2.compile(r"(?i)\s*(link[-‐‑–][0-9a-z]{4}[-‐‑–][0-9a-z]{4})[.!]?\s*")
_APART = re2.compile(r"(?i)\s*unlink[.!]?\s*")
_HIDDEN = "LINK-xxxx-xxxx"
_DASHES = str.maketrans(dict.fromkeys("‐‑–", "-"))
_ALIKE = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class Link:
    """A consent record: these two are one customer, as the customer showed at `at`.

    `how`: `code` (sent from the one, taken in the other), or `account` (the same account of one
    platform, which the notice on linking says too).
    """

    one: Identity
    other: Identity
    at: datetime
    how: str


def new_code(bits: int) -> str:
    """The code of a random number of `BITS` bits."""
    letters = "".join(_LETTERS[(bits >> shift) & 31] for shift in range(BITS - 5, -1, -5))
    return f"LINK-{letters[:4]}-{letters[4:]}"


def code_in(text: str) -> str | None:
    """The code that a message is, as it was given out; None if it is anything else too.

    Typed in small letters, with O for 0, or with another dash, it is the same code. In a quote, or
    passed on, it is none.
    """
    match = _ALONE.fullmatch(text)
    return None if match is None else _canonical(match.group(1))


def codes_within(text: str) -> tuple[str, ...]:
    """Every code that stands in a text."""
    return tuple(_canonical(match.group()) for match in _CODE.finditer(text))


def hide_codes_amid_words(text: str) -> str:
    """The text as people may see it: a code that stands among other words is hidden."""
    return text if _ALONE.fullmatch(text) else str(_CODE.sub(_HIDDEN, text))


def asks_to_part(message: Message) -> bool:
    """Whether it says `unlink`, and nothing else."""
    return _APART.fullmatch(message.text) is not None


def fingerprint(code: str) -> str:
    """What is stored of a code: who reads the store cannot use it."""
    return hashlib.sha256(f"aboveboard link\0{code}".encode()).hexdigest()


def joined(start: Identity, links_of: Callable[[Identity], Iterable[Link]]) -> tuple[Identity, ...]:
    """All identities of the customer who is `start`, this one first: what links reach from it."""
    found = {start: None}
    waiting = deque([start])
    while waiting and len(found) < MOST_JOINED:
        here = waiting.popleft()
        for link in links_of(here):
            there = link.other if link.one == here else link.one
            if there not in found and len(found) < MOST_JOINED:
                found[there] = None
                waiting.append(there)
    return tuple(found)


def _canonical(code: str) -> str:
    plain = code.translate(_DASHES).upper()
    return plain[:5] + plain[5:].translate(_ALIKE)
