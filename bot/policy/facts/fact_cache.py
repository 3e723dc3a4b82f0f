"""Facts about one subject, computed when they are first asked for, and at most once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

S = TypeVar("S")
V = TypeVar("V")


class FactError(Exception):
    """A fact that could not be computed. Its rules hold: nothing is taken for granted."""

    def __init__(self, name: str, why: str) -> None:
        self.name, self.why = name, why
        super().__init__(f"the fact {name} could not be computed: {why}")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing found in a text. `start`/`end` point into the judged text; 0, 0: all of it.

    `fields` holds what rules read as `it.name`; its names and types are the vocabulary's.
    """

    words: str
    start: int
    end: int
    fields: Mapping[str, Any]


#: stands last in a list that isn't whole: whoever looked stopped before the end
MORE = Item("", 0, 0, {})


def make_items(found: Sequence[V], most: int, item: Callable[[V], Item]) -> tuple[Item, ...]:
    """What was found, as items; with MORE behind it if the finder stopped at its limit."""
    items = tuple(item(one) for one in found)
    return (*items, MORE) if len(found) >= most else items


class FactCache(Generic[S]):
    """A subject, and what was seen in it so far. `once` keeps what several facts share."""

    __slots__ = ("_known", "subject")

    def __init__(self, subject: S) -> None:
        self.subject = subject
        self._known: dict[Callable[[FactCache[S]], Any], Any] = {}

    def compute_once(self, compute: Callable[[FactCache[S]], V]) -> V:
        """`compute(self)`, the same value on every later call."""
        if compute not in self._known:
            self._known[compute] = compute(self)
        value: V = self._known[compute]
        return value
