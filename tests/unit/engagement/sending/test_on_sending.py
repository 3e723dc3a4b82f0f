"""What the sending does to an engagement."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.engagement.effects import Answer, Append, Cancel, Corrected, Hasten, Notify, Publish, Tell
from bot.engagement.step import step
from bot.model import Actor, Clock, Engagement, Happened, Reason, State, Why
from bot.model import events as e
from bot.model.proposal import NO_PROPOSAL
from bot.record.entry import EntryKind
from tests.unit.engagement.building import (
    ADA,
    BEN,
    DUE,
    HOUR,
    KNOWLEDGE,
    LEA,
    LOOKED,
    NOW,
    answer,
    approve,
    approved,
    ask,
    drafted,
    in_state,
    play,
    understood,
    with_rules,
)

LATER = NOW + HOUR
OWN_CASE = Reason(Why.OWN_CASE)


def own_case(state: State, owner: str = "") -> Engagement:
    """A reply to somebody whose own case a person looks at afterwards."""
    waited = replace(LOOKED, unanswered=2, unanswered_on=(("web", 2),))
    now = play(ask(), understood("refund", context=waited), drafted(intent="refund"))
    if owner:
        now = replace(now, handling=now.handling.claim(owner))
    now = play(now, approve(now, BEN), e.SendStarted(NOW))
    if state is State.UNCERTAIN:
        now = play(now, e.CannotLook(NOW, "No rights."))
    assert now.state is state
    return now


# the undo window


def test_undone_it_is_before_people_again() -> None:
    before = approved()
    after, effects = step(before, e.Undone(LATER, BEN), KNOWLEDGE)
    assert after.state is State.WAITING
    assert after.proposal == before.proposal.withdraw()
    assert effects == (Cancel(before.proposal.delivery), Tell(Answer.UNDONE, done=True))
    line = after.timeline[-1]
    assert (line.actor, line.what, line.person) == (Actor.PERSON, Happened.UNDID, "ben")


@pytest.mark.parametrize(("person", "over"), [(ADA, False), (LEA, True)])
def test_sent_now_only_a_lead_goes_over_the_rate(person: object, over: bool) -> None:
    before = approved()
    after, effects = step(before, e.SendNow(LATER, person), KNOWLEDGE)
    assert after is before
    hasten = Hasten(before.proposal.delivery, over)
    assert effects == (hasten, Tell(Answer.BEING_SENT, done=True))


@pytest.mark.parametrize(
    ("state", "event"),
    [
        (State.APPROVED, e.UndoElapsed(NOW)),
        (State.SENDING, e.SendUnknown(NOW, "Lost.")),
        (State.SENDING, e.NotFound(NOW)),
        (State.SENDING, e.SendFailed(NOW, "Busy.", again=True)),
    ],
)
def test_what_concerns_the_delivery_alone_changes_nothing(state: State, event: e.Event) -> None:
    before = in_state(state)
    assert step(before, event, KNOWLEDGE) == (before, ())


def test_the_call_is_committed_before_it_begins() -> None:
    before = approved()
    after, effects = step(before, e.SendStarted(LATER), KNOWLEDGE)
    assert after == replace(before, state=State.SENDING, version=before.version + 1)
    assert effects == ()


# held back


@pytest.mark.parametrize("state", [State.APPROVED, State.SENDING])
def test_what_is_no_longer_as_approved_comes_back_judged_anew(state: State) -> None:
    before = in_state(state)
    why = Reason(Why.RULES_NOW_SAY, {"rule": "house/boots"})
    holding = with_rules(
        '- {id: boots, on: reply, then: hold, find: [return boots], because: "Boots?"}'
    )
    after, effects = step(before, e.SendReturned(LATER, why), holding)
    assert (after.state, after.handling.why, effects) == (State.WAITING, why, ())
    assert (after.proposal.approvals, after.proposal.delivery) == ((), "")
    assert after.proposal.candidate == before.proposal.candidate
    assert after.proposal.digest == before.proposal.digest
    assert after.proposal.verdict is not None
    assert [f.rule for f in after.proposal.verdict.findings] == ["house/boots"]
    line = after.timeline[-1]
    assert (line.what, line.reason) == (Happened.NOT_SENT, why)
    assert play(after, approve(after), knowledge=holding).state is State.APPROVED


def test_without_a_text_there_is_nothing_to_judge() -> None:
    before = replace(approved(), proposal=NO_PROPOSAL)
    after = play(before, e.SendReturned(LATER, Reason(Why.CARD_GONE)))
    assert (after.state, after.proposal) == (State.WAITING, NO_PROPOSAL)


def test_what_the_channel_refuses_comes_back() -> None:
    before = in_state(State.SENDING)
    after, effects = step(before, e.SendFailed(LATER, "Too long.", again=False), KNOWLEDGE)
    why = Reason(Why.CHANNEL_REFUSED, {"detail": "Too long."})
    assert (after.state, after.handling.why, effects) == (State.WAITING, why, ())
    assert after.proposal == before.proposal.withdraw()
    assert (after.timeline[-1].what, after.timeline[-1].reason) == (Happened.NOT_SENT, why)


def test_what_nobody_can_say_a_person_looks_at() -> None:
    before = in_state(State.SENDING)
    after, effects = step(before, e.CannotLook(LATER, "No rights."), KNOWLEDGE)
    why = Reason(Why.CANNOT_LOOK, {"detail": "No rights."})
    assert (after.state, after.handling.why, effects) == (State.UNCERTAIN, why, ())
    assert after.proposal == before.proposal
    assert (after.timeline[-1].what, after.timeline[-1].reason) == (Happened.UNCERTAIN, why)


# it arrived


@pytest.mark.parametrize("state", [State.SENDING, State.UNCERTAIN])
def test_sent_their_turn_is_public_and_answered(state: State) -> None:
    before = in_state(state)
    assert before.first_contact
    after, effects = step(before, e.Delivered(LATER, "r1"), KNOWLEDGE)
    assert (after.state, after.replies, effects) == (State.SENT, 1, (Publish(),))
    assert after.clock.answered == LATER
    assert (after.handling.why, after.first_contact) == (None, False)
    assert after.understanding.context.unanswered == 0
    assert after.timeline[-1].what is Happened.SENT


def test_what_is_put_right_is_noted_beside_what_was_wrong() -> None:
    before = replace(in_state(State.SENDING), corrects="wrong-entry")
    _, effects = step(before, e.Delivered(LATER, "r1"), KNOWLEDGE)
    assert effects == (Corrected("wrong-entry"), Publish())


def test_the_customers_own_case_goes_on_with_a_person() -> None:
    """With a time of its own, and nothing left of the reply that was sent."""
    before = own_case(State.SENDING)
    before = replace(before, clock=Clock(DUE, late=True, broken=True))
    up = before.handling.escalate(Reason(Why.LATE_TWICE))
    before = replace(before, handling=up)
    after, effects = step(before, e.Delivered(LATER, "r1"), KNOWLEDGE)
    assert (after.state, after.replies, after.proposal) == (State.PERSON, 1, NO_PROPOSAL)
    assert (after.handling.why, after.handling.cause) == (OWN_CASE, "needs-person")
    assert (after.handling.follow_up, after.handling.escalated) == (False, None)
    assert (after.handling.team, after.handling.owner) == ("care", "ben")  # least busy
    assert after.clock == Clock(LATER + HOUR)
    assert effects == (
        Notify("needs-person"),
        Append(EntryKind.HANDED_OVER, OWN_CASE),
        Publish(),
    )
    packet = after.handling.packet
    assert packet is not None
    assert [it.why for it in packet.tried] == [Why.TRIED_DRAFT, Why.TRIED_REPLIES]


def test_whoever_had_it_goes_on_with_it() -> None:
    after = play(own_case(State.SENDING, "lea"), e.Delivered(LATER, "r1"))
    assert after.handling.owner == "lea"


def test_a_follow_up_of_a_correction_notes_nothing_yet() -> None:
    before = replace(own_case(State.SENDING), corrects="wrong-entry")
    _, effects = step(before, e.Delivered(LATER, "r1"), KNOWLEDGE)
    assert not any(isinstance(it, Corrected) for it in effects)


# a person looked


def test_who_looked_and_found_it_says_so() -> None:
    before = in_state(State.UNCERTAIN)
    after, effects = step(before, e.Resolved(LATER, BEN, arrived=True), KNOWLEDGE)
    assert (after.state, after.replies) == (State.SENT, 1)
    assert (after.clock.answered, after.handling.why) == (LATER, None)
    assert effects == (Publish(), Tell(Answer.NOTED_SENT, done=True))
    line = after.timeline[-1]
    assert (line.actor, line.what, line.person) == (Actor.PERSON, Happened.LOOKED_ARRIVED, "ben")


def test_who_looked_and_found_a_case_left_has_it() -> None:
    before = own_case(State.UNCERTAIN, "lea")
    after, effects = step(before, e.Resolved(LATER, ADA, arrived=True), KNOWLEDGE)
    assert (after.state, after.handling.owner) == (State.PERSON, "ada")
    assert answer(effects) is Answer.NOTED
    assert Notify("needs-person") in effects


def test_who_looked_and_did_not_find_it_has_it_to_approve_again() -> None:
    before = in_state(State.UNCERTAIN)
    after, effects = step(before, e.Resolved(LATER, BEN, arrived=False), KNOWLEDGE)
    assert (after.state, after.handling.why, after.replies) == (State.WAITING, None, 0)
    assert after.proposal == before.proposal.withdraw()
    assert effects == (Tell(Answer.BACK_TO_APPROVE, done=True),)
    line = after.timeline[-1]
    assert (line.actor, line.what, line.person) == (Actor.PERSON, Happened.LOOKED_ABSENT, "ben")


def test_who_looked_is_in_the_record_and_the_sum_is_one_reply() -> None:
    """Looked at late or sent at once, it is one reply."""
    for event in (e.Resolved(LATER, BEN, arrived=True), e.Delivered(LATER, "r")):
        assert play(in_state(State.UNCERTAIN), event).replies == 1
