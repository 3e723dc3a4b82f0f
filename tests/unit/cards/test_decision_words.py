"""Every answer to a decision has words, in every state, with no slot left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cards.decision_words import say_answer, say_too_late
from bot.engagement.effects import Answer, Tell
from bot.model import Engagement, State
from bot.model import events as e
from tests.unit.engagement.building import ADA, BEN, KNOWLEDGE, NOW, ask, in_state, play, waiting

LATER = NOW + timedelta(minutes=4)

#: the fields that an answer comes with
ABOUT: Mapping[Answer, Mapping[str, str]] = {
    **{kind: {} for kind in Answer},
    Answer.NO_SUCH_MEASURE: {"measure": "shout"},
    Answer.MAY_NOT_BE_GIVEN: {"to": "vic"},
    Answer.MAY_ONLY_LOOK: {"person": "vic"},
    Answer.NEEDS_ROLE: {"person": "ada"},
    Answer.FAILED: {"event": "Drafted", "error": "It broke."},
    Answer.APPROVED: {"undo": "20"},
    Answer.PASSED_ON: {"team": "law"},
}


def said(kind: Answer, it: Engagement, **about: str) -> str:
    tell = Tell(kind, done=False, about=about or ABOUT[kind])
    return say_answer(tell, it, KNOWLEDGE, LATER)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("kind", Answer)
def test_every_answer_has_words_in_every_state(kind: Answer, state: State) -> None:
    words = said(kind, in_state(state))
    assert words == words.strip()
    assert words
    assert "{" not in words


def _held(body: str) -> Engagement:
    it = waiting()
    return play(it, e.Edited(NOW, ADA, body, it.proposal.digest))


def _of_law(it: Engagement) -> Engagement:
    return replace(it, handling=replace(it.handling, team="law"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (said(Answer.APPROVED, waiting()), "Approved. Sends in 20 s."),
        (said(Answer.APPROVED, waiting(), undo="0"), "Approved. It is being sent."),
        (
            said(Answer.KEPT_AGAINST_RULES, _held("It is risky.")),
            "Held: Look at risky. Your text is kept.",
        ),
        (
            said(Answer.KEPT_AGAINST_RULES, _held("It is forbidden.")),
            "Blocked: Never. Your text is kept.",
        ),
        (
            said(Answer.BLOCKED, _held("It is forbidden.")),
            "Blocked: Never. Nobody can send this text; change it.",
        ),
        (
            said(Answer.NOT_THE_TEXT_SEEN, _held("Gladly.")),
            "Nothing changed: the text is no longer the one you saw. Please read it again."
            " Ada: approved, 4 min ago.",
        ),
        (
            said(Answer.CHANGED_MEANWHILE, _held("Gladly.")),
            "Nothing was sent: somebody changed this meanwhile. Your text is kept here."
            " Ada: approved, 4 min ago.",
        ),
        (
            said(Answer.MAY_NOT_BE_GIVEN, ask()),
            "Vic may not decide; give it to somebody who may.",
        ),
        (
            said(Answer.MAY_NOT_BE_GIVEN, _of_law(ask()), to="ben"),
            "Ben may not decide on what is Law’s; give it to somebody who may.",
        ),
        (
            said(Answer.NEEDS_ROLE, _of_law(ask())),
            "Law needs the role lead. Nothing was changed.",
        ),
        (
            said(Answer.MAY_ONLY_LOOK, ask()),
            "Vic may look, but not decide. A lead can change that in config.yaml.",
        ),
        (said(Answer.NO_SUCH_MEASURE, ask()), "Nothing changed: “shout” is no measure here."),
        (said(Answer.FAILED, ask()), "Drafted could not be handled: It broke."),
        (said(Answer.GIVEN_BACK, ask()), "Given back: everybody can see it again."),
        (said(Answer.GIVEN_BACK, _of_law(ask())), "Given back: Law can see it again."),
        (said(Answer.PASSED_ON, ask()), "Passed to Law."),
        (said(Answer.PASSED_ON, ask(), team=""), "Passed to the leads."),
    ],
)
def test_what_a_person_hears(words: str, expected: str) -> None:
    assert words == expected


def test_who_was_first_is_named_with_since_when() -> None:
    has = play(waiting(), e.Assigned(NOW, ADA, BEN), e.TakenOver(NOW, BEN))
    assert said(Answer.SOMEBODY_WAS_FIRST, has) == (
        "Nothing changed: Ben was first and has it, since 4 min ago."
    )
    assert said(Answer.OTHERS_HAVE_IT, has) == (
        "Nothing changed: Ben has it, and only they or a lead give it back."
    )


def test_who_was_given_it_and_did_nothing_yet_is_named() -> None:
    has = play(waiting(), e.Assigned(NOW, ADA, BEN))
    assert said(Answer.SOMEBODY_WAS_FIRST, has) == "Nothing changed: Ben was first and has it."


def test_too_late_says_where_it_stands_and_who_did_the_last_thing() -> None:
    assert say_too_late(in_state(State.CLOSED), KNOWLEDGE, LATER) == (
        "Nothing changed: this is closed without a reply."
        " Ada: Ada closed it without a reply: Spam., 4 min ago."
    )
    assert said(Answer.TOO_LATE, in_state(State.SENT)) == (
        "Nothing changed: this is sent. software: sent, 4 min ago."
    )


def test_too_late_without_a_history_says_where_it_stands() -> None:
    bare = replace(ask(), timeline=())
    assert say_too_late(bare, KNOWLEDGE, LATER) == "Nothing changed: this is being read."
