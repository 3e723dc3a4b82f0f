"""Engagements as the tests of learning need them: an ask that was read, and perhaps drafted."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.drafting.compose import compose_draft
from bot.engagement.step import step
from bot.learning.labels import Label, label_decision
from bot.model import Author, Clock, Engagement, Message, Place, Reading, State, Unclear
from bot.model import events as e
from bot.model.reply import address
from tests.shop import NOW, knowledge

ASK = "Can I still return boots I bought three weeks ago?"
WEB = Place("web", "", "chat-1")


def asked(
    intent: str | None = "return-item", unclear: Unclear | None = None, text: str = ASK
) -> Engagement:
    """An ask that the software has read, and drafted an answer to if it understood it."""
    jonas = Author("c1", "Jonas")
    now = Engagement(
        id="e1",
        place=WEB,
        audience=knowledge().brand.channels["web"].audience,
        customer=jonas,
        messages=(),
        state=State.ARRIVED,
        opened=NOW,
        clock=Clock(NOW + timedelta(hours=4)),
        entry=address("e1", 0),
    )
    reading = Reading(intent, 0.9, unclear, "en", addressed=True, explicit=True, model="m1")
    now = then(now, e.MessageArrived(NOW, Message("m1", WEB, jonas, text, NOW, direct=True)))
    now = then(now, e.Understood(NOW, reading))
    return drafted(now, NOW) if now.state is State.UNDERSTOOD else now


def drafted(now: Engagement, at: datetime) -> Engagement:
    assert now.understanding.reading is not None and now.understanding.reading.intent is not None
    known = knowledge()
    draft = compose_draft(
        now.understanding.reading.intent,
        "en",
        published=known.published,
        templates=known.templates,
        brand=known.brand,
        today=at.date(),
    )
    return then(now, e.Drafted(at, draft))


def then(now: Engagement, event: e.Event) -> Engagement:
    return step(now, event, knowledge())[0]


def labelled(
    now: Engagement, event: e.Event, last: datetime | None = None
) -> tuple[Engagement, Label | None]:
    """What becomes of it, and what that teaches."""
    after = then(now, event)
    return after, label_decision(now, event, after, last)


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)
