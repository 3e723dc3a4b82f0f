"""What the surfaces read: cards, queues, a conversation's turns, today's figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from tinydb import where

from bot.brand.business_hours import answer_due_at, write_due_time
from bot.brand.published import PublishedFacts
from bot.cards.card import Card
from bot.cards.draw_card import draw
from bot.cards.standing_words import standing_words
from bot.cards.wording import alarm_words, commitment_words, due_in
from bot.detect.claims.attribution import attribute_commitments
from bot.engagement.proposing import clock_of
from bot.handoff.routing import leads
from bot.handoff.urgency import turn
from bot.knowledge import Knowledge
from bot.model import Delivery, Engagement, Message, Person, State
from bot.record.correction import Correction, CorrectionOutcome, claim_key, claim_keys
from handlers.brandfiles.loading import Library
from handlers.ports.clock import Clock
from handlers.ports.service_port import Disputed, Figures, Spoken, Standing, Turn
from handlers.ports.store_port import Store, Transaction
from handlers.service.commands import guard_sending as brakes
from handlers.service.commands.guard_sending import Line
from handlers.service.queries.corrections import corrections as all_of
from handlers.service.queries.corrections import sent_reply, told_the_same
from handlers.service.queries.shared_history import spoken
from handlers.store import repository

MOST_CARDS = 200
ENDED = (State.SENT, State.CLOSED)


class Queries:
    """Reads only; every answer is a consistent view of what is committed."""

    def __init__(
        self,
        store: Store,
        library: Library,
        clock: Clock,
        undo_left: Callable[[str], float | None],
    ) -> None:
        self._store, self._library, self._clock = store, library, clock
        self._undo_left = undo_left

    @property
    def _knowledge(self) -> Knowledge:
        return self._library.knowledge

    def card(self, engagement: str, viewer: Person | None) -> Card | None:
        def read(tx: Transaction) -> Card | None:
            found = repository.engagement(tx, engagement)
            if found is None:
                return None
            earlier = repository.engagement(tx, found.follows) if found.follows else None
            return self._draw(tx, found, viewer, earlier)

        return self._store.read(read)

    def queue(self, viewer: Person | None, view: str = "all", search: str = "") -> list[Card]:
        return self._store.read(lambda tx: self._queue(tx, viewer, view, search))

    def _queue(self, tx: Transaction, viewer: Person | None, view: str, search: str) -> list[Card]:
        found = [repository.from_row(row, Engagement) for row in _rows(tx, view)]
        if view in ("mine", "team"):
            whose = self._mine if view == "mine" else self._of_my_teams
            found = [it for it in found if viewer is not None and whose(it, viewer)]
        if search:
            words = search.casefold()
            found = [it for it in found if words in _searched(it)]
        if view == "done":
            found.sort(
                key=lambda it: it.timeline[-1].at if it.timeline else it.opened, reverse=True
            )
        else:
            books = self._knowledge.runbooks
            found.sort(key=lambda it: turn(it, books))
        return [self._draw(tx, it, viewer) for it in found[:MOST_CARDS]]

    def _mine(self, it: Engagement, viewer: Person) -> bool:
        """Theirs by name, or brought before them as a lead."""
        brand = self._knowledge.brand
        before = it.escalated and viewer.id in leads(brand.find_team(it.team), brand.people)
        return it.owner == viewer.id or bool(before)

    def _of_my_teams(self, it: Engagement, viewer: Person) -> bool:
        team = self._knowledge.brand.find_team(it.team)
        return team is None or viewer.id in team.people

    def _draw(
        self,
        tx: Transaction,
        it: Engagement,
        viewer: Person | None,
        earlier: Engagement | None = None,
    ) -> Card:
        now, left, held = self._clock.now(), None, ""
        if it.state is State.APPROVED:
            left = self._undo_left(it.delivery)
            held = self._what_holds(tx, it, now)
        elif it.state.open:
            held = brakes.looping(tx, it.place.conversation)
        beside = _beside(tx, it)
        return draw(it, self._knowledge, viewer, now, left, held, earlier, beside)

    def _what_holds(self, tx: Transaction, it: Engagement, now: datetime) -> str:
        """What keeps an approved reply from going out, in words; empty if nothing does."""
        delivery = repository.delivery(tx, it.delivery)
        if delivery is None:
            return ""
        hold = brakes.hold(tx, delivery, self._knowledge.brand, now)
        return hold.why if hold else ""

    def turns(self, conversation: str) -> list[Turn]:
        return self._store.read(lambda tx: _turns(tx, conversation))

    def elsewhere(self, engagement: str, viewer: Person | None) -> list[Spoken]:
        brand, now = self._knowledge.brand, self._clock.now()

        def read(tx: Transaction) -> list[Spoken]:
            found = repository.engagement(tx, engagement)
            return [] if found is None else spoken(tx, found, viewer, brand, now)

        return self._store.read(read)

    def standing(self, conversation: str, locale: str) -> Standing | None:
        new, found = self._store.read(
            lambda tx: (repository.new_messages(tx, conversation), _newest(tx, conversation))
        )
        hours, now = self._knowledge.brand.hours, self._clock.now()
        if new:
            due_by = answer_due_at(datetime.fromisoformat(new[-1]["came"]), hours)
            words = standing_words(State.ARRIVED, locale)
            return Standing(State.ARRIVED, words, write_due_time(due_by, now, hours, locale))
        if found is None or found.state is State.OVERHEARD:
            return None
        awaited = found.state.open and found.due > now
        clock = clock_of(found, locale, self._knowledge)
        due_at = write_due_time(found.due, now, clock, locale) if awaited else ""
        return Standing(found.state, standing_words(found.state, locale), due_at)

    def figures(self) -> Figures:
        return self._store.read(self._figures)

    def _figures(self, tx: Transaction) -> Figures:
        today = self._clock.now().date()
        sent = [row for row in _by_state(tx, State.SENT) if _ended_on(row, today)]
        waiting = [*_by_state(tx, State.WAITING), *_by_state(tx, State.PERSON)]
        oldest = min(waiting, key=lambda row: row["it"]["due"], default=None)
        promise = ""
        if oldest is not None:
            when = datetime.fromisoformat(oldest["it"]["due"])
            hours = self._knowledge.brand.hours
            now = self._clock.now()
            said = (
                f"by {write_due_time(when, now, hours, 'en')}" if when > now else due_in(when, now)
            )
            promise = f"an answer, {said}"
        handed = len(_by_state(tx, State.PERSON))
        return Figures(len(sent), handed, len(waiting), promise)

    def disputed(self) -> list[Disputed]:
        published = self._knowledge.published
        return self._store.read(lambda tx: [_disputed(tx, it, published) for it in all_of(tx)])

    def banners(self) -> list[str]:
        """What is stopped, what the files and channels say, then what the cards do."""
        brand, now = self._knowledge.brand, self._clock.now()
        stopped, escalated, incomplete = self._store.read(
            lambda tx: (
                brakes.troubles(tx, brand, now),
                repository.alarmed(tx, repository.ESCALATED),
                repository.alarmed(tx, repository.INCOMPLETE),
            )
        )
        return [*stopped, *self._library.banners(), *alarm_words(escalated, incomplete)]

    def sending(self) -> list[Line]:
        """How sending stands: everything, then channel by channel."""
        now, brand = self._clock.now(), self._knowledge.brand
        return self._store.read(lambda tx: brakes.lines(tx, brand, now))


def _disputed(tx: Transaction, it: Correction, published: PublishedFacts) -> Disputed:
    """A correction with what it is about; bare once it is decided on, or if nothing was sent."""
    found = sent_reply(tx, it.entry)
    if found is None or it.outcome is not CorrectionOutcome.OPEN:
        return Disputed(it)
    reply = found.reply
    today = datetime.fromisoformat(tx.table("deliveries").get(doc_id=found.id)["sent"]).date()
    binding = attribute_commitments(reply.body, reply.locale, published, reply.facts, today)
    binds = {claim_key(commitment): commitment_words(commitment) for commitment in binding}
    reached = Counter(
        other.reply.locale for other in told_the_same(tx, it.entry, claim_keys(reply, binding))
    )
    return Disputed(it, reply.body, reply.locale, tuple(binds.items()), reached)


def _beside(tx: Transaction, it: Engagement) -> tuple[tuple[str, str], ...]:
    """What others wrote beside an ask, as far as it is still there."""
    found = ((words.name, repository.message(tx, words.message)) for words in it.peers)
    return tuple((name, message.text) for name, message in found if message and message.text)


def _rows(tx: Transaction, view: str) -> list[Mapping[str, Any]]:
    table = tx.table("engagements")
    if view == "overheard":
        return _by_state(tx, State.OVERHEARD)
    if view == "done":
        return [row for state in ENDED for row in _by_state(tx, state)][-MOST_CARDS:]
    live = table.search(where("state").one_of(repository.OPEN))
    moving = [*_by_state(tx, State.SENDING), *_by_state(tx, State.UNCERTAIN)]
    return [row for row in (*live, *moving) if row["state"] != State.OVERHEARD]


def _by_state(tx: Transaction, state: State) -> list[Mapping[str, Any]]:
    return list(tx.table("engagements").search(where("state") == state.value))


def _searched(it: Engagement) -> str:
    reply = it.candidate.body if it.candidate else ""
    return f"{it.text}\n{it.customer.name}\n{it.why}\n{reply}".casefold()


def _ended_on(row: Mapping[str, Any], day: object) -> bool:
    timeline = row["it"]["timeline"]
    return bool(timeline) and datetime.fromisoformat(timeline[-1]["at"]).date() == day


def _newest(tx: Transaction, conversation: str) -> Engagement | None:
    found = tx.table("engagements").search(where("conversation") == conversation)
    return repository.from_row(found[-1], Engagement) if found else None


def _turns(tx: Transaction, conversation: str) -> list[Turn]:
    here = where("conversation") == conversation
    written = [
        repository.from_row(row, Message)
        for row in tx.table("messages").search(here)
        if "it" in row and not row["deleted"]
    ]
    sent = [row for row in tx.table("deliveries").search(here) if row["sent"]]
    turns = [Turn(m.id, m.at, m.text) for m in written]
    for row in sent:
        delivery = repository.from_row(row, Delivery)
        at = datetime.fromisoformat(row["sent"])
        turns.append(Turn(delivery.id, at, delivery.reply.text, delivery.reply))
    return sorted(turns, key=lambda turn: turn.at)
