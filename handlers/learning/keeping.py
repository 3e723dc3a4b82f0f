"""Keeps what a step teaches, in the very transaction that saves it: labels, proposals, and
observations of what is asked."""

from __future__ import annotations

from bot import events as e
from bot.learning import label_of
from bot.learning.alarm import DECISIONS, MESSAGES, marks_of_label, marks_of_reading
from bot.learning.proposal import Standing, proposed
from bot.model import Engagement, Person, Reading
from bot.ports import Transaction
from handlers import rows
from handlers.learning.observing import observe


def _observe_reading(tx: Transaction, reading: Reading, of: Engagement) -> None:
    """What was overheard says nothing of what we are asked."""
    if reading.addressed and not of.sample:
        marks = marks_of_reading(reading)
        observe(tx, MESSAGES, of.place.channel, reading.language, of.id, marks)


def learn(tx: Transaction, before: Engagement, event: e.Event, after: Engagement) -> bool:
    """Keep the label of a person's decision, and what it proposes. A few rows by their keys.

    True if there was a label to keep.
    """
    if isinstance(event, e.Understood):
        _observe_reading(tx, event.reading, after)
        return False
    person = getattr(event, "person", None)
    if not isinstance(person, Person):
        return False
    label = label_of(before, event, after, rows.last_decision(tx, person.id))
    if label is None:
        return False
    rows.save_label(tx, label, after.version, person.id)
    marks = marks_of_label(label)
    if marks is not None:
        observe(tx, DECISIONS, label.channel, label.language, label.engagement, marks)
    proposal = proposed(label, after)
    if proposal is None:
        return True
    known = rows.proposal(tx, proposal.id)
    if known is None or known.standing is Standing.OPEN:
        rows.save_proposal(tx, proposal)
    return True
