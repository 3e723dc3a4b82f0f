"""The packet: what a person gets with a hand-over, whole or with what is missing said aloud.

Every hand-over goes through `hand_over`: `step` asks it about each step, so none can go around it.
What a person needs is a table of parts. A part that must be there and isn't (it was never looked
up, looking failed, it is empty) is named in `Packet.missing`; the engagement still goes to a
person, the card shows what is missing, and the edge logs an error and raises a banner. Total: a
part that raises is a part that is missing.

Messages, replies and facts are in it by reference, so what is taken back or corrected is not kept
in a second place. It holds nothing of who the customer is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from bot.detect.claims.attribution import attribute_commitments
from bot.detect.claims.figure_context import iterate_sentence_stems
from bot.detect.claims.published_figures import find_related_facts, index_published_figures
from bot.drafting.facts_view import FactsView
from bot.engagement.effects import Alarm, Effect
from bot.engagement.proposing import answers, locale_of, weigh_message
from bot.knowledge import Knowledge
from bot.model import (
    Candidate,
    Engagement,
    Finding,
    Happening,
    Outcome,
    Packet,
    Promised,
    State,
    Unclear,
)
from bot.model import events as e
from bot.model.errors import NoDraft

MOST_FACTS = 6
PERHAPS = 0.05  # below this score a candidate's facts are of no use
_SENTENCES = 12  # of the ask, that are looked at for facts near it


class Absent(Exception):
    """A part of the packet is not there; `str` says why."""


def hand_over(
    before: Engagement, after: Engagement, event: e.Event, knowledge: Knowledge
) -> tuple[Engagement, tuple[Effect, ...]]:
    """The engagement with its packet, if this step hands it to a person or changes what they need.

    A person who takes what nobody has read yet gets it as it is: there is nothing to hand over.
    """
    fresh = before.state is not State.PERSON or before.why != after.why
    changed = fresh or before.messages != after.messages
    unread = after.reading is None and not after.reason
    if after.state is not State.PERSON or not changed or unread:
        return after, ()
    packet = pack(before, after, event.at, knowledge)
    packed = replace(after, packet=packet)
    if not packet.missing or (before.packet and before.packet.missing == packet.missing):
        return packed, ()
    words = f"The hand-over is incomplete. Missing: {'; '.join(packet.missing)}."
    line = Happening(event.at, "software", words)
    return replace(packed, timeline=(*after.timeline, line)), (Alarm(words),)


def pack(before: Engagement, after: Engagement, at: datetime, knowledge: Knowledge) -> Packet:
    """The packet of a hand-over, from what was so before the step and after it. Total."""
    found: dict[str, Any] = {}
    missing = []
    for name, (title, part, empty) in PARTS.items():
        try:
            found[name] = part(before, after, knowledge)
        except Exception as error:
            found[name] = empty
            missing.append(f"{title} ({error or type(error).__name__})")
    return Packet(at=at, reason=after.reason, due=after.due, missing=tuple(missing), **found)


Part = Callable[[Engagement, Engagement, Knowledge], Any]


def _why(before: Engagement, after: Engagement, knowledge: Knowledge) -> str:
    if not after.why.strip():
        raise Absent("nothing says why")
    return after.why


def _asks(before: Engagement, after: Engagement, knowledge: Knowledge) -> tuple[str, ...]:
    if not after.text.strip():
        raise Absent("there are no words in it; look in the channel")
    return answers(after)


def _turns(before: Engagement, after: Engagement, knowledge: Knowledge) -> tuple[str, ...]:
    known = after.circumstances.turns
    if known is None:
        raise Absent("what was said before could not be looked up")
    return tuple(dict.fromkeys([*known, *(message.id for message in after.messages)]))


def _candidates(
    before: Engagement, after: Engagement, knowledge: Knowledge
) -> tuple[Candidate, ...]:
    reading = after.reading
    if reading is None:
        raise Absent("it could not be read")
    if reading.unclear is Unclear.AMBIGUOUS and not reading.candidates:
        raise Absent("it may be one of several intents, and none is named")
    return reading.candidates


def _rules(before: Engagement, after: Engagement, knowledge: Knowledge) -> tuple[Finding, ...]:
    if after.reading is None:
        raise Absent("what was not read could not be judged")
    return (after.asked or weigh_message(after, knowledge)).findings


def _facts(before: Engagement, after: Engagement, knowledge: Knowledge) -> tuple[str, ...]:
    """Of the intents that it may be, what their replies are filled from; then the facts that its
    own sentences are about."""
    locale = locale_of(after, knowledge)
    reading = after.reading
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
    known = after.circumstances.promised
    if known is None:
        raise Absent("earlier replies could not be looked up")
    if after.replies == before.replies or before.candidate is None:
        return known
    sent = before.candidate
    at = after.timeline[-1].at if after.timeline else after.opened
    made = attribute_commitments(sent.body, sent.locale, knowledge.published, sent.facts, at.date())
    return (*known, *(Promised(c.words, at, sent.entry, c.source) for c in made))


def _tried(before: Engagement, after: Engagement, knowledge: Knowledge) -> tuple[str, ...]:
    draft, verdict = after.draft or before.draft, after.verdict
    tried = []
    if draft is not None and verdict is not None and verdict.outcome is Outcome.BLOCK:
        tried.append(f"a draft from {draft.template}: blocked, {verdict.findings[0].because}")
    elif draft is not None:
        tried.append(f"a draft from {draft.template}")
    if after.replies:
        tried.append(f"{after.replies} sent" if after.replies > 1 else "one reply sent")
    return tuple(tried) or ("nothing was drafted",)


def _language(before: Engagement, after: Engagement, knowledge: Knowledge) -> str:
    if after.reading is None:
        raise Absent("it could not be read")
    return after.reading.language


def _locale(before: Engagement, after: Engagement, knowledge: Knowledge) -> str:
    return locale_of(after, knowledge)


PARTS: Mapping[str, tuple[str, Part, Any]] = {  # field: (what it is, how it is found, if it isn't)
    "why": ("why it came to a person", _why, ""),
    "asks": ("the ask in the customer’s words", _asks, ()),
    "turns": ("the timeline", _turns, ()),
    "candidates": ("what was understood", _candidates, ()),
    "rules": ("the rules that fired", _rules, ()),
    "facts": ("the published facts near it", _facts, ()),
    "promised": ("what was promised before", _promised, ()),
    "tried": ("what was tried", _tried, ()),
    "language": ("the language", _language, ""),
    "locale": ("the language to answer in", _locale, ""),
}
