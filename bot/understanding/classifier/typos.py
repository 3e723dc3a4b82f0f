"""Slips of the fingers, so that a model learns what a hasty customer writes.

Two letters swapped, one left out, one struck twice, or the key beside it. Where a slip falls is
drawn from the generator that is given, so training stays deterministic.
"""

from __future__ import annotations

import numpy as np

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    key: row[max(0, i - 1) : i] + row[i + 1 : i + 2] for row in _ROWS for i, key in enumerate(row)
}
_KINDS = 4


def misspell_text(text: str, dice: np.random.Generator) -> str:
    """The text with one or two slips in its letters; as it was if it has none."""
    for _ in range(int(dice.integers(1, 3))):
        places = [i for i, char in enumerate(text) if char.isalpha()]
        if not places:
            return text
        text = _make_slip(
            text, places[int(dice.integers(len(places)))], int(dice.integers(_KINDS)), dice
        )
    return text


def _make_slip(text: str, at: int, kind: int, dice: np.random.Generator) -> str:
    before, char, after = text[:at], text[at], text[at + 1 :]
    if kind == 0 and after[:1].isalpha():
        return before + after[0] + char + after[1:]
    if kind == 1:
        return before + after
    if kind == 2:
        return before + char + char + after
    beside = _BESIDE.get(char.lower(), char)
    return before + beside[int(dice.integers(len(beside)))] + after
