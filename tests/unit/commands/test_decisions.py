"""Who decides is looked up in the brand that is in force, whatever a surface has drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import Person, Role, State
from bot.model import events as e
from bot.record.correction import CorrectionDecision, CorrectionOutcome
from handlers.service.commands.decisions.begin_correction import begin_correction
from handlers.service.commands.decisions.decide import NO_CARD, NOT_YOU, decide
from handlers.service.commands.decisions.decide_correction import decide_correction
from handlers.service.commands.decisions.pass_due_time import pass_due_time
from tests.shop import ADA, NOW
from tests.unit.commands.conftest import Bench

EVA = Person("eva", "Eva", frozenset({Role.APPROVER}))
STANDS = CorrectionDecision(CorrectionOutcome.STANDS, "It is as published.")


def test_a_card_that_is_not_there_is_told_of(bench: Bench) -> None:
    answer = bench.run(decide, "nothing", e.TakenOver(NOW, ADA))
    assert (answer.done, answer.words) == (False, NO_CARD)


def test_who_is_in_the_brand_decides(bench: Bench) -> None:
    draft = bench.draft()
    assert bench.run(decide, draft.id, e.Approved(NOW, ADA, draft.proposal.digest)).done
    assert bench.engagement(draft.id).state is State.APPROVED


@pytest.mark.parametrize("decision", ["approve", "reject", "take", "ignore"])
def test_who_has_left_decides_nothing(bench: Bench, decision: str) -> None:
    draft = bench.draft()
    event = {
        "approve": e.Approved(NOW, ADA, draft.proposal.digest),
        "reject": e.Rejected(NOW, ADA, "too cold", draft.proposal.digest),
        "take": e.TakenOver(NOW, ADA),
        "ignore": e.Ignored(NOW, ADA, "spam"),
    }[decision]
    bench.set_people(EVA)
    answer = bench.run(decide, draft.id, event)
    assert (answer.done, answer.words) == (False, NOT_YOU)
    assert bench.engagement(draft.id) == draft
    assert bench.unit is not None and bench.unit.changes == []


def test_roles_are_those_of_now_not_those_of_the_card(bench: Bench) -> None:
    """Somebody who may only look by now may not decide, and the other way round."""
    draft = bench.draft()
    bench.set_people(replace(ADA, roles=frozenset({Role.VIEWER})), EVA)
    assert not bench.run(decide, draft.id, e.Approved(NOW, ADA, draft.proposal.digest)).done
    assert bench.engagement(draft.id) == draft
    as_before = replace(EVA, roles=frozenset({Role.VIEWER}))
    assert bench.run(decide, draft.id, e.Approved(NOW, as_before, draft.proposal.digest)).done
    assert bench.engagement(draft.id).state is State.APPROVED


def test_nothing_is_given_to_who_has_left(bench: Bench) -> None:
    draft = bench.draft()
    bench.set_people(ADA)
    answer = bench.run(decide, draft.id, e.Assigned(NOW, ADA, EVA))
    assert not answer.done and "Eva" in answer.words
    assert bench.engagement(draft.id) == draft
    bench.set_people(ADA, EVA)
    assert bench.run(decide, draft.id, e.Assigned(NOW, ADA, EVA)).done
    assert bench.engagement(draft.id).handling.owner == "eva"


def test_a_correction_is_decided_on_by_who_may_now(bench: Bench) -> None:
    handed = bench.run(decide, bench.draft().id, e.Ignored(NOW, ADA, "spam"))
    assert handed.done
    address = bench.rows("record")[0]["address"]
    key = bench.run(begin_correction, address, "It is 30 days.", "")
    assert key is not None
    assert bench.run(begin_correction, "no-such-entry", "?", "") is None
    bench.set_people(EVA, replace(ADA, roles=frozenset({Role.VIEWER})))
    assert not bench.run(decide_correction, key, ADA, STANDS).done
    assert not bench.run(decide_correction, key, replace(EVA, id="gone"), STANDS).done
    assert bench.run(decide_correction, key, EVA, STANDS).done
    late = bench.run(decide_correction, key, EVA, STANDS)
    assert not late.done and "Eva has decided" in late.words


def test_a_due_time_passes_when_it_has_passed_and_not_before(bench: Bench) -> None:
    draft = bench.draft()
    bench.run(pass_due_time, draft.id)
    assert bench.engagement(draft.id) == draft
    bench.at = draft.clock.due + timedelta(seconds=1)
    bench.run(pass_due_time, draft.id)
    assert bench.engagement(draft.id).version == draft.version + 1
    bench.run(pass_due_time, "unknown")
