from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handlers.channels.web.chat_limits import Seats
from handlers.channels.web.seen_mark import KEPT as KEPT_TURNS
from handlers.channels.web.seen_mark import seen_mark, was_seen
from handlers.pages.rate_limit import KEPT, Buckets, Rate


@given(
    st.integers(1, 5),
    st.integers(1, 10),
    st.lists(st.integers(0, 20), min_size=1, max_size=40),
)
def test_never_more_than_a_burst_and_one_for_each_interval(
    burst: int, every: int, pauses: list[int]
) -> None:
    now = 0.0
    buckets = Buckets(Rate(burst, float(every)), lambda: now)
    taken: list[float] = []
    for pause in pauses:
        now += pause
        wait = buckets.take("key")
        if wait == 0:
            taken.append(now)
        else:
            now += wait
            assert buckets.take("key") == 0  # the wait that was named is enough
            taken.append(now)
    for at in taken:
        inside = [t for t in taken if at <= t <= at + 10 * every]
        assert len(inside) <= burst + 10


def test_keys_do_not_disturb_each_other_and_memory_is_bounded() -> None:
    buckets = Buckets(Rate(1, 10.0), lambda: 0.0)
    assert buckets.take("a") == 0 and buckets.take("a") > 0
    for n in range(KEPT):
        assert buckets.take(f"k{n}") == 0
    assert buckets.take("a") == 0  # forgotten: the one that was used longest ago
    assert len(buckets._full_at) == KEPT


def test_a_seat_is_given_back() -> None:
    seats = Seats()
    with seats.hold("a", 1) as first, seats.hold("a", 1) as second, seats.hold("b", 1) as other:
        assert (first, second, other) == (True, False, True)
    with seats.hold("a", 1) as again:
        assert again


@given(st.lists(st.text(), unique=True, max_size=20), st.text())
def test_a_mark_names_what_was_seen(keys: list[str], other: str) -> None:
    mark = ""
    for key in keys:
        mark = seen_mark([key], mark)
    assert all(was_seen(key, mark) for key in keys)
    assert was_seen(other, mark) == (other in keys)


@given(st.text())
def test_any_text_is_a_mark(mark: str) -> None:
    assert not was_seen("a key", mark)


def test_a_mark_stays_short() -> None:
    assert len(seen_mark(map(str, range(KEPT_TURNS * 2)))) == KEPT_TURNS * 8
