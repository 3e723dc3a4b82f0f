"""Plays a dialogue in a shop of its own, where time passes only as the dialogue says.

A step either makes something happen or says what must be so. Everything that the brand says has to
be expected by a step: what nobody expected fails at the next step, or at the end.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from bot.brand.published import PublishedFacts
from bot.cards.card import Card
from bot.cards.reason_words import say_reason
from bot.model import Author, Delivery, Engagement, Message, Origin, Person, Place
from bot.model import events as e
from bot.model.errors import did_you_mean
from bot.understanding.signals import find_signals
from handlers.app import App, running
from handlers.brandfiles.loading import Library
from handlers.channels.web import WebChannel
from handlers.ports.channel_port import Absent, Posted, Refused, Unknown
from handlers.ports.service_port import Answer, Turn
from handlers.store.repository import read_row
from tests.dialogues.format import BrandShape, Dialogue, Step, seconds
from tests.fakes.clock import VirtualClock
from tests.shop import ROOT, shipped

ORIGINS = {"drafted": Origin.SOFTWARE, "changed": Origin.EDITED, "written": Origin.PERSON}
VIEWS = ("all", "done", "overheard")


class Unexpected(AssertionError):
    """What a dialogue says and what happened differ."""


class Paper:
    """A channel that keeps what it is given, for the ways to customers that need a network."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._posts: set[str] = set()

    def render(self, reply: Any, delivery: str) -> str:
        return WebChannel.render(self, reply, delivery)  # type: ignore[arg-type]

    async def send(self, delivery: Delivery) -> Posted | Refused | Unknown:
        self._posts.add(delivery.id)
        return Posted(delivery.id)

    async def look(self, delivery: Delivery) -> Posted | Absent | Unknown:
        return Posted(delivery.id) if delivery.id in self._posts else Absent()

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


def library_for(brand: BrandShape) -> Library:
    """The shipped brand with its models, changed as a dialogue wants it."""
    knowledge, reader = shipped().knowledge, shipped().reader
    unknown = set(brand.past_their_day) - set(knowledge.published.ids)
    if unknown:
        raise Unexpected(f"There is no fact “{unknown.pop()}”.")
    if brand.past_their_day:
        over = date(2026, 1, 1)
        facts = [
            replace(fact, expires=over) if fact.id in brand.past_their_day else fact
            for fact in knowledge.published.facts
        ]
        knowledge = replace(knowledge, published=PublishedFacts(facts))
    models = {k: v for k, v in reader.models.items() if k not in brand.no_examples_in}
    return Library(knowledge, replace(reader, models=models))


async def play(dialogue: Dialogue, folder: Path) -> None:
    """Raises Unexpected, with file and line, at the first step that is not as it says."""
    library = library_for(dialogue.brand)
    brand = library.knowledge.brand
    clock = VirtualClock(dialogue.starts.replace(tzinfo=brand.hours.zone))
    papers = {name: Paper(name) for name, c in brand.channels.items() if c.kind != "web"}
    store = folder / "store.db"
    async with running(
        ROOT, library, {}, store_path=store, clock=clock, extra=papers, samples=False
    ) as app:
        await app.service.quiet()
        stage = Stage(app, clock)
        for step in dialogue.steps:
            try:
                await STEPS[step.kind](stage, step)
            except (Unexpected, AssertionError) as error:
                raise Unexpected(f"{dialogue.file}:{step.line}: {step.kind}: {error}") from None
        if unheard := stage.unheard():
            said = " | ".join(f"{who}: {turn.text}" for who, turn in unheard)
            raise Unexpected(f"{dialogue.file}: said, and nobody expected it: {said}")


@dataclass
class Stage:
    """A running shop and what has been seen of it so far."""

    app: App
    clock: VirtualClock
    places: dict[str, Place] = field(default_factory=dict)  # of each customer, the newest
    last: str = ""  # who wrote last
    heard: set[str] = field(default_factory=set)
    messages: dict[str, Message] = field(default_factory=dict)  # by the name the author gave
    read: int = 0  # entries of the record

    def who(self, step: Step) -> str:
        return step.it.who or self.last or "Jonas"

    def person(self, name: str) -> Person:
        people = self.app.library.knowledge.brand.people
        found = next((person for person in people if person.name == name), None)
        if found is None:
            raise Unexpected(f"Who is {name}? {did_you_mean(name, [p.name for p in people])}")
        return found

    def place(self, who: str) -> Place:
        if who not in self.places:
            raise Unexpected(f"{who} has written nothing. {did_you_mean(who, self.places)}")
        return self.places[who]

    def unheard(self) -> list[tuple[str, Turn]]:
        found = []
        for who, place in self.places.items():
            turns = self.app.service.turns(place.conversation)
            mine = (t for t in turns if t.reply is not None and t.key not in self.heard)
            found += [(who, turn) for turn in mine if turn.key not in {t.key for _, t in found}]
        return sorted(found, key=lambda pair: pair[1].at)

    def engagement(self, who: str) -> Engagement | None:
        """The newest of a customer where they wrote last."""
        conversation = self.place(who).conversation
        rows = self.app.store.read(lambda tx: tx.table("engagements").all())
        mine = [
            row for row in rows if row["conversation"] == conversation and row["customer"] == who
        ]
        return read_row(mine[-1], Engagement) if mine else None

    def why(self, engagement: Engagement) -> str:
        """Why it stands where it stands, as the people who decide read it."""
        knowledge = self.app.library.knowledge
        return say_reason(engagement.handling.why, engagement, knowledge)

    def first(self) -> str:
        queue = self.app.service.queue(self.person("Ada"))
        return queue[0].engagement if queue else ""

    def card(self, who: str, viewer: str = "Ada") -> Card:
        engagement = self.engagement(who)
        card = self.app.service.card(engagement.id, self.person(viewer)) if engagement else None
        if card is None:
            raise Unexpected(f"there is no card of {who}'s")
        return card


_IDS = re.compile("[0-9a-f]{16,}")  # of entries, and hashes: in them, anything may stand by chance


def _have(words: str, wanted: tuple[str, ...], never: tuple[str, ...], what: str) -> None:
    level = _IDS.sub("…", " ".join(words.split()).casefold())
    for want in wanted:
        if " ".join(want.split()).casefold() not in level:
            raise Unexpected(f"“{want}” is not in {what}: {words!r}")
    for bad in never:
        if " ".join(bad.split()).casefold() in level:
            raise Unexpected(f"“{bad}” must not be in {what}: {words!r}")


# what customers do


async def _customer(stage: Stage, step: Step) -> None:
    it, who = step.it, step.it.who or stage.last or "Jonas"
    known = stage.places.get(who)
    on = it.on or (known.channel if known else "web")
    channels = stage.app.library.knowledge.brand.channels
    if on not in channels:
        raise Unexpected(f"There is no channel “{on}”. {did_you_mean(on, channels)}")
    private = channels[on].audience.value == "private"
    place = Place(on, "", f"chat-{who}") if private else Place(on, "C1", "1.0")
    stage.places[who], stage.last = place, who
    message = Message(
        id=f"{who}:{step.line}",
        place=place,
        author=Author(who, who),
        text=it.customer or "",
        at=stage.clock.now(),
        direct=private or it.how == "direct",
        mention=it.how == "mention",
        reply=it.how == "reply",
        language=it.page,
    )
    stage.messages[it.named or "the last"] = stage.messages["the last"] = message
    await stage.app.service.receive(message)
    await stage.app.service.quiet()


def _message(stage: Stage, name: str) -> Message:
    if name not in stage.messages:
        raise Unexpected(f"No message is named “{name}”. {did_you_mean(name, stage.messages)}")
    return stage.messages[name]


async def _changes(stage: Stage, step: Step) -> None:
    before = _message(stage, step.it.of or "the last")
    after = replace(before, text=step.it.changes or "", revision=before.revision + 1)
    await stage.app.service.edit(after)
    await stage.app.service.quiet()


async def _takes_back(stage: Stage, step: Step) -> None:
    await stage.app.service.delete(_message(stage, str(step.it.takes_back)).id)
    await stage.app.service.quiet()


# what people at the desk do

Make = Callable[[Stage, Step, Card, Person], e.Event]


def _assign(stage: Stage, step: Step, card: Card, who: Person) -> e.Event:
    return e.Assigned(stage.clock.now(), who, stage.person(step.it.to))


DESK: Mapping[str, Make] = {
    "approve": lambda s, st, card, who: e.Approved(s.clock.now(), who, card.digest),
    "edit": lambda s, st, card, who: e.Edited(s.clock.now(), who, st.it.words, card.digest),
    "reject": lambda s, st, card, who: e.Rejected(s.clock.now(), who, st.it.words, card.digest),
    "take over": lambda s, st, card, who: e.TakenOver(s.clock.now(), who),
    "close": lambda s, st, card, who: e.Ignored(s.clock.now(), who, st.it.words, st.it.measure),
    "assign": _assign,
    "draft": lambda s, st, card, who: e.Redraft(s.clock.now(), who, st.it.intent),
    "undo": lambda s, st, card, who: e.Undone(s.clock.now(), who),
    "send now": lambda s, st, card, who: e.SendNow(s.clock.now(), who),
}


async def _desk(stage: Stage, step: Step) -> None:
    it, who = step.it, stage.who(step)
    person = stage.person(it.by)
    if it.desk == "answer in the channel":
        conversation = stage.place(who).conversation
        await stage.app.service.staff_spoke(conversation, person, f"staff:{step.line}")
        await stage.app.service.quiet()
        return
    if it.desk not in DESK:
        known = (*DESK, "answer in the channel")
        raise Unexpected(f"“{it.desk}” is nothing one does. {did_you_mean(str(it.desk), known)}")
    card = stage.card(who, it.by)
    event = DESK[it.desk](stage, step, card, person)
    answer: Answer = await stage.app.service.decide(card.engagement, event)
    await stage.app.service.quiet()
    if answer.done == it.refused:
        so = "was done, and should not have been" if it.refused else "was not done"
        raise Unexpected(f"“{it.desk}” {so}: {answer.words}")


async def _wait(stage: Stage, step: Step) -> None:
    await stage.clock.advance(seconds(str(step.it.wait)), stage.app.service.quiet)


# what must be so


def _next_said(stage: Stage, step: Step, what: str) -> Turn:
    unheard = [(who, t) for who, t in stage.unheard() if not step.it.who or who == step.it.who]
    if not unheard:
        raise Unexpected(f"nothing was said, where {what} was expected")
    stage.heard.add(unheard[0][1].key)
    return unheard[0][1]


def _delivery(stage: Stage, key: str) -> Delivery:
    return read_row(
        stage.app.store.read(lambda tx: tx.table("deliveries").get(doc_id=key)), Delivery
    )


async def _notice(stage: Stage, step: Step) -> None:
    turn = _next_said(stage, step, f"the notice “{step.it.notice}”")
    sent = _delivery(stage, turn.key).notice
    if sent != step.it.notice:
        raise Unexpected(f"what was said is {f'the notice “{sent}”' if sent else 'a reply'}")
    _have(turn.text, step.it.says, step.it.never, "the notice")


async def _reply(stage: Stage, step: Step) -> None:
    turn = _next_said(stage, step, "a reply")
    assert turn.reply is not None
    if turn.reply.origin is not ORIGINS[str(step.it.reply)]:
        raise Unexpected(f"it is not {step.it.reply}: its origin is “{turn.reply.origin}”")
    _have(turn.text, step.it.says, step.it.never, "the reply")
    titles = {source.title for source in turn.reply.envelope.sources}
    for title in step.it.sources or ():
        if title not in titles:
            raise Unexpected(f"“{title}” is not among its sources: {sorted(titles)}")


async def _said(stage: Stage, step: Step) -> None:
    if unheard := stage.unheard():
        raise Unexpected(f"this was said: {unheard[0][1].text!r}")


async def _record(stage: Stage, step: Step) -> None:
    entries = stage.app.store.read(lambda tx: tx.table("record").all())
    texts = stage.app.store.read(lambda tx: tx.table("record_text").all())
    new, stage.read = entries[stage.read :], len(entries)
    kinds = tuple(row["kind"] for row in new)
    if kinds != step.it.record:
        raise Unexpected(f"the record holds {list(kinds)} since the last look")
    words = "\n".join(row["leaf"] for row in new) + "".join(str(row["words"]) for row in texts)
    _have(words, step.it.says, step.it.never, "the record")


async def _no_card(stage: Stage, step: Step) -> None:
    if (found := stage.engagement(str(step.it.no_card))) is not None:
        raise Unexpected(f"there is one, {found.state}: {stage.why(found)}")


async def _card(stage: Stage, step: Step) -> None:
    who, want = stage.who(step), step.it.card
    assert want is not None
    it, card = stage.engagement(who), stage.card(who)
    assert it is not None
    zone = stage.app.library.knowledge.brand.hours.zone
    why = stage.why(it)
    due = it.clock.due.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    reading, reply = it.understanding.reading, it.proposal.candidate
    if card.due == "due now":
        due = "now"
    found = {
        "runbook": it.handling.runbook,
        "severity": card.severity,
        "first": stage.first() == card.engagement,
        "state": it.state.value,
        "asks": (reading.intent or "") if reading else None,
        "unclear": str(reading.unclear.value if reading.unclear else "") if reading else None,
        "parts": tuple(ask.intent or "" for ask in reading.asks) if reading else (),
        "intents": it.understanding.intents,
        "language": reading.language if reading else None,
        "addressed": reading.addressed if reading else None,
        "with_": card.owner,
        "due": due,
        "late": it.clock.late,
        "stale": it.proposal.stale,
        "follow_up": it.handling.follow_up,
    }
    for key, seen in found.items():
        wanted = getattr(want, key)
        if wanted is not None and wanted != seen:
            raise Unexpected(f"{key.rstrip('_')} is “{seen}”, not “{wanted}” ({why})")
    spans = reading.signals if reading else find_signals(it.text)
    raised = {span.kind for span in spans}
    if want.signals is not None and raised != set(want.signals):
        raise Unexpected(f"signals are {sorted(raised)}")
    names = {c.intent for c in reading.candidates} if reading else set()
    if missing := set(want.perhaps or ()) - names:
        raise Unexpected(f"{missing.pop()} is not among the candidates: {sorted(names)}")
    verdicts = [verdict for verdict in (it.understanding.verdict, it.proposal.verdict) if verdict]
    rules = {f.rule.rpartition("/")[2] for verdict in verdicts for f in verdict.findings}
    if want.rules is not None and rules != set(want.rules):
        raise Unexpected(f"the rules that say something are {sorted(rules)}")
    _have(why, want.why, (), "why")
    _have(reply.text if reply else "", want.says, want.never, "the draft")
    titles = {source.title for source in reply.envelope.sources} if reply else set()
    for title in want.sources:
        if title not in titles:
            raise Unexpected(f"“{title}” is not among its sources: {sorted(titles)}")
    can = {action.value for action in card.actions}
    if missing := set(want.can) - can or set(want.cannot) & can:
        raise Unexpected(f"“{missing.pop()}”: the buttons are {sorted(can)}")
    _have(str(card), want.shows, (), "the card")


STEPS: Mapping[str, Callable[[Stage, Step], Awaitable[None]]] = {
    "customer": _customer,
    "changes": _changes,
    "takes_back": _takes_back,
    "desk": _desk,
    "wait": _wait,
    "card": _card,
    "no_card": _no_card,
    "notice": _notice,
    "reply": _reply,
    "said": _said,
    "record": _record,
}
