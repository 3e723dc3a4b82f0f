"""Many patterns, one pass: an RE2 set says which of them occur, and only those are looked for.

A text that holds none of them, the usual case, costs a few microseconds however many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Any

import re2

from bot.detect.folding import compile_pattern

_ROOM = 64 << 20  # bytes for the automaton of all patterns


class PhraseLibrary:
    """Patterns by kind, compiled once they are needed. Case is ignored; `^` and `$` hold at every
    line."""

    def __init__(self, shapes: Iterable[tuple[str, str]], most: int) -> None:
        """`shapes` are (kind, RE2 source); at most `most` matches of each are looked at."""
        self._most = most
        self._shapes = tuple(
            (kind, compile_pattern(f"(?m){source}", False, _ROOM)) for kind, source in shapes
        )

    @cached_property
    def _occurring(self) -> Any:
        options = re2.Options()
        options.case_sensitive = False
        options.log_errors = False
        options.max_mem = _ROOM
        occurring = re2.Set.SearchSet(options)
        for _, shape in self._shapes:
            occurring.Add(shape.source)
        occurring.Compile()
        return occurring

    def find_phrases(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Every match as (start, end, kind), pattern by pattern. `text` can be encoded."""
        for index in self._occurring.Match(text) or ():
            kind, shape = self._shapes[index]
            for match in islice(shape.finditer(text), self._most):
                if match.end() > match.start():
                    yield match.start(), match.end(), kind
