"""All that a store holds, part by part, as `expected.json` of each kept store has it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from bot.engagement.sending.send_guards import Breaker, Pause
from bot.handoff.identity_linking import Link
from bot.learning.drift_alarm import Alarm
from bot.learning.labels import Label
from bot.learning.proposed_examples import Proposal, ProposalStanding, words_of_proposal
from bot.model import Engagement, Identity
from bot.record import merkle
from handlers.ports.store_port import Transaction
from handlers.service.learning import counters, observing, ratings
from handlers.service.learning.guarantee_keeping import SALT, TABLE, TALLY, Since
from handlers.service.queries.conversation_queries import list_turns
from handlers.service.record import record_log, recorded_entries
from handlers.service.record.record_verify import verify
from handlers.service.record.signing_key import signer
from handlers.service.rows import correction_rows, identity_link_rows
from handlers.store import repository
from handlers.store.repository import ESCALATED, INCOMPLETE, read_row
from tests.stores.plain_rows import (
    hash_text,
    keep_full,
    list_delivery,
    list_engagement,
    list_message,
    plain,
)

Part = Any


def list_store(tx: Transaction, key: Path, last_day: date) -> dict[str, Part]:
    """Everything, by part. `key` signs the record; figures are those of `last_day`."""
    found = {
        **_list_asks(tx),
        **_list_lessons(tx),
        **_list_figures(tx, last_day),
        **_list_promises(tx),
        **_list_sending(tx),
        **_list_people(tx),
        "record": _list_record(tx, key),
    }
    return dict(json.loads(json.dumps(found)))


def _rows(tx: Transaction, table: str, *names: str) -> dict[str, Part]:
    """The fields of these names, of each row."""
    return {row.doc_id: [row[name] for name in names] for row in tx.table(table).all()}


def _typed(tx: Transaction, table: str, kind: type[Any]) -> dict[str, Part]:
    return {row.doc_id: plain(read_row(row, kind)) for row in tx.table(table).all()}


def _count(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(values))


def _list_asks(tx: Transaction) -> dict[str, Part]:
    everybody = [read_row(row, Engagement) for row in tx.table("engagements").all()]
    deliveries = {row.doc_id: list_delivery(row) for row in tx.table("deliveries").all()}
    return {
        "engagements": {it.id: list_engagement(it) for it in everybody},
        "states": _count(it.state.value for it in everybody),
        "open": sorted(it.id for it in repository.list_open_engagements(tx)),
        "alarmed": {it: repository.count_alarms(tx, it) for it in (ESCALATED, INCOMPLETE)},
        "load": dict(repository.count_open_by_person(tx, ("ada", "milan", "noor"))),
        "deliveries": deliveries,
        "delivery_states": _count(it["state"] for it in deliveries.values()),
        "messages": {row.doc_id: list_message(row) for row in tx.table("messages").all()},
        "conversations": {
            name: [[turn.key, turn.at.isoformat()] for turn in list_turns(tx, name)]
            for name in sorted({it.place.conversation for it in everybody})
        },
    }


def _list_lessons(tx: Transaction) -> dict[str, Part]:
    labels = _typed(tx, "labels", Label)
    proposals = [read_row(row, Proposal) for row in tx.table("proposals").all()]
    asked = {it.id: repository.load_engagement(tx, it.engagement) for it in proposals}
    streams = observing.list_streams(tx)
    return {
        "labels": labels,
        "labels_by_channel": _count(it["channel"] for it in labels.values()),
        "deciders": {key: at for key, (at,) in _rows(tx, "deciders", "at").items()},
        "proposals": {
            it.id: {**plain(it), "words": words_of_proposal(it, ask)}
            for it in proposals
            if (ask := asked[it.id]) is not None
        },
        "proposals_open": sorted(
            it.id for it in repository.list_proposals(tx, ProposalStanding.OPEN)
        ),
        "streams": {it.key: [it.count, it.looked] for it in streams},
        "observed": {
            it.key: [[o.n, o.engagement, sorted(o.marks)] for o in observing.list_newest(tx, it)]
            for it in streams
        },
        "traffic_alarms": _typed(tx, "alarms", Alarm),
        "traffic_alarms_open": [it.id for it in observing.list_open_alarms(tx)],
        "assurance": {
            row["channel"]: plain(read_row(row, Since))
            for row in tx.table(TABLE).all()
            if row.doc_id != SALT
        },
        "assurance_salt": tx.table(TABLE).get(doc_id=SALT)["salt"],
        "assurance_days": _rows(tx, TALLY, "understood", "held"),
    }


def _list_figures(tx: Transaction, last_day: date) -> dict[str, Part]:
    names = ("answer", "engagement", "side", "yes", "week", "sent", "look")
    return {
        "ratings": _rows(tx, "ratings", *names),
        "ratings_figures": [plain(it) for it in ratings.list_rating_figures(tx, last_day, 4)],
        "ratings_differing": [it.answer for it in ratings.list_differing(tx)],
        "counters": {key: count for key, (count,) in _rows(tx, "counters", "count").items()},
        "figures": [
            [it.week, it.channel, it.what, it.name, it.count]
            for it in counters.list_figures(tx, last_day, 4)
        ],
    }


def _list_promises(tx: Transaction) -> dict[str, Part]:
    return {
        "corrections": {it.key: plain(it) for it in correction_rows.list_corrections(tx)},
        "told": _rows(tx, "told", "key", "entry"),
        "breaches": correction_rows.count_breaches(tx),
        "precedents": {key: said for key, (said,) in _rows(tx, "precedents", "said").items()},
        "in_force": {row.doc_id: _list_in_force(row) for row in tx.table("in_force").all()},
    }


def _list_in_force(row: dict[str, Any]) -> Part:
    found = {name: value for name, value in row.items() if name != "held"}
    if "held" in row:
        whole = json.dumps(row["held"], sort_keys=True)
        found |= {"held": sorted(row["held"]), "held_sha256": hash_text(whole)}
    return found


def _list_sending(tx: Transaction) -> dict[str, Part]:
    names = ("at", "channel", "conversation", "to", "text", "notice", "own")
    return {
        "pauses": list(_typed(tx, "pauses", Pause).values()),
        "circuits": _typed(tx, "circuits", Breaker),
        "loops": {
            row.doc_id: [row["why"]["about"]["words"], row["at"]] for row in tx.table("loops")
        },
        "sends": _rows(tx, "sends", *names),
        "web_posts": {
            key: [conversation, hash_text(payload)]
            for key, (conversation, payload) in _rows(
                tx, "web_posts", "conversation", "payload"
            ).items()
        },
        "slack_cards": {row.doc_id: dict(row) for row in tx.table("slack_cards").all()},
    }


def _list_people(tx: Transaction) -> dict[str, Part]:
    people = ("Jonas", "Änne", "Zoë")
    return {
        "links": {
            row.doc_id: {
                **plain(read_row(row, Link)),
                "consent": row["consent"],
                "ended": row["ended"],
            }
            for row in tx.table("links").all()
        },
        "customers": {
            who: [it.key for it in identity_link_rows.list_identities(tx, Identity("web", who))]
            for who in people
        },
        "link_codes": _rows(tx, "link_codes", "holder", "until", "language"),
        "desk_sessions": sorted(_rows(tx, "desk_sessions", "person", "expires").values()),
        "desk_links": sorted(_rows(tx, "desk_links", "person", "expires").values()),
    }


def _list_record(tx: Transaction, key: Path) -> Part:
    """The record, which verifies by the key that it was signed with."""
    signed = signer(key, "trailhead.example/record")
    report = verify(tx, signed.verifier)
    assert report.good, report.problems
    entries = [_list_entry(tx, row) for row in tx.table("record").all()]
    page = recorded_entries.newest(tx, limit=1000)
    return {
        "size": report.size,
        "root": report.root.hex(),
        "signed": report.signed,
        "checkpoint": record_log.latest_checkpoint(tx),
        "checkpoints": [[int(r.doc_id), r["note"]] for r in tx.table("record_checkpoints").all()],
        "verifier": str(signed.verifier),
        "kinds": _count(it["kind"] for it in entries),
        "public": [[it.index, it.words, list(it.erased)] for it in page.entries],
        "proof_of_0": [it.hex() for it in record_log.proof(tx, 0).hashes],
        "entries": entries,
    }


def _list_entry(tx: Transaction, row: Any) -> dict[str, Any]:
    kept = tx.table("record_text").get(doc_id=row.doc_id)
    words = {name: [it["text"], it["salt"]] for name, it in kept["words"].items()} if kept else {}
    return keep_full(
        index=int(row.doc_id),
        kind=row["kind"],
        address=row["address"],
        hash=merkle.leaf_hash(row["leaf"].encode()).hex(),
        public=row["public"],
        words=words,
    )
