"""What holds a text, and until when: the circuit's table, the rate, the loops."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brand.limits import SendLimits
from bot.engagement.sending.send_guards import (
    RESTARTED,
    TABLE,
    Brake,
    Breaker,
    Call,
    Circuit,
    Pause,
    Sent,
    after,
    begun,
    find_loop,
    hold,
)

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
LIMITS = SendLimits(sends_an_hour=3, failures=3, rest=timedelta(minutes=5), sends_in={"slow": 1})
GOOD, BAD = Call.GOOD, Call.BAD


def test_the_table_is_whole() -> None:
    assert set(TABLE) == {(state, call) for state in Circuit for call in Call}


@pytest.mark.parametrize(
    ("calls", "state"),
    [
        ([], Circuit.CLOSED),
        ([BAD, BAD], Circuit.CLOSED),
        ([BAD, BAD, GOOD, BAD, BAD], Circuit.CLOSED),  # in a row, not in all
        ([BAD, BAD, BAD], Circuit.OPEN),
        ([BAD, BAD, BAD, BAD], Circuit.OPEN),
        ([BAD, BAD, BAD, GOOD], Circuit.CLOSED),
    ],
)
def test_failures_in_a_row_open_the_circuit(calls: list[Call], state: Circuit) -> None:
    breaker = Breaker()
    for call in calls:
        breaker = after(breaker, call, AT, LIMITS)
    assert breaker.state is state


def test_after_the_rest_one_call_tries_and_decides() -> None:
    opened = Breaker()
    for _ in range(3):
        opened = after(opened, BAD, AT, LIMITS, "503")
    during, later = AT + timedelta(minutes=4), AT + timedelta(minutes=5)
    resting = hold("web", during, LIMITS, breaker=opened)
    assert resting is not None and resting.brake is Brake.CIRCUIT
    assert resting.until == later and "503" in resting.why
    assert hold("web", later, LIMITS, breaker=opened) is None
    probing = begun(opened)
    assert hold("web", later, LIMITS, breaker=probing) is not None  # one, not all
    assert after(probing, GOOD, later, LIMITS) == Breaker()
    again = after(probing, BAD, later, LIMITS)
    assert again.state is Circuit.OPEN and again.until == later + LIMITS.rest


def test_calls_that_had_begun_before_it_opened_make_the_rest_no_longer() -> None:
    opened = Breaker(Circuit.OPEN, 3, AT)
    assert after(opened, BAD, AT + timedelta(minutes=1), LIMITS).until == AT


def test_our_own_end_says_nothing_about_the_channel() -> None:
    assert after(Breaker(failures=2), BAD, AT, LIMITS, RESTARTED) == Breaker(failures=2)
    probing = Breaker(Circuit.PROBING, 3, AT)
    reopened = after(probing, BAD, AT, LIMITS, RESTARTED)
    assert reopened.state is Circuit.OPEN
    assert hold("web", AT, LIMITS, breaker=reopened) is None  # and the next call tries


@given(st.lists(st.sampled_from(list(Call)), max_size=30))
def test_a_circuit_is_never_closed_for_good(calls: list[Call]) -> None:
    """Whatever happened, once the rest is over a call is let through."""
    breaker, at = Breaker(), AT
    for call in calls:
        breaker = after(breaker, call, at, LIMITS)
    assert hold("web", at + LIMITS.rest, LIMITS, breaker=breaker) is None


def test_a_pause_holds_its_channel_and_one_of_everything_holds_all() -> None:
    one = [Pause("Ada", AT, "prices", "web")]
    assert hold("web", AT, LIMITS, pauses=one) is not None
    assert hold("slack", AT, LIMITS, pauses=one) is None
    everything = hold("slack", AT, LIMITS, pauses=[Pause("Ada", AT, "prices.")])
    assert everything is not None and everything.until is None
    assert everything.why == "Paused by Ada since 10:00, 23 Nov: prices."


def test_the_rate_counts_an_hour_and_says_when_there_is_room() -> None:
    recent = [AT - timedelta(minutes=m) for m in (61, 40, 20, 10)]
    full = hold("web", AT, LIMITS, recent=recent)
    assert full is not None and full.brake is Brake.RATE
    assert full.until == AT + timedelta(minutes=20)
    assert hold("web", AT, LIMITS, recent=recent, over_cap=True) is None
    assert hold("web", AT, LIMITS, recent=recent[:-1]) is None
    assert hold("slow", AT, LIMITS, recent=recent[-1:]) is not None


@given(
    st.lists(st.integers(0, 7200), max_size=30),
    st.integers(1, 5),
)
def test_no_hour_ever_has_more_than_the_rate(gaps: list[int], most: int) -> None:
    """However texts come, the calls that are let through never exceed the rate in any hour."""
    limits = SendLimits(sends_an_hour=most)
    at, calls = AT, []
    for gap in gaps:
        at += timedelta(seconds=gap)
        if hold("web", at, limits, recent=calls) is None:
            calls.append(at)
    for first in calls:
        assert sum(first <= call < first + timedelta(hours=1) for call in calls) <= most


def sent(text: str = "a", notice: bool = False, own: bool = False) -> Sent:
    return Sent(AT, text, notice, own)


@pytest.mark.parametrize(
    ("earlier", "text", "notice", "own", "loops"),
    [
        ([], "a", False, False, False),
        ([sent()], "a", False, False, False),
        ([sent(), sent()], "a", False, False, True),
        ([sent(), sent()], "b", False, False, False),
        ([sent(), sent()], "a", False, True, False),  # a person's words are no loop
        ([sent(own=True), sent()], "a", False, False, True),
        ([sent(notice=True)] * 2, "n", True, False, False),
        ([sent(notice=True)] * 3, "n", True, False, True),
        ([sent(notice=True)] * 3, "a", False, False, False),  # an answer is no notice
        ([sent(notice=True)] * 2 + [sent()], "n", True, False, False),
        ([sent(), *[sent(notice=True)] * 3], "n", True, False, True),
    ],
)
def test_what_is_one_too_many(
    earlier: list[Sent], text: str, notice: bool, own: bool, loops: bool
) -> None:
    assert bool(find_loop(earlier, text, notice, own, SendLimits())) is loops
