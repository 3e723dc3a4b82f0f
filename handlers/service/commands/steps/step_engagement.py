"""One step of an engagement: what the core says becomes of it, its effects, and all that is kept
of it (the row, counters, what it teaches)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.engagement.effects import Effect, Tell
from bot.engagement.judging import list_texts_to_judge
from bot.engagement.step import step
from bot.learning.counts import count_step
from bot.model import Engagement
from bot.model import events as e
from handlers.service.commands.steps.carry_out import carry_out
from handlers.service.learning import counters
from handlers.service.learning.guarantee_keeping import tally_understood
from handlers.service.learning.label_keeping import learn_from_step
from handlers.service.queries.past_for_judging import read_past
from handlers.service.rows.send_guard_rows import count_sent_lately
from handlers.service.unit_of_work import UnitOfWork
from handlers.store import repository

#: what puts a reply to the rules, which look at what the store holds besides
JUDGED = (
    e.Drafted,
    e.Approved,
    e.Edited,
    e.SendReturned,
    e.KnowledgeChanged,
    e.CorrectionBegun,
)

Following = Callable[[Engagement], e.Event | None]


@dataclass(frozen=True, slots=True)
class Stepped:
    """An engagement after a step, and what the person who caused it is told, if anything."""

    engagement: Engagement
    told: Tell | None = None


def step_engagement(
    unit: UnitOfWork, engagement: Engagement, event: e.Event, following: Following | None = None
) -> Stepped:
    """Put an event to an engagement; saved, if it changed anything.

    `following` gives the event that follows at once from where it stands then, while one does: all
    are kept as things that happened, in one saving.
    """
    before = engagement
    stepped, taught = _step(unit, engagement, event)
    while following and (follows := following(stepped.engagement)) is not None:
        after, again = _step(unit, stepped.engagement, follows)
        stepped, taught = Stepped(after.engagement, after.told or stepped.told), taught or again
    if stepped.engagement is not before:
        repository.save_engagement(unit.tx, stepped.engagement)
        unit.note_engagement(stepped.engagement, taught=taught)
    return stepped


def load_unchanged(unit: UnitOfWork, seen: Engagement) -> Engagement | None:
    """The engagement that was worked on outside of the transaction; None if it has moved on."""
    now = repository.load_engagement(unit.tx, seen.id)
    return now if now is not None and now.version == seen.version else None


def with_sent_lately(unit: UnitOfWork, engagement: Engagement, at: datetime) -> Engagement:
    """With what the customer has had of us by now: a reply is judged by it."""
    customer = unit.customers.list_identities(engagement.identity)
    sent = count_sent_lately(unit.tx, customer, unit.knowledge.brand, at)
    known = engagement.understanding
    context = replace(known.context, sent_lately=sent)
    return replace(engagement, understanding=replace(known, context=context))


def _step(unit: UnitOfWork, engagement: Engagement, event: e.Event) -> tuple[Stepped, bool]:
    """All of a step but the engagement's own row; and whether it taught anything."""
    before, knowledge = engagement, unit.knowledge
    if isinstance(event, JUDGED):
        before = with_sent_lately(unit, engagement, event.at)
        replies = list_texts_to_judge(before, event, knowledge)
        knowledge = read_past(unit.tx, unit.customers, before, replies, knowledge, event.at)
    after, effects = step(before, event, knowledge)
    after, told = _carry_out_all(unit, after, effects, event.at)
    if after is before:
        return Stepped(engagement, told), False
    channel, mode = after.place.channel, unit.knowledge.brand.find_mode(after.place.channel)
    counters.count_each(unit.tx, channel, mode, count_step(before, event, after), event.at)
    taught = learn_from_step(unit.tx, before, event, after)
    if isinstance(event, e.Understood):
        tally_understood(unit.tx, after, event.at)
    return Stepped(after, told), taught


def _carry_out_all(
    unit: UnitOfWork, engagement: Engagement, effects: tuple[Effect, ...], at: datetime
) -> tuple[Engagement, Tell | None]:
    """The effects that stay inside; what is only for a person's eyes is handed back."""
    told = None
    for effect in effects:
        if isinstance(effect, Tell):
            told = effect
        else:
            engagement = carry_out(unit, engagement, effect, at)
    return engagement, told
