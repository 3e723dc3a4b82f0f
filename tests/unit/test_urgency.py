"""What comes first in the queue: by what is at stake and how long somebody waits, never by who."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.handoff.urgency import order_in_queue, rank_urgency
from bot.model import (
    Author,
    Clock,
    Context,
    Engagement,
    Finding,
    Message,
    Outcome,
    Place,
    State,
    Understanding,
    verdict_of,
)
from tests.shop import NOW, knowledge

PLACE = Place("web", "", "t1")
SAFETY = verdict_of((Finding("handoff/safety", Outcome.HANDOFF, "hurt"),), "r")


def ask(
    id: str, minutes: int, *, safety: bool = False, late: bool = False, again: int = 1,
    returning: bool = False, due: int = 240, who: str = "Jonas",
) -> Engagement:  # fmt: skip
    at = NOW + timedelta(minutes=minutes)
    author = Author(who, who)
    return Engagement(
        id=id,
        place=PLACE,
        audience=knowledge().brand.channels["web"].audience,
        customer=author,
        messages=tuple(Message(f"{id}{n}", PLACE, author, "Hello?", at) for n in range(again)),
        state=State.PERSON,
        opened=at,
        clock=Clock(at + timedelta(minutes=due), late=late),
        entry=id,
        understanding=Understanding(
            context=Context(unanswered=again, returning=returning),
            verdict=SAFETY if safety else None,
        ),
    )


CASES = (
    ask("safety", 9, safety=True),
    ask("late", 3, late=True, due=500),
    ask("again", 5, again=3),
    ask("returning", 8, returning=True),
    ask("soon", 7, due=60),
    ask("plain", 1),
)


def order(cases: list[Engagement]) -> list[str]:
    return [it.id for it in sorted(cases, key=order_in_queue)]


def test_safety_then_the_longest_wait_then_who_was_long_silent_then_the_due_time() -> None:
    assert order(list(reversed(CASES))) == ["safety", "late", "again", "returning", "soon", "plain"]


def test_the_reason_is_said_in_words() -> None:
    said = {it.id: rank_urgency(it).words for it in CASES}
    assert said == {
        "safety": "first: safety",
        "late": "first: has waited too long",
        "again": "first: 3 messages without an answer",
        "returning": "early: their first message in a long time",
        "soon": "",
        "plain": "",
    }


def test_whoever_was_answered_waits_no_longer() -> None:
    answered = replace(CASES[2], clock=CASES[2].clock.answer(NOW + timedelta(hours=1)))
    assert rank_urgency(answered).words == ""
    back = replace(CASES[3], clock=CASES[3].clock.answer(NOW + timedelta(hours=1)))
    assert rank_urgency(back).words == ""  # no nagging afterwards


class Nobody:
    """A customer of whom nothing may be read."""

    def __getattribute__(self, name: str) -> object:
        raise AssertionError(f"the queue looked at the customer’s {name}")


def test_the_queue_does_not_look_at_the_customer() -> None:
    hidden = [replace(it, customer=Nobody()) for it in CASES]  # type: ignore[arg-type]
    assert order(hidden) == order(list(CASES))


@given(st.permutations(["a", "zz", "Big Company Ltd", "100000 followers", "ä", ""]))
def test_another_customer_is_in_the_same_place(names: list[str]) -> None:
    """Swap everything about who asks, and find the same order."""
    others = [
        replace(
            it,
            customer=Author(name, name),
            messages=tuple(replace(m, author=Author(name, name)) for m in it.messages),
        )
        for it, name in zip(CASES, names, strict=True)
    ]
    assert order(others) == order(list(CASES))
