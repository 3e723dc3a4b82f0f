"""The engine, whole: what is told of each commit, and what runs from start to end of a server."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from handlers.brandfiles.loading import Library
from handlers.ports.channel_port import Channel
from handlers.ports.clock import Clock
from handlers.ports.store_port import Store
from handlers.service.commands.knowledge.record_knowledge import record_knowledge
from handlers.service.engine.change_feed import Changes
from handlers.service.engine.conversation_runner import ConversationRunner
from handlers.service.engine.delivery_runner import DeliveryRunner
from handlers.service.engine.due_watch import DueWatch
from handlers.service.engine.redraft_on_change import RedraftOnChange
from handlers.service.engine.tasks import Tasks
from handlers.service.unit_of_work import Commands, UnitOfWork


class Engine:
    """One for a store. `taught` is run after each commit that left a label of a decision."""

    def __init__(
        self,
        store: Store,
        library: Library,
        commands: Commands,
        channels: Mapping[str, Channel],
        clock: Clock,
        *,
        taught: Callable[[], Coroutine[Any, Any, None]],
        probe: Callable[[str], None],
    ) -> None:
        self._commands, self._taught = commands, taught
        self.tasks, self.changes = Tasks(clock), Changes()
        self.deliveries = DeliveryRunner(
            commands,
            channels,
            self.tasks,
            clock,
            wake=lambda conversation: self.conversations.wake(conversation),
            probe=probe,
        )
        commands.after_commit = self._after_commit
        self.conversations = ConversationRunner(
            store, library, commands, self.deliveries, self.tasks, clock
        )
        self._due = DueWatch(store, commands, self.tasks, clock)
        self._redraft = RedraftOnChange(store, library, commands, clock)

    async def start(self) -> None:
        """Find everything that is owed, and do it."""
        self.conversations.start()
        await self.follow_change()  # perhaps while no server ran
        await self._due.start()

    async def follow_change(self) -> None:
        """Other files are in force from now on: the record says so, and what waits follows."""
        await self._commands.execute(record_knowledge)
        self.tasks.spawn(self._redraft.run())

    async def stop(self) -> None:
        await self.tasks.stop()
        self.changes.close()

    def _after_commit(self, unit: UnitOfWork) -> None:
        """A transaction is durable: what it left undone is begun, and every surface is told."""
        for delivery in unit.deliveries.values():
            self.deliveries.begin_undo_window(delivery)
        for engagement in unit.engagements.values():
            self._due.note(engagement)
        for change in unit.changes:
            self.changes.publish(change)
        for conversation in unit.owing:
            self.conversations.wake(conversation)
        if any(change.taught for change in unit.changes):
            self.tasks.spawn(self._taught())
