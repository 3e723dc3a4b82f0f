"""The packet: what a person gets with a hand-over, whole or with what is missing said aloud.

Every event that leaves an ask with a person builds it (`bot/engagement/handing_over.py`). What a
person needs is a table of parts. A part that must be there and isn't (it was never looked
up, looking failed, it is empty) is named in `Packet.missing`; the engagement still goes to a
person, the card shows what is missing, and the edge logs an error and raises a banner. Total: a
part that raises is a part that is missing.

Messages, replies and facts are in it by reference, so what is taken back or corrected is not kept
in a second place. It holds nothing of who the customer is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from bot.detect.claims.attribution import attribute_commitments
from bot.detect.claims.figure_context import iterate_sentence_stems
from bot.detect.claims.published_figures import find_related_facts, index_published_figures
from bot.drafting.facts_view import FactsView
from bot.knowledge import Knowledge
from bot.model import (
    Candidate,
    Engagement,
    Finding,
    Outcome,
    Packet,
    Promised,
    Reason,
    Unclear,
    Why,
)
from bot.model.errors import NoDraft

MOST_FACTS = 6
PERHAPS = 0.05  # below this score a candidate's facts are of no use
_SENTENCES = 12  # of the ask, that are looked at for facts near it


class Absent(Exception):
    """A part of the packet is not there; `str` says why."""


def build_packet(
    before: Engagement, after: Engagement, at: datetime, knowledge: Knowledge
) -> Packet:
    """The packet of a hand-over, from what was so before the event and after it. Total."""
    found: dict[str, Any] = {}
    missing = []
    for name, (part, empty) in PARTS.items():
        try:
            found[name] = part(before, after, knowledge)
        except Exception as error:
            found[name] = empty
            about = {"part": name, "error": str(error) or type(error).__name__}
            missing.append(Reason(Why.MISSING, about))
    cause, due = after.handling.cause, after.clock.due
    return Packet(at=at, cause=cause, due=due, missing=tuple(missing), **found)


Part = Callable[[Engagement, Engagement, Knowledge], Any]


def _why(before: Engagement, after: Engagement, knowledge: Knowledge) -> Reason:
    if after.handling.why is None:
        raise Absent("nothing says why")
    return after.handling.why


def _asks(before: Engagement, after: Engagement, knowledge: Knowledge) -> tuple[str, ...]:
    if not after.text.strip():
        raise Absent("there are no words in it; look in the channel")
    return after.revisions


def _turns(before: Engagement, after: Engagement, knowledge: Knowledge) -> tuple[str, ...]:
    known = after.understanding.context.turns
    if known is None:
        raise Absent("what was said before could not be looked up")
    return tuple(dict.fromkeys([*known, *(message.id for message in after.messages)]))


def _candidates(
    before: Engagement, after: Engagement, knowledge: Knowledge
) -> tuple[Candidate, ...]:
    reading = after.understanding.reading
    if reading is None:
        raise Absent("it could not be read")
    if reading.unclear is Unclear.AMBIGUOUS and not reading.candidates:
        raise Absent("it may be one of several intents, and none is named")
    return reading.candidates


def _rules(before: Engagement, after: Engagement, knowledge: Knowledge) -> tuple[Finding, ...]:
    if after.understanding.reading is None:
        raise Absent("what was not read could not be judged")
    if after.understanding.verdict is None:
        raise Absent("the rules have not been asked")
    return after.understanding.verdict.findings


def _facts(before: Engagement, after: Engagement, knowledge: Knowledge) -> tuple[str, ...]:
    """Of the intents that it may be, what their replies are filled from; then the facts that its
    own sentences are about."""
    locale = knowledge.locale_for(after)
    reading = after.understanding.reading
    likely = [c.intent for c in reading.candidates if c.score >= PERHAPS] if reading else []
    if reading and reading.intent:
        likely.insert(0, reading.intent)
    found: dict[str, None] = {}
    for intent in likely[:3]:
        found |= dict.fromkeys(_behind(intent, locale, after.opened, knowledge))
    known = index_published_figures(knowledge.published, locale)
    for sentence in islice(iterate_sentence_stems(after.text, locale), _SENTENCES):
        found |= dict.fromkeys(find_related_facts(known, sentence))
    return tuple(found)[:MOST_FACTS]


def _behind(intent: str, locale: str, at: datetime, knowledge: Knowledge) -> tuple[str, ...]:
    view = FactsView(knowledge.published, locale, at.date())
    try:
        knowledge.templates.fill_reply(intent, locale, view)
    except NoDraft as none:
        return (none.fact,) if none.fact in knowledge.published.ids else ()
    return view.used_facts()


def _promised(before: Engagement, after: Engagement, knowledge: Knowledge) -> tuple[Promised, ...]:
    """What was promised before the ask was read, and by the reply that has just been sent."""
    known = after.understanding.context.promised
    if known is None:
        raise Absent("earlier replies could not be looked up")
    if after.replies == before.replies or before.proposal.candidate is None:
        return known
    sent = before.proposal.candidate
    at = after.timeline[-1].at if after.timeline else after.opened
    made = attribute_commitments(sent.body, sent.locale, knowledge.published, sent.facts, at.date())
    return (*known, *(Promised(c.words, at, sent.entry, c.source) for c in made))


def _tried(before: Engagement, after: Engagement, knowledge: Knowledge) -> tuple[Reason, ...]:
    draft, verdict = after.proposal.draft or before.proposal.draft, after.proposal.verdict
    tried = []
    if draft is not None and verdict is not None and verdict.outcome is Outcome.BLOCK:
        about = {"template": draft.template, "rule": verdict.findings[0].rule}
        tried.append(Reason(Why.TRIED_BLOCKED, about))
    elif draft is not None:
        tried.append(Reason(Why.TRIED_DRAFT, {"template": draft.template}))
    if after.replies:
        tried.append(Reason(Why.TRIED_REPLIES, {"replies": str(after.replies)}))
    return tuple(tried) or (Reason(Why.TRIED_NOTHING),)


def _language(before: Engagement, after: Engagement, knowledge: Knowledge) -> str:
    if after.understanding.reading is None:
        raise Absent("it could not be read")
    return after.understanding.reading.language


def _locale(before: Engagement, after: Engagement, knowledge: Knowledge) -> str:
    return knowledge.locale_for(after)


PARTS: Mapping[str, tuple[Part, Any]] = {  # field: (how it is found, what stands there if it isn't)
    "why": (_why, None),
    "asks": (_asks, ()),
    "turns": (_turns, ()),
    "candidates": (_candidates, ()),
    "rules": (_rules, ()),
    "facts": (_facts, ()),
    "promised": (_promised, ()),
    "tried": (_tried, ()),
    "language": (_language, ""),
    "locale": (_locale, ""),
}
