"""What is in the rows of a store, in plain words, as `expected.json` of each kept store has it.

When a type of the model changes shape, the function here that reads it changes with it; what it
says stays the same, for that is what must not be lost.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from bot.model import Delivery, Engagement, Message, Reason, Why
from handlers.store.repository import read_row


def plain(value: Any) -> Any:
    """Without any class of ours: objects by field, what is empty left out."""
    if is_dataclass(value) and not isinstance(value, type):
        found = {f.name: plain(getattr(value, f.name)) for f in fields(value)}
        return {k: v for k, v in found.items() if v not in (None, "", [], {}, False)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(plain(v) for v in value)
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    return value


def keep_full(**found: Any) -> dict[str, Any]:
    """What is neither empty, zero nor false."""
    listed = ((key, plain(value)) for key, value in found.items())
    return {key: value for key, value in listed if value not in (None, "", [], {}, False)}


def list_finding(it: Any) -> dict[str, Any]:
    return keep_full(
        rule=it.rule,
        outcome=it.outcome,
        because=it.because,
        instead=it.instead,
        words=it.words,
        approvers=it.approvers,
        entry=it.entry,
        runbook=it.runbook,
        promise=it.promise,
    )


def list_verdict(it: Any) -> Any:
    if it is None:
        return None
    return keep_full(
        outcome=it.outcome, rules=it.rules, findings=[list_finding(f) for f in it.findings]
    )


def list_reading(it: Any) -> Any:
    if it is None:
        return None
    return keep_full(
        intent=it.intent,
        unclear=it.unclear,
        score=it.score,
        margin=it.margin,
        language=it.language,
        addressed=it.addressed,
        explicit=it.explicit,
        model=it.model,
        candidates=[[c.intent, c.score] for c in it.candidates],
        asks=[[a.text, a.intent] for a in it.asks],
        signals=[[s.kind, s.words] for s in it.signals],
    )


def hash_text(text: str) -> str:
    """What a text hashes to, where all of it would be too long."""
    return hashlib.sha256(text.encode()).hexdigest()


def list_draft(it: Any) -> Any:
    """A draft: what from, and its words by their hash."""
    return it and [it.intent, it.template, it.locale, it.facts, hash_text(it.body)]


def list_packet(it: Any) -> Any:
    if it is None:
        return None
    return keep_full(
        at=it.at,
        reason=it.cause,
        why=say(it.why),
        asks=it.asks,
        turns=it.turns,
        facts=it.facts,
        promised=[[p.words, p.at, p.entry, p.fact] for p in it.promised],
        rules=[f.rule for f in it.rules],
        candidates=[[c.intent, c.score] for c in it.candidates],
        tried=[say(one) for one in it.tried],
        due=it.due,
        language=it.language,
        locale=it.locale,
        missing=[say(one) for one in it.missing],
    )


def list_context(it: Any) -> Any:
    return plain(it) | ({"stopped": say(it.stopped)} if it.stopped else {})


def say(reason: Reason | None) -> str:
    """A reason that an earlier version kept as a sentence."""
    if reason is None:
        return ""
    about = reason.about
    return about["words"] if reason.why is Why.AS_WRITTEN else f"{about['part']} ({about['error']})"


def list_engagement(it: Engagement) -> dict[str, Any]:
    known, proposal, handling, clock = it.understanding, it.proposal, it.handling, it.clock
    candidate = proposal.candidate
    return keep_full(
        state=it.state,
        conversation=it.place.conversation,
        channel=it.place.channel,
        audience=it.audience,
        customer=it.customer.id,
        customer_name=it.customer.name,
        version=it.version,
        opened=it.opened,
        due=clock.due,
        entry=it.entry,
        messages=[[m.id, m.revision, m.text, m.at.isoformat()] for m in it.messages],
        reading=list_reading(known.reading),
        read=list_reading(known.first_reading),
        meant=known.meant,
        intents=known.intents,
        circumstances=list_context(known.context),
        asked=list_verdict(known.verdict),
        draft=list_draft(proposal.draft),
        reply=candidate.text if candidate else "",
        origin=candidate.origin if candidate else "",
        locale=candidate.locale if candidate else "",
        reply_answers=candidate.answers if candidate else (),
        digest=proposal.digest,
        verdict=list_verdict(proposal.verdict),
        approvals=[[a.person, a.digest, a.at.isoformat()] for a in proposal.approvals],
        editor=proposal.editor,
        owner=handling.owner,
        team=handling.team,
        placed=handling.placed,
        why=say(handling.why),
        reason=handling.cause,
        stale=proposal.stale,
        follow_up=handling.follow_up,
        chosen=it.chosen,
        corrects=it.corrects,
        first_contact=it.first_contact,
        replies=it.replies,
        late=clock.late,
        broken=clock.broken,
        escalated=say(handling.escalated),
        talking=handling.talking,
        answered=clock.answered,
        follows=it.follows,
        packet=list_packet(handling.packet),
        runbook=handling.runbook,
        hushed=handling.hushed,
        sample=it.sample,
        notices=it.notices,
        delivery=proposal.delivery,
        ready=proposal.ready,
        audit=known.audit,
        least=known.least,
        peers=[[p.message, p.author, p.name, p.asks] for p in it.peers],
        timeline=[[h.at.isoformat(), h.about["who"], h.about["what"]] for h in it.timeline],
    )


def list_delivery(row: Any) -> dict[str, Any]:
    it = read_row(row, Delivery)
    return keep_full(
        engagement=it.engagement,
        conversation=it.reply.place.conversation,
        state=it.state,
        text=it.reply.text,
        payload_sha256=hash_text(it.payload),
        digest=it.digest,
        origin=it.reply.origin,
        locale=it.reply.locale,
        entry=it.reply.entry,
        corrects=it.reply.corrects,
        answers=it.reply.answers,
        facts=it.reply.facts,
        sources=[[s.title, s.url, s.as_of.isoformat()] for s in it.reply.envelope.sources],
        notice=it.notice,
        approver=it.approver,
        attempts=it.attempts,
        receipt=it.receipt,
        why=say(it.why),
        undo=it.undo,
        over_cap=it.over_cap,
        planned=row["at"],
        sent=row["sent"],
    )


def list_message(row: Any) -> dict[str, Any]:
    if "it" not in row:
        return keep_full(conversation=row["conversation"], staff=row["staff"])
    it = read_row(row, Message)
    return keep_full(
        conversation=it.place.conversation,
        author=it.author.id,
        name=it.author.name,
        kind=it.author.kind,
        text=it.text,
        at=it.at,
        came=row["came"],
        revision=it.revision,
        direct=it.direct,
        mention=it.mention,
        reply=it.reply,
        language=it.language,
        engagement=row["engagement"],
        new=bool(row["new_in"]),
        deleted=row["deleted"],
        sample=row["sample"],
    )
