"""The cards, as a viewer sees them: one by its key, or a queue of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tinydb import where

from bot.cards.card import Card
from bot.cards.card_view import view_card
from bot.cards.reason_words import say_reason
from bot.handoff.routing import find_leads
from bot.handoff.urgency import order_in_queue
from bot.knowledge import Knowledge
from bot.model import Engagement, Person, State
from handlers.brandfiles.loading import Library
from handlers.ports.clock import Clock
from handlers.ports.store_port import Store, Transaction
from handlers.service.queries.today_figures import list_rows_by_state
from handlers.service.rows.send_guard_rows import find_hold, reason_stopped
from handlers.store import repository

MOST_CARDS = 200
ENDED = (State.SENT, State.CLOSED)


class CardQueries:
    """Reads only; every answer is a consistent view of what is committed. `undo_left` has the
    seconds until a delivery's undo window ends, None if none runs."""

    def __init__(
        self,
        store: Store,
        library: Library,
        clock: Clock,
        undo_left: Callable[[str], float | None],
    ) -> None:
        self._store, self._library, self._clock = store, library, clock
        self._undo_left = undo_left

    def read_card(self, engagement: str, viewer: Person | None) -> Card | None:
        """The card of an engagement, with the actions that this viewer has; None if unknown."""
        drawing = self._begin_drawing(viewer)

        def read(tx: Transaction) -> Card | None:
            found = repository.load_engagement(tx, engagement)
            if found is None:
                return None
            earlier = repository.load_engagement(tx, found.follows) if found.follows else None
            return drawing.draw_card(tx, found, earlier)

        return self._store.read(read)

    def list_cards(self, viewer: Person | None, view: str = "all", search: str = "") -> list[Card]:
        """Cards by view (`mine`, `team`, `all`, `done`, `overheard`), the most urgent first."""
        drawing = self._begin_drawing(viewer)
        return self._store.read(lambda tx: _list_cards(tx, drawing, view, search))

    def _begin_drawing(self, viewer: Person | None) -> _Drawing:
        return _Drawing(self._library.knowledge, viewer, self._clock.now(), self._undo_left)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What all cards of one answer have in common."""

    knowledge: Knowledge
    viewer: Person | None
    now: datetime
    undo_left: Callable[[str], float | None]

    def draw_card(self, tx: Transaction, it: Engagement, earlier: Engagement | None = None) -> Card:
        left, held = None, ""
        if it.state is State.APPROVED:
            left = self.undo_left(it.proposal.delivery)
            held = self._what_holds(tx, it)
        elif it.state.open:
            stopped = reason_stopped(tx, it.place.conversation)
            held = say_reason(stopped, it, self.knowledge)
        beside = _list_beside(tx, it)
        return view_card(it, self.knowledge, self.viewer, self.now, left, held, earlier, beside)

    def _what_holds(self, tx: Transaction, it: Engagement) -> str:
        """What keeps an approved reply from going out, in words; empty if nothing does."""
        delivery = repository.load_delivery(tx, it.proposal.delivery)
        if delivery is None:
            return ""
        hold = find_hold(tx, delivery, self.knowledge.brand, self.now)
        return hold.why if hold else ""

    def is_mine(self, it: Engagement) -> bool:
        """Theirs by name, or brought before them as a lead."""
        if self.viewer is None:
            return False
        brand = self.knowledge.brand
        leads = find_leads(brand.find_team(it.handling.team), brand.people)
        before = it.handling.escalated and self.viewer.id in leads
        return it.handling.owner == self.viewer.id or bool(before)

    def is_of_my_teams(self, it: Engagement) -> bool:
        team = self.knowledge.brand.find_team(it.handling.team)
        return self.viewer is not None and (team is None or self.viewer.id in team.people)


def _list_cards(tx: Transaction, drawing: _Drawing, view: str, search: str) -> list[Card]:
    found = [repository.read_row(row, Engagement) for row in _list_rows(tx, view)]
    if view == "mine":
        found = [it for it in found if drawing.is_mine(it)]
    elif view == "team":
        found = [it for it in found if drawing.is_of_my_teams(it)]
    if search:
        words = search.casefold()
        found = [it for it in found if words in _searched_text(it, drawing.knowledge)]
    if view == "done":
        found.sort(key=lambda it: it.timeline[-1].at if it.timeline else it.opened, reverse=True)
    else:
        found.sort(key=lambda it: order_in_queue(it, drawing.knowledge.runbooks))
    return [drawing.draw_card(tx, it) for it in found[:MOST_CARDS]]


def _list_beside(tx: Transaction, it: Engagement) -> tuple[tuple[str, str], ...]:
    """What others wrote beside an ask, as far as it is still there."""
    found = ((words.name, repository.load_message(tx, words.message)) for words in it.peers)
    return tuple((name, message.text) for name, message in found if message and message.text)


def _list_rows(tx: Transaction, view: str) -> list[Mapping[str, Any]]:
    table = tx.table("engagements")
    if view == "overheard":
        return list_rows_by_state(tx, State.OVERHEARD)
    if view == "done":
        return [row for state in ENDED for row in list_rows_by_state(tx, state)][-MOST_CARDS:]
    live = table.search(where("state").one_of(repository.OPEN))
    moving = [*list_rows_by_state(tx, State.SENDING), *list_rows_by_state(tx, State.UNCERTAIN)]
    return [row for row in (*live, *moving) if row["state"] != State.OVERHEARD]


def _searched_text(it: Engagement, knowledge: Knowledge) -> str:
    reply = it.proposal.candidate.body if it.proposal.candidate else ""
    why = say_reason(it.handling.why, it, knowledge)
    return f"{it.text}\n{it.customer.name}\n{why}\n{reply}".casefold()
