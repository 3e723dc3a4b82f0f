"""“Did you mean …?”: the known word nearest to one that isn't known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


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
