"""Advocates: customers who take part in the brand's programme, because they asked to.

Whoever quotes or credits one has a connection to disclose. A name that stands in a reply without
words for that connection is found; how the connection came about is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import re2

from bot.detect.text import any_of


@dataclass(frozen=True, slots=True)
class Advocate:
    """`author`: their id on the channel; `name`: as it is shown there; `since`: the first day."""

    name: str
    channel: str
    author: str
    since: date


#: the connection in words; with what denies it in the group
_DISCLOSED = any_of(
    r"\b(not |no |never |n['’]t )?(?:(?:an?|one|of|our|the|brand) )*"
    r"(?:advocates?|ambassadors?)\b",
    r"\b(keine?[rsnm]? |nicht )?(?:(?:eine?[rsnm]?|von|unsere?[rsnm]?) )*"
    r"(?:marken)?botschafter(?:in|innen|n|s)?\b",
)


def disclosed(text: str) -> bool:
    """Whether the text says of somebody that they are an advocate of the brand's."""
    return any(not any(found.groups()) for found in _DISCLOSED.finditer(text))


def named(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where the name stands as words of its own."""
    return (found.span(1) for found in _name(name).finditer(text))


@lru_cache(maxsize=1024)
def _name(name: str) -> Any:
    return re2.compile(rf"(?i)(?:^|[^\pL\pN])({re2.escape(name)})(?:[^\pL\pN]|$)")
