"""One small family of errors. Each message names the place, says what is so, and the mend."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class AboveboardError(Exception):
    """Anything that a person can mend. `str(error)` is one clear line."""


class BrandError(AboveboardError):
    """A file of the brand's (config, pack, fact, intent, template) cannot be used.

    `file` and `line` (from 1; 0 if the whole file is meant) say where, `problem` what is so,
    `mend` what to do.
    """

    def __init__(self, file: str, line: int, problem: str, mend: str = "") -> None:
        self.file, self.line, self.problem, self.mend = file, line, problem, mend
        place = f"{file}:{line}" if line else file
        super().__init__(f"{place}: {problem}" + (f" {mend}" if mend else ""))


class StoreError(AboveboardError):
    """The store cannot be opened, read or written."""


class ChannelError(AboveboardError):
    """A channel cannot be started, or refuses for good."""


class NoDraft(AboveboardError):
    """There is no honest draft: a fact is missing or expired, or no template fits.

    `fact` names the fact, if it is one.
    """

    def __init__(self, why: str, fact: str = "") -> None:
        self.why, self.fact = why, fact
        super().__init__(why)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like `word`, or that one of the two abbreviates; or empty."""
    names = sorted(known)
    matches = get_close_matches(word, names, n=1, cutoff=0.6)
    if not matches and len(word) >= 3:
        matches = [name for name in names if name.startswith(word) or word.startswith(name)]
    return matches[0] if len(matches) == 1 else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A mend for a misspelt word: the nearest known one, or all of them when they are few."""
    names = sorted(known)
    near = nearest(word, names)
    if near:
        return f"Did you mean “{near}”?"
    if not names:
        return ""
    if len(names) <= 12:
        return "Known: " + ", ".join(names) + "."
    return f"{len(names)} others are known; none is spelt like it."
