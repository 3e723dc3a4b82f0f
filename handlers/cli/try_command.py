"""`aboveboard try "message"`: what would happen, and why. Sends nothing, stores nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from bot.cards.reason_words import say_reason
from bot.cards.wording import OUTCOMES, UNCLEAR
from bot.engagement.judging import message_subject, reply_subject
from bot.knowledge import Knowledge
from bot.model import Engagement, Outcome, State
from bot.model.errors import AboveboardError
from bot.policy.rule_trace import JudgingTrace, trace_message, trace_reply
from handlers.brandfiles.loading import load_library
from handlers.cli.output import as_json, finding_lines, json_option
from handlers.service.simulation.dry_run import try_message

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


@click.command("try")
@click.argument("message")
@click.option("--channel", default="", help="A channel of config.yaml; the first when not given.")
@json_option
@click.option("--why", is_flag=True, help="Every rule: did it apply, what did it see.")
@click.pass_obj
def try_(root: str, message: str, channel: str, json_: bool, why: bool) -> None:
    """What would happen with MESSAGE, and why. Sends nothing."""
    if not message.strip():
        raise AboveboardError('There is no message. Put it in quotes: aboveboard try "Hello?"')
    now = datetime.now(UTC)
    library = load_library(Path(root), now)
    outcome = try_message(message, library, now, channel)
    if json_:
        click.echo(as_json(shown(outcome, library.knowledge)))
        return
    for line in in_lines(outcome, library.knowledge):
        click.echo(line)
    if why:
        click.echo("")
        click.echo(str(trace_of(outcome, library.knowledge, now)))


def trace_of(engagement: Engagement, knowledge: Knowledge, at: datetime) -> JudgingTrace:
    """How the rules came to their verdict: on the reply if there is one, else on the ask."""
    if engagement.proposal.candidate is not None:
        subject = reply_subject(engagement, engagement.proposal.candidate, knowledge, at)
        return trace_reply(knowledge.rulebook, subject)
    return trace_message(knowledge.rulebook, message_subject(engagement, knowledge))


def shown(outcome: Engagement, knowledge: Knowledge) -> dict[str, Any]:
    """The keys that scripts rely on."""
    reading, draft, verdict = (
        outcome.understanding.reading,
        outcome.proposal.draft,
        outcome.proposal.verdict or outcome.understanding.verdict,
    )
    return {
        "route": route_of(outcome),
        "intent": reading.intent if reading else None,
        "score": round(reading.score, 4) if reading else 0.0,
        "unclear": reading.unclear if reading else None,
        "language": reading.language if reading else None,
        "why": say_reason(outcome.handling.why, outcome, knowledge),
        "draft": {"text": draft.body, "facts": list(draft.facts)} if draft else None,
        "reply": outcome.proposal.candidate.text if outcome.proposal.candidate else None,
        "verdict": {
            "outcome": verdict.outcome if verdict else Outcome.PASS,
            "findings": [
                {
                    "rule": finding.rule,
                    "outcome": finding.outcome,
                    "because": finding.because,
                    "words": finding.words,
                }
                for finding in (verdict.findings if verdict else ())
            ],
        },
    }


def route_of(engagement: Engagement) -> str:
    """`draft`, `handoff` or `ignore`: what became of it before anybody decided."""
    return ROUTES.get(engagement.state, "draft")


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
