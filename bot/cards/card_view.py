"""Draw the card of an engagement, from stored state alone, for one viewer at one moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.brand.teams import Team
from bot.cards.card import Card, Line, Mark
from bot.cards.context_lines import list_context
from bot.cards.decisions import DECISIONS, Action
from bot.cards.packet_view import describe_earlier, view_packet, view_rules
from bot.cards.reason_words import name_intent, name_person, say_actor, say_happening, say_reason
from bot.cards.wording import OUTCOMES, SHAPES, STATUS, UNCLEAR, ago, due_again
from bot.engagement.states import LIFE
from bot.handoff.routing import Refusal, may_decide_for, reason_not_to_decide
from bot.handoff.severity import is_critical
from bot.handoff.urgency import rank_urgency
from bot.knowledge import Knowledge
from bot.learning.guarantee.guarantee_words import AUDIT, AUDIT_ONLY
from bot.model import (
    Ask,
    Audience,
    Engagement,
    Finding,
    Origin,
    Outcome,
    Person,
    Reading,
    Role,
    State,
)
from bot.understanding.several_asks import JOINT

LONGEST_HEADLINE = 80


def view_card(
    engagement: Engagement,
    knowledge: Knowledge,
    viewer: Person | None,
    now: datetime,
    undo_left: float | None = None,
    held: str = "",
    earlier: Engagement | None = None,
    peers: tuple[tuple[str, str], ...] = (),
) -> Card:
    """The card. `undo_left` is in seconds, while an undo window runs; `held` is what keeps it from
    going out, in words; `earlier` is what this customer asked here before; `peers` are the words
    of others beside it, with who wrote them."""
    handling, clock = engagement.handling, engagement.clock
    team = knowledge.brand.find_team(handling.team)
    reply, verdict = engagement.proposal.candidate, engagement.proposal.verdict
    brand = knowledge.brand
    culture = knowledge.cultures.get(engagement.place.channel)
    channel = brand.channels.get(engagement.place.channel)
    title = channel.title if channel else engagement.place.channel
    shape, status = _standing(engagement, now)
    if held and engagement.state is State.APPROVED:
        shape, status = "⏸", f"{status}; waits to be sent"
    due = due_again(clock.due, now, clock.late) if engagement.state.open else ""
    if is_critical(engagement, knowledge.runbooks):
        due = "due now"
    actions = _actions(engagement, viewer, team)
    last = engagement.messages[-1].at if engagement.messages else engagement.opened
    return Card(
        engagement=engagement.id,
        state=engagement.state,
        shape=shape,
        status=status,
        headline=_headline(engagement.text),
        customer=engagement.customer.name or "a customer",
        where=f"{title} · {engagement.audience}",
        readers=_readers(engagement, title),
        asked=engagement.text,
        at=last.isoformat(),
        due=due,
        due_at=clock.due.isoformat() if due else "",
        late=bool(due) and (clock.late or clock.due < now),
        understood=_understood(engagement, knowledge),
        candidates=_candidates(engagement.understanding.reading, knowledge),
        why=say_reason(handling.why, engagement, knowledge),
        body=reply.body if reply else "",
        origin=_origin(engagement, knowledge),
        as_sent=reply.text if reply else "",
        sources=reply.envelope.sources if reply else (),
        marks=tuple(_mark(finding) for finding in verdict.findings) if verdict else (),
        summary=_summary(verdict.findings) if verdict else "",
        digest=engagement.proposal.digest,
        owner=name_person(handling.owner, knowledge),
        stale=engagement.proposal.stale,
        undo_left=undo_left,
        actions=actions,
        plain=tuple((it, DECISIONS[it].label) for it in actions if DECISIONS[it].plain),
        timeline=_view_timeline(engagement, knowledge),
        entry_url=f"{brand.server.public_url}/record/{engagement.entry}",
        version=engagement.version,
        manners=culture.tone if culture else "",
        sample=engagement.sample,
        parts=_parts(engagement, knowledge),
        **_runbook(engagement, knowledge),
        intents=_intents(engagement.understanding.reading, knowledge),
        refused=_say_refusal(team, viewer),
        team=team.title if team else "",
        owner_id=handling.owner,
        urgency=rank_urgency(engagement, knowledge.runbooks).words if engagement.state.open else "",
        escalated=(
            say_reason(handling.escalated, engagement, knowledge) if engagement.state.open else ""
        ),
        before=describe_earlier(earlier, knowledge, now),
        rules=view_rules(engagement),
        handed=view_packet(engagement, knowledge, now),
        pass_on=(("", "the leads"), *((t.id, t.title) for t in brand.teams if t is not team)),
        past=list_context(engagement, knowledge, now),
        follows=engagement.follows,
        conversation=engagement.place.conversation,
        grounds=_grounds(engagement, knowledge),
        held=held,
        audit=_audit(engagement),
        peers=peers,
    )


def _runbook(engagement: Engagement, knowledge: Knowledge) -> dict[str, Any]:
    runbook = knowledge.runbooks.get(engagement.handling.runbook)
    if runbook is None:
        return {}
    entry = f"{knowledge.brand.server.public_url}/record/{engagement.entry}"
    return {
        "severity": runbook.severity.value,
        "runbook": runbook.title,
        "steps": runbook.steps,
        "runbook_owner": runbook.owner.value,
        "measures": tuple((measure.id, measure.title) for measure in runbook.measures),
        "appeal_url": f"{entry}/wrong" if runbook.measures else "",
    }


def _standing(engagement: Engagement, now: datetime) -> tuple[str, str]:
    shape, status = SHAPES[engagement.state], STATUS[engagement.state]
    if engagement.state is State.WAITING and engagement.proposal.verdict:
        worst = engagement.proposal.verdict.outcome
        if worst.rank >= Outcome.HOLD.rank:
            shape, word = OUTCOMES[worst]
            status = f"{word}: {status}"
    if engagement.state in (State.SENT, State.CLOSED) and engagement.timeline:
        status = f"{status} {ago(engagement.timeline[-1].at, now)}"
    return shape, status


def _headline(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_HEADLINE else f"{line[: LONGEST_HEADLINE - 1].rstrip()}…"


def _readers(engagement: Engagement, title: str) -> str:
    match engagement.audience:
        case Audience.PRIVATE:
            return f"only {engagement.customer.name or 'this customer'}"
        case Audience.MEMBERS:
            return f"every member of {title}"
    return "everybody"


def _parts(engagement: Engagement, knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    reading = engagement.understanding.reading
    asks = reading.asks if reading else ()
    return tuple((ask.text, _part(ask, knowledge)) for ask in asks)


def _part(ask: Ask, knowledge: Knowledge) -> str:
    return f"{name_intent(ask.intent, knowledge)} {ask.score:.2f}" if ask.intent else "not clear"


def _understood(engagement: Engagement, knowledge: Knowledge) -> str:
    reading = engagement.understanding.reading
    if engagement.understanding.intents:
        return f"one by one: {name_intent(JOINT.join(engagement.understanding.intents), knowledge)}"
    if reading is None:
        return "not read yet"
    if reading.unclear is not None:
        return f"unclear: {UNCLEAR[reading.unclear]}"
    return f"{name_intent(reading.intent or '', knowledge)} · {reading.score:.2f}"


def _candidates(reading: Reading | None, knowledge: Knowledge) -> tuple[tuple[str, str, str], ...]:
    found = reading.candidates if reading else ()
    return tuple((c.intent, name_intent(c.intent, knowledge), f"{c.score:.2f}") for c in found)


def _intents(reading: Reading | None, knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    """Every intent of the brand's, those that it may be first, then by title."""
    likely = [c.intent for c in reading.candidates] if reading else []
    rest = sorted(knowledge.intents, key=lambda intent: name_intent(intent, knowledge).casefold())
    known = dict.fromkeys([*likely, *rest])
    return tuple((key, name_intent(key, knowledge)) for key in known if key in knowledge.intents)


def _origin(engagement: Engagement, knowledge: Knowledge) -> str:
    reply = engagement.proposal.candidate
    if reply is None:
        return ""
    editor = name_person(engagement.proposal.editor, knowledge)
    words = {
        Origin.SOFTWARE: f"Draft · {name_intent(reply.intent, knowledge)} ({reply.locale})",
        Origin.EDITED: f"Draft, changed by {editor}",
        Origin.PERSON: f"Written by {editor}",
        Origin.NOTICE: "Notice",
    }
    return words[reply.origin]


def _mark(finding: Finding) -> Mark:
    shape, word = OUTCOMES[finding.outcome]
    return Mark(
        shape=shape,
        word=word,
        because=finding.because,
        instead=finding.instead,
        words=finding.words,
        start=finding.start,
        end=finding.end,
        rule=finding.rule,
        entry=finding.entry,
    )


def _summary(findings: tuple[Finding, ...]) -> str:
    counts = {
        word: sum(1 for f in findings if f.outcome is outcome)
        for outcome, word in ((Outcome.BLOCK, "blocking"), (Outcome.HOLD, "held"))
    }
    notes = sum(1 for f in findings if f.outcome is Outcome.NOTE)
    severe = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    noted = f" ({notes} note{'s' if notes != 1 else ''})" if notes else ""
    return (severe or "none blocking") + noted


def _audit(engagement: Engagement) -> str:
    known = engagement.understanding
    if not known.audit or engagement.state is not State.WAITING:
        return ""
    reading = known.first_reading or known.reading
    certain = reading is None or reading.margin >= known.least
    return AUDIT if certain else AUDIT_ONLY


def _grounds(engagement: Engagement, knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    reply = engagement.proposal.candidate
    if reply is None:
        return ()
    facts = [fact for key in reply.facts if (fact := knowledge.published.get_fact(key))]
    return tuple(
        (fact.titles.get(reply.locale, fact.id), fact.text.get(reply.locale, "")) for fact in facts
    )


def _actions(
    engagement: Engagement, viewer: Person | None, team: Team | None
) -> tuple[Action, ...]:
    if viewer is None or not may_decide_for(team, viewer):
        return ()
    holds = viewer.id == engagement.handling.owner or Role.LEAD in viewer.roles
    possible = LIFE[engagement.state]
    proposal, known = engagement.proposal, engagement.understanding
    blocked = proposal.verdict is not None and proposal.verdict.outcome is Outcome.BLOCK
    closed = {
        Action.APPROVE: not proposal.digest or blocked,
        Action.REJECT: not proposal.digest,
        Action.ASSIGN: False,
        Action.TAG: bool(known.meant) or known.reading is None or not engagement.messages,
        Action.RELEASE: not engagement.handling.owner or not holds,
        Action.TAKE_OVER: engagement.handling.owner == viewer.id
        and engagement.state is State.PERSON,
    }
    return tuple(
        action
        for action in Action
        if DECISIONS[action].event in possible and not closed.get(action)
    )


def _view_timeline(engagement: Engagement, knowledge: Knowledge) -> tuple[Line, ...]:
    return tuple(
        Line(it.at, say_actor(it, engagement, knowledge), say_happening(it, engagement, knowledge))
        for it in engagement.timeline
    )


def _say_refusal(team: Team | None, viewer: Person | None) -> str:
    """Why this viewer may not decide, in words; empty if they may."""
    refusal = reason_not_to_decide(team, viewer) if viewer else None
    if viewer is None or refusal is None:
        return ""
    if refusal is Refusal.NEEDS_ROLE and team is not None:
        return f"{team.title} needs the role {team.role}. Nothing was changed."
    name = viewer.name or viewer.id
    return f"{name} may look, but not decide. A lead can change that in config.yaml."
