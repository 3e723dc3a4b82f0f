"""Links between a customer's channels, as rows: codes given out, consents given and taken back.

`link_codes`: a row a live code, under its fingerprint. `links`: a row a join, found by both its
ends while it is in force; when the customer ends it the row stays, as the record of a consent that
was given and withdrawn, and nothing finds it any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tinydb import where

from bot.handoff.identity_linking import LASTS, Link, codes_within, fingerprint, joined
from bot.model import Identity
from handlers.ports.store_port import Transaction
from handlers.store import repository

INDEXES: Mapping[str, tuple[str, ...]] = {
    "links": ("one", "other", "consent"),
    "link_codes": ("holder", "until"),
}


def list_identities(tx: Transaction, identity: Identity) -> tuple[Identity, ...]:
    """All identities of this customer, this one first."""
    return joined(identity, lambda one: links_of_identity(tx, one))


def links_of_identity(tx: Transaction, identity: Identity) -> list[Link]:
    """The links in force that end at this identity."""
    return [repository.read_row(row, Link) for row in tx.table("links").search(_ends_at(identity))]


def save_code(
    tx: Transaction, holder: Identity, code: str, language: str, at: datetime
) -> datetime:
    """Keep a code for this identity, instead of an earlier one; until when it works."""
    codes = tx.table("link_codes")
    for old in (where("holder") == holder.key, where("until") <= at.isoformat()):
        codes.remove(doc_ids=[row.doc_id for row in codes.search(old)])
    until = at + LASTS
    row = repository.make_row(holder, holder=holder.key, until=until.isoformat(), language=language)
    repository.add_row(tx, "link_codes", fingerprint(code), row)
    return until


def void_codes(tx: Transaction, text: str) -> None:
    """Codes in this text were written where they don't belong: they work no more."""
    tx.table("link_codes").remove(doc_ids=[fingerprint(code) for code in codes_within(text)])


def end_links(tx: Transaction, identity: Identity, at: datetime) -> bool:
    """End every link of this identity, and what came with it; False if there was none."""
    links = tx.table("links")
    consents = {row["consent"] for row in links.search(_ends_at(identity))}
    for consent in consents:
        for row in links.search(where("consent") == consent):
            ended = {**row, "one": "", "other": "", "ended": row["ended"] or at.isoformat()}
            repository.put_row(tx, "links", row.doc_id, ended)
    return bool(consents)


def take_code(tx: Transaction, code: str) -> tuple[Identity, datetime, str] | None:
    """Use a code up: who holds it, until when it works, and its language; None if there is none."""
    codes, key = tx.table("link_codes"), fingerprint(code)
    row = codes.get(doc_id=key)
    if row is None:
        return None
    codes.remove(doc_ids=[key])
    holder = repository.read_row(row, Identity)
    return holder, datetime.fromisoformat(row["until"]), str(row["language"])


def save_links(tx: Transaction, made: Iterable[Link], consent: str) -> None:
    """Keep links that one consent made."""
    for number, link in enumerate(made):
        ends = {"one": link.one.key, "other": link.other.key}
        row = repository.make_row(link, **ends, consent=consent, ended="")
        repository.add_row(tx, "links", f"{consent}:{number}", row)


def _ends_at(identity: Identity) -> Any:
    return (where("one") == identity.key) | (where("other") == identity.key)
