"""What a person's decision does. What it leaves alone is in test_harmless_clicks.py."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.engagement.effects import Answer, Append, Notify, Plan, Publish, Tell
from bot.engagement.on_decision import refuse
from bot.engagement.step import step
from bot.model import (
    Actor,
    Approval,
    Engagement,
    Happened,
    Objection,
    Origin,
    Outcome,
    Reason,
    State,
    Unclear,
    Why,
)
from bot.model import events as e
from bot.model.reply import address, digest
from bot.record.entry import EntryKind
from tests.unit.engagement.building import (
    ADA,
    BEN,
    DAY,
    HOUR,
    KNOWLEDGE,
    LEA,
    MINUTE,
    NOW,
    approve,
    arrives,
    ask,
    drafted,
    in_state,
    kinds,
    notices,
    play,
    reading,
    understood,
    waiting,
    with_person,
)

LATER = NOW + MINUTE


def edit(it: Engagement, body: str, person: Any = ADA, **more: Any) -> e.Edited:
    return e.Edited(LATER, person, body, it.proposal.digest, **more)


# approve


def test_an_approval_plans_the_exact_reply_that_was_seen() -> None:
    before = waiting()
    after, effects = step(before, approve(before, ADA, LATER), KNOWLEDGE)
    seen = before.proposal
    assert after.state is State.APPROVED
    assert after.proposal.candidate == seen.candidate
    assert after.proposal.approvals == (Approval("ada", seen.digest, LATER),)
    assert after.handling.why is None
    assert after.timeline[-1].what is Happened.APPROVED
    assert (after.timeline[-1].actor, after.timeline[-1].person) == (Actor.PERSON, "ada")
    plan = Plan(after.proposal.delivery, seen.candidate, seen.digest, "ada", 20.0)
    assert effects == (plan, Tell(Answer.APPROVED, done=True, about={"undo": "20"}))


def test_each_approval_travels_under_an_id_of_its_own() -> None:
    once = play(waiting(), approve(waiting()))
    again = play(once, e.Undone(NOW, ADA))
    again = play(again, approve(again))
    assert once.proposal.delivery == address("e1", once.version - 1, "delivery")
    assert once.proposal.delivery != again.proposal.delivery


def test_the_undo_window_is_the_channels() -> None:
    when = NOW + HOUR  # peers had their time
    before = play(ask(channel="forum"), understood(at=when), drafted(at=when))
    after, effects = step(before, approve(before), KNOWLEDGE)
    assert [it.undo for it in effects if isinstance(it, Plan)] == [0.0]
    assert effects[-1] == Tell(Answer.APPROVED, done=True, about={"undo": "0"})
    assert after.state is State.APPROVED


def test_where_two_people_are_wanted_the_first_only_says_so() -> None:
    before = waiting("It is expensive.")
    after, effects = step(before, approve(before), KNOWLEDGE)
    assert after.state is State.WAITING
    assert effects == (Tell(Answer.ONE_MORE, done=True),)
    assert [one.person for one in after.proposal.approvals] == ["ada"]
    assert after.timeline[-1].what is Happened.APPROVED_FIRST
    last, effects = step(after, approve(after, BEN), KNOWLEDGE)
    assert last.state is State.APPROVED
    assert [one.person for one in last.proposal.approvals] == ["ada", "ben"]
    assert kinds(effects) == ["Plan", "Tell"]


def test_what_is_held_may_be_approved_by_somebody_who_has_read_why() -> None:
    before = waiting("It is risky.")
    assert before.proposal.verdict is not None
    assert before.proposal.verdict.outcome is Outcome.HOLD
    assert play(before, approve(before)).state is State.APPROVED


# edit


def test_own_words_that_are_clean_are_approved_in_one_step() -> None:
    before = waiting()
    after, effects = step(before, edit(before, "  Bring it to us.  "), KNOWLEDGE)
    assert after.state is State.APPROVED
    reply = after.proposal.candidate
    assert reply is not None
    assert (reply.body, reply.origin) == ("Bring it to us.", Origin.EDITED)
    assert after.proposal.editor == after.handling.owner == "ada"
    assert after.proposal.draft == before.proposal.draft
    assert after.proposal.approvals == (Approval("ada", digest(reply), LATER),)
    assert [it.what for it in after.timeline[-2:]] == [Happened.WROTE_OWN, Happened.APPROVED]
    plan = Plan(after.proposal.delivery, reply, digest(reply), "ada", 20.0)
    assert effects == (plan, Tell(Answer.APPROVED, done=True, about={"undo": "20"}))


def test_who_only_keeps_it_has_not_approved() -> None:
    before = waiting()
    after, effects = step(before, edit(before, "Bring it.", send=False), KNOWLEDGE)
    assert (after.state, after.proposal.approvals) == (State.WAITING, ())
    assert effects == (Tell(Answer.KEPT, done=True),)


def test_own_words_that_want_a_second_person_are_kept_for_them() -> None:
    before = waiting()
    after, effects = step(before, edit(before, "It is expensive."), KNOWLEDGE)
    assert (after.state, after.proposal.approvals) == (State.WAITING, ())
    assert effects == (Tell(Answer.KEPT_FOR_ANOTHER, done=True),)


@pytest.mark.parametrize(
    ("body", "outcome"), [("It is risky.", "hold"), ("It is forbidden.", "block")]
)
def test_own_words_against_the_rules_are_kept_and_not_sent(body: str, outcome: str) -> None:
    before = waiting()
    after, effects = step(before, edit(before, body), KNOWLEDGE)
    assert (after.state, after.proposal.approvals) == (State.WAITING, ())
    assert after.proposal.candidate is not None
    assert after.proposal.candidate.body == body
    assert after.timeline[-1].what is Happened.WROTE_AGAINST_RULES
    assert after.timeline[-1].about == {"outcome": outcome}
    assert effects == (Tell(Answer.KEPT_AGAINST_RULES, done=False),)


def test_an_edit_takes_back_what_others_approved() -> None:
    once = waiting("It is expensive.")
    once = play(once, approve(once, BEN))
    after = play(once, edit(once, "It is expensive, really."))
    assert after.proposal.approvals == ()


def test_a_person_writes_where_nothing_was_drafted() -> None:
    before = with_person()
    after = play(before, edit(before, "Gladly."))
    assert after.state is State.APPROVED
    assert after.proposal.candidate is not None
    assert after.proposal.candidate.origin is Origin.PERSON


# reject


@pytest.mark.parametrize(
    ("intent", "meant"), [("", ""), ("hours", "hours"), (e.NOTHING, e.NOTHING), ("none-such", "")]
)
def test_who_rejects_has_it_and_the_draft_is_gone(intent: str, meant: str) -> None:
    """And may say what was asked; what is no intent says nothing."""
    before = waiting()
    event = e.Rejected(LATER, ADA, "No.", before.proposal.digest, Objection.NOT_ASKED, intent)
    after, effects = step(before, event, KNOWLEDGE)
    about = {"person": "ada", "objection": "not-asked", "words": "No."}
    assert after.state is State.PERSON
    assert after.handling.owner == "ada"
    assert (after.handling.why, after.handling.cause) == (Reason(Why.REJECTED, about), "rejected")
    assert (after.proposal.draft, after.proposal.digest) == (None, "")
    assert after.understanding.meant == meant
    assert notices(effects) == ["rejected"]
    assert effects[-1] == Tell(Answer.REJECTED, done=True)
    assert Append(EntryKind.HANDED_OVER, Reason(Why.REJECTED, about)) in effects
    assert after.handling.packet is not None
    assert [it.why for it in after.handling.packet.tried] == [Why.TRIED_DRAFT]


# another draft


def test_another_draft_for_the_same_keeps_what_was_read() -> None:
    before = waiting()
    after, effects = step(before, e.Redraft(LATER, ADA), KNOWLEDGE)
    assert after.state is State.UNDERSTOOD
    assert after.proposal.digest == ""
    assert after.understanding.reading == before.understanding.reading
    assert after.understanding.meant == ""
    assert (after.timeline[-1].what, after.timeline[-1].about) == (
        Happened.ASKED_FOR_DRAFT,
        {"intent": "returns"},
    )
    assert effects == (Tell(Answer.DRAFTING, done=True),)


def test_another_intent_is_a_correction() -> None:
    before = with_person()
    after = play(before, e.Redraft(LATER, ADA, "refund"))
    known = after.understanding
    assert known.reading is not None
    assert (known.reading.intent, known.reading.unclear) == ("refund", None)
    assert (known.meant, known.first_reading) == ("refund", before.understanding.reading)
    assert after.handling.follow_up


def test_an_intent_that_needs_nobody_leaves_no_follow_up() -> None:
    before = play(ask(), understood("refund"))
    assert before.handling.follow_up
    before = play(before, e.Drafted(NOW, waiting().proposal.draft))
    assert not play(before, e.Redraft(NOW, ADA, "hours")).handling.follow_up


def test_several_asks_are_drafted_together_again() -> None:
    several = replace(waiting().understanding, intents=("returns", "hours"))
    before = replace(waiting(), understanding=several)
    after, effects = step(before, e.Redraft(NOW, ADA), KNOWLEDGE)
    assert after.state is State.UNDERSTOOD
    assert after.understanding == several
    assert after.timeline[-1].about == {}
    assert effects == (Tell(Answer.DRAFTING, done=True),)
    one = play(before, e.Redraft(NOW, ADA, "hours"))
    assert one.understanding.intents == ()


def test_of_several_asks_one_that_is_none_any_more_is_not_drafted_together() -> None:
    several = replace(waiting().understanding, intents=("returns", "gone"))
    before = replace(waiting(), understanding=several)
    after = play(before, e.Redraft(NOW, ADA))
    assert after.understanding.intents == ()
    assert after.timeline[-1].about == {"intent": "returns"}


def test_a_draft_of_what_was_overheard_is_a_choice_to_enter() -> None:
    assert play(in_state(State.OVERHEARD), e.Redraft(NOW, ADA)).chosen
    assert not play(waiting(), e.Redraft(NOW, ADA)).chosen
    chosen = replace(waiting(), chosen=True)
    assert play(chosen, e.Redraft(NOW, ADA)).chosen


def test_a_draft_ends_the_waiting_for_peers_with_a_time_of_its_own() -> None:
    before = in_state(State.PEERS)
    after = play(before, e.Redraft(NOW + 10 * MINUTE, ADA))
    assert after.clock.due == NOW + 4 * HOUR + 10 * MINUTE


# what was asked


@pytest.mark.parametrize(("intent", "shown"), [("hours", "hours"), (e.NOTHING, "")])
@pytest.mark.parametrize("state", [State.PERSON, State.SENT, State.CLOSED])
def test_saying_what_was_asked_changes_nothing_else(state: State, intent: str, shown: str) -> None:
    before = in_state(state)
    after, effects = step(before, e.Tagged(LATER, ADA, intent), KNOWLEDGE)
    assert after.understanding.meant == intent
    assert after.understanding.reading == before.understanding.reading
    assert (after.state, after.proposal, after.handling) == (
        before.state,
        before.proposal,
        before.handling,
    )
    assert (after.timeline[-1].what, after.timeline[-1].about) == (
        Happened.SAID_WHAT_WAS_ASKED,
        {"intent": shown},
    )
    assert effects == (Tell(Answer.NOTED, done=True),)


# close


def test_closed_without_a_reply_with_a_reason_on_the_record() -> None:
    before = waiting()
    after, effects = step(before, e.Ignored(LATER, ADA, "Spam."), KNOWLEDGE)
    why = Reason(Why.CLOSED_BY_PERSON, {"person": "ada", "words": "Spam."})
    assert (after.state, after.handling.why) == (State.CLOSED, why)
    assert after.proposal.digest == ""
    assert effects == (Append(EntryKind.CLOSED, why), Publish(), Tell(Answer.CLOSED, done=True))
    assert (after.timeline[-1].actor, after.timeline[-1].person) == (Actor.PERSON, "ada")


@pytest.mark.parametrize(
    ("measure", "spoke", "told", "said"),
    [
        ("hide", True, ["measure-taken"], Answer.CLOSED_AND_TOLD),
        ("hide", False, [], Answer.CLOSED_WITH_MEASURE),
        ("warn", True, [], Answer.CLOSED_WITH_MEASURE),
    ],
)
def test_a_measure_is_on_the_record_and_who_spoke_to_us_hears_of_it(
    measure: str, spoke: bool, told: list[str], said: Answer
) -> None:
    before = play(ask("You idiots"), understood(unclear=Unclear.OUT_OF_SCOPE))
    assert before.handling.runbook == "abuse"
    known = replace(before.understanding, reading=reading(addressed=spoke))
    before = replace(before, understanding=known)
    after, effects = step(before, e.Ignored(LATER, ADA, "Rude.", measure), KNOWLEDGE)
    about = {"person": "ada", "measure": measure, "words": "Rude."}
    why = Reason(Why.MEASURE_TAKEN, about)
    assert (after.state, after.handling.why) == (State.CLOSED, why)
    assert notices(effects) == told
    assert effects[-1] == Tell(said, done=True)
    assert Append(EntryKind.CLOSED, why, measure) in effects
    assert after.timeline[-1].person == "ada"


# put right


def test_what_is_right_now_is_before_a_person() -> None:
    before = ask(corrects="wrong-entry")
    after, effects = step(before, e.CorrectionBegun(LATER, LEA, "It is otherwise."), KNOWLEDGE)
    assert (after.state, effects) == (State.WAITING, ())
    assert after.handling.why == Reason(Why.PUTS_RIGHT)
    assert after.proposal.editor == "lea"
    assert after.proposal.candidate is not None
    assert after.proposal.candidate.body == "It is otherwise."
    assert after.proposal.candidate.corrects == "wrong-entry"
    assert after.proposal.digest == digest(after.proposal.candidate)
    assert after.timeline[-1].what is Happened.FOUND_WRONG_AND_WROTE


def test_without_words_a_person_writes_them() -> None:
    after, effects = step(ask(), e.CorrectionBegun(LATER, LEA, " "), KNOWLEDGE)
    assert after.state is State.PERSON
    assert after.handling.why == Reason(Why.PUTS_RIGHT_UNWRITTEN)
    assert after.proposal.candidate is None
    assert after.timeline[-1].what is Happened.FOUND_WRONG
    assert after.timeline[-1].person == "lea"
    assert effects == ()


def test_a_refusal_says_why_and_changes_nothing() -> None:
    before = waiting()
    assert refuse(before, Answer.NO_SUCH_MEASURE, measure="shout") == (
        before,
        (Tell(Answer.NO_SUCH_MEASURE, done=False, about={"measure": "shout"}),),
    )


def test_after_new_words_the_old_draft_is_approved_by_nobody() -> None:
    seen = waiting()
    moved = play(seen, arrives(at=NOW + DAY), understood("hours"), knowledge=KNOWLEDGE)
    after, effects = step(moved, approve(seen), KNOWLEDGE)
    assert after is moved
    assert not any(isinstance(it, Plan | Notify) for it in effects)
