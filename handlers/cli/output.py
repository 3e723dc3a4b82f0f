"""How the command says things: lines for people, JSON for machines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from bot.cards.reason_words import say_reason
from bot.cards.wording import OUTCOMES, UNCLEAR
from bot.knowledge import Knowledge
from bot.model import Engagement, Finding, State

ROUTES = {
    State.WAITING: "draft",
    State.PERSON: "handoff",
    State.PEERS: "draft",
    State.OVERHEARD: "ignore",
    State.CLOSED: "ignore",
}
ROUTE_WORDS = {
    "draft": "A draft would wait for a person to approve it.",
    "handoff": "A person would get it.",
    "ignore": "Nothing would be said.",
}


def route_of(engagement: Engagement) -> str:
    """`draft`, `handoff` or `ignore`: what became of it before anybody decided."""
    return ROUTES.get(engagement.state, "draft")


def as_json(value: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def finding_lines(findings: tuple[Finding, ...]) -> Iterator[str]:
    for finding in findings:
        shape, word = OUTCOMES[finding.outcome]
        yield f"  {shape} {word}: {finding.because}  [{finding.rule}]"
        if finding.instead:
            yield f"      instead: {finding.instead}"


def in_lines(outcome: Engagement, knowledge: Knowledge) -> Iterator[str]:
    """What would happen with a message, in plain words."""
    yield ROUTE_WORDS[route_of(outcome)]
    if why := say_reason(outcome.handling.why, outcome, knowledge):
        yield f"  {why}"
    reading = outcome.understanding.reading
    if reading is not None and outcome.understanding.intents:
        intents = ", ".join(outcome.understanding.intents)
        yield f"Several asks, answered one by one: {intents}, {reading.language}"
    elif reading is not None and reading.intent is not None:
        intent = knowledge.intents.get(reading.intent)
        name = intent.title_in("en") if intent else reading.intent
        yield f"Understood: {name} ({reading.intent}), {reading.score:.2f}, {reading.language}"
    elif reading is not None and reading.unclear is not None:
        yield f"Unclear: {UNCLEAR[reading.unclear]} ({reading.unclear}), {reading.language}"
        for candidate in reading.candidates[:3]:
            yield f"  perhaps {candidate.intent}, {candidate.score:.2f}"
    if outcome.proposal.candidate is not None:
        yield ""
        yield "As it would be sent:"
        yield from (f"  | {line}" for line in outcome.proposal.candidate.text.splitlines())
        yield ""
        facts = ", ".join(outcome.proposal.candidate.facts) or "none"
        yield f"Facts: {facts}"
    verdict = outcome.proposal.verdict or outcome.understanding.verdict
    if verdict is not None:
        shape, word = OUTCOMES[verdict.outcome]
        of = "Verdict" if outcome.proposal.verdict else "The rules on the message"
        yield f"{of}: {shape} {word}, rules {verdict.rules[:8]}"
        yield from finding_lines(verdict.findings)
