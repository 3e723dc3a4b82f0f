"""A service in memory: `handlers.ports.service_port.Service` whole, without store, model or
rulebook.

For tests of channels and pages. It keeps the promises that they rely on: a message id counts once,
a decision names the digest that was seen, a late one changes nothing and says who was first, a
person's words are judged and kept, what is sent is what was approved. Time comes from `now`; the
undo window ends when a test says so (`elapse`), never by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta

from bot.cards.card import Card, Line, Mark
from bot.cards.decisions import Action
from bot.cards.wording import OBJECTIONS, OUTCOMES, SHAPES, STATUS, ago, due_in
from bot.model import (
    Actor,
    Approval,
    Audience,
    Clock,
    Delivery,
    DeliveryState,
    Engagement,
    Envelope,
    Finding,
    Handling,
    Happened,
    Happening,
    Message,
    Origin,
    Outcome,
    Person,
    Proposal,
    Reason,
    Reply,
    Source,
    State,
    Why,
    verdict_of,
)
from bot.model import events as e
from handlers.ports.channel_port import Channel, Posted
from handlers.ports.service_port import Answer, Change, Figures, Spoken, Standing, Turn
from handlers.service.engine.change_feed import Changes

ANSWER_WITHIN = timedelta(hours=4)


def changed(engagement: Engagement, **given: object) -> Engagement:
    """The engagement with these fields of its own, or of its parts, set; reasons as words."""
    for name in ("why", "escalated"):
        if isinstance(given.get(name), str):
            words = str(given[name])
            given[name] = Reason(Why.AS_WRITTEN, {"words": words}) if words else None
    for part, kind in (("proposal", Proposal), ("handling", Handling), ("clock", Clock)):
        mine = {f.name: given.pop(f.name) for f in fields(kind) if f.name in given}
        if mine:
            given[part] = replace(getattr(engagement, part), **mine)
    return replace(engagement, **given)


def words_of(reason: Reason | None) -> str:
    return reason.about["words"] if reason else ""


def too_late(engagement: Engagement, now: datetime) -> str:
    """As `bot.cards.decision_words` says it."""
    last = engagement.timeline[-1].about
    since = ago(engagement.timeline[-1].at, now)
    so = f"Nothing changed: this is {STATUS[engagement.state]}."
    return f"{so} {last['who']}: {last['what']}, {since}."


@dataclass(frozen=True, slots=True)
class Known:
    """What the service can answer: a message with this word in it asks for this."""

    word: str
    intent: str
    title: str
    body: str
    source: Source
    fact: str  # the published text behind the body


SHOP = (
    Known(
        "return",
        "return-item",
        "return an item",
        "You can return unworn items within 60 days of delivery. The return is free.",
        Source("Returns policy", "https://trailhead.example/returns", date(2026, 10, 1)),
        "You can return unworn items within 60 days of delivery.",
    ),
    Known(
        "hours",
        "store-hours",
        "store hours",
        "Our store is open from Monday to Saturday:\n\n- Monday to Friday, 10:00 to 19:00\n"
        "- Saturday, 10:00 to 18:00",
        Source("Store", "https://trailhead.example/store", date(2026, 9, 14)),
        "The store is open Monday to Friday from 10:00 to 19:00 and Saturday from 10:00 to 18:00.",
    ),
)

RULES: tuple[tuple[str, Outcome, str, str], ...] = (
    (
        "% off",
        Outcome.BLOCK,
        "“{words}” is not on the public offers list.",
        "Point to the offers page, or publish the offer first.",
    ),
    (
        "45 days",
        Outcome.HOLD,
        "The figure “{words}” has no published source.",
        "Cite one, or change the figure.",
    ),
    (
        "free",
        Outcome.NOTE,
        "“{words}” is an offer that is on the public list.",
        "",
    ),
)


def judge(text: str) -> tuple[Finding, ...]:
    """Every rule's words, wherever they stand."""
    found = []
    for words, outcome, because, instead in RULES:
        start = text.find(words)
        while start >= 0:
            first = max(text.rfind(" ", 0, start - 1), text.rfind("\n", 0, start)) + 1
            begin = first if outcome is Outcome.BLOCK else start
            end = start + len(words)
            said = text[begin:end]
            found.append(
                Finding(
                    f"transparency/{words.strip('% ').replace(' ', '-')}",
                    outcome,
                    because.format(words=said),
                    instead=instead,
                    words=said,
                    start=begin,
                    end=end,
                )
            )
            start = text.find(words, end)
    return tuple(found)


class MemoryService:
    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        channels: Mapping[str, Channel] | None = None,
        known: tuple[Known, ...] = SHOP,
        judge: Callable[[str], tuple[Finding, ...]] = judge,
        undo: float = 20.0,
        audience: Audience = Audience.PRIVATE,
        people: tuple[Person, ...] = (),
        public_url: str = "http://localhost:8300",
    ) -> None:
        self.channels: dict[str, Channel] = dict(channels or {})
        self.engagements: dict[str, Engagement] = {}
        self.messages: dict[str, Message] = {}
        self.corrections: list[tuple[str, str, str]] = []
        self.entries: set[str] = set()
        self.staff_keys: set[str] = set()
        self.spoken: list[Spoken] = []  # in the customer's other conversations
        self.warnings: list[str] = []
        self.failing: Exception | None = None  # raised by `receive`, as a full disk would
        self._now, self._known, self._judge = now, known, judge
        self._undo, self._audience, self._public_url = undo, audience, public_url
        self._people = people
        self._turns: dict[str, list[Turn]] = {}
        self._changes = Changes()

    # from the channels

    async def receive(self, message: Message) -> bool:
        if self.failing:
            raise self.failing
        if message.id in self.messages:
            return False
        self.messages[message.id] = message
        conversation = message.place.conversation
        self._turns.setdefault(conversation, []).append(Turn(message.id, message.at, message.text))
        open_ = self._open(conversation)
        if open_ is None:
            number = len(self.engagements) + 1
            open_ = Engagement(
                id=f"e{number}",
                place=message.place,
                audience=self._audience,
                customer=message.author,
                messages=(),
                state=State.ARRIVED,
                opened=message.at,
                clock=Clock(message.at + ANSWER_WITHIN),
                entry=f"entry{number}",
            )
        self.entries.add(open_.entry)
        more = changed(
            open_, messages=(*open_.messages, message), stale=open_.proposal.candidate is not None
        )
        self._save(self._drafted(more), "the customer", "wrote")
        return True

    async def edit(self, message: Message) -> bool:
        old = self.messages.get(message.id)
        if old is None or old.text == message.text:
            return False
        self.messages[message.id] = message
        for engagement in self._with(message.id):
            texts = tuple(message if m.id == message.id else m for m in engagement.messages)
            self._save(self._drafted(changed(engagement, messages=texts)), "the customer", "edited")
        return True

    async def delete(self, message: str) -> bool:
        if self.messages.pop(message, None) is None:
            return False
        for engagement in self._with(message):
            left = tuple(m for m in engagement.messages if m.id != message)
            why = "The customer took their message back."
            gone = changed(engagement, state=State.CLOSED, why=why)
            after = self._drafted(changed(engagement, messages=left)) if left else gone
            self._save(after, "the customer", "deleted a message")
        return True

    async def staff_spoke(self, conversation: str, person: Person, key: str) -> bool:
        if key in self.staff_keys:
            return False
        self.staff_keys.add(key)
        if engagement := self._open(conversation):
            after = changed(
                engagement, state=State.PERSON, owner=person.id, why="A person answers."
            )
            self._save(after, person.name, "answered in the channel")
        return True

    # from the people

    async def decide(self, engagement: str, event: e.Event) -> Answer:
        now = self.engagements.get(engagement)
        if now is None:
            return Answer(False, "This is not here any more.", None)
        person: Person | None = getattr(event, "person", None)
        if person is not None and not person.may_decide:
            return Answer(False, "You may look, but not decide.", now)
        digest = getattr(event, "digest", None)
        if type(event) not in DECISIONS or now.state not in DECISIONS[type(event)][0]:
            return Answer(False, too_late(now, event.at), now)
        if digest is not None and digest != now.proposal.digest and now.state is not State.PERSON:
            return Answer(False, "Nothing changed: the text is no longer the one you saw.", now)
        after, what, done, words = DECISIONS[type(event)][1](self, now, event)
        if after != now:
            self._save(after, person.name if person else "software", what)
        if isinstance(event, e.SendNow):
            await self.elapse(engagement)
        return Answer(done, words, self.engagements[engagement])

    async def elapse(self, engagement: str) -> None:
        """The undo window ends: what was approved is sent, exactly so."""
        now = self.engagements[engagement]
        if now.state is not State.APPROVED or now.proposal.candidate is None:
            return
        channel = self.channels[now.place.channel]
        payload = channel.render(now.proposal.candidate, now.proposal.delivery)
        sending = changed(now, state=State.SENDING)
        self._save(sending, "software", "began to send")
        delivery = Delivery(
            now.proposal.delivery,
            now.id,
            now.proposal.candidate,
            payload,
            now.proposal.digest,
            DeliveryState.SENDING,
            0.0,
        )
        outcome = await channel.send(delivery)
        if isinstance(outcome, Posted):
            turn = Turn(
                now.proposal.delivery,
                self._now(),
                now.proposal.candidate.text,
                now.proposal.candidate,
            )
            self._turns.setdefault(now.place.conversation, []).append(turn)
            self._save(changed(sending, state=State.SENT), "software", "sent")
        else:
            uncertain = changed(sending, state=State.UNCERTAIN, why=outcome.why)
            self._save(uncertain, "software", "could not say whether it arrived")

    async def correction(self, entry: str, words: str, contact: str = "") -> str | None:
        if entry not in self.entries:
            return None
        self.corrections.append((entry, words, contact))
        return f"correction{len(self.corrections)}"

    # for the pages

    def card(self, engagement: str, viewer: Person | None) -> Card | None:
        found = self.engagements.get(engagement)
        return None if found is None else self._card(found, viewer)

    def queue(self, viewer: Person | None, view: str = "all", search: str = "") -> list[Card]:
        ended = (State.SENT, State.CLOSED)
        views: dict[str, Callable[[Engagement], bool]] = {
            "all": lambda x: x.state not in ended and x.state is not State.OVERHEARD,
            "mine": lambda x: (
                x.state not in ended and viewer is not None and x.handling.owner == viewer.id
            ),
            "done": lambda x: x.state in ended,
            "overheard": lambda x: x.state is State.OVERHEARD,
        }
        found = [x for x in self.engagements.values() if views[view](x)]
        wanted = [x for x in found if search.casefold() in x.text.casefold()]
        return [self._card(x, viewer) for x in sorted(wanted, key=lambda x: (x.clock.due, x.id))]

    def turns(self, conversation: str) -> list[Turn]:
        return list(self._turns.get(conversation, []))

    def elsewhere(self, engagement: str, viewer: Person | None) -> list[Spoken]:
        """What a test put there; in private only for who may decide."""
        seen = viewer is not None and viewer.may_decide
        return [turn for turn in self.spoken if seen or not turn.private]

    def standing(self, conversation: str, locale: str) -> Standing | None:
        mine = [x for x in self.engagements.values() if x.place.conversation == conversation]
        if not mine or mine[-1].state in (State.SENT, State.CLOSED):
            return None
        newest = mine[-1]
        by = newest.clock.due.strftime("%H:%M")
        words = {
            "de": ("Ein Mensch liest Ihre Nachricht.", f"heute um {by}"),
            "en": ("A person is reading your message.", f"today {by}"),
        }[locale]
        return Standing(newest.state, words[0], words[1])

    def figures(self) -> Figures:
        states = [x.state for x in self.engagements.values()]
        open_ = [x for x in self.engagements.values() if x.state.open]
        oldest = min(open_, key=lambda x: x.clock.due, default=None)
        return Figures(
            answered=states.count(State.SENT),
            handed_over=states.count(State.PERSON),
            waiting=states.count(State.WAITING),
            oldest_promise="" if oldest is None else due_in(oldest.clock.due, self._now()),
        )

    def banners(self) -> list[str]:
        return list(self.warnings)

    def changes(self) -> AsyncIterator[Change]:
        return self._changes.subscribe()

    def poke(self, engagement: str) -> None:
        """Say that an engagement changed, as a commit does."""
        self._changes.publish(Change(engagement, self.engagements[engagement].place.conversation))

    # inside

    def _open(self, conversation: str) -> Engagement | None:
        found = [
            x
            for x in self.engagements.values()
            if x.place.conversation == conversation and x.state.open
        ]
        return found[-1] if found else None

    def _with(self, message: str) -> list[Engagement]:
        return [
            x
            for x in self.engagements.values()
            if x.state.open and any(m.id == message for m in x.messages)
        ]

    def _save(self, engagement: Engagement, who: str, what: str) -> None:
        about = {"who": who, "what": what}
        line = Happening(self._now(), Actor.SOFTWARE, Happened.AS_WRITTEN, about=about)
        self.engagements[engagement.id] = changed(
            engagement,
            timeline=(*engagement.timeline, line),
            version=engagement.version + 1,
        )
        self.poke(engagement.id)

    def _drafted(self, engagement: Engagement) -> Engagement:
        text = engagement.text.casefold()
        known = next((k for k in self._known if k.word in text), None)
        if known is None or engagement.handling.owner:
            why = words_of(engagement.handling.why) or "Unclear: no published answer fits."
            return changed(
                engagement, state=State.PERSON, candidate=None, digest="", verdict=None, why=why
            )
        return self._judged(engagement, known.body, Origin.SOFTWARE, State.WAITING)

    def _judged(
        self, engagement: Engagement, body: str, origin: Origin, state: State
    ) -> Engagement:
        speakers = {
            Origin.SOFTWARE: "Trailhead · drafted by software, approved by a community manager",
            Origin.EDITED: "Trailhead · drafted by software, changed and approved by a person",
            Origin.PERSON: "Trailhead · written by a community manager",
        }
        known = self._knows(engagement)
        entry = f"{self._public_url}/record/{engagement.entry}"
        reply = Reply(
            engagement.place,
            tuple(f"{m.id}@{m.revision}" for m in engagement.messages),
            "en",
            origin,
            body,
            Envelope(
                speakers[origin],
                sources=(known.source,) if known else (),
                entry_url=entry,
                links=(
                    ("why this answer?", entry),
                    ("this is wrong", f"{entry}/wrong"),
                    ("a person, please", f"{entry}/person"),
                ),
            ),
            intent=known.intent if known else "",
            entry=engagement.entry,
        )
        digest = hashlib.sha256(repr(reply).encode()).hexdigest()
        return changed(
            engagement,
            state=state,
            candidate=reply,
            digest=digest,
            verdict=verdict_of(self._judge(reply.text), "7f3a"),
            why="",
        )

    def _knows(self, engagement: Engagement) -> Known | None:
        text = engagement.text.casefold()
        return next((k for k in self._known if k.word in text), None)

    def _card(self, x: Engagement, viewer: Person | None) -> Card:
        now = self._now()
        known = self._knows(x)
        findings = x.proposal.verdict.findings if x.proposal.verdict else ()
        blocking = sum(f.outcome.rank >= Outcome.HOLD.rank for f in findings)
        notes = len(findings) - blocking
        ended = x.state in (State.SENT, State.CLOSED)
        may = viewer is not None and viewer.may_decide
        done = x.timeline[-1].at if x.timeline else x.opened
        return Card(
            engagement=x.id,
            state=x.state,
            shape="⏸" if blocking and x.state is State.WAITING else SHAPES[x.state],
            status=STATUS[x.state] + (f" {ago(done, now)}" if ended else ""),
            headline=x.text.split("\n")[0][:80],
            customer=x.customer.name or "a customer",
            where=f"{x.place.channel} chat · {x.audience.value}",
            readers="only the customer",
            asked=x.text,
            at=x.opened.isoformat(),
            due="" if ended else due_in(x.clock.due, now),
            due_at=x.clock.due.isoformat(),
            late=not ended and x.clock.due < now,
            understood=f"{known.title} · 0.97" if known else "unclear: out of scope",
            candidates=tuple((k.intent, k.title, "0.41") for k in self._known),
            intents=tuple((k.intent, k.title) for k in self._known),
            why=words_of(x.handling.why),
            body=x.proposal.candidate.body if x.proposal.candidate else "",
            origin=_origin(x, known),
            as_sent=x.proposal.candidate.text if x.proposal.candidate else "",
            sources=x.proposal.candidate.envelope.sources if x.proposal.candidate else (),
            marks=tuple(_mark(f) for f in findings),
            summary=f"{blocking or 'none'} blocking ({notes} note{'s' * (notes != 1)})",
            digest=x.proposal.digest,
            owner=self._name(x.handling.owner),
            stale=x.proposal.stale,
            undo_left=self._left(x),
            actions=_actions(x) if may else (),
            timeline=tuple(Line(it.at, it.about["who"], it.about["what"]) for it in x.timeline),
            entry_url=f"{self._public_url}/record/{x.entry}",
            version=x.version,
            sample=x.sample,
            owner_id=x.handling.owner,
            escalated=words_of(x.handling.escalated),
            pass_on=(("", "the leads"), ("orders", "Orders")),
            conversation=x.place.conversation,
            grounds=((known.source.title, known.fact),) if known and x.proposal.candidate else (),
        )

    def _left(self, x: Engagement) -> float | None:
        if x.state is not State.APPROVED:
            return None
        return max(0.0, self._undo - (self._now() - x.proposal.approvals[-1].at).total_seconds())

    def _name(self, person: str) -> str:
        return next((p.name for p in self._people if p.id == person), person)

    # what decisions do: (after, for the timeline, done, words)

    def _approve(self, x: Engagement, event: e.Approved) -> Decided:
        if x.proposal.verdict and x.proposal.verdict.outcome is Outcome.BLOCK:
            return x, "", False, f"Blocked: {x.proposal.verdict.findings[0].because}"
        approval = Approval(event.person.id, event.digest, event.at)
        delivery = f"d-{x.id}-{x.version}"
        after = changed(x, state=State.APPROVED, approvals=(approval,), delivery=delivery)
        return after, "approved", True, f"Approved. Sends in {self._undo:g} s."

    def _edit(self, x: Engagement, event: e.Edited) -> Decided:
        origin = Origin.EDITED if x.proposal.candidate else Origin.PERSON
        after = self._judged(x, event.body, origin, State.WAITING)
        after = changed(after, editor=event.person.id, owner=event.person.id)
        assert after.proposal.verdict is not None
        if after.proposal.verdict.outcome.rank >= Outcome.HOLD.rank:
            words = f"{OUTCOMES[after.proposal.verdict.outcome][1].capitalize()}: "
            words += f"{after.proposal.verdict.findings[0].because} Your text is kept."
            return after, "wrote; the rules object", False, words
        if not event.send:
            return after, "wrote their own version", True, "Kept."
        return self._approve(after, e.Approved(event.at, event.person, after.proposal.digest))

    def _reject(self, x: Engagement, event: e.Rejected) -> Decided:
        kind = OBJECTIONS[event.objection]
        why = f"{event.person.name} rejected the draft: {kind} {event.intent}. {event.reason}"
        after = changed(
            x,
            state=State.PERSON,
            owner=event.person.id,
            candidate=None,
            digest="",
            verdict=None,
            why=why,
        )
        return after, f"rejected: {event.reason}", True, "Rejected. It is yours now."

    def _release(self, x: Engagement, event: e.Released) -> Decided:
        if not x.handling.owner:
            return x, "", False, "Nothing changed: nobody has it."
        return changed(x, owner=""), "gave it back", True, "Given back."

    def _escalate(self, x: Engagement, event: e.Escalated) -> Decided:
        why = f"{event.person.name} passed it to {event.team or 'the leads'}: {event.reason}"
        return changed(x, owner="", escalated=why, why=why), why, True, "Passed on."

    def _take_over(self, x: Engagement, event: e.TakenOver) -> Decided:
        if x.handling.owner not in ("", event.person.id, event.seen):
            words = f"Nothing changed: {self._name(x.handling.owner)} was first and has it."
            return x, "", False, words
        after = changed(
            x, state=State.PERSON, owner=event.person.id, why=f"{event.person.name} took over."
        )
        return after, "took over", True, "It is yours."

    def _assign(self, x: Engagement, event: e.Assigned) -> Decided:
        return changed(x, owner=event.to.id), f"gave it to {event.to.name}", True, "Assigned."

    def _redraft(self, x: Engagement, event: e.Redraft) -> Decided:
        known = next((k for k in self._known if k.intent == event.intent), self._knows(x))
        if known is None:
            return x, "", False, "Pick what the customer asks."
        return (
            self._judged(x, known.body, Origin.SOFTWARE, State.WAITING),
            "asked for another draft",
            True,
            "Drafted again.",
        )

    def _ignore(self, x: Engagement, event: e.Ignored) -> Decided:
        after = changed(x, state=State.CLOSED, why=f"{event.person.name}: {event.reason}")
        return after, f"closed it: {event.reason}", True, "Closed."

    def _undo_it(self, x: Engagement, event: e.Undone) -> Decided:
        return changed(x, state=State.WAITING, delivery=""), "undid the approval", True, "Undone."

    def _send_now(self, x: Engagement, event: e.SendNow) -> Decided:
        return x, "", True, "Sent."

    def _resolve(self, x: Engagement, event: e.Resolved) -> Decided:
        state = State.SENT if event.arrived else State.WAITING
        return changed(x, state=state), "looked", True, "Noted."


Decided = tuple[Engagement, str, bool, str]

DECISIONS: dict[type[e.Event], tuple[tuple[State, ...], Callable[..., Decided]]] = {
    e.Approved: ((State.WAITING,), MemoryService._approve),
    e.Edited: ((State.WAITING, State.PERSON), MemoryService._edit),
    e.Rejected: ((State.WAITING,), MemoryService._reject),
    e.TakenOver: ((State.WAITING, State.PERSON, State.OVERHEARD), MemoryService._take_over),
    e.Assigned: ((State.WAITING, State.PERSON), MemoryService._assign),
    e.Released: ((State.WAITING, State.PERSON), MemoryService._release),
    e.Escalated: ((State.WAITING, State.PERSON), MemoryService._escalate),
    e.Redraft: ((State.WAITING, State.PERSON), MemoryService._redraft),
    e.Ignored: ((State.WAITING, State.PERSON, State.OVERHEARD), MemoryService._ignore),
    e.Undone: ((State.APPROVED,), MemoryService._undo_it),
    e.SendNow: ((State.APPROVED,), MemoryService._send_now),
    e.Resolved: ((State.UNCERTAIN,), MemoryService._resolve),
}

ACTIONS: dict[State, tuple[Action, ...]] = {
    State.WAITING: (
        Action.APPROVE,
        Action.EDIT,
        Action.REJECT,
        Action.TAKE_OVER,
        Action.REDRAFT,
        Action.ASSIGN,
        Action.RELEASE,
        Action.ESCALATE,
        Action.IGNORE,
    ),
    State.PERSON: (
        Action.EDIT,
        Action.TAKE_OVER,
        Action.REDRAFT,
        Action.ASSIGN,
        Action.RELEASE,
        Action.ESCALATE,
        Action.IGNORE,
    ),
    State.APPROVED: (Action.UNDO, Action.SEND_NOW),
    State.UNCERTAIN: (Action.RESOLVE_SENT, Action.RESOLVE_UNSENT),
    State.OVERHEARD: (Action.TAKE_OVER, Action.IGNORE),
}


def _actions(x: Engagement) -> tuple[Action, ...]:
    blocked = x.proposal.verdict is not None and x.proposal.verdict.outcome is Outcome.BLOCK
    found = ACTIONS.get(x.state, ())
    return tuple(a for a in found if a is not Action.APPROVE or not blocked)


def _origin(x: Engagement, known: Known | None) -> str:
    if x.proposal.candidate is None:
        return ""
    if x.proposal.candidate.origin is Origin.SOFTWARE and known:
        return f"Draft · {known.intent} (en)"
    return f"Written by {x.proposal.editor}"


def _mark(finding: Finding) -> Mark:
    shape, word = OUTCOMES[finding.outcome]
    return Mark(
        shape,
        word,
        finding.because,
        finding.instead,
        finding.words,
        finding.start,
        finding.end,
        finding.rule,
    )
