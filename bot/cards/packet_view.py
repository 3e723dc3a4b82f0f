"""A hand-over in words, for every surface: from the packet, and from what is published now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from babel.dates import format_date

from bot.cards.card import Handed, Mark
from bot.cards.reason_words import say_reason
from bot.cards.wording import OUTCOMES, SHAPES, STATUS, ago
from bot.knowledge import Knowledge
from bot.model import Engagement, Packet, Promised, PublishedFact

ANSWERS = "that a person answers, and by when"
TOLD: Mapping[str, str] = {
    "later": "that it takes longer, and by when",
    "first-contact": "that software drafts our answers",
    "measure-taken": "what was done about it, and where to object",
}
LONGEST = 80  # characters of an earlier ask


def view_packet(engagement: Engagement, knowledge: Knowledge, now: datetime) -> Handed | None:
    """What the person got; None where nothing was handed over."""
    packet = engagement.handling.packet
    if packet is None:
        return None
    return Handed(
        rules=view_rules(engagement),
        facts=tuple(
            _fact(fact, packet.locale, now)
            for id in packet.facts
            if (fact := knowledge.published.get_fact(id)) is not None
        ),
        promised=tuple(_promised(one, packet, knowledge, now) for one in packet.promised),
        tried=tuple(say_reason(one, engagement, knowledge) for one in packet.tried),
        told=tuple(dict.fromkeys(TOLD.get(reason, ANSWERS) for reason in engagement.notices)),
        language=_language(packet),
        turns=len(packet.turns),
        missing=tuple(say_reason(one, engagement, knowledge) for one in packet.missing),
    )


def view_rules(engagement: Engagement) -> tuple[Mark, ...]:
    """What the rules on messages say of the ask, with the way out."""
    verdict = engagement.understanding.verdict
    findings = verdict.findings if verdict else ()
    return tuple(
        Mark(*OUTCOMES[f.outcome], f.because, f.instead, f.words, 0, 0, f.rule) for f in findings
    )


def describe_earlier(earlier: Engagement | None, knowledge: Knowledge, now: datetime) -> str:
    """The ask that this customer had here before, and how it ended."""
    if earlier is None or not earlier.timeline:
        return ""
    asked = " ".join(earlier.text.split())
    asked = asked if len(asked) <= LONGEST else f"{asked[: LONGEST - 1].rstrip()}…"
    ended = ago(earlier.timeline[-1].at, now)
    said = say_reason(earlier.handling.why, earlier, knowledge)
    why = f": {said}" if said else ""
    return f"“{asked}” {SHAPES[earlier.state]} {STATUS[earlier.state]}, {ended}{why}"


def _fact(fact: PublishedFact, locale: str, now: datetime) -> tuple[str, str, str]:
    text = fact.text.get(locale) or next(iter(fact.text.values()), "")
    title = fact.titles.get(locale) or next(iter(fact.titles.values()), fact.id)
    stale = ", past its day: check it first" if fact.expired(now.date()) else ""
    return text, f"{title}, as of {format_date(fact.as_of, 'd MMM y', 'en')}{stale}", fact.url


def _promised(one: Promised, packet: Packet, knowledge: Knowledge, now: datetime) -> str:
    fact = knowledge.published.get_fact(one.fact)
    text = fact.text.get(packet.locale, "") if fact else ""
    behind = f", as published: {text}" if text else ""
    return f"“{one.words}”, {ago(one.at, now)}{behind}"


def _language(packet: Packet) -> str:
    if packet.language.partition("-")[0] == packet.locale.partition("-")[0]:
        return packet.language
    known = packet.language or "not recognised"
    return f"{known}; answered in {packet.locale}"
