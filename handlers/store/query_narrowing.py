"""From a TinyDB query to SQL that narrows a search to the rows an index can name.

Promised: `narrow` never leaves out a row that the query accepts. It may let more through: the
table asks the query itself of every row that comes back, so TinyDB alone decides what matches,
and a query that can't be narrowed (a test function, a float) just scans.

This is the one module that knows how TinyDB describes a query: `QueryInstance` keeps, for its
cache, a tuple such as `("==", ("state",), "waiting")` or `("and", frozenset({…, …}))`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from typing import Any, NamedTuple

_FIELD = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)*")
# Up to here integers and the floats equal to them are the same in JSON, SQLite and Python.
_EXACT = 2**53


class Narrowed(NamedTuple):
    """A WHERE clause and its values. `in_order`: an index on it yields rows in insertion order."""

    where: str
    values: tuple[Any, ...]
    in_order: bool


@lru_cache(maxsize=1024)
def expression(field: str) -> str:
    """The SQL of a field (`state`, `place.channel`): the same text in the index and the search."""
    if not _FIELD.fullmatch(field):
        raise ValueError(f"{field!r} cannot be indexed: use small letters, digits, _ and dots")
    path = ".".join(f'"{part}"' for part in field.split("."))
    return f"json_extract(doc, '$.{path}')"


def narrow(query: object, fields: Collection[str]) -> Narrowed | None:
    """What an index over one of `fields` can say of `query`; None if it has to scan."""
    try:
        parts = list(_parts(getattr(query, "_hash", None), fields))
    except RecursionError:
        return None
    if len(parts) < 2:
        return parts[0] if parts else None
    return Narrowed(
        " AND ".join(part.where for part in parts),
        tuple(value for part in parts for value in part.values),
        all(part.in_order for part in parts),
    )


def _parts(described: object, fields: Collection[str]) -> Iterable[Narrowed]:
    match described:
        case ("and", frozenset() as both):
            # sorted: the text of a statement must not vary, SQLite keeps the compiled ones by it
            for part in sorted(both, key=repr):
                yield from _parts(part, fields)
        case ("or", frozenset() as either):
            ways = [list(_parts(part, fields)) for part in sorted(either, key=repr)]
            if all(ways):
                yield Narrowed(
                    f"({' OR '.join(' AND '.join(part.where for part in way) for way in ways)})",
                    tuple(value for way in ways for part in way for value in part.values),
                    False,
                )
        case (str(test), tuple(path), value) if test in _TESTS:
            field = _dotted(path)
            if field in fields and (part := _TESTS[test](expression(field), value)) is not None:
                yield part


@lru_cache(maxsize=1024)
def _dotted(path: tuple[object, ...]) -> str:
    # a part with a dot in its own name is no path of ours
    names = [part for part in path if isinstance(part, str) and "." not in part]
    return ".".join(names) if len(names) == len(path) else ""


def _comparable(value: object) -> bool:
    """Whether SQLite is sure to find all that Python holds equal to `value`."""
    if isinstance(value, str):
        return "\0" not in value
    return isinstance(value, int) and abs(value) <= _EXACT


def _equal(field: str, value: object) -> Narrowed | None:
    if value is None:
        return Narrowed(f"{field} IS NULL", (), True)
    return Narrowed(f"{field} = ?", (value,), True) if _comparable(value) else None


def _one_of(field: str, values: object) -> Narrowed | None:
    if not isinstance(values, tuple) or len(values) > 500 or not all(map(_comparable, values)):
        return None
    return Narrowed(f"{field} IN ({', '.join('?' * len(values))})", values, False)


def _ordered(sign: str) -> Callable[[str, object], Narrowed | None]:
    # Only of strings: SQLite reads a decimal fraction less exactly than Python does. The bound
    # itself is let through always: SQLite sees a string only up to its first NUL.
    def test(field: str, value: object) -> Narrowed | None:
        if not isinstance(value, str) or "\0" in value:
            return None
        return Narrowed(f"{field} {sign} ?", (value,), False)

    return test


_TESTS: dict[str, Callable[[str, object], Narrowed | None]] = {
    "==": _equal,
    "one_of": _one_of,
    "<": _ordered("<="),
    "<=": _ordered("<="),
    ">": _ordered(">="),
    ">=": _ordered(">="),
}
