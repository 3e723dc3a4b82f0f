"""Keeps what a step teaches, in the very transaction that saves it: labels and proposals."""

from __future__ import annotations

from bot import events as e
from bot.learning import label_of
from bot.learning.proposal import Standing, proposed
from bot.model import Engagement, Person
from bot.ports import Transaction
from handlers import rows


def learn(tx: Transaction, before: Engagement, event: e.Event, after: Engagement) -> bool:
    """Keep the label of a person's decision, and what it proposes. A few rows by their keys.

    True if there was a label to keep.
    """
    person = getattr(event, "person", None)
    if not isinstance(person, Person):
        return False
    label = label_of(before, event, after, rows.last_decision(tx, person.id))
    if label is None:
        return False
    rows.save_label(tx, label, after.version, person.id)
    proposal = proposed(label, after)
    if proposal is None:
        return True
    known = rows.proposal(tx, proposal.id)
    if known is None or known.standing is Standing.OPEN:
        rows.save_proposal(tx, proposal)
    return True
