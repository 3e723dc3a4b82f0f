"""What is approved, or on its way, counts as said: two answers that contradict each other do not
both go out because neither had arrived yet.
"""

from __future__ import annotations

import pytest

from bot.model import Engagement, State
from bot.model import events as e
from handlers.ports.service_port import Answer
from handlers.service.commands.decisions.decide import decide
from handlers.service.unit_of_work import UnitOfWork
from tests.shop import ADA, NOW
from tests.unit.commands.conftest import Bench

SOON = "We repair boots within 9 days."
LATER = "We repair boots within 21 days."
BEFORE = "transparency/says-otherwise-than-before"


def written(bench: Bench, who: str, body: str) -> Engagement:
    """Ada's own words, held because nothing published says so: she may approve them knowingly."""
    draft = bench.draft(who=who)
    edited = e.Edited(NOW, ADA, body, draft.proposal.digest)
    assert not bench.run(decide, draft.id, edited).done
    kept = bench.engagement(draft.id)
    assert kept.state is State.WAITING
    assert BEFORE not in rules_of(kept)
    return kept


def rules_of(engagement: Engagement) -> set[str]:
    verdict = engagement.proposal.verdict
    return {finding.rule for finding in verdict.findings} if verdict else set()


def approve(unit: UnitOfWork, engagement: Engagement) -> Answer:
    return decide(unit, engagement.id, e.Approved(NOW, ADA, engagement.proposal.digest))


@pytest.fixture
def both(bench: Bench) -> tuple[Engagement, Engagement]:
    return written(bench, "jonas", SOON), written(bench, "mira", LATER)


def test_a_contradiction_within_the_undo_window_is_seen(
    bench: Bench, both: tuple[Engagement, Engagement]
) -> None:
    first, second = both
    assert bench.run(approve, first).done
    answer = bench.run(approve, second)
    assert not answer.done
    assert "new findings" in answer.words
    after = bench.engagement(second.id)
    assert (after.state, after.proposal.approvals) == (State.WAITING, ())
    assert BEFORE in rules_of(after)


def test_within_one_commit_too(bench: Bench, both: tuple[Engagement, Engagement]) -> None:
    answers = bench.run(lambda unit: [approve(unit, one) for one in both])
    assert [answer.done for answer in answers] == [True, False]


def test_what_was_undone_was_not_said(bench: Bench, both: tuple[Engagement, Engagement]) -> None:
    first, second = both
    assert bench.run(approve, first).done
    assert bench.run(decide, first.id, e.Undone(NOW, ADA)).done
    assert bench.run(approve, second).done
