"""Advocates: customers who take part in the brand's programme, because they asked to.

Whoever quotes or credits one has a connection to disclose. A name that stands in a reply without
words for that connection is found; how the connection came about is not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Advocate:
    """`author`: their id on the channel; `name`: as it is shown there; `since`: the first day."""

    name: str
    channel: str
    author: str
    since: date
