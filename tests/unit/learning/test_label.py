"""What each decision says of what the software had understood."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.learning.labels import HumanDecision, Label, settle_labels
from bot.model import Engagement, Objection, Role, State, Unclear
from bot.model import events as e
from tests.shop import ADA, MILAN, NOOR, NOW
from tests.unit.learning.lives import asked, drafted, labelled, later, then


def label(now: Engagement, event: e.Event) -> Label:
    found = labelled(now, event)[1]
    assert found is not None
    return found


def approve(now: Engagement, seconds: float = 60) -> e.Approved:
    return e.Approved(later(seconds), ADA, now.proposal.digest)


def test_an_approval_says_that_the_intent_was_right() -> None:
    now = asked()
    found = label(now, approve(now))
    assert (found.did, found.right, found.truth, found.predicted) == (
        HumanDecision.APPROVED,
        True,
        "return-item",
        "return-item",
    )
    assert found.counts and found.drafted and not found.is_override
    assert (found.channel, found.language, found.model) == ("web", "en", "m1")
    assert found.seconds == 60 and found.role is Role.APPROVER
    assert found.rules


def test_an_approval_that_nobody_can_have_read_does_not_count() -> None:
    """By the length of ask and draft; and from the person's own last decision, if that is later."""
    now = asked()
    assert not label(now, approve(now, 1.5)).counts
    assert label(now, approve(now, 30)).counts
    hasty = labelled(now, approve(now, 30), last=later(29))[1]
    assert hasty is not None
    assert (hasty.seconds, hasty.counts) == (1.0, False)


@pytest.mark.parametrize(
    ("objection", "intent", "right", "truth"),
    [
        (Objection.NOT_ASKED, "", False, None),
        (Objection.NOT_ASKED, "exchange-item", False, "exchange-item"),
        (Objection.NOT_ASKED, e.NOTHING, False, e.NOTHING),
        (Objection.NOT_OUR_VOICE, "", None, None),
        (Objection.WRONG_FACT, "", None, None),
        (Objection.OTHER, "", None, None),
    ],
)
def test_only_one_kind_of_rejection_says_that_the_intent_was_wrong(
    objection: Objection, intent: str, right: bool | None, truth: str | None
) -> None:
    now = asked()
    found = label(now, e.Rejected(later(9), ADA, "no", now.proposal.digest, objection, intent))
    assert (found.did, found.right, found.truth) == (HumanDecision.REJECTED, right, truth)
    assert found.objection is objection and found.is_override


def test_an_edit_that_keeps_the_facts_says_that_the_intent_was_right() -> None:
    now = asked()
    assert now.proposal.draft is not None
    found = label(
        now, e.Edited(later(40), ADA, f"Hello! {now.proposal.draft.body}", now.proposal.digest)
    )
    assert (found.did, found.right, found.is_override) == (HumanDecision.EDITED, True, True)


def test_an_edit_that_says_something_else_says_nothing_of_the_intent() -> None:
    now = asked()
    found = label(now, e.Edited(later(40), ADA, "Our shop is in Munich.", now.proposal.digest))
    assert (found.did, found.right, found.truth) == (HumanDecision.EDITED, None, None)


def test_a_redraft_as_something_else_is_a_correction_that_lasts() -> None:
    """The approval of the corrected draft still counts against the reading that was wrong."""
    now = asked()
    corrected, first = labelled(now, e.Redraft(later(5), ADA, "exchange-item"))
    assert first is not None
    assert (first.did, first.predicted, first.truth, first.right) == (
        HumanDecision.REDRAFTED,
        "return-item",
        "exchange-item",
        False,
    )
    again = drafted(corrected, later(6))
    second = label(again, approve(again))
    assert (second.predicted, second.truth, second.right) == ("return-item", "exchange-item", False)
    assert [x.right for x in settle_labels([first, second])] == [False]


def test_another_draft_of_the_same_says_nothing() -> None:
    found = label(asked(), e.Redraft(later(5), ADA))
    assert (found.did, found.right, found.truth) == (HumanDecision.REDRAFTED, None, None)


def test_what_was_unclear_is_neither_right_nor_wrong_but_may_be_told() -> None:
    now = asked(None, Unclear.OUT_OF_SCOPE, "my cousin's parcel")
    assert now.state is State.PERSON
    told, found = labelled(now, e.Tagged(later(20), ADA, "order-status"))
    assert found is not None
    assert (found.did, found.unclear, found.truth, found.right) == (
        HumanDecision.TAGGED,
        Unclear.OUT_OF_SCOPE,
        "order-status",
        None,
    )
    assert found.predicted is None and not found.drafted
    answered = label(told, e.Edited(later(60), ADA, "Our shop is in Munich.", told.proposal.digest))
    assert (answered.did, answered.truth) == (HumanDecision.ANSWERED, "order-status")


def test_taking_over_and_closing_are_labels_without_a_verdict() -> None:
    now = asked()
    taken = label(now, e.TakenOver(later(5), MILAN))
    closed = label(now, e.Ignored(later(5), MILAN, "spam"))
    assert [(x.did, x.right, x.role) for x in (taken, closed)] == [
        (HumanDecision.TOOK_OVER, None, Role.LEAD),
        (HumanDecision.CLOSED, None, Role.LEAD),
    ]


def test_what_took_no_effect_is_no_label() -> None:
    now = asked()
    for event in (
        e.Approved(later(60), ADA, "another text"),
        e.Approved(later(60), NOOR, now.proposal.digest),
        e.Rejected(later(60), ADA, "no", "another text"),
        e.Redraft(later(60), ADA, "no-such-intent"),
        e.Edited(later(60), ADA, "Here is 30% off, just for you.", now.proposal.digest),
        e.Tagged(later(60), ADA, "no-such-intent"),
        e.DuePassed(later(60)),
    ):
        assert labelled(now, event)[1] is None
    assert labelled(replace(now, sample=True), approve(now))[1] is None


def test_an_approval_taken_back_is_withdrawn() -> None:
    now = asked()
    approved, yes = labelled(now, approve(now))
    undone, back = labelled(approved, e.Undone(later(65), ADA))
    assert yes is not None and back is not None
    assert (back.did, back.right) == (HumanDecision.UNDID, None)
    assert [x.right for x in settle_labels([yes, back])] == [None]
    no = label(undone, e.Rejected(later(70), ADA, "", undone.proposal.digest, Objection.NOT_ASKED))
    assert [x.right for x in settle_labels([yes, back, no])] == [False]


def test_settled_gives_one_word_a_reading() -> None:
    now = asked()
    right = label(now, approve(now))
    hasty = label(now, approve(now, 0.1))
    taken = label(now, e.TakenOver(later(5), ADA))
    wrong = replace(right, right=False, at=NOW)
    other = replace(right, engagement="e2", at=NOW + timedelta(days=1))
    assert [x.right for x in settle_labels([right, taken])] == [True]
    assert [x.right for x in settle_labels([wrong, right])] == [False]
    assert [x.counts for x in settle_labels([hasty, right])] == [True]
    assert [x.engagement for x in settle_labels([right, other])] == ["e1", "e2"]


def test_new_words_of_the_customer_begin_afresh() -> None:
    """What a person said of the words before is not what they say of the new ones."""
    now = then(asked(), e.Redraft(later(5), ADA, "exchange-item"))
    assert now.understanding.meant == "exchange-item"
    assert now.understanding.first_reading is not None
    again = then(now, e.MessageArrived(later(8), replace(now.messages[0], id="m2")))
    read = then(again, e.Understood(later(9), now.understanding.first_reading))
    assert (read.understanding.meant, read.understanding.first_reading) == ("", None)
