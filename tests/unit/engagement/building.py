"""A small brand as values, with rules that the shipped one has not, and asks in every state.

No file is read: a test of the core takes milliseconds. `KNOWLEDGE` is what is in force;
`with_rules` makes another, with more rules or fewer. `ask` is an ask, `in_state` one that has come
to a state the way it does in life.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from bot.brand.business_hours import BusinessHours
from bot.brand.guarantee_terms import GuaranteeTerms
from bot.brand.published import PublishedFacts
from bot.brand.runbooks import Measure, Runbook, Severity
from bot.brand.settings import ONE_WAY, Brand, ChannelProfile, Intent, Mode, Server, Understanding
from bot.brand.teams import Team
from bot.drafting.reply_templates import Templates
from bot.engagement.effects import Answer, Effect, Notify, Step, Tell
from bot.engagement.step import step
from bot.knowledge import Knowledge
from bot.learning.guarantee.guarantee_standing import Guarantee, GuaranteeStanding
from bot.model import (
    Actor,
    Audience,
    Author,
    Clock,
    Context,
    Draft,
    Engagement,
    Happened,
    Happening,
    Message,
    PeerWords,
    Person,
    Place,
    PublishedFact,
    Reading,
    Reason,
    Role,
    Span,
    State,
    Unclear,
    Why,
)
from bot.model import events as e
from bot.model.reply import address
from bot.policy.pack import Pack, Rule
from bot.policy.rulebook import Rulebook, compile_rulebook

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)  # a Monday, 11:00 in Berlin
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
DUE = NOW + 4 * HOUR
CARE_DUE = NOW + HOUR

ADA = Person("ada", "Ada", frozenset({Role.APPROVER}))
BEN = Person("ben", "Ben", frozenset({Role.APPROVER}))
LEA = Person("lea", "Lea", frozenset({Role.LEAD}))
VIC = Person("vic", "Vic", frozenset({Role.VIEWER}))

BERLIN = ZoneInfo("Europe/Berlin")
WEEKDAYS = dict.fromkeys(range(5), ((time(9), time(18)),))
HOURS = BusinessHours(BERLIN, WEEKDAYS, 4 * HOUR, place={"en": "Berlin"})
CARE_HOURS = BusinessHours(ZoneInfo("UTC"), dict.fromkeys(range(7), ((time(0), time.max),)), HOUR)

ANSWERING = Mode("dialogic", "We answer here.")
DECLARED_ONE_WAY = Mode(ONE_WAY, "Nobody converses here.", answers=False)

CHANNELS = {
    "web": ChannelProfile("web", "web", "Web chat", Audience.PRIVATE, ANSWERING, undo=20.0),
    "forum": ChannelProfile(
        *("forum", "slack", "Community", Audience.MEMBERS, ANSWERING),
        undo=0.0,
        peers=True,
        hold_off=30 * MINUTE,
    ),
    "board": ChannelProfile(
        "board", "slack", "Announcements", Audience.PUBLIC, DECLARED_ONE_WAY, undo=20.0
    ),
}

LAW = Team("law", "Law", ("lea",), reasons=frozenset({"lawyer"}), role=Role.LEAD)
CARE = Team(
    *("care", "Care", ("vic", "ben", "ada", "lea")),
    intents=frozenset({"refund"}),
    reasons=frozenset({"needs-person"}),
    hours=CARE_HOURS,
    least_busy=True,
)

BRAND = Brand(
    name="Boot Shop",
    url="https://boots.example",
    handles=("bootshop",),
    locales=("en", "de"),
    approver={"en": "our team", "de": "unser Team"},
    server=Server("127.0.0.1", 8080, "https://ask.boots.example"),
    store="store",
    understanding=Understanding("lite"),
    people=(ADA, BEN, LEA, VIC),
    channels=CHANNELS,
    modes={mode.name: mode for mode in (ANSWERING, DECLARED_ONE_WAY)},
    hours=HOURS,
    packs=("house",),
    teams=(LAW, CARE),
)


def _fact(id: str, text: str, url: str) -> PublishedFact:
    day = date(2026, 10, 1)
    return PublishedFact(id, {"en": text}, {"en": id}, url, day, date(2027, 10, 1))


PUBLISHED = PublishedFacts(
    [
        _fact("returns.window", "You can return boots.", "https://boots.example/returns"),
        _fact("shop.hours", "The shop is open.", "https://boots.example/shop"),
    ]
)


def _intent(id: str, title: str, **more: Any) -> Intent:
    return Intent(id, {"en": title}, {}, **more)


INTENTS = {
    intent.id: intent
    for intent in (
        _intent("returns", "return an item"),
        _intent("hours", "opening hours"),
        _intent("refund", "where a refund is", needs="person"),
        _intent("thanks", "thanks", reply="none"),
        _intent("person", "talk to a person", reply="handoff"),
        _intent("offers", "offers", purpose="marketing"),
    )
}

TEMPLATES = Templates(
    {
        "templates/replies/returns/en.md.j2": "{{ facts.returns.window }}",
        "templates/replies/refund/en.md.j2": "{{ facts.returns.window }}",
        "templates/replies/hours/en.md.j2": "{{ facts.shop.hours }}",
        "templates/notices/no-draft/en.txt.j2": "A person answers by {{ due }}.",
        "templates/notices/no-draft/de.txt.j2": "Ein Mensch antwortet: {{ due }}.",
        "templates/notices/later/en.txt.j2": "It takes longer, until {{ due }}.",
        "templates/notices/measure-taken/en.txt.j2": "We acted. {{ appeal }} {{ record_url }}",
    }
)

FIRE = Runbook(
    *("fire", "Something burns", Severity.CRITICAL, Role.LEAD, ("Call them.",)), automatic=False
)
ABUSE = Runbook(
    *("abuse", "Abuse", Severity.LOW, Role.LEAD, ("Read it.",)),
    measures=(Measure("hide", "Hidden", tells=True), Measure("warn", "Warned")),
    appeal={"en": "You can object."},
)
RUNBOOKS = {runbook.id: runbook for runbook in (FIRE, ABUSE)}

PACK = """
- {id: noted, on: reply, then: note, find: [remarkable], because: "A note on {{ finding.words }}."}
- {id: risky, on: reply, then: hold, find: ['risky\\w*'], because: "Look at {{ finding.words }}."}
- {id: forbidden, on: reply, then: block, find: [forbidden], because: "Never."}
- {id: two-people, on: reply, then: note, approvers: 2, find: [expensive], because: "Two look."}
- {id: far-links, on: reply, then: hold, each: reply.links, when: "!it.own",
   because: "{{ finding.words }} leads elsewhere."}
- {id: unjudgeable, on: reply, then: note, title: Unjudgeable, because: "Never said.",
   when: 'reply.text.contains("unjudgeable") && reply.facts[9] == ""'}
- {id: surfaced, on: reply, then: hold, each: reply.tainted, when: "true", because: "Private."}
- {id: gift, on: message, then: note, find: [present], because: "A present."}
- {id: lawyer, on: message, then: handoff, find: [lawyer], title: Law,
   because: "Law: {{ it.words }}."}
- {id: burning, on: message, then: handoff, runbook: fire, find: [burning], because: "It burns."}
- {id: rude, on: message, then: handoff, runbook: abuse, find: [idiots], because: "It is rude."}
- {id: press, on: message, then: handoff, each: message.signals, when: 'it.kind == "press"',
   because: "The press: {{ it.words }}."}
- {id: loop, on: message, then: handoff, when: "message.echoes > 2", because: "A program answers."}
- {id: waits, on: message, then: handoff, when: "message.unanswered > 2", because: "They wait."}
"""


@cache
def rulebook(pack: str = PACK) -> Rulebook:
    """The rules of a pack in text."""
    written = yaml.load(pack, yaml.BaseLoader)  # where “on” is a word
    rules = (
        {**it, "find": tuple(it.get("find", ())), "approvers": int(it.get("approvers", 1))}
        for it in written
    )
    return compile_rulebook([Pack("house", tuple(Rule("house", **rule) for rule in rules))])


KNOWLEDGE = Knowledge(
    brand=BRAND,
    published=PUBLISHED,
    rulebook=rulebook(),
    templates=TEMPLATES,
    intents=INTENTS,
    version="v1",
    runbooks=RUNBOOKS,
)


def with_rules(more: str = "", without: tuple[str, ...] = (), then: str = "") -> Knowledge:
    """As `KNOWLEDGE`, with these rules more, without those that are named; `then`: every rule on
    replies that is left leads to that."""
    lines = PACK.strip().replace("\n   ", " ").split("\n")
    kept = [line for line in lines if not any(f"id: {id}," in line for id in without)]
    if then:
        kept = [line.replace("then: note", f"then: {then}") for line in kept]
    return replace(KNOWLEDGE, rulebook=rulebook("\n".join([*kept, *more.strip().split("\n")])))


def with_brand(**changes: Any) -> Knowledge:
    """As `KNOWLEDGE`, of a brand with other settings."""
    return replace(KNOWLEDGE, brand=replace(BRAND, **changes))


def with_people(*people: Person) -> Knowledge:
    """As `KNOWLEDGE`, with these people and no others."""
    return with_brand(people=people)


def with_guarantee(
    standing: GuaranteeStanding = GuaranteeStanding.UNCERTIFIABLE,
    audit: float = 0.0,
    channel: str = "web",
) -> Knowledge:
    """As `KNOWLEDGE`, with a guarantee on a channel, of what the model “m1” reads."""
    terms = GuaranteeTerms(wrong=0.05, doubt=0.1, window=100, audit=audit)
    certain = Guarantee(channel, standing, terms, (), None, (), 0, frozenset({"m1"}), b"salt")
    return replace(KNOWLEDGE, guarantees={channel: certain})


# asks

PLACES = {
    "web": Place("web", "", "t1"),
    "forum": Place("forum", "C1", "1.2"),
    "board": Place("board", "C2", "1.3"),
}
JONAS = Author("c1", "Jonas")


def message(
    text: str = "Can I return boots?",
    id: str = "m1",
    *,
    channel: str = "web",
    at: datetime = NOW,
    direct: bool = True,
    **more: Any,
) -> Message:
    """One thing that Jonas wrote; to us, unless `direct` is taken away."""
    return Message(id, PLACES[channel], JONAS, text, at, direct=direct, **more)


def ask(
    text: str = "Can I return boots?", *, channel: str = "web", direct: bool = True, **more: Any
) -> Engagement:
    """An ask that has just arrived; any of its fields may be given."""
    wrote = (message(text, channel=channel, direct=direct),)
    first: Mapping[str, Any] = {
        "messages": wrote,
        "state": State.ARRIVED,
        "first_contact": True,
        "clock": Clock(DUE),
        "timeline": (Happening(NOW, Actor.CUSTOMER, Happened.WROTE),),
    }
    return Engagement(
        id="e1",
        place=PLACES[channel],
        audience=CHANNELS[channel].audience,
        customer=JONAS,
        opened=NOW,
        entry=address("e1", 0),
        **{**first, **more},
    )


def reading(intent: str | None = "returns", unclear: Unclear | None = None, **more: Any) -> Reading:
    """What was read; `signals` by kind."""
    signals = tuple(Span(0, 3, kind, "Can") for kind in more.pop("signals", ()))
    known = {"language": "en", "addressed": True, "explicit": True, "model": "m1", **more}
    intent = None if unclear else intent
    return Reading(intent, 0.9, unclear, signals=signals, **known)


LOOKED = Context(turns=("m0",), promised=())  # what was so before has been looked up


def draft(body: str = "You can return boots.", intent: str = "returns", **more: Any) -> Draft:
    return Draft(body, "en", intent, f"templates/replies/{intent}/en.md.j2", **more)


def peer(id: str = "p1", name: str = "Sam", asks: bool = False) -> PeerWords:
    return PeerWords(id, "c2", name, asks)


# happenings


def arrives(text: str = "And socks?", id: str = "m2", **more: Any) -> e.MessageArrived:
    at = more.get("at", NOW)
    return e.MessageArrived(at, message(text, id, **more))


def understood(intent: str | None = "returns", at: datetime = NOW, **more: Any) -> e.Understood:
    context = more.pop("context", LOOKED)
    return e.Understood(at, reading(intent, **more), context)


def drafted(body: str = "You can return boots.", at: datetime = NOW, **more: Any) -> e.Drafted:
    return e.Drafted(at, draft(body, **more))


def play(engagement: Engagement, *events: e.Event, knowledge: Knowledge = KNOWLEDGE) -> Engagement:
    """What becomes of it when these happen one after the other."""
    for event in events:
        engagement, _ = step(engagement, event, knowledge)
    return engagement


def approve(engagement: Engagement, person: Person = ADA, at: datetime = NOW) -> e.Approved:
    """The approval of what is before that person now."""
    return e.Approved(at, person, engagement.proposal.digest)


def waiting(body: str = "You can return boots.", *, knowledge: Knowledge = KNOWLEDGE, **more: Any):
    """An ask with this draft before people."""
    return play(ask(**more), understood(), drafted(body), knowledge=knowledge)


def approved(body: str = "You can return boots.", *people: Person, **more: Any) -> Engagement:
    """An ask whose reply is approved, and may be undone yet."""
    now = waiting(body, **more)
    for person in people or (ADA,):
        now = play(now, approve(now, person), knowledge=more.get("knowledge", KNOWLEDGE))
    assert now.state is State.APPROVED
    return now


def with_person(text: str = "Can I return boots?", **more: Any) -> Engagement:
    """An ask that a person has to answer, because it is unclear."""
    return play(ask(text, **more), understood(unclear=Unclear.OUT_OF_SCOPE))


@cache
def in_state(state: State) -> Engagement:
    """An ask that has come to this state the way it does in life."""
    forum = ask(channel="forum")
    ways = {
        State.ARRIVED: lambda: ask(),
        State.UNDERSTOOD: lambda: play(ask(), understood()),
        State.WAITING: waiting,
        State.PERSON: with_person,
        State.APPROVED: approved,
        State.SENDING: lambda: play(approved(), e.SendStarted(NOW)),
        State.UNCERTAIN: lambda: play(in_state(State.SENDING), e.CannotLook(NOW, "No rights.")),
        State.SENT: lambda: play(in_state(State.SENDING), e.Delivered(NOW, "r1")),
        State.PEERS: lambda: play(forum, understood()),
        State.OVERHEARD: lambda: play(forum, understood(addressed=False)),
        State.CLOSED: lambda: play(ask(), e.Ignored(NOW, ADA, "Spam.")),
    }
    now = ways[state]()
    assert now.state is state
    return now


EVENTS: Mapping[type[e.Event], e.Event] = MappingProxyType(
    {
        type(event): event
        for event in (
            arrives(),
            e.MessageEdited(NOW, message("Can I send boots back?", revision=1)),
            e.MessageDeleted(NOW, "m1"),
            e.StaffSpoke(NOW, ADA),
            e.PeerSpoke(NOW, peer()),
            understood(),
            e.NotUnderstood(NOW, "It broke."),
            drafted(),
            e.CouldNotDraft(NOW, "No fact."),
            e.DuePassed(NOW),
            e.KnowledgeChanged(NOW, "v2", draft()),
            e.Approved(NOW, ADA, "seen"),
            e.Edited(NOW, ADA, "Yes.", "seen"),
            e.Rejected(NOW, ADA, "No.", "seen"),
            e.TakenOver(NOW, ADA),
            e.Released(NOW, ADA),
            e.Escalated(NOW, ADA, "Hard."),
            e.Assigned(NOW, ADA, BEN),
            e.Redraft(NOW, ADA),
            e.Tagged(NOW, ADA, "hours"),
            e.Ignored(NOW, ADA, "Spam."),
            e.Undone(NOW, ADA),
            e.Resolved(NOW, ADA, arrived=True),
            e.CorrectionBegun(NOW, ADA, "It is otherwise."),
            e.SendNow(NOW, ADA),
            e.UndoElapsed(NOW),
            e.SendStarted(NOW),
            e.SendReturned(NOW, Reason(Why.BYTES_DIFFER)),
            e.Delivered(NOW, "r1"),
            e.SendFailed(NOW, "No.", again=False),
            e.SendUnknown(NOW, "Lost."),
            e.NotFound(NOW),
            e.CannotLook(NOW, "No rights."),
        )
    }
)


# what came of it


def answer(effects: tuple[Effect, ...]) -> Answer | None:
    """What the person is told."""
    told = [effect.answer for effect in effects if isinstance(effect, Tell)]
    assert len(told) < 2
    return told[0] if told else None


def notices(effects: tuple[Effect, ...]) -> list[str]:
    """What the customer is told by itself."""
    return [effect.reason for effect in effects if isinstance(effect, Notify)]


def kinds(effects: tuple[Effect, ...]) -> list[str]:
    return [type(effect).__name__ for effect in effects]


def refused(before: Engagement, result: Step) -> Answer | None:
    """The answer to a click that changed nothing at all."""
    after, effects = result
    assert after is before
    assert kinds(effects) == ["Tell"]
    (told,) = effects
    assert isinstance(told, Tell)
    assert not told.done
    return told.answer
