"""An alarm when traffic has changed, and none when it has not."""

from __future__ import annotations

import random
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.drift import Traffic, delay, false_alarms, tilted
from bot.learning.drift import (
    DECIDED,
    EXAMPLES,
    LEAST,
    OVERRIDE,
    READ,
    UNCLEAR,
    WINDOWS,
    Observation,
    ShareChange,
    find_share_changes,
    fisher_p_value,
)
from bot.learning.drift_alarm import write_alarm

SHORT = WINDOWS[0]


def series(*parts: tuple[int, float], start: int = 0, seed: int = 1) -> list[Observation]:
    """So many observations, this share of them overridden; part after part, well mixed."""
    rng, made = random.Random(seed), list[Observation]()
    for count, share in parts:
        having = [n < round(share * count) for n in range(count)]
        rng.shuffle(having)
        for has in having:
            n = start + len(made) + 1
            made.append(Observation(n, f"e{n}", frozenset({OVERRIDE} if has else ())))
    return made


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 30), st.integers(0, 30))
@settings(max_examples=200, deadline=None)
def test_the_test_is_fishers(now: int, rest: int, was: int, others: int) -> None:
    """Against its definition, in whole numbers: all tables with these margins, none more likely."""
    newest, earlier, having = now + rest, was + others, now + was
    whole = comb(newest + earlier, newest)
    tables = [
        Fraction(comb(having, k) * comb(newest + earlier - having, newest - k), whole)
        for k in range(max(0, having - earlier), min(newest, having) + 1)
    ]
    this = Fraction(comb(having, now) * comb(newest + earlier - having, newest - now), whole)
    expected = float(sum(p for p in tables if p <= this))
    assert fisher_p_value(now, newest, was, earlier) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("kind", ["read", "decided"])
def test_traffic_that_stays_the_same_gives_no_alarm(kind: str) -> None:
    """7,500 messages: 0.3 are expected at most. The bench has 200,000."""
    assert false_alarms(kind, 300, seed=4) == 0


@pytest.mark.parametrize(
    ("kind", "after", "mark", "within"),
    [
        ("read", Traffic(unclear=0.45), UNCLEAR, 100),
        ("read", tilted(0.25), "intent:21", 125),
        ("decided", Traffic(override=0.6), OVERRIDE, 75),
    ],
)
def test_a_real_change_gives_an_alarm_soon(
    kind: str, after: Traffic, mark: str, within: int
) -> None:
    assert sorted(delay(kind, after, mark, seed) for seed in range(9))[7] <= within


def test_few_observations_give_no_alarm() -> None:
    assert find_share_changes(series((LEAST - 1, 0.0), (SHORT, 1.0)), DECIDED, {}) == ()
    assert find_share_changes(series((LEAST, 0.0), (SHORT, 1.0)), DECIDED, {}) != ()


def test_an_alarm_says_how_many_and_shows_the_latest() -> None:
    [change] = find_share_changes(series((400, 0.1), (SHORT, 0.6)), DECIDED, {})
    assert (change.mark, change.now, change.newest, change.was, change.earlier) == (
        OVERRIDE,
        30,
        50,
        40,
        400,
    )
    assert change.since == 400 and change.p < change.level
    assert len(change.examples) == EXAMPLES
    numbers = [int(engagement[1:]) for engagement in change.examples]
    assert numbers == sorted(numbers) and numbers[0] > 400
    [fewer] = find_share_changes(series((400, 0.6), (SHORT, 0.1)), DECIDED, {})
    assert not fewer.has_risen and fewer.examples == ()


def test_what_is_acknowledged_is_quiet_until_it_changes_again() -> None:
    start = series((400, 0.1), (SHORT, 0.6))
    [change] = find_share_changes(start, DECIDED, {})
    acknowledged = {change.mark: change.since}
    on = series((300, 0.6), start=len(start), seed=2)
    for more in range(0, 301, 25):
        assert find_share_changes([*start, *on[:more]], DECIDED, acknowledged) == ()
    back = series((SHORT, 0.1), start=len(start) + len(on), seed=3)
    [again] = find_share_changes([*start, *on, *back], DECIDED, acknowledged)
    assert not again.has_risen


def test_an_alarm_that_is_on_is_not_raised_twice() -> None:
    assert find_share_changes(series((400, 0.1), (SHORT, 0.6)), DECIDED, {}, {OVERRIDE}) == ()


def test_shares_of_intents_are_of_what_was_understood() -> None:
    """More that is unclear is no change of the mix."""
    rng = random.Random(5)
    before = [Traffic(mix=(3, 1)).read(n + 1, rng) for n in range(600)]
    after = [Traffic(unclear=0.7, mix=(3, 1)).read(n + 601, rng) for n in range(100)]
    marks = {change.mark for change in find_share_changes([*before, *after], READ, {})}
    assert UNCLEAR in marks
    assert not any(mark.startswith("intent:") for mark in marks)


def test_the_words_of_an_alarm() -> None:
    change = ShareChange("intent:return-item", 17, 50, 90, 1000, 1e-7, 1e-5, 7)
    assert write_alarm(change, "return an item") == (
        "More asks are “return an item”: 17 of the last 50 (34%), before 90 of 1,000 (9%)."
    )
