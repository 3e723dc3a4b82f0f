"""`step` is total, keeps to the table, and asks for rights before anything else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.engagement.effects import Answer, Cancel, Tell
from bot.engagement.states import LIFE
from bot.engagement.step import HANDLERS, step
from bot.model import Happened, Reason, Role, State, Why
from bot.model import events as e
from tests.unit.engagement.building import (
    ADA,
    EVENTS,
    KNOWLEDGE,
    LEA,
    NOW,
    VIC,
    approve,
    approved,
    arrives,
    ask,
    in_state,
    kinds,
    peer,
    play,
    refused,
    understood,
    waiting,
    with_brand,
)

BY_PEOPLE = [kind for kind, event in EVENTS.items() if hasattr(event, "person")]
DECISIONS = [kind for kind in BY_PEOPLE if kind is not e.StaffSpoke]
NO_CHANNEL = with_brand(channels={})


def test_every_event_has_a_handler_and_every_state_a_row() -> None:
    known = {it for it in vars(e).values() if isinstance(it, type) and issubclass(it, e.Event)}
    assert set(HANDLERS) == known - {e.Event} == set(EVENTS)
    assert set(LIFE) == set(State)


@pytest.mark.parametrize("kind", EVENTS)
@pytest.mark.parametrize("state", State)
def test_any_event_in_any_state_gives_an_answer(state: State, kind: type[e.Event]) -> None:
    """It leads where the table says, is counted, and nothing of it counts as a failure."""
    before = in_state(state)
    after, effects = step(before, EVENTS[kind], KNOWLEDGE)
    if kind not in LIFE[state]:
        assert after is before
        assert kinds(effects) == (["Tell"] if kind in BY_PEOPLE else [])
        return
    assert after.state in LIFE[state][kind] | {state}
    assert after is before or after.version == before.version + 1
    assert all(line.what is not Happened.FAILED for line in after.timeline)
    assert after.timeline[: len(before.timeline)] == before.timeline


@pytest.mark.parametrize("kind", DECISIONS)
@pytest.mark.parametrize("state", State)
def test_who_may_only_look_changes_nothing(state: State, kind: type[e.Event]) -> None:
    before = in_state(state)
    event = replace(EVENTS[kind], person=VIC)
    said = refused(before, step(before, event, KNOWLEDGE))
    assert said is (Answer.MAY_ONLY_LOOK if kind in LIFE[state] else Answer.TOO_LATE)


@pytest.mark.parametrize("kind", DECISIONS)
@pytest.mark.parametrize("state", State)
def test_where_a_team_needs_a_role_others_change_nothing(state: State, kind: type[e.Event]) -> None:
    """An approver on a card of the lawyers'; their lead may."""
    before = in_state(state)
    before = replace(before, handling=replace(before.handling, team="law"))
    said = refused(before, step(before, EVENTS[kind], KNOWLEDGE))
    assert said is (Answer.NEEDS_ROLE if kind in LIFE[state] else Answer.TOO_LATE)
    theirs: Any = replace(EVENTS[kind], person=LEA)
    _, effects = step(before, theirs, KNOWLEDGE)
    assert all(it.answer is not Answer.NEEDS_ROLE for it in effects if isinstance(it, Tell))


def test_the_refusal_says_whom_it_is_about() -> None:
    before = waiting()
    _, effects = step(before, approve(before, VIC), KNOWLEDGE)
    assert effects == (Tell(Answer.MAY_ONLY_LOOK, done=False, about={"person": "vic"}),)


def test_somebody_who_may_only_look_can_still_talk_in_the_channel() -> None:
    """What was said in the channel has happened, whoever said it."""
    after = play(waiting(), e.StaffSpoke(NOW, VIC))
    assert after.handling.talking


def test_rights_are_those_in_force() -> None:
    """A lead who is none any more decides on nothing of the lawyers'."""
    before = waiting()
    before = replace(before, handling=replace(before.handling, team="law"))
    no_longer = replace(LEA, roles=frozenset({Role.APPROVER}))
    said = refused(before, step(before, approve(before, no_longer), KNOWLEDGE))
    assert said is Answer.NEEDS_ROLE


def test_where_nothing_changes_nothing_is_counted() -> None:
    before = waiting()
    same = before.proposal.draft
    after, effects = step(before, e.KnowledgeChanged(NOW, "v2", same), KNOWLEDGE)
    assert after is before
    assert effects == ()


def test_a_surprise_gives_it_to_a_person_with_its_cause() -> None:
    """The channel is gone from config.yaml, so no draft can be judged."""
    before = in_state(State.UNDERSTOOD)
    after, effects = step(before, EVENTS[e.Drafted], NO_CHANNEL)
    why = Reason(Why.FAILED, {"event": "Drafted", "error": "'web'"})
    assert after.state is State.PERSON
    assert (after.handling.why, after.handling.cause) == (why, "no-draft")
    assert after.version == before.version + 1
    assert [line.what for line in after.timeline[-2:]] == [Happened.UNDERSTOOD, Happened.FAILED]
    assert after.timeline[-1].reason == why
    assert after.handling.packet is not None
    assert Tell(Answer.FAILED, done=False, about=why.about) in effects


def test_a_surprise_calls_back_what_is_on_its_way() -> None:
    before = approved()
    before = play(before, e.PeerSpoke(NOW, peer()))
    after, effects = step(before, e.KnowledgeChanged(NOW, "v2"), NO_CHANNEL)
    assert after.state is State.PERSON
    assert after.proposal.approvals == ()
    assert after.proposal.delivery == ""
    assert after.proposal.candidate == before.proposal.candidate
    assert Cancel(before.proposal.delivery) in effects


def test_a_surprise_leaves_what_is_being_sent_to_its_outcome() -> None:
    before = in_state(State.SENDING)
    event = e.SendReturned(NOW, Reason(Why.BYTES_DIFFER))
    after, effects = step(before, event, NO_CHANNEL)
    assert after.state is State.SENDING
    assert after.proposal == before.proposal
    assert after.handling.why is not None
    assert after.handling.why.why is Why.FAILED
    assert after.timeline[-1].what is Happened.FAILED
    assert kinds(effects) == ["Tell"]


def test_an_error_without_words_is_named_by_its_kind() -> None:
    class Nothing(dict):
        def __getitem__(self, key: str) -> None:
            raise RuntimeError

    after = play(
        in_state(State.UNDERSTOOD), EVENTS[e.Drafted], knowledge=with_brand(channels=Nothing())
    )
    assert after.handling.why is not None
    assert after.handling.why.about["error"] == "RuntimeError"


def test_a_surprise_within_a_surprise_is_a_persons_too() -> None:
    """Overheard, so never judged; the channel is gone; somebody enters."""
    after, _ = step(in_state(State.OVERHEARD), e.TakenOver(NOW, ADA), NO_CHANNEL)
    assert after.state is State.PERSON


@pytest.mark.parametrize("state", [State.WAITING, State.PERSON, State.PEERS])
def test_thanks_to_a_peer_ends_it(state: State) -> None:
    beside = play(in_state(state), e.PeerSpoke(NOW, peer()))
    after = play(beside, arrives("Thanks Sam!", channel=beside.place.channel))
    assert after.state is State.CLOSED
    assert after.handling.why == Reason(Why.PEER_THANKED, {"names": "Sam"})


@pytest.mark.parametrize(
    "state", [State.ARRIVED, State.UNDERSTOOD, State.APPROVED, State.OVERHEARD]
)
def test_thanks_to_a_peer_end_it_wherever_it_stands(state: State) -> None:
    """“… could not be handled: overheard -> closed” is no way to end it."""
    beside = replace(in_state(state), peers=(peer(),))
    after = play(beside, arrives("Thanks Sam!", channel=beside.place.channel))
    assert after.state is State.CLOSED


def test_a_life_without_a_person_never_comes_to_approved() -> None:
    """Only a decision leads to APPROVED, only the call to SENDING."""
    for state, row in LIFE.items():
        for kind, to in row.items():
            if State.APPROVED in to and state is not State.APPROVED:
                assert kind in (e.Approved, e.Edited)
            if State.SENDING in to and state is not State.SENDING:
                assert kind is e.SendStarted


def test_words_of_a_new_ask_lead_nowhere_but_to_be_read() -> None:
    assert play(ask(), understood()).state is State.UNDERSTOOD
