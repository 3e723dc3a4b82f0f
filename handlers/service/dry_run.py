"""What would happen with a message: the same steps as for a real one; nothing is stored or sent."""

from __future__ import annotations

from datetime import datetime

from bot.brand.business_hours import answer_due_at
from bot.engagement.step import step
from bot.knowledge import Knowledge
from bot.model import Audience, Author, Engagement, Message, Place, State
from bot.model import events as e
from bot.model.errors import NoDraft
from bot.model.reply import address
from handlers.brandfiles.loading import Library
from handlers.service.performing import drafted, understood

SOMEBODY = Author("somebody")
ROUTES = {
    State.WAITING: "draft",
    State.PERSON: "handoff",
    State.PEERS: "draft",
    State.OVERHEARD: "ignore",
    State.CLOSED: "ignore",
}


def rehearse(text: str, library: Library, at: datetime, channel: str = "") -> Engagement:
    """The engagement as it would stand when it first waits for somebody. Raises KeyError for a
    channel that config.yaml doesn't have."""
    begun = arrived(text, library.knowledge, at, channel)
    return continued(begun, understood(begun, library, at), library.knowledge, at)


def arrived(
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
        due=answer_due_at(at, knowledge.brand.hours),
        entry=address("rehearsal", 0),
        first_contact=True,
    )
    engagement, _ = step(engagement, e.MessageArrived(at, message), knowledge)
    return engagement


def continued(
    engagement: Engagement, read: e.Event, knowledge: Knowledge, at: datetime
) -> Engagement:
    """What becomes of it once it was read, up to where it waits for somebody."""
    engagement, _ = step(engagement, read, knowledge)
    if engagement.state is State.UNDERSTOOD:
        event: e.Event
        try:
            event = drafted(engagement, knowledge, at)
        except NoDraft as none:
            event = e.CouldNotDraft(at, none.why, none.fact)
        engagement, _ = step(engagement, event, knowledge)
    return engagement


def route_of(engagement: Engagement) -> str:
    """`draft`, `handoff` or `ignore`: what became of it before anybody decided."""
    return ROUTES.get(engagement.state, "draft")
