"""A due time has passed: who sees it first, and what the customer hears."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.engagement.effects import Forget, Notify
from bot.engagement.step import step
from bot.model import Actor, Clock, Engagement, Happened, Reason, State, Understanding, Why
from bot.model import events as e
from bot.model.proposal import NO_PROPOSAL
from tests.unit.engagement.building import (
    DAY,
    DUE,
    HOUR,
    KNOWLEDGE,
    NOW,
    ask,
    in_state,
    kinds,
    notices,
    peer,
    play,
    reading,
    with_person,
)

LATE = e.DuePassed(DUE)  # 15:00 in Berlin
AGAIN = NOW + 23 * HOUR  # four open hours later: 10:00 in Berlin, the next day
LATE_STATES = [State.ARRIVED, State.UNDERSTOOD, State.WAITING, State.PERSON]


def _with(it: Engagement, **handling: object) -> Engagement:
    return replace(it, handling=replace(it.handling, **handling))


@pytest.mark.parametrize("state", LATE_STATES)
def test_the_first_time_the_customer_hears_another(state: State) -> None:
    before = in_state(state)
    after, effects = step(before, LATE, KNOWLEDGE)
    assert (after.state, after.proposal) == (state, before.proposal)
    assert after.clock == Clock(AGAIN, late=True)
    assert effects == (Notify("later"),)
    assert (after.timeline[-1].what, after.timeline[-1].actor) == (Happened.LATE, Actor.SOFTWARE)
    assert after.handling.escalated is None


def test_the_new_time_is_by_the_hours_of_the_team() -> None:
    after = play(_with(with_person(), team="care"), LATE)
    assert after.clock.due == DUE + HOUR


@pytest.mark.parametrize("why", ["not to us", "talking", "hushed", "a correction"])
def test_who_is_not_told(why: str) -> None:
    before = with_person()
    if why == "not to us":
        before = replace(before, understanding=Understanding(reading(addressed=False)))
    if why == "talking":
        before = _with(before, talking=True)
    if why == "hushed":
        before = _with(before, hushed=True)
    if why == "a correction":
        before = replace(before, corrects="wrong-entry")
    after, effects = step(before, LATE, KNOWLEDGE)
    assert (after.clock.late, effects) == (True, ())


def test_what_somebody_has_and_left_comes_before_the_leads_at_once() -> None:
    after, effects = step(_with(with_person(), owner="ada"), LATE, KNOWLEDGE)
    why = Reason(Why.OWNER_LATE, {"person": "ada"})
    assert (after.handling.escalated, after.handling.owner) == (why, "ada")
    assert notices(effects) == ["later"]
    assert [(it.what, it.reason) for it in after.timeline[-2:]] == [
        (Happened.LATE, None),
        (Happened.BEFORE_LEADS, why),
    ]


def test_the_second_time_it_comes_before_the_leads_and_nobody_is_nagged() -> None:
    once = play(with_person(), LATE)
    after, effects = step(once, e.DuePassed(AGAIN), KNOWLEDGE)
    assert after.handling.escalated == Reason(Why.LATE_TWICE)
    assert after.clock == Clock(AGAIN, late=True, broken=True)
    assert effects == ()
    assert after.timeline[-1].what is Happened.BEFORE_LEADS


def test_after_that_nothing_more_happens() -> None:
    twice = play(with_person(), LATE, e.DuePassed(AGAIN))
    after, effects = step(twice, e.DuePassed(AGAIN + DAY), KNOWLEDGE)
    assert (after is twice, effects) == (True, ())


@pytest.mark.parametrize("late", [False, True])
def test_where_it_was_answered_nobody_waits(late: bool) -> None:
    clock = Clock(DUE, late=late, answered=NOW)
    before = replace(with_person(), clock=clock)
    after, effects = step(before, LATE, KNOWLEDGE)
    assert after.clock == replace(clock, due=AGAIN)
    assert (after.timeline, effects) == (before.timeline, ())


def test_where_they_wrote_after_the_answer_they_wait() -> None:
    before = replace(with_person(), clock=Clock(DUE, answered=NOW - HOUR))
    assert play(before, LATE).clock.late


# peers


def test_when_no_peer_has_answered_it_is_drafted() -> None:
    before = in_state(State.PEERS)
    at = before.clock.due
    after, effects = step(before, e.DuePassed(at), KNOWLEDGE)
    assert (after.state, after.handling.why, effects) == (State.UNDERSTOOD, None, ())
    assert after.clock == Clock(at + 4 * HOUR)
    assert after.timeline[-1].what is Happened.NO_PEER_ANSWERED


def test_a_peers_question_is_no_answer() -> None:
    before = play(in_state(State.PEERS), e.PeerSpoke(NOW, peer(asks=True)))
    assert play(before, e.DuePassed(before.clock.due)).state is State.UNDERSTOOD


def test_when_a_peer_has_answered_a_person_chooses() -> None:
    before = play(
        in_state(State.PEERS),
        e.PeerSpoke(NOW, peer()),
        e.PeerSpoke(NOW, peer("p2")),
        e.PeerSpoke(NOW, peer("p3", "Kim")),
    )
    after, effects = step(before, e.DuePassed(before.clock.due), KNOWLEDGE)
    assert after.state is State.PERSON
    assert after.handling.why == Reason(Why.PEER_ANSWERED, {"names": "Sam, Kim"})
    assert after.handling.hushed
    assert kinds(effects) == ["Append"]
    assert not after.clock.late


# overheard


def test_what_nobody_entered_is_forgotten() -> None:
    before = in_state(State.OVERHEARD)
    after, effects = step(before, e.DuePassed(before.clock.due), KNOWLEDGE)
    why = Reason(Why.OVERHEARD_EXPIRED)
    assert (after.state, after.handling.why) == (State.CLOSED, why)
    assert (after.messages, after.understanding) == ((), Understanding())
    assert (after.proposal, after.handling.packet) == (NO_PROPOSAL, None)
    assert effects == (Forget(),)
    assert (after.timeline[-1].what, after.timeline[-1].reason) == (Happened.CLOSED, why)


def test_what_is_late_is_late_whatever_it_says() -> None:
    """Lateness reads no word: the same for every ask."""
    assert play(ask("Now!"), LATE).clock == play(ask(), LATE).clock
