"""Whose it is: claim, assign, give back, pass on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bot.engagement.effects import Answer, Cancel, Tell
from bot.engagement.step import step
from bot.model import Actor, Clock, Engagement, Happened, Reason, Role, State, Why
from bot.model import events as e
from tests.unit.engagement.building import (
    ADA,
    BEN,
    CARE_DUE,
    DUE,
    HOUR,
    KNOWLEDGE,
    LEA,
    MINUTE,
    NOW,
    approved,
    ask,
    in_state,
    kinds,
    play,
    with_person,
)

LATER = NOW + 5 * MINUTE
CLAIMED = [State.ARRIVED, State.UNDERSTOOD, State.WAITING, State.PERSON, State.PEERS]


def _mine(it: Engagement, person: str = "ada", **handling: object) -> Engagement:
    return replace(it, handling=replace(it.handling, owner=person, **handling))


# the claim


@pytest.mark.parametrize("state", [*CLAIMED, State.OVERHEARD, State.APPROVED])
def test_who_claims_it_has_it_and_writes(state: State) -> None:
    before = in_state(state)
    after, effects = step(before, e.TakenOver(LATER, ADA), KNOWLEDGE)
    assert (after.state, after.handling.owner) == (State.PERSON, "ada")
    assert (after.proposal.approvals, after.proposal.delivery) == ((), "")
    assert after.proposal.candidate == before.proposal.candidate
    assert effects[-1] == Tell(Answer.YOURS, done=True)
    entered = state is State.OVERHEARD
    assert after.timeline[-1].what is (Happened.CHOSE_TO_ENTER if entered else Happened.TOOK_OVER)
    assert (after.timeline[-1].actor, after.timeline[-1].person) == (Actor.PERSON, "ada")
    assert after.chosen is entered


def test_a_claim_calls_back_what_was_approved() -> None:
    before = approved()
    _, effects = step(before, e.TakenOver(LATER, BEN), KNOWLEDGE)
    assert effects[0] == Cancel(before.proposal.delivery)


def test_a_claim_keeps_why_a_person_has_it() -> None:
    before = with_person()
    assert play(before, e.TakenOver(LATER, ADA)).handling.why == before.handling.why


@pytest.mark.parametrize("state", [State.PEERS, State.OVERHEARD, State.WAITING])
def test_where_there_was_no_such_reason_the_claim_is_the_reason(state: State) -> None:
    """Why it waited for peers, or was only overheard, is no reason for a person to have it."""
    after = play(in_state(state), e.TakenOver(LATER, ADA))
    assert after.handling.why == Reason(Why.TAKEN_OVER, {"person": "ada"})
    assert after.handling.packet is not None


def test_who_takes_what_nobody_has_read_gets_it_as_it_is() -> None:
    after, effects = step(ask(), e.TakenOver(LATER, ADA), KNOWLEDGE)
    assert after.handling.packet is None
    assert kinds(effects) == ["Tell"]


def test_who_chose_to_enter_once_has_entered() -> None:
    before = replace(with_person(), chosen=True)
    assert play(before, e.TakenOver(LATER, ADA)).chosen


def test_the_claim_sets_a_time_of_its_own_where_nobody_was_waiting() -> None:
    """What was overheard was nobody's turn; what waited for peers becomes ours now."""
    for state in (State.OVERHEARD, State.PEERS):
        after = play(in_state(state), e.TakenOver(LATER, ADA))
        assert after.clock.due == LATER + 4 * HOUR


@pytest.mark.parametrize(
    ("due", "expected"), [(LATER + MINUTE, LATER + MINUTE), (LATER, LATER + 4 * HOUR)]
)
def test_a_claim_moves_only_a_time_that_has_passed(due: datetime, expected: datetime) -> None:
    before = replace(with_person(), clock=Clock(due, late=True, broken=True))
    after = play(before, e.TakenOver(LATER, ADA))
    assert after.clock == Clock(expected, late=True)


def test_who_has_it_brings_it_down_from_the_leads() -> None:
    before = replace(
        with_person(), handling=with_person().handling.escalate(Reason(Why.LATE_TWICE))
    )
    assert play(before, e.TakenOver(LATER, ADA)).handling.escalated is None


# assign


@pytest.mark.parametrize("state", CLAIMED)
def test_a_colleague_is_given_it(state: State) -> None:
    """What waits for a decision goes on waiting for it."""
    before = in_state(state)
    after, effects = step(before, e.Assigned(LATER, ADA, BEN), KNOWLEDGE)
    assert after.state is (State.WAITING if state is State.WAITING else State.PERSON)
    assert after.handling.owner == "ben"
    assert after.proposal == before.proposal
    if state in (State.WAITING, State.PERSON):  # why it is there is known, or needs no reason
        assert after.handling.why == before.handling.why
    assert effects[-1] == Tell(Answer.ASSIGNED, done=True)
    line = after.timeline[-1 if after.timeline[-1].what is Happened.ASSIGNED else -2]
    assert (line.what, line.person, line.about) == (Happened.ASSIGNED, "ada", {"to": "ben"})


@pytest.mark.parametrize("state", [State.UNDERSTOOD, State.PEERS])
def test_who_is_given_it_hears_why(state: State) -> None:
    """A hand-over is whole: no alarm, and not “whoever is there may answer until 10:30”."""
    after, effects = step(in_state(state), e.Assigned(LATER, ADA, BEN), KNOWLEDGE)
    assert kinds(effects) == ["Tell"]
    assert after.handling.why is not None
    assert after.handling.why.why is not Why.PEERS_FIRST


def test_only_somebody_with_the_teams_role_is_given_what_is_the_teams() -> None:
    before = replace(with_person(), handling=replace(with_person().handling, team="law"))
    after, effects = step(before, e.Assigned(LATER, LEA, BEN), KNOWLEDGE)
    assert after is before
    assert effects == (Tell(Answer.MAY_NOT_BE_GIVEN, done=False, about={"to": "ben"}),)
    lead = replace(BEN, roles=frozenset({Role.LEAD}))
    assert play(before, e.Assigned(LATER, LEA, lead)).handling.owner == "ben"


def test_what_waited_for_peers_and_is_given_has_a_time_of_its_own() -> None:
    after = play(in_state(State.PEERS), e.Assigned(LATER, ADA, BEN))
    assert after.clock.due == LATER + 4 * HOUR


# give back


@pytest.mark.parametrize("who", [ADA, LEA])
@pytest.mark.parametrize("state", [State.WAITING, State.PERSON])
def test_its_owner_or_a_lead_gives_it_back_to_its_team(state: State, who: object) -> None:
    before = _mine(in_state(state), talking=True, team="care")
    after, effects = step(before, e.Released(LATER, who), KNOWLEDGE)
    assert (after.state, after.handling) == (state, before.handling.release())
    assert effects == (Tell(Answer.GIVEN_BACK, done=True),)
    assert after.timeline[-1].about == {"team": "care"}
    assert after.timeline[-1].what is Happened.GAVE_BACK


# pass on


def test_passed_to_another_team_it_is_theirs() -> None:
    before = _mine(with_person(), talking=True, escalated=Reason(Why.LATE_TWICE))
    after, effects = step(before, e.Escalated(LATER, ADA, " Hard. ", "law"), KNOWLEDGE)
    about = {"person": "ada", "team": "law", "words": "Hard."}
    why = Reason(Why.PASSED_ON, about)
    assert after.handling == replace(
        before.handling.pass_to_team("law", why), packet=after.handling.packet
    )
    assert after.state is State.PERSON
    assert after.timeline[-1].about == {"team": "law", "words": "Hard."}
    assert effects == (Tell(Answer.PASSED_ON, done=True, about={"team": "law"}),)
    assert after.handling.packet is not None
    assert after.handling.packet.why == why


def test_passed_to_the_leads_it_stays_with_its_team() -> None:
    before = _mine(in_state(State.WAITING), team="care")
    after, effects = step(before, e.Escalated(LATER, ADA, "Hard."), KNOWLEDGE)
    why = Reason(Why.PASSED_ON, {"person": "ada", "team": "", "words": "Hard."})
    assert after.handling == before.handling.pass_to_leads(why)
    assert after.state is State.WAITING
    assert effects == (Tell(Answer.PASSED_ON, done=True, about={"team": ""}),)


def test_none_of_it_moves_a_time_that_was_promised() -> None:
    before = _mine(with_person())
    assert before.clock.due == DUE
    for event in (
        e.Assigned(LATER, ADA, BEN),
        e.Released(LATER, ADA),
        e.Escalated(LATER, ADA, "Hard.", "care"),
    ):
        assert play(before, event).clock == before.clock


def test_a_passed_time_begins_anew_by_the_hours_of_its_team() -> None:
    before = replace(
        with_person(), clock=Clock(NOW), handling=replace(with_person().handling, team="care")
    )
    assert play(before, e.TakenOver(NOW, ADA)).clock.due == CARE_DUE
