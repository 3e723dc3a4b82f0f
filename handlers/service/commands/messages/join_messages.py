"""New messages are given to their engagements, in the order they came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.brand.business_hours import answer_due_at
from bot.engagement.judging import notice_to
from bot.handoff.peers import keep_peer_words
from bot.model import Clock, Engagement, Message, State
from bot.model import events as e
from bot.model.reply import address
from handlers.service.commands.customers.link_identity import link_identity
from handlers.service.commands.steps.send_notice import send_notice
from handlers.service.commands.steps.step_engagement import step_engagement
from handlers.service.queries.owed_work import find_open_ask, read_conversation
from handlers.service.unit_of_work import UnitOfWork
from handlers.store import repository


def join_messages(unit: UnitOfWork, conversation: str) -> list[Engagement]:
    """Give each new message of a conversation to its ask; the asks that are open then."""
    here = read_conversation(unit.tx, conversation)
    asks = {it.id: it for it in here.open}
    newest = dict(here.newest)
    for row in here.new:
        message = repository.read_row(row, Message)
        came = datetime.fromisoformat(row["came"])
        if _was_about_links(unit, message, came):
            continue
        author = message.author.id
        current = find_open_ask(asks.values(), author)
        if current is None:
            current = replace(
                _open_engagement(unit, message, came),
                first_contact=not here.spoken,
                follows=newest.get(author, ""),
                sample=row["sample"],
            )
        repository.assign_message(unit.tx, message, current.id)
        arrived = step_engagement(unit, current, e.MessageArrived(came, message))
        asks[current.id] = arrived.engagement
        newest[author] = current.id
        asks |= _tell_peers(unit, message, came, asks.values())
    return list(asks.values())


def _open_engagement(unit: UnitOfWork, message: Message, at: datetime) -> Engagement:
    """A new ask, as its first message finds it."""
    key = unit.tools.new_id()
    brand = unit.knowledge.brand
    return Engagement(
        id=key,
        place=message.place,
        audience=brand.channels[message.place.channel].audience,
        customer=message.author,
        messages=(),
        state=State.ARRIVED,
        opened=at,
        clock=Clock(answer_due_at(at, brand.hours)),
        entry=address(key, 0),
    )


def _tell_peers(
    unit: UnitOfWork, message: Message, at: datetime, asks: Iterable[Engagement]
) -> dict[str, Engagement]:
    """Among peers, somebody's words may be the answer to what others ask there; those asks."""
    if not unit.knowledge.brand.channels[message.place.channel].peers:
        return {}
    others = [it for it in asks if it.customer.id != message.author.id and it.state.open]
    spoke = e.PeerSpoke(at, keep_peer_words(message))
    return {it.id: step_engagement(unit, it, spoke).engagement for it in others}


def _was_about_links(unit: UnitOfWork, message: Message, at: datetime) -> bool:
    """Whether a message joined or parted channels: then it is no ask, and its words go."""
    linked = link_identity(unit, message, at)
    if linked is None:
        return False
    repository.erase_message(unit.tx, message)
    if linked.notice:
        key, answers = unit.tools.new_id(), (f"{message.id}@{message.revision}",)
        reply, digest = notice_to(
            message.place, answers, linked.notice, linked.language, key, unit.knowledge
        )
        if reply is not None:
            send_notice(unit, "", reply, digest, key, linked.notice, at)
    return True
