"""“The verdict has changed” means one thing wherever it is asked: a hold or a block that is new.

Rule and words together say what is new. Asked at the approval, when files change, and just before
the call: a table of what the approver saw and of what the rules say now.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.engagement.effects import Answer, Cancel
from bot.engagement.judging import judge_candidate
from bot.engagement.sending.recheck import reason_not_to_send, reason_to_return
from bot.engagement.step import step
from bot.knowledge import Knowledge
from bot.model import (
    Delivery,
    DeliveryState,
    Engagement,
    Happened,
    Outcome,
    Reason,
    Role,
    State,
    Verdict,
    Why,
)
from bot.model import events as e
from tests.unit.engagement.building import (
    ADA,
    BEN,
    KNOWLEDGE,
    MINUTE,
    NOW,
    answer,
    approve,
    approved,
    kinds,
    play,
    waiting,
    with_people,
    with_rules,
)

LATER = NOW + MINUTE


def _rule(id: str, then: str, find: str, more: str = "") -> str:
    said = "because: It is so."
    return f"- {{id: {id}, on: reply, then: {then}, find: ['{find}'], {said} {more}}}"


#: (the text, what was in force when it was approved, what is in force now, what is new)
CHANGES: dict[str, tuple[str, Knowledge, Knowledge, str]] = {
    "nothing changed": ("It is risky.", KNOWLEDGE, KNOWLEDGE, ""),
    "the same hold, known, in another book": (
        "It is risky.",
        KNOWLEDGE,
        with_rules(_rule("other", "hold", "nowhere")),
        "",
    ),
    "a hold where there was none": (
        "It is fine.",
        KNOWLEDGE,
        with_rules(_rule("fine", "hold", "fine")),
        "house/fine",
    ),
    "a second hold beside the known one": (
        "It is risky and fine.",
        KNOWLEDGE,
        with_rules(_rule("fine", "hold", "fine")),
        "house/fine",
    ),
    "another hold instead of the known one": (
        "It is risky and fine.",
        KNOWLEDGE,
        with_rules(_rule("fine", "hold", "fine"), without=("risky",)),
        "house/fine",
    ),
    "the same rule holds other words": (
        "It is risky and riskyish.",
        with_rules(_rule("r", "hold", "risky\\\\b"), without=("risky",)),
        with_rules(_rule("r", "hold", "riskyish"), without=("risky",)),
        "house/r",
    ),
    "a note became a hold": (
        "It is remarkable.",
        KNOWLEDGE,
        with_rules(_rule("noted", "hold", "remarkable"), without=("noted",)),
        "house/noted",
    ),
    "a hold became a note": (
        "It is risky.",
        KNOWLEDGE,
        with_rules(_rule("risky", "note", "risky"), without=("risky",)),
        "",
    ),
    "the hold is gone": ("It is risky.", KNOWLEDGE, with_rules(without=("risky",)), ""),
    "a note more": ("It is fine.", KNOWLEDGE, with_rules(_rule("fine", "note", "fine")), ""),
    "a rule that cannot be asked": (
        "It is fine.",
        KNOWLEDGE,
        with_rules(
            "- {id: odd, on: reply, then: note, because: Odd., when: 'reply.facts[9] == \"\"'}"
        ),
        "house/odd",
    ),
    "a block": (
        "It is fine.",
        KNOWLEDGE,
        with_rules(_rule("fine", "block", "fine")),
        "house/fine",
    ),
    "a hold became a block": (
        "It is risky.",
        KNOWLEDGE,
        with_rules(_rule("risky", "block", "risky"), without=("risky",)),
        "house/risky",
    ),
}


def _delivery(it: Engagement) -> Delivery:
    reply = it.proposal.candidate
    assert reply is not None
    return Delivery(
        *(it.proposal.delivery, it.id, reply, "bytes", it.proposal.digest),
        state=DeliveryState.DUE,
        undo=20.0,
    )


@pytest.mark.parametrize("change", CHANGES)
def test_at_the_approval(change: str) -> None:
    """What is new is shown first: the approval does not count, and the draft stays."""
    text, then, now, new = CHANGES[change]
    before = waiting(text, knowledge=then)
    after, effects = step(before, approve(before), now)
    assert after.proposal.candidate == before.proposal.candidate
    assert after.proposal.draft == before.proposal.draft
    if not new:
        assert after.state is State.APPROVED
        return
    assert (after.state, after.proposal.approvals) == (State.WAITING, ())
    verdict = after.proposal.verdict
    assert verdict is not None
    assert new in [finding.rule for finding in verdict.findings]
    blocked = verdict.outcome is Outcome.BLOCK
    assert answer(effects) is (Answer.BLOCKED if blocked else Answer.NEW_FINDINGS)
    if not blocked:  # now it has been seen
        assert play(after, approve(after), knowledge=now).state is State.APPROVED


@pytest.mark.parametrize("change", CHANGES)
def test_just_before_the_call(change: str) -> None:
    text, then, now, new = CHANGES[change]
    it = approved(text, knowledge=then)
    why = reason_not_to_send(_delivery(it), "bytes", it, now, LATER)
    assert why == (Reason(Why.RULES_NOW_SAY, {"rule": new}) if new else None)


@pytest.mark.parametrize("change", CHANGES)
def test_when_files_change(change: str) -> None:
    """Within the undo window it comes back; a person's own words too."""
    text, then, now, new = CHANGES[change]
    it = waiting(knowledge=then)
    it = play(it, e.Edited(NOW, ADA, text, it.proposal.digest, send=False), knowledge=then)
    it = play(it, approve(it), knowledge=then)
    assert it.state is State.APPROVED
    after, effects = step(it, e.KnowledgeChanged(LATER, "v2", it.proposal.draft), now)
    if not new:
        assert (after is it, effects) == (True, ())
        return
    assert (after.state, after.proposal.approvals, after.proposal.delivery) == (
        State.WAITING,
        (),
        "",
    )
    assert effects == (Cancel(it.proposal.delivery),)
    why = Reason(Why.RULES_NOW_SAY, {"rule": new})
    assert after.handling.why == why
    assert (Happened.NOT_SENT, why) in [(line.what, line.reason) for line in after.timeline]
    assert after.proposal.candidate == it.proposal.candidate


# rights, and how many


def test_a_rule_that_now_wants_a_second_person_returns_it() -> None:
    it = approved("It is fine.")
    now = with_rules(_rule("fine", "note", "fine", ", approvers: 2"))
    expected = Reason(Why.NEEDS_ANOTHER)
    assert reason_not_to_send(_delivery(it), "bytes", it, now, LATER) == expected
    after, effects = step(it, e.KnowledgeChanged(LATER, "v2", it.proposal.draft), now)
    assert (after.state, kinds(effects)) == (State.WAITING, ["Cancel"])
    assert after.handling.why == expected


def test_two_approvals_of_one_person_are_one() -> None:
    it = approved("It is expensive.", ADA, BEN)
    twice = replace(it, proposal=it.proposal.withdraw().plan(it.proposal.delivery))
    for _ in range(2):
        twice = replace(twice, proposal=twice.proposal.approve("ada", NOW))
    assert reason_not_to_send(_delivery(it), "bytes", it, KNOWLEDGE, LATER) is None
    why = reason_not_to_send(_delivery(twice), "bytes", twice, KNOWLEDGE, LATER)
    assert why == Reason(Why.NEEDS_ANOTHER)


@pytest.mark.parametrize("who", [ADA, BEN])
def test_whoever_approved_must_still_be_allowed_to(who: object) -> None:
    """Of two approvers each; gone from config.yaml, or no longer with the right."""
    it = approved("It is expensive.", ADA, BEN)
    for people in ((), (replace(who, roles=frozenset({Role.VIEWER})),)):
        others = tuple(person for person in (ADA, BEN) if person is not who)
        now = with_people(*others, *people)
        why = reason_not_to_send(_delivery(it), "bytes", it, now, LATER)
        assert why == Reason(Why.MAY_NOT_APPROVE, {"person": who.id})


def test_whoever_approved_must_have_the_role_of_the_team_that_has_it_now() -> None:
    it = approved()
    it = replace(it, handling=replace(it.handling, team="law"))
    why = reason_not_to_send(_delivery(it), "bytes", it, KNOWLEDGE, LATER)
    assert why == Reason(Why.MAY_NOT_APPROVE, {"person": "ada"})


def test_a_block_that_was_known_still_returns_it() -> None:
    """Nobody can have approved it; whatever is blocked doesn't go out."""
    it = approved("It is fine.")
    blocking = with_rules(_rule("fine", "block", "fine"))
    assert it.proposal.candidate is not None
    verdict: Verdict = judge_candidate(it, it.proposal.candidate, blocking, LATER)
    known = replace(it, proposal=replace(it.proposal, verdict=verdict))
    assert reason_to_return(known, verdict) == Reason(Why.RULES_NOW_SAY, {"rule": "house/fine"})
