"""Keeps every card in the review channel as the stored state is: one an engagement, in place.

What changed is drawn again from the service's card alone, once for however many changes. A card
that shows already what it should costs no call. What Slack refuses, limits or loses is tried again
later; a post of unknown outcome is looked for before another is made (see shelf.py).
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from bot.cards.card import Card
from bot.model import Person, Role, State
from bot.model.errors import StoreError
from handlers.channels.slack.api.api_trouble import ApiTroubles
from handlers.channels.slack.api.background import BackgroundTasks
from handlers.channels.slack.api.client import Denied, Done, Later, Lost, SlackApi, canonical
from handlers.channels.slack.api.post_throttle import PostThrottle
from handlers.channels.slack.api.sender import Sender
from handlers.channels.slack.blocks.block_limits import faults
from handlers.channels.slack.cards import card_blocks
from handlers.channels.slack.cards.card_store import CardPlace, CardStore
from handlers.channels.slack.slack_settings import InForce, read_slack_settings
from handlers.ports.channel_port import Absent, Posted
from handlers.ports.clock import Clock
from handlers.ports.service_port import Service

# The card is one for all, so it shows what somebody who may decide can do; who clicks is checked.
ANYBODY: Final = Person("(anybody who may decide)", "", frozenset({Role.APPROVER, Role.LEAD}))
EDITING: Final = 600.0  # seconds after which an open editor counts as left
_REFRESH: Final = 60.0  # seconds between two looks at what time alone has changed
_REST: Final = 30.0
_SKEW: Final = 300  # seconds by which our clock may be ahead of Slack's
_QUIET: Final = frozenset(
    {State.ARRIVED, State.UNDERSTOOD, State.OVERHEARD, State.SENT, State.CLOSED}
)
log = logging.getLogger("aboveboard.slack")


class CardBoard:
    """`in_force` gives the brand as it is now: the review channel, and who edits. `redrawn` is told
    of every engagement that changed."""

    def __init__(
        self,
        in_force: InForce,
        service: Service,
        store: CardStore,
        sender: Sender,
        api: Callable[[], SlackApi | None],
        clock: Clock,
        pace: PostThrottle,
        troubles: ApiTroubles,
        redrawn: Callable[[], None],
    ) -> None:
        self._in_force, self._service = in_force, service
        self._store, self._sender = store, sender
        self._api, self._clock, self._pace, self._troubles = api, clock, pace, troubles
        self._redrawn = redrawn
        self._updates = PostThrottle(clock, 0.0)
        self._tasks = BackgroundTasks()
        self._dirty: dict[str, None] = {}
        self._something = asyncio.Event()
        self._editing: dict[str, tuple[str, float]] = {}  # engagement: (person, until)
        self._shown: set[str] = set()  # engagements whose card may still change by time alone

    def start(self) -> None:
        self._tasks.spawn(self._watch())
        self._tasks.spawn(self._refresh())
        self._tasks.spawn(self._draw_all())
        self.catch_up()

    async def stop(self) -> None:
        await self._tasks.stop()

    def catch_up(self) -> None:
        """Look at every open engagement again, and at every card that was there before."""
        open_ = [card.engagement for card in self._service.queue(ANYBODY, "all")]
        for engagement in [*open_, *(place.engagement for place in self._store.all())]:
            self.mark(engagement)

    def mark(self, engagement: str) -> None:
        """Something may have changed about it."""
        if self._room:
            self._dirty[engagement] = None
            self._something.set()

    def note_editor(self, engagement: str, person: Person | None) -> None:
        """Somebody has opened the editor; None: it was closed."""
        if person is None:
            self._editing.pop(engagement, None)
        else:
            self._editing[engagement] = (person.id, self._clock.monotonic() + EDITING)
        self.mark(engagement)

    def find_editor(self, engagement: str) -> str:
        """The name of whoever has the editor open; empty when nobody has."""
        editor, until = self._editing.get(engagement, ("", 0.0))
        person = self._in_force().find_person(editor)
        if person is None or until <= self._clock.monotonic():
            return ""
        return person.name or person.id

    @property
    def _room(self) -> str:
        """The review channel; empty: cards are on the desk only."""
        return read_slack_settings(self._in_force()).review_channel

    # what keeps it going

    async def _watch(self) -> None:
        async for change in self._service.changes():
            self.mark(change.engagement)
            self._redrawn()

    async def _refresh(self) -> None:
        """“due in 4 min” becomes “due in 3 min”, and an editor that was left is forgotten."""
        while True:
            await self._clock.sleep(_REFRESH)
            for engagement in list(self._shown):
                self.mark(engagement)
            self._redrawn()

    async def _draw_all(self) -> None:
        while True:
            while not self._dirty:
                self._something.clear()
                await self._something.wait()
            engagement = next(iter(self._dirty))
            del self._dirty[engagement]
            try:
                await self._draw(engagement)
            except StoreError as error:
                log.error("a card could not be kept: %s", error)
                self._again(engagement, _REST)
            except Exception:
                log.exception("a card could not be drawn; it is tried again")
                self._again(engagement, _REST)

    def _again(self, engagement: str, seconds: float) -> None:
        async def later() -> None:
            await self._clock.sleep(seconds)
            self.mark(engagement)

        self._tasks.spawn(later())

    # one card

    async def _draw(self, engagement: str) -> None:
        card, room = self._service.card(engagement, ANYBODY), self._room
        place = self._store.get(engagement)
        if card is None or card.sample or not room:
            return
        if place is not None and place.room != room:
            place = None  # the review channel is another one now
        if place is None and card.state in _QUIET:
            return
        self._keep_in_mind(card)
        message = card_blocks.message(card, self.find_editor(engagement))
        if wrong := faults(message):
            log.warning("a card is too large for Slack: %s", wrong[0])
            message = card_blocks.too_large(card)
        if place is None:
            begun = f"{int(self._clock.now().timestamp()) - _SKEW}.000000"
            place = CardPlace(engagement, room, begun)
            await self._store.put(place)
            await self._post(place, message)
        elif not place.ts:
            await self._find(place, message)
        elif place.drawn != _hash(message):
            await self._update(place, message)

    def _keep_in_mind(self, card: Card) -> None:
        if card.due or self.find_editor(card.engagement):
            self._shown.add(card.engagement)
        else:
            self._shown.discard(card.engagement)

    async def _post(self, place: CardPlace, message: dict[str, Any]) -> None:
        await self._pace.turn(place.room)
        api = self._api()
        if api is None:
            return
        outcome = await api.post("chat.postMessage", {"channel": place.room, **message})
        match outcome:
            case Done(data):
                self._troubles.clear(place.room)
                shown = replace(place, ts=str(data["ts"]), drawn=_hash(message))
                await self._store.put(shown)
            case Denied():
                self._troubles.denied(place.room, outcome)
                log.error("no card can be posted: %s", outcome.why)
                await self._store.forget(place.engagement)
            case Later(_, wait):
                self._pace.hold(place.room, wait)
                await self._store.forget(place.engagement)
                self._again(place.engagement, max(wait, 1.0))
            case Lost(why):
                log.warning("whether a card was posted is looked up: %s", why)
                self._again(place.engagement, _REST)

    async def _find(self, place: CardPlace, message: dict[str, Any]) -> None:
        """The post had begun and its end was never stored: it is there, or it is made now."""
        found = await self._sender.find(
            "conversations.history",
            {"channel": place.room, "oldest": place.begun},
            lambda post: card_blocks.carries(post, place.engagement),
        )
        if isinstance(found, Posted):
            place = replace(place, ts=found.receipt)
            await self._store.put(place)
            await self._update(place, message)
        elif isinstance(found, Absent):
            await self._post(place, message)
        else:
            self._again(place.engagement, _REST)

    async def _update(self, place: CardPlace, message: dict[str, Any]) -> None:
        await self._updates.turn("chat.update")
        api = self._api()
        if api is None:
            return
        where = {"channel": place.room, "ts": place.ts}
        outcome = await api.post("chat.update", {**where, **message})
        match outcome:
            case Done():
                await self._store.put(replace(place, drawn=_hash(message)))
            case Denied("message_not_found"):  # somebody has removed it
                await self._store.forget(place.engagement)
                self.mark(place.engagement)
            case Denied():
                self._troubles.denied(place.room, outcome)
                log.error("a card cannot be redrawn: %s", outcome.why)
            case Later(_, wait):
                self._updates.hold("chat.update", wait)
                self._again(place.engagement, max(wait, 1.0))
            case Lost():
                self._again(place.engagement, 5.0)


def _hash(message: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(message).encode()).hexdigest()
