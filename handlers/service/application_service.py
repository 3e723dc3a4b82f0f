"""What the channels and the pages ask of the middle: each call is one command, or one query.

Implements `handlers.ports.service_port.Service` and `Disputes`. What has to be done about what was
committed, the engine does by itself.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from bot.cards.card import Card
from bot.model import Message, Person
from bot.model import events as e
from bot.record.correction import CorrectionDecision
from handlers.brandfiles.loading import Library
from handlers.ports.clock import Clock
from handlers.ports.service_port import Answer, Change, Disputed, Figures, Spoken, Standing, Turn
from handlers.ports.store_port import Store, Transaction
from handlers.service.commands.decisions.begin_correction import begin_correction
from handlers.service.commands.decisions.decide import decide
from handlers.service.commands.decisions.decide_correction import decide_correction
from handlers.service.commands.messages.delete_message import delete_message
from handlers.service.commands.messages.edit_message import edit_message
from handlers.service.commands.messages.receive_message import receive_message
from handlers.service.commands.messages.record_staff_reply import record_staff_reply
from handlers.service.commands.sending.pause_sending import Stop, pause_sending
from handlers.service.engine.server_engine import Engine
from handlers.service.queries.card_queries import CardQueries
from handlers.service.queries.conversation_queries import list_turns, read_standing
from handlers.service.queries.dispute_queries import list_disputed
from handlers.service.queries.sending_status import SendingLine, list_sending_lines
from handlers.service.queries.shared_history import list_spoken
from handlers.service.queries.today_figures import list_stopped_and_alarming, read_figures
from handlers.service.unit_of_work import Commands
from handlers.store import repository


class ApplicationService:
    """One for a store."""

    def __init__(
        self, store: Store, library: Library, commands: Commands, engine: Engine, clock: Clock
    ) -> None:
        self._store, self._library, self._clock = store, library, clock
        self._commands, self._engine = commands, engine
        self._cards = CardQueries(store, library, clock, engine.deliveries.undo_left)

    # from customers and channels

    async def receive(self, message: Message) -> bool:
        return await self._commands.execute(receive_message, message)

    async def edit(self, message: Message) -> bool:
        return await self._commands.execute(edit_message, message)

    async def delete(self, message: str) -> bool:
        return await self._commands.execute(delete_message, message)

    async def staff_spoke(self, conversation: str, person: Person, key: str) -> bool:
        return await self._commands.execute(record_staff_reply, conversation, person, key)

    # from people

    async def decide(self, engagement: str, event: e.Event) -> Answer:
        return await self._commands.execute(decide, engagement, event)

    async def correction(self, entry: str, words: str, contact: str = "") -> str | None:
        return await self._commands.execute(begin_correction, entry, words, contact)

    async def dispose(self, correction: str, person: Person, said: CorrectionDecision) -> Answer:
        return await self._commands.execute(decide_correction, correction, person, said)

    async def pause(self, stop: Stop) -> str:
        """Stop sending, or go on; what is so now, in words. Raises StoreError with the mend."""
        words = await self._commands.execute(pause_sending, stop)
        self._engine.deliveries.let_go()
        return words

    # what is shown

    def card(self, engagement: str, viewer: Person | None) -> Card | None:
        return self._cards.read_card(engagement, viewer)

    def queue(self, viewer: Person | None, view: str = "all", search: str = "") -> list[Card]:
        return self._cards.list_cards(viewer, view, search)

    def turns(self, conversation: str) -> list[Turn]:
        return self._store.read(lambda tx: list_turns(tx, conversation))

    def elsewhere(self, engagement: str, viewer: Person | None) -> list[Spoken]:
        brand, now = self._library.knowledge.brand, self._clock.now()

        def read(tx: Transaction) -> list[Spoken]:
            found = repository.load_engagement(tx, engagement)
            return [] if found is None else list_spoken(tx, found, viewer, brand, now)

        return self._store.read(read)

    def standing(self, conversation: str, locale: str) -> Standing | None:
        known, now = self._library.knowledge, self._clock.now()
        return self._store.read(lambda tx: read_standing(tx, conversation, locale, known, now))

    def figures(self) -> Figures:
        brand, now = self._library.knowledge.brand, self._clock.now()
        return self._store.read(lambda tx: read_figures(tx, brand, now))

    def disputed(self) -> list[Disputed]:
        published = self._library.knowledge.published
        return self._store.read(lambda tx: list_disputed(tx, published))

    def banners(self) -> list[str]:
        """What is stopped, what the files and channels say, then what the cards do."""
        brand, now = self._library.knowledge.brand, self._clock.now()
        stopped, alarming = self._store.read(lambda tx: list_stopped_and_alarming(tx, brand, now))
        return [*stopped, *self._library.banners(), *alarming]

    def sending(self) -> list[SendingLine]:
        """How sending stands: everything, then channel by channel."""
        brand, now = self._library.knowledge.brand, self._clock.now()
        return self._store.read(lambda tx: list_sending_lines(tx, brand, now))

    def changes(self) -> AsyncIterator[Change]:
        return self._engine.changes.subscribe()

    async def quiet(self) -> None:
        """Return when nothing is being done: all that is left waits for time, or for a person."""
        await self._engine.tasks.wait_until_quiet()
