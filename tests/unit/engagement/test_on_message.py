"""Somebody wrote, changed or took back their words: the customer, a peer, one of the brand's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.engagement.effects import Append, Cancel, Publish
from bot.engagement.step import step
from bot.model import Actor, Clock, Context, Engagement, Happened, Reason, State, Unclear, Why
from bot.model import events as e
from bot.record.entry import EntryKind
from tests.unit.engagement.building import (
    ADA,
    BEN,
    DAY,
    DUE,
    HOUR,
    KNOWLEDGE,
    LEA,
    LOOKED,
    MINUTE,
    NOW,
    approve,
    approved,
    arrives,
    ask,
    drafted,
    in_state,
    kinds,
    message,
    notices,
    peer,
    play,
    understood,
    waiting,
    with_person,
    with_rules,
)

LATER = NOW + 10 * MINUTE
OPEN = [State.ARRIVED, State.UNDERSTOOD, State.WAITING, State.APPROVED, State.PEERS]
MORE = {
    "more": arrives(at=LATER),
    "other": e.MessageEdited(LATER, message("Can I send boots back?", revision=1)),
}


def _edited(it: Engagement, person: object = ADA) -> Engagement:
    """Before people, in the words of one of them."""
    event = e.Edited(NOW, person, "Gladly.", it.proposal.digest, send=False)
    return play(it, event)


# new words


@pytest.mark.parametrize("how", MORE)
@pytest.mark.parametrize("state", [*OPEN, State.OVERHEARD])
def test_new_words_are_read_before_anything_goes_out(state: State, how: str) -> None:
    """The draft of before answers another question: nobody may decide on it."""
    before = in_state(state)
    event = MORE[how] if state not in (State.PEERS, State.OVERHEARD) else _in_forum(MORE[how])
    after, effects = step(before, event, KNOWLEDGE)
    assert after.state is State.ARRIVED
    assert (after.proposal.digest, after.proposal.verdict) == ("", None)
    assert (after.proposal.approvals, after.proposal.delivery) == ((), "")
    assert after.proposal.stale is (before.proposal.candidate is not None)
    stop = [Cancel(before.proposal.delivery)] if state is State.APPROVED else []
    assert list(effects) == stop
    if how == "more":  # until they are read, nothing else is known
        assert after.understanding == before.understanding
    what = Happened.WROTE_AGAIN if how == "more" else Happened.CHANGED_MESSAGE
    assert (after.timeline[-1].what, after.timeline[-1].actor) == (what, Actor.CUSTOMER)


def _in_forum(event: e.Event) -> e.Event:
    assert isinstance(event, e.MessageArrived | e.MessageEdited)
    place = in_state(State.PEERS).place
    return replace(event, message=replace(event.message, place=place))


def test_the_first_words_are_the_first() -> None:
    after = play(replace(ask(), messages=(), timeline=()), arrives("Hello", "m1"))
    assert [line.what for line in after.timeline] == [Happened.WROTE]


def test_a_message_comes_to_the_others() -> None:
    after = play(ask(), arrives("And socks?"))
    assert [it.text for it in after.messages] == ["Can I return boots?", "And socks?"]


def test_an_edit_changes_the_message_that_it_is_of() -> None:
    two = play(ask(), arrives("And socks?"))
    after = play(two, e.MessageEdited(LATER, message("And shoes?", "m2", revision=1)))
    assert after.revisions == ("m1@0", "m2@1")
    assert after.text == "Can I return boots?\nAnd shoes?"


@pytest.mark.parametrize("how", MORE)
def test_with_a_person_who_has_it_it_stays_with_them(how: str) -> None:
    before = play(waiting(), e.Assigned(NOW, ADA, BEN))
    after = play(before, MORE[how])
    assert (after.state, after.handling.owner) == (State.PERSON, "ben")
    assert (after.proposal.digest, after.proposal.stale) == ("", True)
    assert after.proposal.candidate == before.proposal.candidate
    assert after.proposal.verdict == before.proposal.verdict


@pytest.mark.parametrize("how", MORE)
def test_a_persons_own_words_stay_theirs(how: str) -> None:
    before = replace(_edited(waiting()), handling=waiting().handling)  # nobody's by now
    assert before.proposal.editor == "ada"
    after = play(before, MORE[how])
    assert after.state is State.PERSON
    assert after.handling.why == Reason(Why.ITS_OWNERS, {"person": "ada"})
    assert after.proposal.candidate == before.proposal.candidate


def test_new_words_end_the_waiting_for_peers_with_a_time_of_its_own() -> None:
    after = play(in_state(State.PEERS), _in_forum(MORE["more"]))
    assert after.clock.due == LATER + 4 * HOUR


@pytest.mark.parametrize(
    ("answered", "wrote_since", "due", "late"),
    [
        (None, False, DUE, True),
        (NOW + MINUTE, False, LATER + 4 * HOUR, False),  # a new turn
        (NOW - MINUTE, True, DUE, True),  # they waited already
    ],
)
def test_a_new_turn_after_our_answer_has_a_time_of_its_own(
    answered: object, wrote_since: bool, due: object, late: bool
) -> None:
    clock = Clock(DUE, late=True, broken=True, answered=answered)
    before = replace(with_person(), clock=clock)
    assert before.asked_since_answer is (answered is None or wrote_since)
    after = play(before, arrives(at=LATER))
    assert (after.clock.due, after.clock.late, after.clock.broken) == (due, late, late)


# a person has it


@pytest.mark.parametrize(
    ("at", "count"), [(NOW + MINUTE, 1), (NOW + 3 * MINUTE, 2)], ids=["a breath", "a turn"]
)
def test_each_turn_without_an_answer_is_counted(at: object, count: int) -> None:
    """A line that follows the last one closely is none of its own."""
    before = play(ask(), understood(unclear=Unclear.OUT_OF_SCOPE, context=_waited(1)))
    after = play(before, arrives(at=at))
    known = after.understanding.context
    assert (known.unanswered, dict(known.unanswered_on)) == (count, {"web": count})


def _waited(unanswered: int) -> Context:
    return replace(LOOKED, unanswered=unanswered, unanswered_on=(("web", unanswered),))


def test_what_waits_elsewhere_stays_counted_there() -> None:
    context = replace(LOOKED, unanswered=1, unanswered_on=(("forum", 1),))
    before = play(ask(), understood(unclear=Unclear.OUT_OF_SCOPE, context=context))
    known = play(before, arrives(at=LATER)).understanding.context
    assert (known.unanswered, dict(known.unanswered_on)) == (2, {"forum": 1, "web": 1})


def test_a_rule_that_speaks_for_the_first_time_is_acknowledged() -> None:
    before = play(ask(), understood(unclear=Unclear.OUT_OF_SCOPE, context=_waited(2)))
    after, effects = step(before, arrives(at=LATER), KNOWLEDGE)
    assert notices(effects) == ["waits"]
    assert after.state is State.PERSON
    again, effects = step(after, arrives("Hello?", "m3", at=LATER + HOUR), KNOWLEDGE)
    assert notices(effects) == []  # once is enough
    assert again.understanding.context.unanswered == 4


@pytest.mark.parametrize("how", ["owned", "not to us", "hushed"])
def test_nobody_is_nagged_where_a_notice_has_no_place(how: str) -> None:
    before = play(ask(), understood(unclear=Unclear.OUT_OF_SCOPE, context=_waited(2)))
    if how == "owned":
        before = replace(before, handling=before.handling.claim("ada"))
    elif how == "hushed":
        before = replace(before, handling=replace(before.handling, hushed=True))
    else:
        unheard = replace(before.understanding.reading, addressed=False)
        before = replace(before, understanding=replace(before.understanding, reading=unheard))
    _, effects = step(before, arrives(at=LATER), KNOWLEDGE)
    assert notices(effects) == []


def test_a_loop_is_not_fed_with_a_notice() -> None:
    context = replace(LOOKED, echoes=3)
    before = play(ask(), understood(unclear=Unclear.OUT_OF_SCOPE))
    before = replace(before, understanding=replace(before.understanding, context=context))
    after, effects = step(before, arrives(at=LATER), KNOWLEDGE)
    assert after.understanding.verdict is not None
    assert [f.rule for f in after.understanding.verdict.findings] == ["house/loop"]
    assert notices(effects) == []


def test_a_note_is_not_acknowledged() -> None:
    after, effects = step(with_person(), arrives("A present!", at=LATER), KNOWLEDGE)
    assert after.understanding.verdict is not None
    assert [f.rule for f in after.understanding.verdict.findings] == ["house/gift"]
    assert notices(effects) == []


def test_what_was_only_noted_before_is_acknowledged_once_it_hands_over() -> None:
    graver = with_rules(
        '- {id: gift, on: message, then: handoff, find: [present], because: "A present."}',
        without=("gift",),
    )
    before = with_person("A present")
    _, effects = step(before, arrives("Well?", at=LATER), graver)
    assert notices(effects) == ["gift"]


def test_where_nobody_has_read_it_yet_every_rule_is_new() -> None:
    """Claimed unread, and given back: the first rule that hands over is acknowledged."""
    before = play(ask(), e.TakenOver(NOW, ADA), e.Released(NOW, ADA))
    assert before.understanding.verdict is None
    after, effects = step(before, arrives("My lawyer will write", at=LATER), KNOWLEDGE)
    assert notices(effects) == ["lawyer"]
    assert all(line.what is not Happened.FAILED for line in after.timeline)


def test_words_that_make_it_graver_hand_it_over_again() -> None:
    """Whoever had it and said nothing has it no more; the runbook is the graver one's."""
    before = replace(with_person(), handling=with_person().handling.claim("ada"))
    after, effects = step(before, arrives("It is burning!", at=LATER), KNOWLEDGE)
    assert after.handling.why == Reason(Why.RULE, {"rule": "house/burning"})
    assert (after.handling.cause, after.handling.runbook) == ("burning", "fire")
    assert after.handling.owner == "ada"  # by name, for they know of it
    assert after.handling.hushed
    assert Append(EntryKind.HANDED_OVER, after.handling.why) in effects
    assert after.handling.packet is not None
    assert [f.rule for f in after.handling.packet.rules] == ["house/burning"]


@pytest.mark.parametrize(
    ("spoken", "told"), [("nobody", ["rude"]), ("answered", []), ("talking", [])]
)
def test_a_graver_matter_is_told_unless_somebody_spoke_already(
    spoken: str, told: list[str]
) -> None:
    before = replace(with_person(), handling=with_person().handling.claim("ada"))
    if spoken == "answered":
        before = replace(before, clock=before.clock.answer(NOW - MINUTE))
    if spoken == "talking":
        before = replace(before, handling=replace(before.handling, talking=True))
    after, effects = step(before, arrives("You idiots", at=LATER), KNOWLEDGE)
    assert after.handling.runbook == "abuse"
    assert notices(effects) == told


def test_words_that_are_no_graver_change_nothing_of_the_handling() -> None:
    before = play(ask("It is burning!"), understood(unclear=Unclear.OUT_OF_SCOPE))
    assert before.handling.runbook == "fire"
    after, effects = step(before, arrives("You idiots", at=LATER), KNOWLEDGE)
    assert (after.handling.runbook, after.handling.cause) == ("fire", "burning")
    assert kinds(effects) == []


def test_only_the_new_words_make_it_graver() -> None:
    """What was read already, and left to a person, is not raised again by more words."""
    before = with_person("You idiots")
    before = replace(before, handling=replace(before.handling, runbook=""))
    after = play(before, arrives("Well?", at=LATER))
    assert after.handling.runbook == ""


def test_an_incomplete_hand_over_is_said_once() -> None:
    before = play(ask(), e.TakenOver(NOW, ADA))
    after, effects = step(before, arrives("It is burning!", at=LATER), KNOWLEDGE)
    assert kinds(effects).count("Alarm") == 1
    assert [it.what for it in after.timeline].count(Happened.INCOMPLETE) == 1


def test_what_comes_back_to_its_owner_has_a_reason() -> None:
    """The customer wrote again while Ada had it: the hand-over is whole, and no alarm is raised."""
    before = play(waiting(), e.Assigned(NOW, ADA, BEN))
    after, effects = step(before, arrives(at=LATER), KNOWLEDGE)
    assert after.state is State.PERSON
    assert kinds(effects) == []


# after our answer


def test_words_changed_after_our_answer_are_noted_and_change_nothing() -> None:
    before = in_state(State.SENT)
    after, effects = step(before, MORE["other"], KNOWLEDGE)
    assert after.messages == before.messages
    assert after.timeline[-1].what is Happened.CHANGED_AFTER_ANSWER
    assert (after.state, effects) == (State.SENT, ())


# taken back; that no word is left is in test_forgetting.py


@pytest.mark.parametrize("state", [*OPEN, State.OVERHEARD, State.PERSON])
def test_who_takes_all_back_ends_it(state: State) -> None:
    before = in_state(state)
    after, effects = step(before, e.MessageDeleted(LATER, "m1"), KNOWLEDGE)
    why = Reason(Why.TAKEN_BACK)
    assert (after.state, after.handling.why) == (State.CLOSED, why)
    assert after.messages == ()
    assert after.proposal.candidate is None
    stop = [Cancel(before.proposal.delivery)] if state is State.APPROVED else []
    assert list(effects) == [*stop, Append(EntryKind.CLOSED, why), Publish()]
    assert after.timeline[-1].actor is Actor.CUSTOMER


@pytest.mark.parametrize("state", [State.UNDERSTOOD, State.WAITING, State.APPROVED])
def test_who_takes_one_of_several_back_is_read_again(state: State) -> None:
    now = play(ask(), arrives())
    steps = {State.UNDERSTOOD: 0, State.WAITING: 1, State.APPROVED: 2}[state]
    now = play(now, understood())
    if steps:
        now = play(now, drafted())
    if steps > 1:
        now = play(now, approve(now))
    assert now.state is state
    after, effects = step(now, e.MessageDeleted(LATER, "m2"), KNOWLEDGE)
    assert (after.state, after.revisions) == (State.ARRIVED, ("m1@0",))
    assert after.timeline[-1].what is Happened.TOOK_MESSAGE_BACK
    assert kinds(effects) == (["Cancel"] if state is State.APPROVED else [])


def test_one_of_several_that_were_overheard_is_only_gone() -> None:
    before = in_state(State.OVERHEARD)
    more = (*before.messages, message("Hm.", "m2", channel="forum", direct=False))
    after, effects = step(replace(before, messages=more), e.MessageDeleted(LATER, "m2"), KNOWLEDGE)
    assert (after.state, after.revisions, effects) == (State.OVERHEARD, ("m1@0",), ())


@pytest.mark.parametrize("state", [State.SENT, State.CLOSED])
def test_after_the_end_it_is_only_gone(state: State) -> None:
    before = in_state(state)
    after, effects = step(before, e.MessageDeleted(LATER, "m1"), KNOWLEDGE)
    assert (after.state, after.messages, effects) == (state, (), ())
    assert after.timeline[-1].what is Happened.TOOK_MESSAGE_BACK


def test_a_person_who_has_it_gets_what_is_left() -> None:
    before = play(with_person(), arrives(at=LATER))
    after = play(before, e.MessageDeleted(LATER, "m1"))
    assert after.state is State.PERSON
    assert after.handling.packet is not None
    assert after.handling.packet.asks == ("m2@0",)


# peers


def test_a_peers_words_are_shown_with_it_and_change_nothing() -> None:
    before = waiting()
    after, effects = step(before, e.PeerSpoke(LATER, peer()), KNOWLEDGE)
    assert after.peers == (peer(),)
    line = after.timeline[-1]
    assert (line.actor, line.what, line.about) == (
        Actor.PEER,
        Happened.WROTE_BESIDE,
        {"message": "p1"},
    )
    assert replace(after, peers=(), timeline=before.timeline, version=before.version) == before
    assert effects == ()


def test_a_peers_message_counts_once() -> None:
    before = play(waiting(), e.PeerSpoke(NOW, peer()))
    after, effects = step(before, e.PeerSpoke(LATER, peer()), KNOWLEDGE)
    assert (after is before, effects) == (True, ())
    assert len(play(before, e.PeerSpoke(LATER, peer("p2", "Kim"))).peers) == 2


def test_thanks_to_a_peer_closes_it_and_the_silence_is_logged() -> None:
    before = play(in_state(State.PEERS), e.PeerSpoke(NOW, peer()))
    thanks = arrives("Thank you, Sam!", channel="forum", direct=False)
    after, effects = step(before, thanks, KNOWLEDGE)
    why = Reason(Why.PEER_THANKED, {"names": "Sam"})
    assert (after.state, after.handling.why) == (State.CLOSED, why)
    assert effects == (Append(EntryKind.CLOSED, why), Publish())
    assert len(after.messages) == 2


@pytest.mark.parametrize(
    "how", ["no peer", "a question of theirs", "somebody's", "answered by us", "more than thanks"]
)
def test_other_thanks_are_words_like_any_other(how: str) -> None:
    before = in_state(State.PEERS)
    if how != "no peer":
        before = play(before, e.PeerSpoke(NOW, peer(asks=how == "a question of theirs")))
    if how == "somebody's":
        before = replace(before, handling=before.handling.claim("ada"))
    if how == "answered by us":
        before = replace(before, replies=1)
    words = "Thanks Sam! And socks?" if how == "more than thanks" else "Thanks Sam!"
    after = play(before, arrives(words, channel="forum", direct=False))
    assert after.state is not State.CLOSED


# one of the brand's


@pytest.mark.parametrize("state", [*OPEN, State.OVERHEARD, State.PERSON])
def test_who_speaks_in_the_channel_has_it(state: State) -> None:
    before = in_state(state)
    after, effects = step(before, e.StaffSpoke(LATER, LEA), KNOWLEDGE)
    assert (after.state, after.handling.owner) == (State.PERSON, "lea")
    assert after.handling.talking
    assert after.handling.why == Reason(Why.TALKING, {"person": "lea"})
    assert after.clock.answered == LATER
    assert (after.proposal.approvals, after.proposal.delivery) == ((), "")
    stop = [Cancel(before.proposal.delivery)] if state is State.APPROVED else []
    assert list(effects) == stop
    line = after.timeline[-1]
    assert (line.what, line.person) == (Happened.ANSWERED_IN_CHANNEL, "lea")
    unread = state is State.ARRIVED
    assert (after.handling.packet is None) is unread


def test_who_speaks_while_peers_come_first_ends_the_waiting() -> None:
    after = play(in_state(State.PEERS), e.StaffSpoke(LATER, ADA))
    assert after.clock.due == LATER + 4 * HOUR


def test_a_reply_on_its_way_is_called_back_by_new_words_however_late() -> None:
    before = approved()
    _, effects = step(before, arrives(at=NOW + DAY), KNOWLEDGE)
    assert effects == (Cancel(before.proposal.delivery),)
