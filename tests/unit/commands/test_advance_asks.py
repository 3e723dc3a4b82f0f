"""What was read, and the draft that follows, are recorded together, or not at all."""

from __future__ import annotations

from dataclasses import replace

from bot.model import Happened, State
from bot.model import events as e
from handlers.service.commands.decisions.decide import decide
from handlers.service.commands.knowledge.redraft_card import redraft_card
from handlers.service.commands.messages.advance_asks import advance_asks
from handlers.service.commands.messages.receive_message import receive_message
from handlers.service.queries.owed_work import read_owed_work
from handlers.service.read_and_draft import unread_of
from tests.shop import ADA, NOW
from tests.unit.commands.conftest import RETURN_ITEM, WEB, Bench

READ = e.Understood(NOW, RETURN_ITEM)


def test_an_ask_is_read_and_drafted_in_one_and_both_are_kept(bench: Bench) -> None:
    ask = bench.ask()
    bench.run(advance_asks, WEB, {unread_of(ask): READ})
    after = bench.engagement(ask.id)
    assert after.state is State.WAITING
    assert after.version == ask.version + 2
    what = [line.what for line in after.timeline]
    assert what == [Happened.WROTE, Happened.UNDERSTOOD, Happened.DRAFTED]
    assert after.understanding.context.turns == (ask.messages[0].id,)
    assert bench.unit is not None and bench.unit.owing == set()  # it waits for a person


def test_a_message_is_joined_read_and_drafted_for_in_one(bench: Bench) -> None:
    bench.run(receive_message, bench.message())
    [unread] = bench.store.read(lambda tx: read_owed_work(tx, WEB)).unread
    bench.run(advance_asks, WEB, {unread: READ})
    [row] = bench.rows("engagements")
    assert bench.engagement(row.doc_id).state is State.WAITING
    owed = bench.store.read(lambda tx: read_owed_work(tx, WEB))
    assert not owed.asks and not owed.unread


def test_what_will_be_read_is_the_ask_with_all_that_came(bench: Bench) -> None:
    ask = bench.draft()
    bench.run(receive_message, more := bench.message("And the socks?"))
    bench.run(receive_message, other := bench.message("Hello!", who="mara"))
    mine, theirs = bench.store.read(lambda tx: read_owed_work(tx, WEB)).unread
    assert mine == replace(unread_of(ask), messages=(*ask.messages, more))
    assert mine.language == "en" and theirs.messages == (other,)


def test_what_was_read_of_other_words_is_worthless(bench: Bench) -> None:
    ask = bench.ask()
    bench.run(receive_message, bench.message("And the socks?"))
    bench.run(advance_asks, WEB, {unread_of(ask): READ})
    joined = bench.engagement(ask.id)
    assert joined.state is State.ARRIVED and len(joined.messages) == 2
    assert bench.unit is not None and bench.unit.owing == {WEB}  # it is read again


def test_what_was_taken_for_more_of_an_ask_and_is_none_leaves_it_owed(bench: Bench) -> None:
    """A code that joins nothing goes, and the ask beside it is read by itself: nobody else would
    wake its conversation."""
    ask = bench.ask()
    bench.run(receive_message, bench.message("LINK-ABCD-EFGH"))
    [guessed] = bench.store.read(lambda tx: read_owed_work(tx, WEB)).unread
    assert guessed != unread_of(ask)
    assert bench.run(advance_asks, WEB, {guessed: READ})
    assert bench.engagement(ask.id) == ask
    assert not bench.run(advance_asks, WEB, {unread_of(ask): READ})
    assert bench.engagement(ask.id).state is State.WAITING


def test_what_could_not_be_read_is_a_persons(bench: Bench) -> None:
    ask = bench.ask()
    bench.run(advance_asks, WEB, {unread_of(ask): e.NotUnderstood(NOW, "ValueError")})
    assert bench.engagement(ask.id).state is State.PERSON


def test_without_an_honest_draft_a_person_has_it(bench: Bench) -> None:
    ask = bench.ask()
    bench.knowledge = replace(bench.knowledge, templates=type(bench.knowledge.templates)({}))
    bench.run(advance_asks, WEB, {unread_of(ask): READ})
    assert bench.engagement(ask.id).state is State.PERSON


def test_another_draft_is_made_once_it_is_owed(bench: Bench) -> None:
    draft = bench.draft()
    bench.run(advance_asks, WEB, {})
    assert bench.engagement(draft.id) == draft
    assert bench.run(decide, draft.id, e.Redraft(NOW, ADA, "exchange-item")).done
    assert bench.engagement(draft.id).state is State.UNDERSTOOD
    bench.run(advance_asks, WEB, {})
    assert bench.engagement(draft.id).state is State.WAITING


def test_a_change_follows_only_the_card_that_it_was_worked_out_for(bench: Bench) -> None:
    draft = bench.draft()
    event = e.KnowledgeChanged(NOW, "other", why="No template any more.")
    assert not bench.run(redraft_card, replace(draft, version=1), event)
    assert bench.engagement(draft.id) == draft
    assert bench.run(redraft_card, draft, event)
    assert bench.engagement(draft.id).version > draft.version
