"""A draft, or none; and what waits follows a change of the files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.engagement.effects import Append, Cancel
from bot.engagement.on_draft import is_by_software
from bot.engagement.step import step
from bot.model import Actor, Engagement, Happened, Origin, Outcome, Reason, State, Why
from bot.model import events as e
from bot.model.reply import digest
from bot.record.entry import EntryKind
from tests.unit.engagement.building import (
    ADA,
    BEN,
    CHANNELS,
    DECLARED_ONE_WAY,
    INTENTS,
    KNOWLEDGE,
    LEA,
    MINUTE,
    NOW,
    approve,
    approved,
    ask,
    draft,
    drafted,
    in_state,
    kinds,
    notices,
    play,
    understood,
    waiting,
    with_brand,
    with_rules,
)

LATER = NOW + MINUTE


def changed(body: str = "You can return boots.", **more: object) -> e.KnowledgeChanged:
    return e.KnowledgeChanged(LATER, "v2", draft(body, **more))


def without_draft(why: str = "The fact is gone.") -> e.KnowledgeChanged:
    return e.KnowledgeChanged(LATER, "v2", None, why)


def own(it: Engagement, body: str, person: object = ADA) -> Engagement:
    """With a person's own words before people."""
    return play(it, e.Edited(NOW, person, body, it.proposal.digest, send=False))


# a draft


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("It is fine.", Outcome.PASS),
        ("It is remarkable.", Outcome.NOTE),
        ("It is risky.", Outcome.HOLD),
        ("See https://far.example", Outcome.HOLD),
        ("It is unjudgeable.", Outcome.HOLD),
    ],
)
def test_a_draft_is_before_people_under_its_verdict(body: str, outcome: Outcome) -> None:
    before = in_state(State.UNDERSTOOD)
    event = drafted(body, at=LATER)
    after, effects = step(before, event, KNOWLEDGE)
    assert (after.state, effects) == (State.WAITING, ())
    proposal = after.proposal
    assert proposal.candidate is not None
    assert proposal.candidate.body == body
    assert proposal.candidate.origin is Origin.SOFTWARE
    assert proposal.digest == digest(proposal.candidate)
    assert proposal.verdict is not None
    assert proposal.verdict.outcome is outcome
    assert (proposal.draft, proposal.ready, proposal.approvals) == (event.draft, LATER, ())
    assert after.handling.why is None
    line = after.timeline[-1]
    assert (line.actor, line.what, line.about) == (
        Actor.SOFTWARE,
        Happened.DRAFTED,
        {"template": "templates/replies/returns/en.md.j2"},
    )


def test_what_the_rules_block_a_person_writes() -> None:
    """The blocked draft is shown, and says which rule."""
    before = in_state(State.UNDERSTOOD)
    after, effects = step(before, drafted("It is forbidden."), KNOWLEDGE)
    why = Reason(Why.DRAFT_BLOCKED, {"rule": "house/forbidden"})
    assert after.state is State.PERSON
    assert (after.handling.why, after.handling.cause) == (why, "no-draft")
    assert after.proposal.candidate is not None
    assert notices(effects) == ["no-draft"]
    assert Append(EntryKind.HANDED_OVER, why) in effects
    assert after.handling.packet is not None
    assert [it.why for it in after.handling.packet.tried] == [Why.TRIED_BLOCKED]


@pytest.mark.parametrize(("fact", "cause"), [("", "no-draft"), ("returns.window", "no-facts")])
def test_without_an_honest_draft_a_person_writes(fact: str, cause: str) -> None:
    event = e.CouldNotDraft(LATER, "The fact expired.", fact)
    after, effects = step(in_state(State.UNDERSTOOD), event, KNOWLEDGE)
    why = Reason(Why.NO_HONEST_DRAFT, {"detail": "The fact expired."})
    assert after.state is State.PERSON
    assert (after.handling.why, after.handling.cause) == (why, cause)
    assert notices(effects) == [cause]


# files change: the software's own draft


def test_where_nothing_differs_nothing_happens() -> None:
    for before in (waiting(), approved(), own(waiting(), "Gladly.")):
        after, effects = step(before, changed(), KNOWLEDGE)
        assert (after is before, effects) == (True, ())


def test_another_book_that_says_the_same_changes_nothing() -> None:
    other = with_rules('- {id: other, on: reply, then: hold, find: [nowhere], because: "No."}')
    for before in (waiting("It is risky."), own(waiting(), "It is risky.")):
        after, effects = step(before, changed("It is risky."), other)
        assert (after is before, effects) == (True, ())


def test_what_has_no_reply_yet_follows_nothing() -> None:
    before = replace(in_state(State.WAITING), proposal=play(ask(), understood()).proposal)
    after, effects = step(before, changed(), KNOWLEDGE)
    assert (after is before, effects) == (True, ())


def test_the_softwares_draft_is_made_afresh() -> None:
    once = waiting("It is expensive.")
    once = play(once, approve(once))
    after, effects = step(once, changed("It is dear."), KNOWLEDGE)
    assert after.state is State.WAITING
    assert after.proposal.candidate is not None
    assert after.proposal.candidate.body == "It is dear."
    assert (after.proposal.approvals, after.proposal.ready) == ((), LATER)
    assert [it.what for it in after.timeline[-2:]] == [Happened.DRAFTED_AFRESH, Happened.DRAFTED]
    assert effects == ()


def test_the_same_draft_under_another_finding_is_shown_again() -> None:
    """An approval of two was given to the text without that note."""
    noting = with_rules('- {id: dear, on: reply, then: note, find: [expensive], because: "Dear."}')
    once = waiting("It is expensive.")
    once = play(once, approve(once))
    after = play(once, changed("It is expensive."), knowledge=noting)
    assert after.proposal.approvals == ()
    assert after.proposal.verdict is not None
    assert len(after.proposal.verdict.findings) == 2


def test_the_same_draft_for_a_case_that_needs_a_person_now() -> None:
    more = replace(
        KNOWLEDGE, intents={**INTENTS, "returns": replace(INTENTS["returns"], needs="person")}
    )
    after, _ = step(waiting(), changed(), more)
    assert after.handling.follow_up
    back = play(after, changed())
    assert not back.handling.follow_up


NOT_DRAFTED = {
    "no honest draft": (
        without_draft(),
        KNOWLEDGE,
        Reason(Why.NO_HONEST_DRAFT_NOW, {"detail": "The fact is gone."}),
    ),
    "no such intent": (
        changed("Another."),
        replace(KNOWLEDGE, intents={"hours": INTENTS["hours"]}),
        Reason(Why.NOT_DRAFTED_NOW),
    ),
    "no reply needed": (
        changed("Another."),
        replace(
            KNOWLEDGE, intents={**INTENTS, "returns": replace(INTENTS["returns"], reply="none")}
        ),
        Reason(Why.NOT_DRAFTED_NOW),
    ),
    "a person wanted, and no draft": (
        without_draft(),
        replace(
            KNOWLEDGE, intents={**INTENTS, "returns": replace(INTENTS["returns"], reply="handoff")}
        ),
        Reason(Why.NOT_DRAFTED_NOW),
    ),
    "nobody converses here": (
        changed("Another."),
        with_brand(channels={"web": replace(CHANNELS["web"], mode=DECLARED_ONE_WAY)}),
        Reason(Why.NO_DRAFTS_HERE_NOW, {"mode": "one-way"}),
    ),
}


@pytest.mark.parametrize("case", NOT_DRAFTED)
def test_what_is_no_longer_drafted_goes_to_a_person(case: str) -> None:
    """With the draft of before, which nobody has approved any more."""
    event, knowledge, why = NOT_DRAFTED[case]
    once = waiting("It is expensive.")
    before = play(once, approve(once))
    after, effects = step(before, event, knowledge)
    assert after.state is State.PERSON
    assert (after.handling.why, after.handling.cause) == (why, "no-draft")
    assert after.proposal.approvals == ()
    assert after.proposal.candidate is not None
    assert after.proposal.candidate.body == "It is expensive."
    assert Append(EntryKind.HANDED_OVER, why) in effects


def test_of_several_asks_all_have_to_be_drafted_still() -> None:
    several = replace(waiting().understanding, intents=("returns", "hours"))
    before = replace(waiting(), understanding=several)
    fewer = {id: intent for id, intent in INTENTS.items() if id != "hours"}
    after = play(before, changed("Another."), knowledge=replace(KNOWLEDGE, intents=fewer))
    assert after.handling.why == Reason(Why.NOT_DRAFTED_NOW)
    assert play(before, changed("Another.")).state is State.WAITING


def test_of_several_asks_one_may_need_a_person_now() -> None:
    several = replace(waiting().understanding, intents=("returns", "refund"))
    before = replace(waiting(), understanding=several)
    assert play(before, changed("Another.")).handling.follow_up


def test_a_draft_of_what_nobody_read_is_drafted_no_longer() -> None:
    before = replace(waiting(), understanding=replace(waiting().understanding, reading=None))
    after = play(before, changed("Another."))
    assert after.handling.why == Reason(Why.NOT_DRAFTED_NOW)


def test_a_new_draft_that_is_blocked_goes_to_a_person() -> None:
    after = play(waiting(), changed("It is forbidden."))
    assert after.state is State.PERSON
    assert after.handling.why == Reason(Why.DRAFT_BLOCKED, {"rule": "house/forbidden"})


def test_why_it_is_where_it_stands_is_kept_unless_there_is_a_new_reason() -> None:
    why = Reason(Why.CHANNEL_REFUSED, {"detail": "No."})
    before = replace(waiting(), handling=waiting().handling.explain(why))
    assert play(before, changed("Another.")).handling.why == why


def test_what_was_approved_comes_back_made_afresh() -> None:
    """Its reason is what the rules say now; the new draft is before people."""
    holding = with_rules('- {id: boots, on: reply, then: hold, find: [boots], because: "Boots?"}')
    before = approved()
    after, effects = step(before, changed("You can return shoes."), holding)
    assert after.state is State.WAITING
    assert after.proposal.candidate is not None
    assert after.proposal.candidate.body == "You can return shoes."
    assert after.handling.why == Reason(Why.RULES_NOW_SAY, {"rule": "house/boots"})
    assert effects == (Cancel(before.proposal.delivery),)
    assert [it.what for it in after.timeline[-3:]] == [
        Happened.NOT_SENT,
        Happened.DRAFTED_AFRESH,
        Happened.DRAFTED,
    ]


def test_what_was_approved_and_still_stands_goes_out_although_files_changed() -> None:
    """The approval was given to that text: a nicer draft does not take it back."""
    before = approved()
    after, effects = step(before, changed("Another."), KNOWLEDGE)
    assert (after is before, effects) == (True, ())


# a person's own words


def test_a_persons_words_stay_theirs_and_are_judged_again() -> None:
    noting = with_rules('- {id: gladly, on: reply, then: note, find: [Gladly], because: "Hm."}')
    before = own(waiting(), "Gladly, it is expensive.")
    before = play(before, approve(before, BEN))
    after, effects = step(before, changed("Another."), noting)
    assert after.proposal.candidate == before.proposal.candidate
    assert after.proposal.approvals == before.proposal.approvals  # a note keeps nothing back
    assert after.proposal.verdict is not None
    assert len(after.proposal.verdict.findings) == 2
    assert after.timeline[-1].what is Happened.JUDGED_AGAIN
    assert effects == ()


def test_an_approval_of_a_persons_words_falls_with_the_verdict_on_them() -> None:
    holding = with_rules('- {id: gladly, on: reply, then: hold, find: [Gladly], because: "Hm."}')
    before = own(waiting(), "Gladly, it is expensive.")
    before = play(before, approve(before, BEN))
    assert play(before, changed(), knowledge=holding).proposal.approvals == ()


def test_an_approval_of_a_persons_words_falls_with_what_stands_around_them() -> None:
    """The envelope names the brand; the text is another."""
    renamed = with_brand(name="Shoe Shop")
    before = own(waiting(), "Gladly, it is expensive.")
    before = play(before, approve(before, BEN))
    after = play(before, changed(), knowledge=renamed)
    assert after.proposal.approvals == ()
    assert after.proposal.digest != before.proposal.digest


def test_a_persons_words_need_no_draft() -> None:
    before = own(waiting(), "Gladly.", LEA)
    after, effects = step(before, without_draft(), KNOWLEDGE)
    assert (after is before, kinds(effects)) == (True, [])


@pytest.mark.parametrize(
    ("it", "software"),
    [(waiting(), True), (own(waiting(), "Gladly."), False), (ask(), False)],
    ids=["a draft", "own words", "nothing"],
)
def test_whose_reply_is_on_the_card(it: Engagement, software: bool) -> None:
    assert is_by_software(it) is software
