"""Every reason and every happening has words, for colleagues and for the public.

No slot is left open. For the public nobody of the brand's is named, and no customer is quoted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from string import Formatter

import pytest

from bot.cards.reason_tables import HAPPENED, PARTS, PUBLIC, WHY
from bot.cards.reason_words import name_intent, name_person, say_actor, say_happening, say_reason
from bot.learning.guarantee.guarantee_standing import GuaranteeStanding
from bot.model import (
    Actor,
    Engagement,
    Happened,
    Happening,
    Objection,
    Outcome,
    Packet,
    Reason,
    Unclear,
    Why,
)
from bot.model import events as e
from tests.unit.engagement.building import (
    KNOWLEDGE,
    NOW,
    ask,
    peer,
    play,
    understood,
    waiting,
    with_rules,
)

WORDS = {"words": "Enough said."}
ADAS = {"person": "ada"}

#: the fields that each kind comes with
ABOUT: Mapping[Why, Mapping[str, str]] = {
    **{kind: {} for kind in Why},
    Why.AS_WRITTEN: WORDS,
    Why.RULE: {"rule": "house/lawyer"},
    Why.LOOP: WORDS,
    Why.SAME_WORDS: {"times": "2"},
    Why.NOTICES_IN_A_ROW: {"count": "3"},
    Why.UNCLEAR: {"kind": "sarcasm"},
    Why.NO_DRAFTS_HERE: {"mode": "one-way"},
    Why.NO_SUCH_INTENT: {"intent": "gone"},
    Why.PERSON_WANTED: {"intent": "person"},
    Why.NOT_CERTAIN: {"standing": GuaranteeStanding.UNCERTIFIABLE.value},
    Why.UNREADABLE: {"error": "It broke."},
    Why.DRAFT_BLOCKED: {"rule": "house/forbidden"},
    Why.NO_HONEST_DRAFT: {"detail": "The fact expired."},
    Why.NO_HONEST_DRAFT_NOW: {"detail": "The fact expired."},
    Why.NO_DRAFTS_HERE_NOW: {"mode": "one-way"},
    Why.REJECTED: {**ADAS, **WORDS, "objection": "wrong-fact"},
    Why.PEER_ANSWERED: {"names": "Sam"},
    Why.TAKEN_OVER: ADAS,
    Why.GIVEN: {**ADAS, "to": "ben"},
    Why.ITS_OWNERS: ADAS,
    Why.PASSED_ON: {**ADAS, **WORDS, "team": "law"},
    Why.TALKING: ADAS,
    Why.FAILED: {"event": "Drafted", "error": "It broke."},
    Why.PEERS_FIRST: {"until": NOW.isoformat()},
    Why.PEER_THANKED: {"names": "Sam"},
    Why.NO_REPLY_NEEDED: {"intent": "thanks"},
    Why.CLOSED_BY_PERSON: {**ADAS, **WORDS},
    Why.MEASURE_TAKEN: {**ADAS, **WORDS, "measure": "hide"},
    Why.OWNER_LATE: ADAS,
    Why.NOT_JUDGED_AGAIN: {"error": "It broke."},
    Why.NOTICE_HELD: {"outcome": "hold", "rule": "house/risky"},
    Why.MAY_NOT_APPROVE: ADAS,
    Why.RULES_NOW_SAY: {"rule": "house/risky"},
    Why.CHANNEL_REFUSED: {"detail": "Too long."},
    Why.CANNOT_LOOK: {"detail": "No rights."},
    Why.CALL_LOST: {"detail": "Lost."},
    Why.TRIED_DRAFT: {"template": "t.j2"},
    Why.TRIED_BLOCKED: {"template": "t.j2", "rule": "house/forbidden"},
    Why.TRIED_REPLIES: {"replies": "2"},
    Why.MISSING: {"part": "turns", "error": "It broke."},
}

HAPPENINGS: Mapping[Happened, Mapping[str, str]] = {
    **{kind: {} for kind in Happened},
    Happened.AS_WRITTEN: {"who": "Ada", "what": "did it"},
    Happened.WROTE_BESIDE: {"message": "p1"},
    Happened.UNDERSTOOD: {"intent": "returns"},
    Happened.UNDERSTOOD_SEVERAL: {"intents": "returns + hours"},
    Happened.GIVEN_TO: {"to": "ben"},
    Happened.INCOMPLETE: {"parts": "turns promised"},
    Happened.DRAFTED: {"template": "t.j2"},
    Happened.WROTE_AGAINST_RULES: {"outcome": "hold"},
    Happened.ASSIGNED: {"to": "ben"},
    Happened.PASSED_ON: {"team": "law", **WORDS},
    Happened.DECIDED: {"action": "take-over"},
}
REASONED = {
    Happened.HANDED_OVER,
    Happened.CLOSED,
    Happened.NOT_SENT,
    Happened.UNCERTAIN,
    Happened.BEFORE_LEADS,
    Happened.FAILED,
}


def _card() -> Engagement:
    """An ask under a runbook, with peers beside it."""
    it = play(ask("You idiots"), understood(), e.PeerSpoke(NOW, peer()))
    assert it.handling.runbook == "abuse"
    return it


def said(kind: Why, public: bool = False, engagement: Engagement | None = None) -> str:
    reason = Reason(kind, ABOUT[kind])
    return say_reason(reason, engagement or _card(), KNOWLEDGE, public=public)


def _slots(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("kind", Why)
def test_every_reason_has_a_sentence_and_no_slot_is_left(kind: Why) -> None:
    assert _slots(WHY[kind]) <= set(ABOUT[kind])
    words = said(kind)
    assert words
    assert "{" not in words
    assert "  " not in words
    for value in ("house/lawyer", "wrong-fact", "one-way"):
        assert value not in words  # an id is no word


@pytest.mark.parametrize("kind", Why)
def test_the_public_hears_of_nobody_of_the_brand_and_of_no_peer(kind: Why) -> None:
    assert _slots(PUBLIC.get(kind, "")) <= set(ABOUT[kind])
    words = said(kind, public=True)
    assert words
    assert "{" not in words
    for name in ("Ada", "ada ", "Ben", "Sam"):
        assert name not in words


def test_no_reason_no_words() -> None:
    assert say_reason(None, _card(), KNOWLEDGE) == ""


@pytest.mark.parametrize("kind", Why)
def test_a_reason_of_an_earlier_version_says_less_and_never_breaks(kind: Why) -> None:
    words = say_reason(Reason(kind), None, KNOWLEDGE)
    assert "{" not in words


@pytest.mark.parametrize("kind", Happened)
def test_every_happening_has_words_and_no_slot_is_left(kind: Happened) -> None:
    reason = Reason(Why.OWN_CASE) if kind in REASONED else None
    line = Happening(NOW, Actor.PERSON, kind, "ada", HAPPENINGS[kind], reason)
    template = HAPPENED[kind]
    if isinstance(template, str):
        assert _slots(template) <= {*HAPPENINGS[kind], *({"why"} if reason else ())}
    words = say_happening(line, _card(), KNOWLEDGE)
    assert words
    assert "{" not in words
    assert say_actor(line, _card(), KNOWLEDGE) == "Ada"


def happened(kind: Happened, **about: str) -> str:
    return say_happening(Happening(NOW, Actor.PERSON, kind, "ada", about), _card(), KNOWLEDGE)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (happened(Happened.ASKED_FOR_DRAFT, intent="returns"), "asked for a draft: return an item"),
        (happened(Happened.ASKED_FOR_DRAFT), "asked for another draft"),
        (
            happened(Happened.SAID_WHAT_WAS_ASKED, intent="hours"),
            "said what was asked: opening hours",
        ),
        (
            happened(Happened.SAID_WHAT_WAS_ASKED, intent=""),
            "said what was asked: none of our intents",
        ),
        (happened(Happened.GAVE_BACK, team="law"), "gave it back to Law"),
        (happened(Happened.GAVE_BACK, team=""), "gave it back to everybody"),
        (happened(Happened.PASSED_ON, team="", words="Hard."), "passed it to the leads: Hard."),
        (
            happened(Happened.UNDERSTOOD_SEVERAL, intents="returns + hours"),
            "understood, one by one: return an item, opening hours",
        ),
        (
            happened(Happened.INCOMPLETE, parts="turns rules"),
            "The hand-over is incomplete. Missing: the timeline, the rules that fired.",
        ),
    ],
)
def test_what_happened_in_words(words: str, expected: str) -> None:
    assert words == expected


@pytest.mark.parametrize(
    ("line", "who"),
    [
        (Happening(NOW, Actor.CUSTOMER, Happened.WROTE), "customer"),
        (Happening(NOW, Actor.SOFTWARE, Happened.DRAFTED), "software"),
        (Happening(NOW, Actor.PERSON, Happened.APPROVED, "lea"), "Lea"),
        (Happening(NOW, Actor.PERSON, Happened.APPROVED, "gone"), "gone"),
        (Happening(NOW, Actor.PEER, Happened.WROTE_BESIDE, about={"message": "p1"}), "Sam"),
        (
            Happening(NOW, Actor.PEER, Happened.WROTE_BESIDE, about={"message": "p9"}),
            "somebody else",
        ),
        (Happening(NOW, Actor.SOFTWARE, Happened.AS_WRITTEN, about={"who": "Old"}), "Old"),
    ],
)
def test_who_did_it(line: Happening, who: str) -> None:
    assert say_actor(line, _card(), KNOWLEDGE) == who


# what a rule said


def test_a_rule_says_what_it_found_here_else_its_title() -> None:
    it = play(ask("My lawyer!"), understood())
    rule = Reason(Why.RULE, {"rule": "house/lawyer"})
    assert say_reason(rule, it, KNOWLEDGE) == "Law: lawyer."
    assert say_reason(rule, ask(), KNOWLEDGE) == "Law"
    assert say_reason(rule, None, KNOWLEDGE) == "Law"


def test_a_rule_that_is_gone_is_named_by_its_id() -> None:
    rule = Reason(Why.RULE, {"rule": "house/gone"})
    assert say_reason(rule, None, KNOWLEDGE) == "house/gone"


def test_a_rule_on_the_reply_says_what_it_found_there() -> None:
    it = waiting("It is risky.")
    rule = Reason(Why.RULES_NOW_SAY, {"rule": "house/risky"})
    assert say_reason(rule, it, KNOWLEDGE) == "The rules now say: Look at risky."


def test_a_rule_is_known_from_the_packet_once_the_ask_is_read_afresh() -> None:
    it = play(ask("My lawyer!"), understood())
    assert isinstance(it.handling.packet, Packet)
    bare = replace(it, understanding=replace(it.understanding, verdict=None))
    rule = Reason(Why.RULE, {"rule": "house/lawyer"})
    assert say_reason(rule, bare, KNOWLEDGE) == "Law: lawyer."


def test_to_the_public_a_rule_says_its_title_and_without_one_its_name() -> None:
    it = play(ask("My lawyer!"), understood())
    rule = Reason(Why.RULE, {"rule": "house/lawyer"})
    assert say_reason(rule, it, KNOWLEDGE, public=True) == "Law"
    burning = play(ask("It is burning"), understood())
    rule = Reason(Why.RULE, {"rule": "house/burning"})
    assert say_reason(rule, burning, KNOWLEDGE, public=True) == "house/burning"


@pytest.mark.parametrize("text", ["a lawyer\nsues you", f"a lawyer {'so ' * 99}sues you"])
def test_to_the_public_nothing_is_quoted_however_it_was_clipped(text: str) -> None:
    """On one line, or cut at 200 characters, a customer's words are still theirs."""
    quoting = with_rules(
        "- {id: suing, on: message, then: handoff, find: ['lawyer(?s:.*)sues'], title: Law,"
        ' because: "Says {{ finding.words }}."}',
        without=("lawyer",),
    )
    it = play(ask(text), understood(), knowledge=quoting)
    rule = Reason(Why.RULE, {"rule": "house/suing"})
    assert say_reason(rule, it, quoting, public=True) == "Law"


# names and slots


@pytest.mark.parametrize(
    ("objection", "words", "expected"),
    [
        ("wrong-fact", "See § 4.", "Ada rejected the draft: A fact is wrong. See § 4."),
        ("wrong-fact", "", "Ada rejected the draft: A fact is wrong"),
        ("other", "See § 4.", "Ada rejected the draft: See § 4."),
        ("other", "", "Ada rejected the draft: no reason given"),
        ("", "", "Ada rejected the draft: no reason given"),
    ],
)
def test_a_rejection_says_what_kind_and_what_they_said(
    objection: str, words: str, expected: str
) -> None:
    about = {"person": "ada", "objection": objection, "words": words}
    assert say_reason(Reason(Why.REJECTED, about), None, KNOWLEDGE) == expected


@pytest.mark.parametrize("objection", Objection)
@pytest.mark.parametrize("public", [False, True])
def test_every_objection_has_words(objection: Objection, public: bool) -> None:
    about = {"person": "ada", "objection": objection.value}
    assert say_reason(Reason(Why.REJECTED, about), None, KNOWLEDGE, public=public)


@pytest.mark.parametrize("kind", Unclear)
def test_every_kind_of_unclear_has_words(kind: Unclear) -> None:
    words = say_reason(Reason(Why.UNCLEAR, {"kind": kind.value}), None, KNOWLEDGE)
    assert words.startswith("Unclear: ")
    assert f": {kind.value}." not in words


@pytest.mark.parametrize("standing", GuaranteeStanding)
def test_every_standing_has_words(standing: GuaranteeStanding) -> None:
    reason = Reason(Why.NOT_CERTAIN, {"standing": standing.value})
    assert say_reason(reason, None, KNOWLEDGE).startswith("Not certain enough")


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_words(outcome: Outcome) -> None:
    about = {"outcome": outcome.value, "rule": "house/risky"}
    assert say_reason(Reason(Why.NOTICE_HELD, about), None, KNOWLEDGE)


def test_every_part_of_a_packet_has_a_name() -> None:
    looked = {"at", "cause", "due", "missing"}  # these cannot be missing
    assert set(PARTS) == {field.name for field in fields(Packet)} - looked


@pytest.mark.parametrize(
    ("kind", "about", "expected"),
    [
        (Why.SAME_WORDS, {"times": "1"}, "The same words went out here once within a day."),
        (Why.SAME_WORDS, {"times": "3"}, "The same words went out here 3 times within a day."),
        (Why.TRIED_REPLIES, {"replies": "1"}, "one reply sent"),
        (
            Why.PEERS_FIRST,
            {"until": NOW.isoformat()},
            "Among peers: whoever is there may answer until 11:00. Then it is drafted.",
        ),
        (Why.NO_DRAFTS_HERE, {"mode": "one-way"}, "No drafts here: Nobody converses here."),
        (Why.NO_DRAFTS_HERE, {"mode": "gone"}, "No drafts here: gone"),
        (
            Why.PASSED_ON,
            {"person": "ada", "team": "", "words": "Hard."},
            "Ada passed it to the leads: Hard.",
        ),
        (Why.MISSING, {"part": "turns", "error": "Lost."}, "the timeline (Lost.)"),
        (Why.MISSING, {"part": "odd", "error": "Lost."}, "odd (Lost.)"),
    ],
)
def test_slots_are_filled_by_what_they_name(
    kind: Why, about: dict[str, str], expected: str
) -> None:
    assert say_reason(Reason(kind, about), None, KNOWLEDGE) == expected


@pytest.mark.parametrize(
    ("measure", "expected"),
    [("hide", "Ada closed it. Hidden: Rude."), ("gone", "Ada closed it. gone: Rude.")],
)
def test_a_measure_by_its_title(measure: str, expected: str) -> None:
    reason = Reason(Why.MEASURE_TAKEN, {"person": "ada", "measure": measure, "words": "Rude."})
    assert say_reason(reason, _card(), KNOWLEDGE) == expected
    assert say_reason(reason, _card(), KNOWLEDGE, public=True) == "Rude."
    bare = say_reason(reason, None, KNOWLEDGE)
    assert bare == f"Ada closed it. {measure}: Rude."


def test_a_person_by_who_they_are_now() -> None:
    assert name_person("ada", KNOWLEDGE) == "Ada"
    assert name_person("gone", KNOWLEDGE) == "gone"
    assert name_person("", KNOWLEDGE) == ""


def test_an_intent_by_its_title() -> None:
    assert name_intent("returns", KNOWLEDGE) == "return an item"
    assert name_intent("gone", KNOWLEDGE) == "gone"
    assert name_intent("returns + gone", KNOWLEDGE) == "return an item, gone"
