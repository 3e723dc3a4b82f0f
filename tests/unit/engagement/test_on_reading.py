"""An ask has been read, or could not be: to be drafted, to a person, or to its end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.engagement.effects import Append, Publish
from bot.engagement.on_reading import OVERHEARD_FOR
from bot.engagement.step import step
from bot.knowledge import Knowledge
from bot.learning.guarantee.guarantee_standing import GuaranteeStanding
from bot.learning.guarantee.reviewed_drafts import NOTHING
from bot.model import Actor, Ask, Engagement, Happened, Reason, State, Unclear, Why
from bot.model import events as e
from bot.record.entry import EntryKind
from tests.unit.engagement.building import (
    ADA,
    CHANNELS,
    DECLARED_ONE_WAY,
    DUE,
    HOUR,
    KNOWLEDGE,
    LOOKED,
    MINUTE,
    NOW,
    arrives,
    ask,
    in_state,
    kinds,
    notices,
    peer,
    play,
    understood,
    with_brand,
    with_guarantee,
    with_person,
)

LOOP = Reason(Why.SAME_WORDS, {"times": "3"})
CLEAR = (
    Ask("Can I return boots?", 0, 19, "returns", 0.9, clear=True),
    Ask("When are you open?", 20, 38, "hours", 0.9, clear=True),
)
SEVERAL = {"intent": None, "unclear": Unclear.SEVERAL_ASKS, "asks": CLEAR}


def why_of(after: Engagement) -> tuple[Reason | None, str]:
    return after.handling.why, after.handling.cause


def read(text: str = "Can I return boots?", *, channel: str = "web", **more: object) -> Engagement:
    return play(ask(text, channel=channel), understood(**more))


#: what is read -> (why a person has it, its cause)
TO_A_PERSON = {
    "a rule": (("My lawyer will write", {}), Reason(Why.RULE, {"rule": "house/lawyer"}), "lawyer"),
    "a rule with a runbook": (
        ("It is burning", {}),
        Reason(Why.RULE, {"rule": "house/burning"}),
        "burning",
    ),
    "a rule that goes through signals": (
        ("A question", {"signals": ("press",)}),
        Reason(Why.RULE, {"rule": "house/press"}),
        "press",
    ),
    "a rule before all else": (
        ("My lawyer says thanks", {"signals": ("thanks",), "unclear": Unclear.SARCASM}),
        Reason(Why.RULE, {"rule": "house/lawyer"}),
        "lawyer",
    ),
    "the gravest rule": (
        ("My lawyer is burning", {}),
        Reason(Why.RULE, {"rule": "house/burning"}),
        "burning",
    ),
    "nothing goes on by itself": (("Hm", {"context": replace(LOOKED, stopped=LOOP)}), LOOP, "loop"),
    "it is not known whole": (
        ("Hm", {"context": replace(LOOKED, lost=True)}),
        Reason(Why.CONTEXT_LOST),
        "no-draft",
    ),
    "not known whole, and thanks": (
        ("Thanks", {"context": replace(LOOKED, lost=True), "signals": ("thanks",)}),
        Reason(Why.CONTEXT_LOST),
        "no-draft",
    ),
    "unclear": (
        ("Hm", {"unclear": Unclear.SARCASM}),
        Reason(Why.UNCLEAR, {"kind": "sarcasm"}),
        "sarcasm",
    ),
    "neither clear nor unclear": (
        ("Hm", {"intent": None}),
        Reason(Why.UNCLEAR, {"kind": "out-of-scope"}),
        "out-of-scope",
    ),
    "several, one of them not clear": (
        ("Hm", {**SEVERAL, "asks": (CLEAR[0], replace(CLEAR[1], clear=False))}),
        Reason(Why.UNCLEAR, {"kind": "several-asks"}),
        "several-asks",
    ),
    "no such intent": (
        ("Hm", {"intent": "gone"}),
        Reason(Why.NO_SUCH_INTENT, {"intent": "gone"}),
        "no-draft",
    ),
    "a person was asked for": (
        ("Hm", {"intent": "person"}),
        Reason(Why.PERSON_WANTED, {"intent": "person"}),
        "wants-person",
    ),
    "no reply needed, but they complain": (
        ("Hm", {"intent": "thanks", "signals": ("complaint",)}),
        Reason(Why.COMPLAINT),
        "complaint",
    ),
}


@pytest.mark.parametrize("case", TO_A_PERSON)
def test_what_goes_to_a_person_says_why(case: str) -> None:
    (text, more), why, cause = TO_A_PERSON[case]
    after, effects = step(ask(text), understood(**more), KNOWLEDGE)
    assert after.state is State.PERSON
    assert why_of(after) == (why, cause)
    assert Append(EntryKind.HANDED_OVER, why) in effects
    assert after.handling.packet is not None
    assert after.handling.packet.missing == ()
    assert after.understanding.verdict is not None
    line = next(it for it in after.timeline if it.what is Happened.HANDED_OVER)
    assert (line.actor, line.reason) == (Actor.SOFTWARE, why)


@pytest.mark.parametrize(
    ("text", "runbook", "hushed", "told"),
    [
        ("My lawyer will write", "", False, ["lawyer"]),
        ("You idiots", "abuse", False, ["rude"]),
        ("It is burning", "fire", True, []),  # its runbook: no notice may answer
    ],
)
def test_a_runbook_says_what_people_do_and_whether_a_notice_may_answer(
    text: str, runbook: str, hushed: bool, told: list[str]
) -> None:
    after, effects = step(ask(text), understood(), KNOWLEDGE)
    assert (after.handling.runbook, after.handling.hushed) == (runbook, hushed)
    assert notices(effects) == told


def test_another_runbook_than_when_it_was_read_before() -> None:
    """What was read of words that are gone no longer counts."""
    before = replace(ask(), handling=ask().handling.follow_runbook("fire", True))
    after = play(before, understood())
    assert (after.handling.runbook, after.handling.hushed) == ("", False)


@pytest.mark.parametrize("text", ["Hm", "You idiots"])
def test_a_loop_is_not_fed(text: str) -> None:
    """Neither by the loop itself, nor by a graver matter beside it."""
    after, effects = step(ask(text), understood(context=replace(LOOKED, echoes=3)), KNOWLEDGE)
    assert after.handling.hushed
    assert notices(effects) == []


def test_what_stopped_it_hushes_it() -> None:
    after, effects = step(ask(), understood(context=replace(LOOKED, stopped=LOOP)), KNOWLEDGE)
    assert after.handling.hushed
    assert notices(effects) == []


def test_a_note_of_the_rules_keeps_nothing_back() -> None:
    assert read("A present").state is State.UNDERSTOOD


# drafted


@pytest.mark.parametrize(("intent", "more"), [("returns", False), ("refund", True)])
def test_a_clear_ask_is_to_be_drafted(intent: str, more: bool) -> None:
    after = read(intent=intent)
    assert after.state is State.UNDERSTOOD
    assert after.handling.follow_up is more
    assert after.handling.team == ("care" if intent == "refund" else "")
    assert after.clock.due == (NOW + HOUR if intent == "refund" else DUE)
    line = after.timeline[-1]
    assert (line.what, line.about) == (Happened.UNDERSTOOD, {"intent": intent})
    assert after.understanding.least == 0.0
    assert not after.understanding.audit


def test_several_clear_asks_are_answered_in_one_reply() -> None:
    after = read(**SEVERAL)
    assert after.state is State.UNDERSTOOD
    assert after.understanding.intents == ("returns", "hours")
    assert not after.handling.follow_up
    line = after.timeline[-1]
    assert (line.what, line.about) == (
        Happened.UNDERSTOOD_SEVERAL,
        {"intents": "returns + hours"},
    )


def test_of_several_one_that_needs_a_person_is_followed_up() -> None:
    asks = (CLEAR[0], replace(CLEAR[1], intent="refund"))
    assert read(**{**SEVERAL, "asks": asks}).handling.follow_up


@pytest.mark.parametrize("more", [{}, SEVERAL])
def test_where_nothing_is_answered_a_person_sees_it(more: dict[str, object]) -> None:
    after = read(channel="board", **more)
    assert why_of(after) == (Reason(Why.NO_DRAFTS_HERE, {"mode": "one-way"}), "no-draft")


def test_a_mode_is_the_one_in_force() -> None:
    web = replace(CHANNELS["web"], mode=DECLARED_ONE_WAY)
    after = play(ask(), understood(), knowledge=with_brand(channels={"web": web}))
    assert after.state is State.PERSON


# the end


def test_an_intent_that_needs_no_reply_is_closed_and_logged() -> None:
    after, effects = step(ask(), understood("thanks"), KNOWLEDGE)
    why = Reason(Why.NO_REPLY_NEEDED, {"intent": "thanks"})
    assert (after.state, after.handling.why) == (State.CLOSED, why)
    assert effects == (Append(EntryKind.CLOSED, why), Publish())


@pytest.mark.parametrize("more", [{}, {"unclear": Unclear.GIBBERISH}])
def test_who_expects_no_reply_gets_none(more: dict[str, object]) -> None:
    after = read("Thanks", signals=("thanks",), **more)
    assert (after.state, after.handling.why) == (State.CLOSED, Reason(Why.NO_REPLY_EXPECTED))


def test_other_signals_do_not_end_it() -> None:
    assert read(signals=("buying",)).state is State.UNDERSTOOD


# overheard


def test_what_was_not_said_to_us_waits_for_a_person_to_choose() -> None:
    """No rule, no signal and no intent brings it to anybody."""
    after, effects = step(
        ask("My lawyer is burning", channel="forum"), understood(addressed=False), KNOWLEDGE
    )
    assert (after.state, effects) == (State.OVERHEARD, ())
    assert after.handling.why == Reason(Why.OVERHEARD)
    assert after.clock.due == NOW + OVERHEARD_FOR
    assert after.understanding.verdict is None


def test_where_a_person_chose_to_enter_it_goes_on() -> None:
    before = replace(ask(channel="forum"), chosen=True)
    assert play(before, understood(addressed=False)).state is State.UNDERSTOOD


# peers first


def test_among_peers_whoever_is_there_may_answer_first() -> None:
    after, effects = step(ask(channel="forum"), understood(at=NOW + MINUTE), KNOWLEDGE)
    end = NOW + 30 * MINUTE
    assert (after.state, after.clock.due, effects) == (State.PEERS, end, ())
    assert after.handling.why == Reason(Why.PEERS_FIRST, {"until": end.isoformat()})
    assert [it.what for it in after.timeline[-2:]] == [
        Happened.UNDERSTOOD,
        Happened.WAITS_FOR_PEERS,
    ]


@pytest.mark.parametrize("case", ["time is over", "needs a person", "about software", "chosen"])
def test_what_does_not_wait_for_peers(case: str) -> None:
    it = ask("Are you a bot?" if case == "about software" else "Boots?", channel="forum")
    it = replace(it, chosen=case == "chosen")
    event = understood(
        "refund" if case == "needs a person" else "returns",
        at=NOW + (30 * MINUTE if case == "time is over" else MINUTE),
    )
    assert play(it, event).state is State.UNDERSTOOD


def test_where_a_peer_has_answered_nothing_is_pushed() -> None:
    it = play(ask(channel="forum"), e.PeerSpoke(NOW, peer()))
    when = NOW + 40 * MINUTE
    after, effects = step(it, understood(at=when), KNOWLEDGE)
    assert after.state is State.PERSON
    assert why_of(after) == (Reason(Why.PEER_ANSWERED, {"names": "Sam"}), "peer-answered")
    assert after.handling.hushed
    assert notices(effects) == []
    assert after.clock.due == DUE  # by the ask, whose time for a first response runs


@pytest.mark.parametrize("case", ["a question of theirs", "chosen", "no hold-off"])
def test_a_peers_words_are_no_answer_where(case: str) -> None:
    channel = "web" if case == "no hold-off" else "forum"
    it = play(ask(channel=channel), e.PeerSpoke(NOW, peer(asks=case == "a question of theirs")))
    it = replace(it, chosen=case == "chosen")
    assert play(it, understood(at=NOW + HOUR)).state is State.UNDERSTOOD


# a guarantee


def test_below_the_threshold_a_person_answers() -> None:
    after, effects = step(ask(), understood(), with_guarantee())
    standing = GuaranteeStanding.UNCERTIFIABLE.value
    assert why_of(after) == (Reason(Why.NOT_CERTAIN, {"standing": standing}), "not-certain")
    assert (after.understanding.least, after.understanding.audit) == (NOTHING, False)
    assert notices(effects) == ["not-certain"]


@pytest.mark.parametrize(
    ("knowledge", "more"),
    [
        (with_guarantee(), {"model": "another"}),  # it speaks of other readings
        (with_guarantee(), {"margin": NOTHING}),  # exactly enough
        (with_guarantee(GuaranteeStanding.GATHERING), {}),
        (with_guarantee(channel="forum"), {}),
    ],
    ids=["another model", "at the threshold", "gathering", "another channel"],
)
def test_what_the_guarantee_lets_through_is_drafted(
    knowledge: Knowledge, more: dict[str, object]
) -> None:
    after = play(ask(), understood(**more), knowledge=knowledge)
    assert after.state is State.UNDERSTOOD


def test_what_is_drawn_for_the_audit_is_drafted_whatever_the_threshold() -> None:
    after = play(ask(), understood(), knowledge=with_guarantee(audit=1.0))
    assert after.state is State.UNDERSTOOD
    assert (after.understanding.audit, after.understanding.least) == (True, NOTHING)


def test_an_audit_drafts_and_closes_nothing() -> None:
    """An intent without a reply, not certain enough, is not closed because it was drawn."""
    after = play(ask(), understood("thanks"), knowledge=with_guarantee(audit=1.0))
    assert after.handling.cause == "not-certain"


def test_where_a_guarantee_is_in_force_several_asks_go_to_a_person() -> None:
    for knowledge, state in (
        (with_guarantee(), State.PERSON),
        (with_guarantee(GuaranteeStanding.GATHERING), State.UNDERSTOOD),
        (with_guarantee(channel="forum"), State.UNDERSTOOD),
    ):
        after = play(ask(), understood(**SEVERAL), knowledge=knowledge)
        assert after.state is state


# not read


def test_what_could_not_be_read_a_person_reads() -> None:
    after, effects = step(ask(), e.NotUnderstood(NOW, "It broke."), KNOWLEDGE)
    why = Reason(Why.UNREADABLE, {"error": "It broke."})
    assert after.state is State.PERSON
    assert why_of(after) == (why, "no-draft")
    assert notices(effects) == ["no-draft"]
    assert "Alarm" in kinds(effects)  # nothing was read, so nothing was judged


def test_what_is_read_afresh_forgets_what_was_read_before() -> None:
    before = play(with_person(), e.Tagged(NOW, ADA, "hours"))
    before = replace(before, state=State.ARRIVED)
    after = play(before, understood("refund"))
    known = after.understanding
    assert (known.meant, known.first_reading) == ("", None)
    assert known.reading is not None
    assert known.reading.intent == "refund"


def test_a_question_after_peers_were_first_is_read_like_any_other() -> None:
    now = play(in_state(State.PEERS), arrives("And socks?", channel="forum", at=NOW + HOUR))
    assert play(now, understood(at=NOW + HOUR)).state is State.UNDERSTOOD
