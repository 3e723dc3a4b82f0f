"""A click that should change nothing changes nothing: the draft stays, and the person hears why.

Every decision that is harmless, in every state: in those that `LIFE` lists for it, and in the
others, where it comes too late.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cards.decision_words import say_answer
from bot.engagement.effects import Answer, Tell
from bot.engagement.states import LIFE
from bot.engagement.step import step
from bot.model import Engagement, State
from bot.model import events as e
from tests.unit.engagement.building import (
    ADA,
    BEN,
    KNOWLEDGE,
    MINUTE,
    NOW,
    VIC,
    approve,
    approved,
    ask,
    in_state,
    play,
    refused,
    waiting,
    with_rules,
)

Decision = Callable[[Engagement], e.Event]


def _of_ben(engagement: Engagement) -> Engagement:
    return replace(engagement, handling=engagement.handling.claim("ben"))


def _of_law(engagement: Engagement) -> Engagement:
    return replace(engagement, handling=replace(engagement.handling, team="care"))


def _unread(engagement: Engagement) -> Engagement:
    known = replace(engagement.understanding, reading=None)
    return replace(engagement, understanding=known)


def _as_is(engagement: Engagement) -> Engagement:
    return engagement


CLICKS: dict[str, tuple[Callable[[Engagement], Engagement], Decision, Answer]] = {
    "approve what is no longer there": (
        _as_is,
        lambda it: e.Approved(NOW, ADA, "stale"),
        Answer.NOT_THE_TEXT_SEEN,
    ),
    "approve what has no digest": (
        lambda it: replace(it, proposal=it.proposal.close()),
        lambda it: e.Approved(NOW, ADA, "stale"),
        Answer.NOT_THE_TEXT_SEEN,
    ),
    "edit what is no longer there": (
        _as_is,
        lambda it: e.Edited(NOW, ADA, "My words.", "stale"),
        Answer.CHANGED_MEANWHILE,
    ),
    "edit, and write nothing": (
        _as_is,
        lambda it: e.Edited(NOW, ADA, " \n", it.proposal.digest),
        Answer.NO_TEXT,
    ),
    "reject what is no longer there": (
        _as_is,
        lambda it: e.Rejected(NOW, ADA, "No.", "stale"),
        Answer.TOO_LATE,
    ),
    "take over what somebody has": (
        _of_ben,
        lambda it: e.TakenOver(NOW, ADA),
        Answer.SOMEBODY_WAS_FIRST,
    ),
    "give back what nobody has": (
        _as_is,
        lambda it: e.Released(NOW, ADA),
        Answer.NOBODY_HAS_IT,
    ),
    "give back what somebody else has": (
        _of_ben,
        lambda it: e.Released(NOW, ADA),
        Answer.OTHERS_HAVE_IT,
    ),
    "pass on without a reason": (
        _as_is,
        lambda it: e.Escalated(NOW, ADA, " ", "law"),
        Answer.SAY_WHY_PASSED,
    ),
    "pass on to a team that is not there": (
        _as_is,
        lambda it: e.Escalated(NOW, ADA, "Hard.", "nobody"),
        Answer.CHOOSE_ANOTHER_TEAM,
    ),
    "pass on to the team that has it": (
        _of_law,
        lambda it: e.Escalated(NOW, ADA, "Hard.", "care"),
        Answer.CHOOSE_ANOTHER_TEAM,
    ),
    "assign to somebody who may only look": (
        _as_is,
        lambda it: e.Assigned(NOW, ADA, VIC),
        Answer.MAY_NOT_BE_GIVEN,
    ),
    "draft for an intent that is none": (
        _as_is,
        lambda it: e.Redraft(NOW, ADA, "no-such"),
        Answer.PICK_AN_INTENT,
    ),
    "draft for what nobody has read": (
        _unread,
        lambda it: e.Redraft(NOW, ADA),
        Answer.PICK_AN_INTENT,
    ),
    "draft for an intent, of what nobody has read": (
        _unread,
        lambda it: e.Redraft(NOW, ADA, "hours"),
        Answer.PICK_AN_INTENT,
    ),
    "say that something was asked that is none of ours": (
        _as_is,
        lambda it: e.Tagged(NOW, ADA, "no-such"),
        Answer.PICK_WHAT_WAS_ASKED,
    ),
    "close without a reason": (
        _as_is,
        lambda it: e.Ignored(NOW, ADA, " "),
        Answer.SAY_WHY_CLOSED,
    ),
    "close with a measure that is none": (
        _as_is,
        lambda it: e.Ignored(NOW, ADA, "Spam.", "shout"),
        Answer.NO_SUCH_MEASURE,
    ),
}

LATE: dict[str, Decision] = {  # what is harmless only where it comes too late
    "approve": approve,
    "edit": lambda it: e.Edited(NOW, ADA, "My words.", it.proposal.digest),
    "reject": lambda it: e.Rejected(NOW, ADA, "No.", it.proposal.digest),
    "take over": lambda it: e.TakenOver(NOW, ADA),
    "assign": lambda it: e.Assigned(NOW, ADA, BEN),
    "draft again": lambda it: e.Redraft(NOW, ADA, "hours"),
    "say what was asked": lambda it: e.Tagged(NOW, ADA, "hours"),
    "close": lambda it: e.Ignored(NOW, ADA, "Spam."),
    "undo": lambda it: e.Undone(NOW, ADA),
    "send now": lambda it: e.SendNow(NOW, ADA),
    "say that it arrived": lambda it: e.Resolved(NOW, ADA, arrived=True),
    "say that it did not": lambda it: e.Resolved(NOW, ADA, arrived=False),
    "put it right": lambda it: e.CorrectionBegun(NOW, ADA, "It is otherwise."),
}


def _words(engagement: Engagement, event: e.Event) -> str:
    _, (told,) = step(engagement, event, KNOWLEDGE)
    assert isinstance(told, Tell)
    return say_answer(told, engagement, KNOWLEDGE, NOW + timedelta(minutes=3))


@pytest.mark.parametrize("click", CLICKS)
@pytest.mark.parametrize("state", State)
def test_a_harmless_click_changes_nothing_and_is_answered(state: State, click: str) -> None:
    """After is before; what it is called where the state knows such a click, else “too late”."""
    prepare, decide, expected = CLICKS[click]
    before = prepare(in_state(state))
    event = decide(before)
    said = refused(before, step(before, event, KNOWLEDGE))
    assert said is (expected if type(event) in LIFE[state] else Answer.TOO_LATE)
    words = _words(before, event)
    assert words
    assert "could not be handled" not in words
    assert "{" not in words


@pytest.mark.parametrize(
    ("state", "click"),
    [
        (state, click)
        for state in State
        for click, decide in LATE.items()
        if type(decide(in_state(state))) not in LIFE[state]
    ],
)
def test_a_click_that_comes_too_late_hears_who_was_first(state: State, click: str) -> None:
    """Nothing is lost; the words say where it stands, who did the last thing, and when."""
    before = in_state(state)
    event = LATE[click](before)
    assert refused(before, step(before, event, KNOWLEDGE)) is Answer.TOO_LATE
    words = _words(before, event)
    assert words.startswith("Nothing changed: this is ")
    assert words.endswith("3 min ago.")


def test_of_two_who_approve_the_second_hears_the_first_by_name() -> None:
    before = approved("You can return boots.", BEN)
    assert "Ben: approved" in _words(before, approve(before))


@pytest.mark.parametrize("state", [s for s in State if e.TakenOver in LIFE[s]])
def test_of_two_who_reach_for_it_the_second_hears_the_first_by_name(state: State) -> None:
    before = in_state(state)
    if state in (State.WAITING, State.PERSON):  # the others become a person's by the claim
        before = play(before, e.Assigned(NOW, ADA, BEN))
    else:
        before = _of_ben(before)
    assert "Ben was first" in _words(before, e.TakenOver(NOW + MINUTE, ADA))


def test_a_claim_that_knew_of_the_owner_is_no_second_claim() -> None:
    """Who saw that Ben has it, and takes it from him, means to."""
    after = play(_of_ben(in_state(State.PERSON)), e.TakenOver(NOW, ADA, seen="ben"))
    assert after.handling.owner == "ada"


def test_taking_over_what_is_mine_already_says_so_and_changes_nothing() -> None:
    mine = play(in_state(State.PERSON), e.TakenOver(NOW, ADA))
    after, effects = step(mine, e.TakenOver(NOW + MINUTE, ADA), KNOWLEDGE)
    assert after is mine
    assert effects == (Tell(Answer.YOURS, done=True),)


def test_a_second_approval_of_the_same_person_does_not_count() -> None:
    once = waiting("It is expensive.")
    once = play(once, approve(once))
    assert refused(once, step(once, approve(once), KNOWLEDGE)) is Answer.APPROVED_ALREADY


def test_who_wrote_it_does_not_count_as_the_second_person() -> None:
    mine = waiting()
    mine = play(mine, e.Edited(NOW, ADA, "It is expensive.", mine.proposal.digest))
    assert refused(mine, step(mine, approve(mine), KNOWLEDGE)) is Answer.OWN_WORDS


def test_what_is_blocked_stays_and_nobody_approves_it() -> None:
    """A text of one's own that is blocked is kept, and can be changed."""
    mine = waiting()
    mine = play(mine, e.Edited(NOW, ADA, "This is forbidden.", mine.proposal.digest))
    assert refused(mine, step(mine, approve(mine, BEN), KNOWLEDGE)) is Answer.BLOCKED
    assert mine.proposal.candidate is not None


def test_what_became_blocked_is_refused_and_the_draft_is_still_there() -> None:
    before = waiting("It is fine.")
    stricter = with_rules('- {id: fine, on: reply, then: block, find: [fine], because: "No."}')
    after, effects = step(before, approve(before), stricter)
    assert effects == (Tell(Answer.BLOCKED, done=False),)
    assert after.state is State.WAITING
    assert after.proposal.draft == before.proposal.draft
    assert after.proposal.candidate == before.proposal.candidate


def test_nothing_is_told_where_nobody_clicked() -> None:
    """An event of the machine's that comes too late is passed over in silence."""
    before = ask()
    assert step(before, e.Delivered(NOW, "r"), KNOWLEDGE) == (before, ())
