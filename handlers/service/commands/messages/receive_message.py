"""A message comes in: it is stored under its key, which is all that its sender waits for."""

from __future__ import annotations

from dataclasses import replace

from bot.detect.folding import replace_surrogates
from bot.handoff.identity_linking import hide_codes_amid_words
from bot.model import Message
from handlers.service.rows.identity_link_rows import void_codes
from handlers.service.unit_of_work import UnitOfWork
from handlers.store import repository


def receive_message(unit: UnitOfWork, message: Message, *, sample: bool = False) -> bool:
    """Store a message; False, and nothing is changed, if it is known.

    Which ask it belongs to, `join_messages` finds out afterwards. `sample`: nobody wrote it.
    """
    message = hide_codes(unit, make_storable(message))
    if not repository.add_message(unit.tx, message, unit.at, sample):
        return False
    unit.note_message(message.place.conversation)
    return True


def make_storable(message: Message) -> Message:
    """The message without lone surrogates, which no encoding can hold."""
    author = replace(message.author, name=replace_surrogates(message.author.name))
    return replace(message, text=replace_surrogates(message.text), author=author)


def hide_codes(unit: UnitOfWork, message: Message) -> Message:
    """The message with every code in it hidden, and used by nobody: others may have read it. One
    that is a code and nothing else is left: it is given to us alone."""
    text = hide_codes_amid_words(message.text)
    if text == message.text:
        return message
    void_codes(unit.tx, message.text)
    return replace(message, text=text)
