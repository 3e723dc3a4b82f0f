"""A message that was taken back leaves no word of its own in any field of the engagement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from bot.model import Ask, Engagement, PeerWords, Reading, Span, State, Unclear
from bot.model import events as e
from bot.policy.judge import judge_message
from tests.unit.engagement.building import (
    ADA,
    KNOWLEDGE,
    MINUTE,
    NOW,
    arrives,
    ask,
    in_state,
    message,
    play,
    reading,
    understood,
    with_rules,
)

RARE = "xylophone"
WORDS = f"My lawyer has a {RARE}, and you are idiots"
ALL = ("m1", "m2")


def texts_within(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a value, however deep it lies, with where it stands."""
    if isinstance(value, str):
        yield path, value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from texts_within(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, Mapping):
        for key, it in value.items():
            yield from texts_within(it, f"{path}[{key}]")
    elif isinstance(value, tuple | list | frozenset):
        for number, it in enumerate(value):
            yield from texts_within(it, f"{path}[{number}]")


def places_of(word: str, engagement: Engagement) -> list[str]:
    return [path for path, text in texts_within(engagement) if word in text]


QUOTING = with_rules(
    "- {id: quoting, on: message, then: handoff, find: ['xylophone[^.]*'],"
    ' title: A rule, because: "It says {{ finding.words }}."}\n'
    "- {id: watching, on: message, then: handoff, status: shadow, find: ['xylophone'],"
    ' because: "It says {{ finding.words }}."}'
)


def _quoting() -> Reading:
    """A reading that quotes the message wherever a reading can."""
    return replace(
        reading(unclear=Unclear.SEVERAL_ASKS),
        asks=(Ask(WORDS, 0, len(WORDS), "returns", 0.5),),
        signals=(Span(0, 5, "press", WORDS),),
    )


def _full(state: State) -> Engagement:
    """In this state, with the words wherever they can stand."""
    other = message("Hello there", "m2")
    before = ask(WORDS)
    before = replace(before, messages=(*before.messages, other))
    before = play(before, understood(**_as_more(_quoting())), knowledge=QUOTING)
    assert before.handling.packet is not None
    before = play(before, e.Redraft(NOW, ADA, "returns"), e.Tagged(NOW, ADA, "hours"))
    known = before.understanding
    known = replace(known, reading=_quoting(), first_reading=_quoting())
    before = replace(before, understanding=known, state=State.PERSON)
    if state is State.PERSON:
        return before
    if state is State.CLOSED:
        return play(before, e.Ignored(NOW, ADA, "Spam."))
    if state is State.SENT:
        return replace(before, state=State.SENT)
    return replace(before, state=state, proposal=in_state(state).proposal)


def _as_more(known: Reading) -> dict[str, Any]:
    return {"intent": None, "unclear": known.unclear, "asks": known.asks, "signals": ("press",)}


def test_the_walk_finds_what_is_there() -> None:
    """Else the tests below would pass whatever is left."""
    found = " ".join(places_of(RARE, _full(State.PERSON)))
    for field in ("messages", "asks", "signals", "first_reading", "verdict", "shadow", "packet"):
        assert field in found


@pytest.mark.parametrize("gone", [ALL, ("m1",)], ids=["all of it", "one of two"])
@pytest.mark.parametrize(
    "state",
    [
        State.PERSON,
        State.WAITING,
        State.APPROVED,
        State.UNDERSTOOD,
        State.OVERHEARD,
        State.CLOSED,
        State.SENT,
    ],
)
def test_no_word_of_what_was_taken_back_is_left(state: State, gone: tuple[str, ...]) -> None:
    before = _full(state)
    assert places_of(RARE, before)
    after = play(before, *(e.MessageDeleted(NOW + MINUTE, id) for id in gone), knowledge=QUOTING)
    assert [it.id for it in after.messages] == [id for id in ALL if id not in gone]
    assert places_of(RARE, after) == []


@pytest.mark.parametrize("state", [State.PERSON, State.CLOSED])
def test_what_was_decided_stays_by_its_kind(state: State) -> None:
    before = _full(state)
    after = play(before, e.MessageDeleted(NOW + MINUTE, "m1"), knowledge=QUOTING)
    verdict = after.understanding.verdict
    assert verdict is not None
    assert "house/quoting" in [finding.rule for finding in verdict.findings]
    assert after.handling.packet is not None
    assert after.handling.packet.rules == verdict.findings
    assert after.handling.why == before.handling.why
    known = after.understanding.reading
    assert known is not None
    assert (known.unclear, known.model) == (Unclear.SEVERAL_ASKS, "m1")


def test_what_we_wrote_of_it_goes_with_the_last_message() -> None:
    """A person quoted the customer; with the ask gone, nothing answers it."""
    before = in_state(State.WAITING)
    words = f"Your {RARE} is fine."
    before = play(before, e.Edited(NOW, ADA, words, before.proposal.digest, send=False))
    assert places_of(RARE, before)
    after = play(before, e.MessageDeleted(NOW + MINUTE, "m1"))
    assert (after.state, places_of(RARE, after)) == (State.CLOSED, [])


def test_a_packet_of_what_could_not_be_read_is_forgotten_too() -> None:
    two = replace(ask(WORDS), messages=(*ask(WORDS).messages, message("Hello", "m2")))
    before = play(two, e.NotUnderstood(NOW, "It broke."))
    assert before.handling.packet is not None
    after = play(before, e.MessageDeleted(NOW, "m1"))
    assert (after.state, places_of(RARE, after)) == (State.PERSON, [])
    assert after.handling.why == before.handling.why


def test_an_ask_that_nobody_has_read_is_forgotten_too() -> None:
    after = play(ask(WORDS), e.MessageDeleted(NOW, "m1"))
    assert places_of(RARE, after) == []


def test_what_was_overheard_and_nobody_entered_is_forgotten() -> None:
    heard = play(ask(WORDS, channel="forum"), understood(addressed=False))
    after = play(heard, e.DuePassed(heard.clock.due))
    assert places_of(RARE, after) == []


def test_the_timeline_and_reasons_never_hold_a_customers_words() -> None:
    """They name the message and the rule: so nothing has to be taken out of them."""
    now = play(ask(WORDS), understood(**_as_more(_quoting())), knowledge=QUOTING)
    now = play(now, arrives(f"Again: {RARE}", "m3"), knowledge=QUOTING)
    now = play(now, e.PeerSpoke(NOW, PeerWords("p1", "c2", "Sam", asks=False)))
    assert list(texts_within(now.timeline))
    assert not [path for path, text in texts_within(now.timeline) if RARE in text]
    assert not [path for path, text in texts_within(now.handling.why) if RARE in text]


def test_the_rules_do_quote() -> None:
    """The words are there to be forgotten: a finding quotes what it found."""
    from bot.engagement.judging import message_subject

    verdict = judge_message(QUOTING.rulebook, message_subject(ask(WORDS), KNOWLEDGE))
    assert any(RARE in finding.because for finding in verdict.findings)
