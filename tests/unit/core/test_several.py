"""Several asks are answered by one reply only where each is clear, and that is safe."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.brand.settings import Intent
from bot.drafting.compose import compose_draft, compose_joint_draft
from bot.model import Ask, Reading, Span, Unclear
from bot.understanding.several_asks import answerable_intents, needs_follow_up
from tests.shop import NOW, knowledge


def ask(intent: str | None, text: str = "When do you open?", clear: bool = True) -> Ask:
    return Ask(text, 0, len(text), intent, 0.9, clear)


HOURS, COST = ask("store-hours"), ask("shipping-cost")
BOTH = Reading(None, 0.5, Unclear.SEVERAL_ASKS, "en", True, True, asks=(HOURS, COST))
INTENTS = knowledge().intents


def test_clear_asks_are_answered_in_their_order() -> None:
    assert answerable_intents(BOTH, INTENTS) == ("store-hours", "shipping-cost")
    assert answerable_intents(replace(BOTH, asks=(COST, HOURS)), INTENTS) == (
        "shipping-cost",
        "store-hours",
    )


def test_whether_we_are_software_is_answered_first() -> None:
    bot = ask("are-you-a-bot", "And are you a bot?")
    found = answerable_intents(replace(BOTH, asks=(HOURS, bot)), INTENTS)
    assert found == ("are-you-a-bot", "store-hours")


@pytest.mark.parametrize(
    "doubtful",
    [
        replace(BOTH, asks=(HOURS, ask("shipping-cost", clear=False))),
        replace(BOTH, asks=(HOURS, ask(None))),
        replace(BOTH, asks=(HOURS, ask("talk-to-person"))),
        replace(BOTH, asks=(HOURS, ask("thanks"))),
        replace(BOTH, asks=(HOURS, ask("no-such-intent"))),
        replace(BOTH, asks=(HOURS, COST, ask("repairs"), ask("payment"))),
        replace(BOTH, asks=(HOURS, HOURS)),
        replace(BOTH, asks=()),
        replace(BOTH, signals=(Span(0, 4, "complaint", "When"),)),
        replace(BOTH, unclear=Unclear.OUT_OF_SCOPE),
        replace(BOTH, unclear=None, intent="store-hours"),
    ],
)
def test_in_doubt_a_person_answers(doubtful: Reading) -> None:
    assert answerable_intents(doubtful, INTENTS) == ()


def test_one_that_needs_a_person_keeps_the_follow_up() -> None:
    assert not needs_follow_up(("store-hours", "shipping-cost"), INTENTS)
    assert needs_follow_up(("store-hours", "order-status"), INTENTS)


def test_the_draft_says_what_each_would_say_alone_under_its_title() -> None:
    known = knowledge()
    asked: list[Intent] = [INTENTS["shipping-cost"], INTENTS["shipping-time"]]
    given = (known.published, known.templates, known.brand, NOW.date())
    alone = [compose_draft(it.id, "de", *given) for it in asked]
    draft = compose_joint_draft(asked, "de", *given)
    for one in alone:
        assert set(one.body.split("\n\n")) <= set(draft.body.split("\n\n"))
        assert set(one.facts) <= set(draft.facts)
    paragraphs = draft.body.split("\n\n")
    assert paragraphs[0] == "Was die Lieferung kostet:"
    assert len(paragraphs) == len(set(paragraphs))
    assert draft.intent == "shipping-cost + shipping-time"
