"""The works that run inside one store transaction: load -> step -> save, and carry out effects.

Messages, engagements, deliveries, what happened and the record change together, or not at all.
Everything here is synchronous and runs in the store's writer, one work at a time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from bot.brand.business_hours import answer_due_at
from bot.brand.promises import ON_TIME
from bot.detect.folding import replace_surrogates
from bot.engagement.effects import (
    Alarm,
    Append,
    AppendDelivery,
    Cancel,
    Corrected,
    Effect,
    Forget,
    Hasten,
    Notify,
    Plan,
    Publish,
    Tell,
)
from bot.engagement.peers import words_of
from bot.engagement.proposing import notice_for, notice_to
from bot.engagement.sending.delivery_step import FINAL, deliver
from bot.engagement.sending.recheck import no_longer
from bot.engagement.sending.send_guards import Hold
from bot.engagement.step import step
from bot.handoff.identity_linking import code_in, without_codes
from bot.learning.counts import count_step
from bot.model import Delivery, DeliveryState, Engagement, Message, Person, Reply, State
from bot.model import events as e
from bot.model.reply import address
from handlers.brandfiles.loading import Library
from handlers.ports.channel_port import Channel
from handlers.ports.service_port import Answer, Change
from handlers.ports.store_port import Store, Transaction
from handlers.service.commands import guard_sending as brakes
from handlers.service.commands import link_identity as links
from handlers.service.commands import pause_sending as pausing
from handlers.service.commands.decide_correction import Correcting
from handlers.service.due_times import DueTimes
from handlers.service.learning import counters
from handlers.service.learning.guarantee_keeping import tallied
from handlers.service.learning.label_keeping import learn
from handlers.service.queries import corrections
from handlers.service.record.ledger import Ledger
from handlers.store import repository

LATE = "later"  # the notice for whom a time that we named has passed
log = logging.getLogger("aboveboard")


JUDGED = (e.Drafted, e.Approved, e.Edited, e.SendReturned, e.KnowledgeChanged)
URGENT_NOTICES = frozenset({"safety", "self-harm"})  # worth anybody's attention


class Transitions:
    """One for a store. `ids` gives unguessable ids; `probe` is told of the points between commits
    and calls, for the tests that stop the process there."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        library: Library,
        ledger: Ledger,
        ids: Callable[[], str],
        probe: Callable[[str], None] = lambda point: None,
    ) -> None:
        self.store, self.channels, self.library, self.probe = store, channels, library, probe
        self._ledger, self._ids = ledger, ids
        self.correcting = Correcting(library, ledger, ids, self._step)
        self._switchboard = links.Switchboard(ids)
        self._changed: list[Change] = []
        self.due = DueTimes()

    @contextmanager
    def collecting(self, changed: list[Change]) -> Iterator[None]:
        self._changed = changed
        yield
        self._changed = []

    # from the customer's side

    def take(self, tx: Transaction, message: Message, at: datetime, sample: bool = False) -> bool:
        """Store a message under its key; False, and nothing is changed, if it is known.

        This is all that its sender waits for: who it belongs to, `join` finds out afterwards.
        """
        message = _storable(message)
        if code_in(message.text) is None:
            message = _without_codes(tx, message)
        return repository.new_message(tx, message, at, sample)

    def join(self, tx: Transaction, conversation: str) -> None:
        """Give each new message of a conversation to its engagement, in the order they came."""
        for row in repository.new_messages(tx, conversation):
            message = repository.from_row(row, Message)
            at = datetime.fromisoformat(row["came"])
            if self._about_links(tx, message, at):
                continue
            current = repository.open_engagement(tx, conversation, message.author.id)
            if current is None:
                current = replace(self._open(tx, message, at), sample=row["sample"])
            repository.change_message(tx, message, engagement=current.id, new_in="")
            self._step(tx, current, e.MessageArrived(at, message))
            self._beside(tx, message, at)

    def _beside(self, tx: Transaction, message: Message, at: datetime) -> None:
        """Among peers, somebody's words may be the answer to what others ask there."""
        if not self.library.knowledge.brand.channels[message.place.channel].peers:
            return
        for other in repository.open_engagements(tx, message.place.conversation):
            if other.customer.id != message.author.id:
                self._step(tx, other, e.PeerSpoke(at, words_of(message)))

    def _about_links(self, tx: Transaction, message: Message, at: datetime) -> bool:
        """Whether a message joined or parted channels: then it is no ask, and its words go."""
        knowledge = self.library.knowledge
        said = self._switchboard.hears(tx, message, knowledge.brand.channels, at)
        if said is None:
            return False
        repository.change_message(tx, replace(message, text=""), deleted=True, new_in="")
        if said.notice:
            key, answers = self._ids(), (f"{message.id}@{message.revision}",)
            reply, digest = notice_to(
                message.place, answers, said.notice, said.language, key, knowledge
            )
            if reply is not None:
                self._send_notice(tx, "", reply, digest, key, said.notice, at)
        return True

    def _open(self, tx: Transaction, message: Message, at: datetime) -> Engagement:
        key = self._ids()
        brand = self.library.knowledge.brand
        known = repository.spoken_before(tx, message.place.conversation)
        return Engagement(
            id=key,
            place=message.place,
            audience=brand.channels[message.place.channel].audience,
            customer=message.author,
            messages=(),
            state=State.ARRIVED,
            opened=at,
            due=answer_due_at(at, brand.hours),
            entry=address(key, 0),
            first_contact=not known,
            follows=repository.newest_engagement(tx, message.place.conversation, message.author.id),
        )

    def edit(self, tx: Transaction, message: Message, at: datetime) -> bool:
        if code_in(message.text):  # a code is sent, not slipped in afterwards
            links.spoil(tx, message.text)
            return self.delete(tx, message.id, at)
        message = _without_codes(tx, _storable(message))
        row = tx.table("messages").get(doc_id=message.id)
        if row is None or "it" not in row or row["deleted"]:
            return False
        before = repository.from_row(row, Message)
        overtaken = 0 < message.revision <= before.revision  # a later edit came first
        if before.text == message.text or overtaken:
            return False
        after = replace(message, revision=max(before.revision + 1, message.revision))
        repository.change_message(tx, after)
        if row["new_in"]:
            return True
        return self._on(tx, row["engagement"], e.MessageEdited(at, after))

    def delete(self, tx: Transaction, message: str, at: datetime) -> bool:
        row = tx.table("messages").get(doc_id=message)
        if row is None or "it" not in row or row["deleted"]:
            return False
        gone = replace(repository.from_row(row, Message), text="")
        repository.change_message(tx, gone, deleted=True, new_in="")
        if row["new_in"]:
            return True
        return self._on(tx, row["engagement"], e.MessageDeleted(at, message))

    def staff_spoke(
        self, tx: Transaction, conversation: str, person: Person, key: str, at: datetime
    ) -> bool:
        if tx.table("messages").contains(doc_id=key):
            return False
        repository.put(tx, "messages", key, {"conversation": conversation, "staff": person.id})
        found = repository.open_engagements(tx, conversation)
        for engagement in found:
            self._step(tx, engagement, e.StaffSpoke(at, person))
        return bool(found)

    # from people and the machine

    def decide(self, tx: Transaction, key: str, event: e.Event) -> Answer | None:
        engagement = repository.engagement(tx, key)
        if engagement is None:
            return None
        after, told = self._step(tx, engagement, event)
        if isinstance(event, e.SendNow) and (held := self.held(tx, after, event.at)):
            return Answer(False, f"Not yet. {held.why}", after)
        if isinstance(event, e.Resolved) and after is not engagement:
            self._delivery_only(tx, engagement.delivery, event)
        return Answer(told.done if told else True, told.words if told else "", after)

    def happen(self, tx: Transaction, seen: Engagement, event: e.Event) -> Engagement | None:
        """The machine's answer to what was read at `seen`; None, and worthless, if that has
        changed since."""
        now = repository.engagement(tx, seen.id)
        if now is None or now.version != seen.version:
            return None
        return self._step(tx, now, event)[0]

    def in_force(self, tx: Transaction, at: datetime) -> None:
        """Rules and facts as they are now: the record says what changed since the last look."""
        self._ledger.in_force(tx, self.library.knowledge, at)

    def due_passed(self, tx: Transaction, key: str, at: datetime) -> None:
        engagement = repository.engagement(tx, key)
        if engagement is not None and engagement.state.open and engagement.due <= at:
            self._step(tx, engagement, e.DuePassed(at))

    # sending

    def held(self, tx: Transaction, engagement: Engagement, at: datetime) -> Hold | None:
        """What keeps an approved reply from going out, if a brake does."""
        delivery = repository.delivery(tx, engagement.delivery) if engagement.delivery else None
        if delivery is None or delivery.state not in (DeliveryState.PLANNED, DeliveryState.DUE):
            return None
        return brakes.hold(tx, delivery, self.library.knowledge.brand, at)

    def start_sending(self, tx: Transaction, key: str, at: datetime) -> Delivery | Hold | None:
        """Judge the final bytes again and set `sending`, with its entry.

        None if it may not go; what holds it, if it only has to wait.
        """
        delivery = repository.delivery(tx, key)
        if delivery is None or delivery.state is not DeliveryState.DUE:
            return None
        brand = self.library.knowledge.brand
        held = brakes.hold(tx, delivery, brand, at)
        if held is not None:
            self._changed.append(Change(delivery.engagement, delivery.reply.place.conversation))
            return held
        engagement = repository.engagement(tx, delivery.engagement)
        why = self._no_longer(tx, delivery, engagement, at)
        event: e.Event = e.SendReturned(at, why) if why else e.SendStarted(at)
        after = self.delivery_happens(tx, key, event)
        if after is None or after.state is not DeliveryState.SENDING:
            return None
        brakes.begun(tx, after, engagement, brand, at)
        return after

    def _no_longer(
        self, tx: Transaction, delivery: Delivery, engagement: Engagement | None, at: datetime
    ) -> str:
        """Why it goes back to the approver instead of out; empty if it goes out."""
        place = delivery.reply.place
        payload = self.channels[place.channel].render(delivery.reply, delivery.id)
        knowledge = self.library.knowledge
        if engagement is not None and delivery.notice not in URGENT_NOTICES:
            engagement = self._counted(tx, engagement, at)
        why = no_longer(delivery, payload, engagement, knowledge, at)
        if why:
            return why
        loop = brakes.one_too_many(tx, delivery, knowledge.brand.limits, at)
        if loop:
            brakes.stop_loop(tx, place.conversation, loop, at)
        return loop

    def delivery_happens(self, tx: Transaction, key: str, event: e.Event) -> Delivery | None:
        """One event, for the delivery and for the engagement whose reply it is."""
        after = self._delivery_only(tx, key, event)
        if after is None:
            return None
        engagement = repository.engagement(tx, after.engagement)
        if engagement is None:
            if after.state in FINAL:
                self._ledger.publish_notice(tx, after, event.at)
            return after
        if after.notice:
            self._changed.append(Change(engagement.id, engagement.place.conversation))
            if after.state in FINAL and engagement.state in (State.SENT, State.CLOSED):
                self._ledger.publish(tx, engagement, event.at)
        elif engagement.delivery == key:
            if after.state is DeliveryState.REFUSED and isinstance(event, e.SendFailed):
                event = replace(event, again=False)
            self._step(tx, engagement, event)
        return after

    def _delivery_only(self, tx: Transaction, key: str, event: e.Event) -> Delivery | None:
        before = repository.delivery(tx, key)
        if before is None:
            return None
        after, effects = deliver(before, event)
        if after is before:
            return None
        self._save_delivery(tx, after, event.at)
        brakes.ended(tx, after, event, self.library.knowledge.brand, event.at)
        engagement = repository.engagement(tx, after.engagement)
        for effect in effects:
            if isinstance(effect, AppendDelivery):
                knowledge = self.library.knowledge
                self._ledger.delivery(
                    tx, effect.kind, effect.delivery, engagement, knowledge, event.at
                )
        return after

    # the step itself

    def _on(self, tx: Transaction, key: str, event: e.Event) -> bool:
        engagement = repository.engagement(tx, key)
        if engagement is None:
            return False
        self._step(tx, engagement, event)
        return True

    def _counted(self, tx: Transaction, engagement: Engagement, at: datetime) -> Engagement:
        """With what the customer has had of us by now: a reply is judged by it."""
        sent = brakes.sent_lately(tx, engagement, self.library.knowledge.brand, at)
        return replace(
            engagement, circumstances=replace(engagement.circumstances, sent_lately=sent)
        )

    def _step(
        self, tx: Transaction, engagement: Engagement, event: e.Event
    ) -> tuple[Engagement, Tell | None]:
        if isinstance(event, JUDGED):
            engagement = self._counted(tx, engagement, event.at)
        after, effects = step(engagement, event, self.library.knowledge)
        told = None
        for effect in effects:
            if isinstance(effect, Tell):
                told = effect
            else:
                after = self._carry(tx, after, effect, event.at)
        if after is not engagement:
            repository.save_engagement(tx, after)
            repository.happened(tx, after.id, after.version, event)
            counted = count_step(engagement, event, after)
            channel = after.place.channel
            mode = self.library.knowledge.brand.find_mode(channel)
            counters.add(tx, channel, mode, counted, event.at)
            taught = learn(tx, engagement, event, after)
            self._changed.append(Change(after.id, after.place.conversation, taught))
            self.due.note(after)
            if isinstance(event, e.Understood):
                tallied(tx, after, event.at)
        return after, told

    def _carry(
        self, tx: Transaction, engagement: Engagement, effect: Effect, at: datetime
    ) -> Engagement:
        match effect:
            case Plan():
                self._plan(tx, engagement, effect, at)
            case Notify(reason):
                return self._notify(tx, engagement, reason, at)
            case Cancel(delivery, _):
                self._delivery_only(tx, delivery, e.Undone(at, Person("software", "software")))
            case Hasten(delivery, over_cap):
                self._delivery_only(tx, delivery, e.UndoElapsed(at))
                if over_cap and (hastened := repository.delivery(tx, delivery)) is not None:
                    self._save_delivery(tx, replace(hastened, over_cap=True), at)
            case Append(kind, why, measure):
                knowledge = self.library.knowledge
                self._ledger.engagement(tx, kind, engagement, why, knowledge, at, measure)
            case Publish():
                self._ledger.publish(tx, engagement, at)
            case Corrected(entry):
                self._ledger.corrected(tx, entry, engagement, self.library.knowledge, at)
            case Forget():
                repository.forget(tx, engagement.id)
            case Alarm(words):
                log.error("%s Engagement %s.", words, engagement.id)
        return engagement

    def _plan(self, tx: Transaction, engagement: Engagement, plan: Plan, at: datetime) -> None:
        channel = self.channels[plan.reply.place.channel]
        state = DeliveryState.PLANNED if plan.undo > 0 else DeliveryState.DUE
        delivery = Delivery(
            id=plan.delivery,
            engagement=engagement.id,
            reply=plan.reply,
            payload=channel.render(plan.reply, plan.delivery),
            digest=plan.digest,
            state=state,
            undo=plan.undo,
            approver=plan.approver,
        )
        self._save_delivery(tx, delivery, at)

    def _notify(
        self, tx: Transaction, engagement: Engagement, reason: str, at: datetime
    ) -> Engagement:
        """At most one notice of a kind an engagement; none into a conversation of a person's."""
        if reason in engagement.notices or engagement.sample:
            return engagement
        if reason == LATE:
            corrections.breach(tx, ON_TIME, engagement.id, at)
        if repository.somebody_talks(tx, engagement.place.conversation):
            return engagement
        key = address(engagement.id, len(engagement.notices), "notice")
        reply, digest = notice_for(engagement, reason, key, self.library.knowledge, at)
        if reply is None:
            return engagement
        self._send_notice(tx, engagement.id, reply, digest, key, reason, at)
        return replace(engagement, notices=(*engagement.notices, reason))

    def _send_notice(
        self,
        tx: Transaction,
        engagement: str,
        reply: Reply,
        digest: str,
        key: str,
        reason: str,
        at: datetime,
    ) -> None:
        channel = self.channels[reply.place.channel]
        delivery = Delivery(
            id=key,
            engagement=engagement,
            reply=reply,
            payload=channel.render(reply, key),
            digest=digest,
            state=DeliveryState.DUE,
            undo=0.0,
            notice=reason,
        )
        self._save_delivery(tx, delivery, at)

    def _save_delivery(self, tx: Transaction, delivery: Delivery, at: datetime) -> None:
        repository.save_delivery(tx, delivery, at)
        place = delivery.reply.place
        self._changed.append(Change(delivery.engagement, place.conversation))

    # stopping

    def pause(self, tx: Transaction, stop: pausing.Stop, at: datetime) -> str:
        """Stop, or go on: what became of it, in words. Every open card is drawn anew."""
        words = pausing.apply(tx, stop, self._ledger, self.library.knowledge, at)
        self._changed += [Change(it.id, it.place.conversation) for it in repository.all_open(tx)]
        return words


def _storable(message: Message) -> Message:
    """The message without lone surrogates, which no encoding can hold."""
    author = replace(message.author, name=replace_surrogates(message.author.name))
    return replace(message, text=replace_surrogates(message.text), author=author)


def _without_codes(tx: Transaction, message: Message) -> Message:
    """The message with every code in it hidden, and used by nobody: others may have read it."""
    text = without_codes(message.text)
    if text == message.text:
        return message
    links.spoil(tx, message.text)
    return replace(message, text=text)
