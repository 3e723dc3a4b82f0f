"""Reasons and happenings in words, for whoever looks: from the kind and its fields, when it is
shown.

A sentence is a template of its language; its slots are filled by name: a person's by who they are
now, a rule's by what it found. For the public nobody of the brand's is named, and nothing is
quoted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.cards.reason_tables import HAPPENED, PARTS, PUBLIC, WHY
from bot.cards.wording import OBJECTIONS, OUTCOMES, UNCLEAR, count_times
from bot.knowledge import Knowledge
from bot.learning.guarantee.guarantee_standing import GuaranteeStanding
from bot.learning.guarantee.guarantee_words import write_why_a_person
from bot.model import (
    Actor,
    Engagement,
    Finding,
    Happening,
    Objection,
    Outcome,
    Reason,
    Unclear,
    Why,
)
from bot.understanding.several_asks import JOINT

SOMEBODY = "A person"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says things of one engagement; `public`: for everybody."""

    engagement: Engagement | None
    knowledge: Knowledge
    public: bool = False

    def say(self, template: str, about: Mapping[str, str]) -> str:
        """The template with its slots filled."""
        filled = {key: SLOTS.get(key, _plain)(self, value) for key, value in about.items()}
        return template.format_map(_Slots(filled))


class _Slots(dict[str, str]):
    """What is not known is left out: a reason of an earlier version says less, and never breaks."""

    def __missing__(self, key: str) -> str:
        return ""


def say_reason(
    reason: Reason | None,
    engagement: Engagement | None,
    knowledge: Knowledge,
    *,
    public: bool = False,
) -> str:
    """A reason as a sentence; empty for none."""
    if reason is None:
        return ""
    template = (PUBLIC.get(reason.why) if public else None) or WHY[reason.why]
    return Speaker(engagement, knowledge, public).say(template, _complete(reason)).strip()


def say_actor(happening: Happening, engagement: Engagement, knowledge: Knowledge) -> str:
    """Who did it, as a name or a word."""
    about = happening.about
    if "who" in about:
        return about["who"]
    if happening.actor is Actor.PERSON:
        return name_person(happening.person, knowledge)
    if happening.actor is Actor.PEER:
        message = about.get("message", "")
        known = (words.name for words in engagement.peers if words.message == message)
        return next(known, "somebody else")
    return happening.actor.value


def say_happening(happening: Happening, engagement: Engagement, knowledge: Knowledge) -> str:
    """What happened, as the predicate of a sentence whose subject is `say_actor`'s."""
    why = say_reason(happening.reason, engagement, knowledge)
    template = HAPPENED[happening.what]
    if callable(template):
        template = template(happening)
    return Speaker(engagement, knowledge).say(template, {**happening.about, "why": why})


def name_person(person: str, knowledge: Knowledge) -> str:
    """A person of the brand's by name; by id, once they are no longer in its settings."""
    known = knowledge.brand.find_person(person) if person else None
    return (known.name or known.id) if known else person


def name_intent(intent: str, knowledge: Knowledge) -> str:
    """An intent by its title; several, parted by commas."""
    if JOINT in intent:
        return ", ".join(name_intent(one, knowledge) for one in intent.split(JOINT))
    known = knowledge.intents.get(intent)
    return known.title_in("en") if known else intent


def _complete(reason: Reason) -> Mapping[str, str]:
    """Fields that one sentence makes of several."""
    about = dict(reason.about)
    if reason.why is Why.REJECTED:
        kind = about.get("objection", "")
        said = OBJECTIONS[Objection(kind)] if kind and kind != Objection.OTHER.value else ""
        about["words"] = ". ".join(filter(None, (said, about.get("words", "")))) or (
            "no reason given"
        )
    return about


def _plain(speaker: Speaker, value: str) -> str:
    return value


def _person(speaker: Speaker, value: str) -> str:
    return SOMEBODY if speaker.public else name_person(value, speaker.knowledge)


def _intent(speaker: Speaker, value: str) -> str:
    return name_intent(value, speaker.knowledge)


def _team(speaker: Speaker, value: str) -> str:
    team = speaker.knowledge.brand.find_team(value)
    return team.title if team else value or "the leads"


def _mode(speaker: Speaker, value: str) -> str:
    modes = (channel.mode for channel in speaker.knowledge.brand.channels.values())
    return next((mode.meaning for mode in modes if mode.name == value), value)


def _rule(speaker: Speaker, value: str) -> str:
    """What the rule said of what it found here. To the public its title: what it said may quote
    somebody, clipped or in its own words."""
    found = next((f for f in _findings(speaker.engagement) if f.rule == value), None)
    if found is not None and found.because and not speaker.public:
        return found.because
    rules = (compiled.rule for compiled in speaker.knowledge.rulebook.rules)
    titles = (rule.title for rule in rules if rule.full_id == value and rule.title)
    return next(titles, value)


def _findings(engagement: Engagement | None) -> tuple[Finding, ...]:
    if engagement is None:
        return ()
    verdicts = engagement.understanding.verdict, engagement.proposal.verdict
    packet = engagement.handling.packet
    known = tuple(f for verdict in verdicts if verdict for f in verdict.findings)
    return (*known, *(packet.rules if packet else ()))


def _until(speaker: Speaker, value: str) -> str:
    there = datetime.fromisoformat(value).astimezone(speaker.knowledge.brand.hours.zone)
    return f"{there:%H:%M}"


def _measure(speaker: Speaker, value: str) -> str:
    handling = speaker.engagement.handling if speaker.engagement else None
    runbook = speaker.knowledge.runbooks.get(handling.runbook) if handling else None
    measure = runbook.find_measure(value) if runbook else None
    return measure.title if measure else value


def _standing(speaker: Speaker, value: str) -> str:
    return write_why_a_person(GuaranteeStanding(value))


SLOTS: Mapping[str, Callable[[Speaker, str], str]] = {
    "person": _person,
    "to": _person,
    "intent": _intent,
    "intents": _intent,
    "team": _team,
    "mode": _mode,
    "rule": _rule,
    "kind": lambda _, value: UNCLEAR[Unclear(value)],
    "outcome": lambda _, value: OUTCOMES[Outcome(value)][1],
    "until": _until,
    "measure": _measure,
    "standing": _standing,
    "times": lambda _, value: count_times(int(value)),
    "replies": lambda _, value: "one reply" if value == "1" else value,
    "part": lambda _, value: PARTS.get(value, value),
    "parts": lambda _, value: ", ".join(PARTS.get(part, part) for part in value.split()),
}
