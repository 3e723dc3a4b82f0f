"""What would happen with a message: the same steps as for a real one; nothing is stored or sent."""

from __future__ import annotations

from datetime import datetime

from bot.brand.business_hours import answer_due_at
from bot.engagement.step import step
from bot.knowledge import Knowledge
from bot.model import Audience, Author, Clock, Engagement, Message, Place, State
from bot.model import events as e
from bot.model.reply import address
from handlers.brandfiles.loading import Library
from handlers.service.read_and_draft import make_draft, read_ask, unread_of

SOMEBODY = Author("somebody")


def try_message(text: str, library: Library, at: datetime, channel: str = "") -> Engagement:
    """The engagement as it would stand when it first waits for somebody. Raises KeyError for a
    channel that config.yaml doesn't have."""
    begun = open_ask(text, library.knowledge, at, channel)
    return follow_through(
        begun, read_ask(unread_of(begun), library.reader, at), library.knowledge, at
    )


def open_ask(
    text: str,
    knowledge: Knowledge,
    at: datetime,
    channel: str = "",
    author: Author = SOMEBODY,
    mention: bool = False,
) -> Engagement:
    """The engagement of a message that nobody has read yet. `mention`: it names the brand."""
    profile = knowledge.brand.channels[channel or next(iter(knowledge.brand.channels))]
    place = Place(profile.name, "", "rehearsal")
    private = profile.audience is Audience.PRIVATE
    message = Message("rehearsal", place, author, text, at, direct=private, mention=mention)
    engagement = Engagement(
        id="rehearsal",
        place=place,
        audience=profile.audience,
        customer=author,
        messages=(),
        state=State.ARRIVED,
        opened=at,
        clock=Clock(answer_due_at(at, knowledge.brand.hours)),
        entry=address("rehearsal", 0),
        first_contact=True,
    )
    engagement, _ = step(engagement, e.MessageArrived(at, message), knowledge)
    return engagement


def follow_through(
    engagement: Engagement, read: e.Event, knowledge: Knowledge, at: datetime
) -> Engagement:
    """What becomes of it once it was read, up to where it waits for somebody."""
    engagement, _ = step(engagement, read, knowledge)
    if engagement.state is State.UNDERSTOOD:
        engagement, _ = step(engagement, make_draft(engagement, knowledge, at), knowledge)
    return engagement
