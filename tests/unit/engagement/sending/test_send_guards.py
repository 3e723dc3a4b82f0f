"""What keeps a text back although it was approved: pause, circuit, rate; and what ends a loop."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.brand.limits import SendLimits
from bot.engagement.sending.send_guards import (
    RESTARTED,
    TABLE,
    Brake,
    Breaker,
    Call,
    Circuit,
    Hold,
    Pause,
    Sent,
    after,
    begun,
    circuit_words,
    clock,
    find_loop,
    hold,
    pause_words,
)
from bot.model import Reason, Why
from tests.unit.engagement.building import HOUR, MINUTE, NOW

LIMITS = SendLimits(sends_an_hour=3, sends_in={"slow": 1}, failures=3, rest=5 * MINUTE, same_text=2)
GOOD, BAD = Call.GOOD, Call.BAD
OPENED = Breaker(Circuit.OPEN, 3, NOW + 5 * MINUTE, "503")


# the circuit


@pytest.mark.parametrize(
    ("before", "call", "expected"),
    [
        (Breaker(), GOOD, Breaker()),
        (Breaker(), BAD, Breaker(failures=1, why="503")),
        (Breaker(failures=1), BAD, Breaker(failures=2, why="503")),
        (Breaker(failures=2), BAD, OPENED),
        (Breaker(failures=2), GOOD, Breaker()),
        (replace(OPENED, state=Circuit.PROBING), GOOD, Breaker()),
        (
            replace(OPENED, state=Circuit.PROBING, until=NOW),
            BAD,
            replace(OPENED, failures=4),  # it rests again, from now on
        ),
        (OPENED, GOOD, Breaker()),
        # a call that had begun before it opened: no longer rest
        (replace(OPENED, until=NOW + MINUTE), BAD, Breaker(Circuit.OPEN, 4, NOW + MINUTE, "503")),
    ],
)
def test_a_call_that_ended(before: Breaker, call: Call, expected: Breaker) -> None:
    assert after(before, call, NOW, LIMITS, "503") == expected


@pytest.mark.parametrize("state", Circuit)
@pytest.mark.parametrize("call", Call)
def test_every_end_of_a_call_is_in_the_table(state: Circuit, call: Call) -> None:
    assert (state, call) in TABLE


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (Breaker(failures=2), Breaker(failures=2)),
        (OPENED, OPENED),
        (
            replace(OPENED, state=Circuit.PROBING),
            replace(OPENED, until=NOW),  # the try is made again, at once
        ),
    ],
)
def test_our_own_end_says_nothing_about_the_channel(before: Breaker, expected: Breaker) -> None:
    assert after(before, BAD, NOW, LIMITS, RESTARTED) == expected


def test_a_good_call_is_good_whatever_is_said_of_it() -> None:
    assert after(OPENED, GOOD, NOW, LIMITS, RESTARTED) == Breaker()


@pytest.mark.parametrize("state", Circuit)
def test_only_an_open_circuit_probes_with_the_next_call(state: Circuit) -> None:
    before = replace(OPENED, state=state)
    expected = Circuit.PROBING if state is Circuit.OPEN else state
    assert begun(before) == replace(before, state=expected)


# what holds the next call


def test_with_nothing_against_it_it_goes_out() -> None:
    assert hold("web", NOW, LIMITS) is None


@pytest.mark.parametrize(("channel", "held"), [("", True), ("web", True), ("forum", False)])
def test_a_pause_holds_everywhere_or_on_its_channel(channel: str, held: bool) -> None:
    pause = Pause("Lea", NOW, "Wrong prices.", channel)
    found = hold("web", NOW, LIMITS, pauses=(Pause("x", NOW, "y", "other"), pause))
    words = "Paused by Lea since 10:00, 23 Nov: Wrong prices."
    assert found == (Hold(Brake.PAUSED, words) if held else None)


def test_a_pause_comes_before_all_else_and_no_lead_goes_over_it() -> None:
    found = hold(
        "web",
        NOW,
        LIMITS,
        pauses=(Pause("Lea", NOW, "Stop"),),
        breaker=OPENED,
        recent=[NOW] * 9,
        over_cap=True,
    )
    assert found is not None
    assert found.brake is Brake.PAUSED


@pytest.mark.parametrize(
    ("breaker", "held"),
    [
        (Breaker(), False),
        (OPENED, True),
        (replace(OPENED, until=NOW), False),  # the rest is over: one call tries
        (replace(OPENED, until=None), False),
        (replace(OPENED, state=Circuit.PROBING), True),  # and the others wait for it
    ],
)
def test_a_circuit_holds_until_its_rest_is_over(breaker: Breaker, held: bool) -> None:
    found = hold("web", NOW, LIMITS, breaker=breaker, recent=[NOW] * 2)
    assert (found is not None) is held
    if found is not None:
        assert found.brake is Brake.CIRCUIT
        assert found.until == (None if breaker.state is Circuit.PROBING else breaker.until)


def test_a_circuit_says_how_often_it_failed() -> None:
    found = hold("web", NOW, LIMITS, breaker=OPENED)
    assert found is not None
    assert found.why == (
        "3 calls in a row failed, so nothing is tried before 10:05, 23 Nov. The last: 503."
    )
    assert circuit_words(Breaker(failures=2)) == (
        "2 calls in a row failed, so nothing is tried before later."
    )


@pytest.mark.parametrize(
    ("channel", "recent", "until"),
    [
        ("web", [1, 2], None),
        ("web", [1, 2, 3], 57),  # when the oldest of the last three is an hour old
        ("web", [1, 2, 3, 4], 57),
        ("web", [1, 2, 60], None),  # exactly an hour ago is no longer within it
        ("web", [1, 2, 59], 1),
        ("slow", [10], 50),
        ("slow", [], None),
    ],
)
def test_as_many_as_the_channel_may_send_in_an_hour(
    channel: str, recent: list[int], until: int | None
) -> None:
    """`recent` and `until` in minutes from now."""
    calls = [NOW - minutes * MINUTE for minutes in sorted(recent, reverse=True)]
    found = hold(channel, NOW, LIMITS, recent=calls)
    assert (found and found.until) == (None if until is None else NOW + until * MINUTE)
    if found is not None:
        most = LIMITS.hourly_limit(channel)
        assert found.brake is Brake.RATE
        assert found.why.startswith(f"{most} texts went out here within the hour")


def test_a_lead_goes_over_the_rate_and_over_nothing_else() -> None:
    assert hold("web", NOW, LIMITS, recent=[NOW] * 9, over_cap=True) is None
    assert hold("web", NOW, LIMITS, breaker=OPENED, over_cap=True) is not None


# loops


def sent(text: str = "one", notice: bool = False, own_words: bool = False) -> Sent:
    return Sent(NOW - HOUR, text, notice, own_words)


NOTE = sent("note", notice=True)


@pytest.mark.parametrize(
    ("earlier", "times"),
    [
        ([], 0),
        ([sent()], 0),
        ([sent(), sent("two")], 0),
        ([sent(), sent()], 2),
        ([sent(), sent("two"), sent(), sent()], 3),
        ([sent(), sent(notice=True)], 0),  # a notice is no reply
    ],
)
def test_the_same_words_go_out_only_so_often(earlier: list[Sent], times: int) -> None:
    found = find_loop(earlier, "one", notice=False, own_words=False, limits=LIMITS)
    assert found == (Reason(Why.SAME_WORDS, {"times": str(times)}) if times else None)


@pytest.mark.parametrize(
    ("earlier", "count"),
    [
        ([], 0),
        ([NOTE, NOTE], 0),
        ([NOTE, NOTE, NOTE], 3),
        ([NOTE, NOTE, NOTE, NOTE], 4),
        ([NOTE, NOTE, NOTE, sent()], 0),  # an answer between them
        ([NOTE, sent(), NOTE, NOTE], 0),
        ([sent(), NOTE, NOTE, NOTE], 3),
    ],
)
def test_notices_in_a_row_end_with_a_person(earlier: list[Sent], count: int) -> None:
    found = find_loop(earlier, "note", notice=True, own_words=False, limits=LIMITS)
    assert found == (Reason(Why.NOTICES_IN_A_ROW, {"count": str(count)}) if count else None)


def test_notices_may_say_the_same_and_replies_may_follow_notices() -> None:
    same = [sent(), sent()]
    assert find_loop(same, "one", notice=True, own_words=False, limits=LIMITS) is None
    assert find_loop([NOTE] * 9, "one", notice=False, own_words=False, limits=LIMITS) is None


def test_what_a_person_wrote_is_no_loop() -> None:
    for notice in (False, True):
        earlier = [sent(notice=notice)] * 9
        assert find_loop(earlier, "one", notice, own_words=True, limits=LIMITS) is None


# words


def test_a_pause_is_said_with_who_when_and_why() -> None:
    said = pause_words(Pause("Lea", NOW, "Wrong prices"))
    assert said == "Paused by Lea since 10:00, 23 Nov: Wrong prices."


def test_a_moment_is_read_as_people_do() -> None:
    assert clock(datetime(2026, 3, 4, 5, 6, tzinfo=NOW.tzinfo)) == "05:06, 4 Mar"


def test_what_is_remembered_is_enough_for_every_limit() -> None:
    day = timedelta(days=1)
    assert SendLimits().memory_span == day
    assert SendLimits(period=HOUR).memory_span == day
    assert SendLimits(period=3 * day).memory_span == 3 * day
