"""The packet of a hand-over: each part that must be there and isn't is named, and says so aloud."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cards.reason_words import say_happening, say_reason
from bot.engagement.effects import Alarm, Append, Notify
from bot.engagement.step import step
from bot.handoff.packet_building import build_packet
from bot.knowledge import Knowledge
from bot.model import (
    Author,
    Candidate,
    Clock,
    Context,
    Engagement,
    Message,
    Place,
    Reading,
    Reason,
    State,
    Unclear,
    Why,
)
from bot.model import events as e
from bot.model.reply import address
from tests.shop import ADA, NOW, knowledge

AT = NOW + timedelta(minutes=1)
KNOWN = Context(turns=("m0", "d0"), promised=())
UNCLEAR = Reading(
    None,
    0.4,
    Unclear.AMBIGUOUS,
    "en",
    addressed=True,
    explicit=True,
    candidates=(Candidate("return-item", 0.4), Candidate("exchange-item", 0.3)),
)


def arrived(text: str = "Can I return my boots or swap them?") -> Engagement:
    place = Place("web", "", "t1")
    ask = Message("m1", place, Author("c1", "Jonas"), text, NOW, direct=True)
    bare = Engagement(
        id="e1",
        place=place,
        audience=knowledge().brand.channels["web"].audience,
        customer=ask.author,
        messages=(),
        state=State.ARRIVED,
        opened=NOW,
        clock=Clock(NOW + timedelta(hours=4)),
        entry=address("e1", 0),
    )
    return step(bare, e.MessageArrived(NOW, ask), knowledge())[0]


def test_a_packet_that_is_whole() -> None:
    after, effects = step(arrived(), e.Understood(AT, UNCLEAR, KNOWN), knowledge())
    packet = after.handling.packet
    assert packet is not None
    assert packet.missing == ()
    assert not any(isinstance(effect, Alarm) for effect in effects)
    assert packet.asks == ("m1@0",)
    assert packet.turns == ("m0", "d0", "m1")
    assert [candidate.intent for candidate in packet.candidates] == ["return-item", "exchange-item"]
    assert "returns.window" in packet.facts
    assert (packet.language, packet.locale, packet.cause) == ("en", "en", "ambiguous")
    assert packet.tried == (Reason(Why.TRIED_NOTHING),)
    assert packet.due == after.clock.due


def words_for(missing: tuple[Reason, ...]) -> list[str]:
    """What is missing, as a person reads it."""
    return [say_reason(part, None, knowledge()) for part in missing]


class Broken:
    """Anything that is asked of it fails."""

    def __getattr__(self, name: str) -> object:
        raise RuntimeError("broken")


@pytest.mark.parametrize(
    ("event", "text", "missing"),
    [
        (e.Understood(AT, UNCLEAR, KNOWN), " ", "the ask"),
        (e.Understood(AT, UNCLEAR, Context(promised=())), "boots", "the timeline"),
        (e.Understood(AT, UNCLEAR, Context(turns=())), "boots", "promised before"),
        (
            e.Understood(AT, replace(UNCLEAR, candidates=()), KNOWN),
            "boots",
            "what was understood",
        ),
        (e.NotUnderstood(AT, "no memory"), "boots", "what was understood"),
        (e.NotUnderstood(AT, "no memory"), "boots", "the rules that fired"),
        (e.NotUnderstood(AT, "no memory"), "boots", "the language"),
    ],
)
def test_what_is_missing_is_said_aloud_and_a_person_still_has_it(
    event: e.Event, text: str, missing: str
) -> None:
    after, effects = step(arrived(text), event, knowledge())
    assert after.state is State.PERSON
    assert after.handling.packet is not None
    assert any(missing in words for words in words_for(after.handling.packet.missing))
    lines = [say_happening(line, after, knowledge()) for line in after.timeline]
    assert any("incomplete" in line and missing in line for line in lines)
    [alarm] = [effect for effect in effects if isinstance(effect, Alarm)]
    assert any(missing in words for words in words_for(alarm.missing))
    assert any(isinstance(effect, Notify) for effect in effects)
    assert any(isinstance(effect, Append) for effect in effects)


@pytest.mark.parametrize(
    ("part", "breaks"),
    [
        ("published facts", lambda known: replace(known, published=Broken())),
        ("published facts", lambda known: replace(known, templates=Broken())),
    ],
)
def test_a_part_that_cannot_be_worked_out_is_missing(
    part: str, breaks: Callable[[Knowledge], Knowledge]
) -> None:
    after, _ = step(arrived(), e.Understood(AT, UNCLEAR, KNOWN), knowledge())
    packet = build_packet(after, after, AT, breaks(knowledge()))
    assert any(part in words for words in words_for(packet.missing))
    assert packet.asks  # the rest of it is there


def test_no_reason_is_a_reason_to_say_so() -> None:
    after, _ = step(arrived(), e.Understood(AT, UNCLEAR, KNOWN), knowledge())
    unexplained = replace(after, handling=after.handling.explain(None))
    packet = build_packet(after, unexplained, AT, knowledge())
    assert any("why it came to a person" in words for words in words_for(packet.missing))


def test_whoever_takes_what_nobody_has_read_needs_no_packet() -> None:
    after, effects = step(arrived(), e.TakenOver(AT, ADA), knowledge())
    assert after.state is State.PERSON
    assert after.handling.packet is None
    assert not any(isinstance(effect, Alarm) for effect in effects)


def test_a_surprise_inside_a_step_is_handed_over_with_its_packet() -> None:
    """The last resort is a hand-over like any other."""
    broken = replace(knowledge(), rulebook=Broken())  # type: ignore[arg-type]
    after, effects = step(arrived(), e.Understood(AT, UNCLEAR, KNOWN), broken)
    assert after.state is State.PERSON
    assert after.handling.packet is not None
    assert after.handling.packet.missing
    assert any(isinstance(effect, Alarm) for effect in effects)
