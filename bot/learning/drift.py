"""Whether what customers ask, or what people make of our drafts, has changed. Pure.

Every message that was read, and every draft that was decided on, is one observation with marks:
`unclear`, `unmatched`, the intent, `override`. A look compares each mark's share in the newest
observations with its share in those before, by Fisher's exact test (Fisher 1935), two-sided.

False alarms. Under traffic that stays the same an exact test's p-value falls below a level at most
as often as the level says, whatever the shares and however few. The levels of all tests of one look
add up to ALARM (Bonferroni), and expectations add up over looks however they overlap: so at most
one false alarm is expected in 1 / ALARM looks, which is one in EVERY / ALARM = 25,000 messages of a
channel and language. No bound holds for how traffic is: what comes back every weekend is a change.

What a person has acknowledged is the new normal: the mark is compared with nothing older, so it is
quiet until it changes again, and for LEAST + the shorter window's observations at least.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, lgamma

ALARM = 1 / 1000  # false alarms a look, at most
EVERY = 25  # observations from look to look
WINDOWS = (50, 200)  # the newest: few show a big change soon, many show a small one
BEFORE = 1000  # how many before them are compared with, at most
LEAST = 100  # and at least
KEPT = BEFORE + WINDOWS[-1]
EXAMPLES = 5

UNCLEAR, UNMATCHED, OVERRIDE, INTENT = "unclear", "unmatched", "override", "intent:"
READ = (UNCLEAR, UNMATCHED, INTENT)  # what is looked for among messages
DECIDED = (OVERRIDE,)  # and among decisions


@dataclass(frozen=True, slots=True)
class Observation:
    """The n-th of its kind on a channel and in a language; what was so of it."""

    n: int
    engagement: str
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class ShareChange:
    """A mark's share has changed: `now` of the newest `newest`, `was` of the `earlier` before.

    `p` is how likely a difference like this is on traffic that stays the same, `level` what it had
    to stay below. `since` is the number of the observation that the newest begin after, `examples`
    the latest engagements that have the mark, if it became more frequent.
    """

    mark: str
    now: int
    newest: int
    was: int
    earlier: int
    p: float
    level: float
    since: int
    examples: tuple[str, ...] = ()

    @property
    def has_risen(self) -> bool:
        return self.now * self.earlier > self.was * self.newest


def find_share_changes(
    series: Sequence[Observation],
    families: Collection[str],
    acknowledged: Mapping[str, int],
    known: Collection[str] = (),
) -> tuple[ShareChange, ...]:
    """What has changed, the least likely by chance first; one change for a mark.

    `series` is in order. `acknowledged`: mark -> the number after which it counts. `known` marks
    are not looked at: their alarm is on already.
    """
    found: dict[str, ShareChange] = {}
    for family in families:
        marks = _marks_of_family(series, family)
        basis = [one for one in series if _belongs_to_family(one, family)]
        level = ALARM / (len(families) * len(WINDOWS) * max(1, len(marks)))
        for after in {acknowledged.get(mark, 0) for mark in marks}:
            usable = [one for one in basis if one.n > after]
            fresh = {m for m in marks if acknowledged.get(m, 0) == after and m not in known}
            for change in _find_changes(usable, fresh, level):
                best = found.get(change.mark)
                if best is None or change.p < best.p:
                    found[change.mark] = change
    return tuple(sorted(found.values(), key=lambda change: (change.p, change.mark)))


def _marks_of_family(series: Sequence[Observation], family: str) -> list[str]:
    if not family.endswith(":"):
        return [family]
    return sorted({mark for one in series for mark in one.marks if mark.startswith(family)})


def _belongs_to_family(one: Observation, family: str) -> bool:
    """Shares of intents are shares of what was understood."""
    return not family.endswith(":") or any(mark.startswith(family) for mark in one.marks)


def _find_changes(
    usable: Sequence[Observation], marks: Collection[str], level: float
) -> Iterator[ShareChange]:
    for size in WINDOWS:
        newest, before = usable[-size:], usable[-size - BEFORE : -size]
        if len(newest) < size or len(before) < LEAST:
            continue
        now, was = _count_marks(newest), _count_marks(before)
        for mark in marks:
            counts = (now[mark], size, was[mark], len(before))
            if _table_probability(*counts) >= level:
                continue  # the p-value is at least that
            if (p := fisher_p_value(*counts)) >= level:
                continue
            change = ShareChange(mark, *counts, p, level, before[-1].n)
            having = [one.engagement for one in newest if mark in one.marks]
            yield (
                replace(change, examples=tuple(having[-EXAMPLES:])) if change.has_risen else change
            )


def _count_marks(series: Sequence[Observation]) -> Counter[str]:
    return Counter(mark for one in series for mark in one.marks)


def fisher_p_value(now: int, newest: int, was: int, earlier: int) -> float:
    """The two-sided p-value of Fisher's exact test for two shares, `now / newest` and `was /
    earlier`: how likely a table that is at least as unlikely is, given the margins."""
    having = now + was
    bar = _table_probability(now, newest, was, earlier) * (1 + 1e-9)  # ties by rounding count
    each = (
        _table_probability(k, newest, having - k, earlier)
        for k in range(max(0, having - earlier), min(newest, having) + 1)
    )
    return min(1.0, sum(p for p in each if p <= bar))


def _table_probability(now: int, newest: int, was: int, earlier: int) -> float:
    """How likely this very table is, given the margins."""
    return exp(
        _log_binomial(newest, now)
        + _log_binomial(earlier, was)
        - _log_binomial(newest + earlier, now + was)
    )


def _log_binomial(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
