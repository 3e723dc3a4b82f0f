"""Taking a customer's message: bounds first, then the store, and only then an acknowledgement.

The message's id is made by the page and bound to the conversation, so that the same send, however
often it comes, is one message, and nobody can speak under another conversation's ids.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

from bot.model import Author, Message, Place
from handlers.channels.web.chat_limits import ChatLimits
from handlers.channels.web.chat_sessions import Session
from handlers.pages.rate_limit import Buckets
from handlers.ports.service_port import Service, Turn


class NotTaken(Exception):
    """The message was not taken. `words` is a key of the page's words, `wait` is in seconds."""

    def __init__(self, status: int, words: str, wait: float = 0.0) -> None:
        self.status, self.words, self.wait = status, words, wait
        super().__init__(words)


def place_of(channel: str, session: Session) -> Place:
    return Place(channel, thread=session.thread)


class ChatIntake:
    def __init__(
        self,
        service: Service,
        channel: str,
        limits: ChatLimits,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
    ) -> None:
        self._service, self._channel, self._limits, self._now = service, channel, limits, now
        self._by_session = Buckets(limits.session, monotonic)
        self._by_address = Buckets(limits.address, monotonic)
        self._new_chats = Buckets(limits.new_chats, monotonic)

    async def take(
        self, session: Session, address: str, id: str, text: str, language: str = ""
    ) -> str:
        """Store a message; its key. `language` is the page's.

        Raises NotTaken, or StoreError if it could not be stored.
        """
        if not text:
            raise NotTaken(400, "problem_empty")
        if len(text) > self._limits.longest:
            raise NotTaken(413, "problem_long")
        try:
            id = str(uuid.UUID(id))
        except ValueError:
            raise NotTaken(400, "problem_id") from None
        place = place_of(self._channel, session)
        key = f"{place.conversation}:{id}"
        turns = self._service.turns(place.conversation)
        if any(turn.key == key for turn in turns):
            return key  # we have it; it was the answer to the page that got lost
        self._check_pace(session, address, turns)
        author = Author(session.thread)
        message = Message(key, place, author, text, self._now(), direct=True, language=language)
        await self._service.receive(message)
        return key

    def _check_pace(self, session: Session, address: str, turns: list[Turn]) -> None:
        wait = self._by_session.take(session.thread) or self._by_address.take(address)
        if wait:
            raise NotTaken(429, "problem_quick", wait)
        if not turns and (wait := self._new_chats.take(address)):
            raise NotTaken(429, "problem_chats", wait)
        answered = max((n for n, turn in enumerate(turns, 1) if turn.reply is not None), default=0)
        if len(turns) - answered >= self._limits.unanswered:
            raise NotTaken(429, "problem_waiting", 600.0)
