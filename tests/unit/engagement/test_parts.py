"""The parts of an engagement and their verbs: each changes what it says, and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.model import (
    Actor,
    Approval,
    Clock,
    Context,
    Finding,
    Handling,
    Happened,
    Happening,
    Outcome,
    Proposal,
    Reason,
    State,
    Understanding,
    Why,
    verdict_of,
)
from bot.model.handling import UNHANDLED
from bot.model.proposal import NO_PROPOSAL
from bot.model.reply import digest
from tests.unit.engagement.building import DUE, HOUR, NOW, ask, draft, message, reading, waiting

WHY, OTHER = Reason(Why.OWN_CASE), Reason(Why.LATE_TWICE)
REPLY = waiting().proposal.candidate
assert REPLY is not None
NONE = verdict_of((), "hash")
FULL = Proposal(
    draft=draft(),
    candidate=REPLY,
    digest=digest(REPLY),
    verdict=NONE,
    approvals=(Approval("ada", digest(REPLY), NOW),),
    editor="ben",
    delivery="d1",
    stale=True,
    ready=NOW,
)
BUSY = Handling(
    owner="ada",
    team="care",
    why=WHY,
    cause="needs-person",
    runbook="abuse",
    talking=True,
    escalated=OTHER,
    follow_up=True,
)


# the proposal


def test_a_draft_begun_has_nothing_decided() -> None:
    other = draft("Another.")
    assert FULL.begin(other, DUE) == Proposal(draft=other, ready=DUE)


def test_what_is_put_is_named_by_its_digest_and_keeps_the_rest() -> None:
    assert REPLY is not None
    other = replace(REPLY, body="Another.")
    after = FULL.put(other, NONE)
    assert after == replace(FULL, candidate=other, digest=digest(other), verdict=NONE)


def test_who_edits_begins_without_approvals() -> None:
    assert FULL.edit("ada") == replace(FULL, editor="ada", approvals=(), stale=False)


def test_an_approval_binds_the_digest_and_comes_to_the_others() -> None:
    after = FULL.approve("lea", DUE)
    assert after.approvals == (*FULL.approvals, Approval("lea", FULL.digest, DUE))
    assert replace(after, approvals=FULL.approvals) == FULL


def test_a_plan_has_a_delivery() -> None:
    assert FULL.plan("d2") == replace(FULL, delivery="d2")


def test_what_is_withdrawn_is_approved_by_nobody_and_its_text_stays() -> None:
    assert FULL.withdraw() == replace(FULL, approvals=(), delivery="")


def test_what_is_outdated_nobody_may_decide_on_unread() -> None:
    fresh = replace(FULL, stale=False)
    assert fresh.outdate() == replace(FULL.withdraw(), stale=True, digest="")


def test_where_there_is_no_reply_none_is_outdated() -> None:
    assert NO_PROPOSAL.outdate() == NO_PROPOSAL


def test_what_is_closed_nobody_may_decide_on() -> None:
    assert FULL.close() == replace(FULL.withdraw(), digest="")


# the handling

VERBS = {
    "explain": (lambda it: it.explain(OTHER), {"why": OTHER}),
    "hand over": (lambda it: it.hand_over(OTHER, "late"), {"why": OTHER, "cause": "late"}),
    "claim": (lambda it: it.claim("ben"), {"owner": "ben", "escalated": None}),
    "release": (lambda it: it.release(), {"owner": "", "talking": False}),
    "pass to a team": (
        lambda it: it.pass_to_team("law", OTHER),
        {
            "owner": "",
            "talking": False,
            "placed": True,
            "team": "law",
            "why": OTHER,
            "escalated": None,
        },
    ),
    "pass to the leads": (
        lambda it: it.pass_to_leads(WHY),
        {"owner": "", "talking": False, "placed": True, "why": WHY, "escalated": WHY},
    ),
    "escalate": (lambda it: it.escalate(WHY), {"escalated": WHY}),
    "talk": (
        lambda it: it.talk("ben", OTHER),
        {"owner": "ben", "escalated": None, "talking": True, "why": OTHER},
    ),
    "follow a runbook": (
        lambda it: it.follow_runbook("fire", True),
        {"runbook": "fire", "hushed": True},
    ),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("before", [UNHANDLED, BUSY], ids=["nobody's", "somebody's"])
def test_a_verb_of_the_handling_changes_what_it_says(before: Handling, verb: str) -> None:
    change, expected = VERBS[verb]
    assert change(before) == replace(before, **expected)


# the clock

MISSED = Clock(DUE, late=True, broken=True, answered=NOW)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (MISSED.set_due(NOW), replace(MISSED, due=NOW)),
        (MISSED.restart(NOW), replace(MISSED, due=NOW, late=False, broken=False)),
        (Clock(DUE).miss(NOW), Clock(NOW, late=True)),
        (Clock(DUE, late=True).miss_again(), Clock(DUE, late=True, broken=True)),
        (Clock(DUE).answer(NOW), Clock(DUE, answered=NOW)),
    ],
    ids=["another time", "a new turn", "missed", "missed again", "answered"],
)
def test_a_verb_of_the_clock_changes_what_it_says(after: Clock, expected: Clock) -> None:
    assert after == expected


# the understanding


def test_what_is_read_afresh_no_longer_counts() -> None:
    known = Understanding(reading(), Context(), NONE, ("a", "b"), reading(), "hours", True, 2.0)
    other, context = reading("hours"), Context(unanswered=3)
    after = known.read(other, context, 0.5)
    assert after == Understanding(reading=other, context=context, least=0.5)


def test_what_is_judged_keeps_its_reading() -> None:
    known = Understanding(reading())
    assert known.judge(NONE) == replace(known, verdict=NONE)


def test_a_correction_keeps_the_first_reading() -> None:
    """However often people say what was asked, the software's own reading is what they correct."""
    known = Understanding(reading("hours"))
    once = known.correct("returns")
    assert (once.meant, once.first_reading) == ("returns", known.reading)
    twice = replace(once, reading=reading("returns")).correct("refund")
    assert (twice.meant, twice.first_reading) == ("refund", known.reading)


def test_what_is_answered_has_no_message_without_an_answer() -> None:
    known = Understanding(context=Context(unanswered=4, unanswered_on=(("web", 4),), repeated=2))
    after = known.mark_answered().context
    assert (after.unanswered, after.unanswered_on, after.repeated) == (0, (), 2)


@pytest.mark.parametrize("addressed", [True, False])
def test_whether_it_was_said_to_us(addressed: bool) -> None:
    assert Understanding(reading(addressed=addressed)).addressed is addressed


def test_what_nobody_has_read_counts_as_said_to_us() -> None:
    assert Understanding().addressed


# the engagement


@pytest.mark.parametrize("state", State)
def test_a_message_belongs_to_it_until_something_is_on_its_way(state: State) -> None:
    closed = (State.SENDING, State.UNCERTAIN, State.SENT, State.CLOSED)
    assert state.open is (state not in closed)


def test_its_text_is_all_of_its_messages_and_its_revisions_name_them() -> None:
    it = ask(messages=(message("One."), message("Two.", "m2", revision=3)))
    assert it.text == "One.\nTwo."
    assert it.revisions == ("m1@0", "m2@3")


@pytest.mark.parametrize(
    ("how", "spoke"),
    [({}, False), ({"direct": True}, True), ({"mention": True}, True), ({"reply": True}, True)],
)
def test_unread_the_platform_says_whether_we_were_addressed(
    how: dict[str, bool], spoke: bool
) -> None:
    it = ask(messages=(message(**{"direct": False, **how}),))
    assert it.addressed_us is spoke


@pytest.mark.parametrize("addressed", [True, False])
@pytest.mark.parametrize("chosen", [True, False])
def test_once_read_the_words_say_it_or_a_person_chose_to_enter(
    addressed: bool, chosen: bool
) -> None:
    known = Understanding(reading(addressed=addressed))
    it = ask(messages=(message(direct=not addressed),), understanding=known, chosen=chosen)
    assert it.addressed_us is (addressed or chosen)


def test_who_never_heard_from_us_has_asked_since() -> None:
    assert ask().asked_since_answer


@pytest.mark.parametrize(("after", "asked"), [(-HOUR, True), (0 * HOUR, False), (HOUR, False)])
def test_only_words_after_the_answer_ask_again(after: object, asked: bool) -> None:
    it = ask(clock=Clock(DUE, answered=NOW + after))
    assert it.asked_since_answer is asked


def test_one_message_after_the_answer_is_enough() -> None:
    later = message("And socks?", "m2", at=NOW + HOUR)
    it = ask(messages=(message(), later), clock=Clock(DUE, answered=NOW))
    assert it.asked_since_answer


def test_a_line_of_the_timeline_comes_to_the_others() -> None:
    it = ask()
    after = it.note(NOW, Actor.PERSON, Happened.ASSIGNED, person="ada", reason=WHY, to="ben")
    line = Happening(NOW, Actor.PERSON, Happened.ASSIGNED, "ada", {"to": "ben"}, WHY)
    assert after == replace(it, timeline=(*it.timeline, line))


# the verdict: what is new


def _found(rule: str, outcome: Outcome, words: str = "", **more: object) -> Finding:
    return Finding(rule, outcome, "It is so.", words=words, **more)


HELD = _found("a/one", Outcome.HOLD, "x")


@pytest.mark.parametrize(
    ("seen", "now", "new"),
    [
        ((), (HELD,), 1),
        ((HELD,), (HELD,), 0),
        ((HELD,), (), 0),
        ((HELD,), (_found("a/one", Outcome.HOLD, "y"),), 1),  # other words
        ((HELD,), (_found("a/two", Outcome.HOLD, "x"),), 1),  # another rule
        ((HELD,), (_found("a/one", Outcome.BLOCK, "x"),), 1),  # graver
        ((_found("a/one", Outcome.BLOCK, "x"),), (HELD,), 0),  # milder
        ((_found("a/one", Outcome.NOTE, "x"),), (HELD,), 1),  # a note became a hold
        ((), (_found("a/one", Outcome.NOTE, "x"),), 0),  # a note keeps nothing back
        ((HELD, _found("a/one", Outcome.NOTE, "x")), (HELD,), 0),  # the graver one was seen
        ((_found("a/one", Outcome.NOTE, "x"), HELD), (HELD,), 0),
        ((HELD,), (HELD, _found("b", Outcome.HOLD), _found("c", Outcome.BLOCK)), 2),
    ],
)
def test_new_is_what_holds_or_blocks_and_was_not_seen(
    seen: tuple[Finding, ...], now: tuple[Finding, ...], new: int
) -> None:
    assert len(verdict_of(now, "h").new_findings(verdict_of(seen, "h"))) == new


def test_without_an_earlier_look_all_is_new() -> None:
    assert verdict_of((HELD,), "h").new_findings(None) == (HELD,)


def test_as_many_people_as_any_finding_wants() -> None:
    two = _found("a", Outcome.NOTE, approvers=2)
    assert verdict_of((HELD, two), "h").approvers == 2
    assert verdict_of((HELD,), "h").approvers == verdict_of((), "h").approvers == 1


def test_without_words_a_verdict_quotes_nothing() -> None:
    loud = Finding("a", Outcome.HOLD, "It says “secret”.", "Title", words="secret")
    plain = verdict_of((loud,), "h", (loud,)).without_words()
    expected = Finding("a", Outcome.HOLD, "Title", "Title")
    assert (plain.findings, plain.shadow, plain.outcome) == ((expected,),) * 2 + (Outcome.HOLD,)
