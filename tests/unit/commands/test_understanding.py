"""What was read, and the draft that follows, are recorded together, or not at all."""

from __future__ import annotations

from dataclasses import replace

from bot.model import Happened, State
from bot.model import events as e
from handlers.service.commands.decisions.decide import decide
from handlers.service.commands.understanding.draft_reply import draft_reply
from handlers.service.commands.understanding.record_reading import record_reading
from handlers.service.commands.understanding.redraft_card import redraft_card
from tests.shop import ADA, NOW
from tests.unit.commands.conftest import RETURN_ITEM, Bench

READ = e.Understood(NOW, RETURN_ITEM)


def test_an_ask_is_read_and_drafted_in_one_and_both_are_kept(bench: Bench) -> None:
    ask = bench.ask()
    after = bench.run(record_reading, ask, READ)
    assert after is not None and after.state is State.WAITING
    assert bench.engagement(ask.id) == after
    assert after.version == ask.version + 2
    what = [line.what for line in after.timeline]
    assert what == [Happened.WROTE, Happened.UNDERSTOOD, Happened.DRAFTED]
    assert after.understanding.context.turns == (ask.messages[0].id,)
    assert bench.unit is not None and bench.unit.owing == {}  # it waits for a person


def test_what_was_read_of_an_older_state_is_worthless(bench: Bench) -> None:
    ask = bench.ask()
    assert bench.run(record_reading, replace(ask, version=ask.version - 1), READ) is None
    assert bench.run(record_reading, replace(ask, id="unknown"), READ) is None
    assert bench.engagement(ask.id) == ask


def test_what_could_not_be_read_is_a_persons(bench: Bench) -> None:
    after = bench.run(record_reading, bench.ask(), e.NotUnderstood(NOW, "ValueError"))
    assert after is not None and after.state is State.PERSON


def test_without_an_honest_draft_a_person_has_it(bench: Bench) -> None:
    ask = bench.ask()
    bench.knowledge = replace(bench.knowledge, templates=type(bench.knowledge.templates)({}))
    after = bench.run(record_reading, ask, READ)
    assert after is not None and after.state is State.PERSON


def test_another_draft_is_made_once_it_is_owed(bench: Bench) -> None:
    draft = bench.draft()
    assert bench.run(draft_reply, draft.id) is None
    assert bench.run(draft_reply, "unknown") is None
    assert bench.run(decide, draft.id, e.Redraft(NOW, ADA, "exchange-item")).done
    again = bench.run(draft_reply, draft.id)
    assert again is not None and again.state is State.WAITING


def test_a_change_follows_only_the_card_that_it_was_worked_out_for(bench: Bench) -> None:
    draft = bench.draft()
    event = e.KnowledgeChanged(NOW, "other", why="No template any more.")
    assert not bench.run(redraft_card, replace(draft, version=1), event)
    assert bench.engagement(draft.id) == draft
    assert bench.run(redraft_card, draft, event)
    assert bench.engagement(draft.id).version > draft.version
