"""Keeps what a step teaches, in the very transaction that saves it: labels, proposals, and
observations of what is asked."""

from __future__ import annotations

from bot.learning.drift_alarm import DECISIONS, MESSAGES, marks_of_label, marks_of_reading
from bot.learning.labels import label_decision
from bot.learning.proposed_examples import ProposalStanding, propose_example
from bot.model import Engagement, Person, Reading
from bot.model import events as e
from handlers.ports.store_port import Transaction
from handlers.service.learning.observing import observe
from handlers.store import repository


def _observe_reading(
    tx: Transaction, before: Engagement, reading: Reading, after: Engagement
) -> None:
    """What was overheard says nothing of what we are asked."""
    if reading.addressed and not after.sample:
        marks, first = marks_of_reading(reading), before.understanding.reading is None
        channel, language = after.place.channel, reading.language
        observe(tx, MESSAGES, channel, language, after.id, marks, first=first)


def learn_from_step(tx: Transaction, before: Engagement, event: e.Event, after: Engagement) -> bool:
    """Keep the label of a person's decision, and what it proposes. A few rows by their keys.

    True if there was a label to keep.
    """
    if isinstance(event, e.Understood):
        _observe_reading(tx, before, event.reading, after)
        return False
    person = getattr(event, "person", None)
    if not isinstance(person, Person):
        return False
    label = label_decision(before, event, after, repository.find_last_decision(tx, person.id))
    if label is None:
        return False
    repository.save_label(tx, label, after.version, person.id)
    marks = marks_of_label(label)
    if marks is not None:
        observe(tx, DECISIONS, label.channel, label.language, label.engagement, marks)
    proposal = propose_example(label, after)
    if proposal is None:
        return True
    known = repository.load_proposal(tx, proposal.id)
    if known is None or known.standing is ProposalStanding.OPEN:
        repository.save_proposal(tx, proposal)
    return True
