"""Looks up, in the rows, what is so around an ask: everything of `Circumstances`.

One consistent view of what is committed. What it costs must not grow with the store: every search
here goes by an index.
"""

from __future__ import annotations

from bot.model import Circumstances, Engagement
from bot.ports import Transaction


def circumstances(tx: Transaction, engagement: Engagement) -> Circumstances:
    """What is so around this ask now."""
    return Circumstances(unanswered=len(engagement.messages))
