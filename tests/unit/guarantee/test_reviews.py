"""What a decision says of the draft that it was about."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.learning.guarantee.reviews import collect_reviews
from bot.learning.labels import HumanDecision, Label
from bot.model import Objection, Role
from tests.shop import NOW

MODELS = frozenset({"now"})
APPROVED = Label(
    engagement="e0",
    at=NOW,
    channel="web",
    language="en",
    predicted="returns",
    unclear=None,
    score=0.9,
    truth="returns",
    right=True,
    did=HumanDecision.APPROVED,
    drafted=True,
    seconds=30.0,
    role=Role.APPROVER,
    model="now",
    margin=1.2,
)
SILENT = replace(APPROVED, truth=None, right=None)


def later(label: Label, minutes: int, **changes: object) -> Label:
    return replace(label, at=NOW + timedelta(minutes=minutes), **changes)  # type: ignore[arg-type]


def verdicts(*labels: Label) -> list[bool]:
    return [one.right for one in collect_reviews(labels, MODELS)]


@pytest.mark.parametrize(
    ("label", "said"),
    [
        (APPROVED, [True]),
        (replace(APPROVED, counts=False), []),
        (replace(SILENT, did=HumanDecision.TOOK_OVER), [False]),
        (replace(SILENT, did=HumanDecision.CLOSED), [False]),
        (replace(SILENT, did=HumanDecision.EDITED), [False]),
        (replace(SILENT, did=HumanDecision.UNDID), []),
        (replace(SILENT, did=HumanDecision.REJECTED, objection=Objection.NOT_OUR_VOICE), [True]),
        (replace(SILENT, did=HumanDecision.REJECTED, objection=Objection.WRONG_FACT), [True]),
        (replace(SILENT, did=HumanDecision.REJECTED, objection=Objection.OTHER), [False]),
        (replace(SILENT, did=HumanDecision.REJECTED, objection=None), [False]),
        (replace(APPROVED, did=HumanDecision.TAGGED, drafted=False), []),
        (replace(SILENT, predicted=None, did=HumanDecision.ANSWERED), []),
    ],
)
def test_a_draft_is_wrong_unless_somebody_said_otherwise(label: Label, said: list[bool]) -> None:
    assert verdicts(label) == said


def test_all_that_was_said_of_a_reading_is_one_review() -> None:
    taken = later(SILENT, 1, did=HumanDecision.TOOK_OVER)
    tagged = later(
        APPROVED, 2, did=HumanDecision.TAGGED, truth="repairs", right=False, drafted=False
    )
    assert verdicts(taken, tagged) == [False]
    assert verdicts(taken, later(APPROVED, 2, did=HumanDecision.EDITED)) == [True]


def test_only_the_newest_run_of_the_models_in_force_counts() -> None:
    """An older model's readings are another population; so is what was read before them."""
    old = later(APPROVED, 5, engagement="e5", model="before")
    before = later(APPROVED, 1, engagement="e1")
    after = later(APPROVED, 9, engagement="e9", right=False)
    assert verdicts(before, old, after) == [False]
    assert verdicts(before, after) == [True, False]


def test_what_certifying_needs_comes_with_it() -> None:
    [one] = collect_reviews([replace(APPROVED, audit=True, least=0.7)], MODELS)
    assert (one.margin, one.audit, one.least, one.at) == (1.2, True, 0.7, NOW)
