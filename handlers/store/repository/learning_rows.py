"""What decisions teach: labels, and examples that are proposed. None of them holds words."""

from __future__ import annotations

from datetime import datetime

from tinydb import where

from bot.learning.labels import Label
from bot.learning.proposed_examples import Proposal, ProposalStanding
from handlers.ports.store_port import Transaction
from handlers.store.repository.rows import make_row, put_row, read_row


def save_label(tx: Transaction, it: Label, version: int, person: str) -> None:
    """Keep what a decision teaches. Who decided is not in it; when they did, is kept beside."""
    at = it.at.isoformat()
    row = make_row(it, channel=it.channel, at=at, engagement=it.engagement)
    put_row(tx, "labels", f"{it.engagement}:{version:06d}", row)
    put_row(tx, "deciders", person, {"at": at})


def find_last_decision(tx: Transaction, person: str) -> datetime | None:
    """When somebody decided last, on anything."""
    row = tx.table("deciders").get(doc_id=person)
    return None if row is None else datetime.fromisoformat(row["at"])


def list_labels(tx: Transaction, channel: str, since: datetime) -> list[Label]:
    """The labels of a channel since then, in the order in which they were given."""
    found = tx.table("labels").search(
        (where("channel") == channel) & (where("at") >= since.isoformat())
    )
    return [read_row(row, Label) for row in found]


def save_proposal(tx: Transaction, it: Proposal) -> None:
    row = make_row(it, standing=it.standing.value, engagement=it.engagement)
    put_row(tx, "proposals", it.id, row)


def load_proposal(tx: Transaction, key: str) -> Proposal | None:
    row = tx.table("proposals").get(doc_id=key)
    return None if row is None else read_row(row, Proposal)


def list_proposals(tx: Transaction, standing: ProposalStanding) -> list[Proposal]:
    found = tx.table("proposals").search(where("standing") == standing.value)
    return [read_row(row, Proposal) for row in found]
