"""The look-alikes are those that Unicode's whole table gave, of characters of 2002 at least."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest

from bot.detect.folding import SKELETON
from bot.detect.words.latin_twins import LATIN


@pytest.mark.parametrize(
    ("begin", "end", "digest"),
    [
        (0x80, 0x3000, "955a27326c33"),
        (0xA000, 0xB000, "b61f4fda39fb"),
        (0x10000, 0x12000, "5db101b0ba07"),
        (0x1D000, 0x1D800, "87c21901f805"),
    ],
)
def test_skeletons_are_what_they_were(begin: int, end: int, digest: str) -> None:
    old = unicodedata.ucd_3_2_0
    there = (code for code in range(begin, end) if old.category(chr(code)) not in ("Cn", "Cs"))
    said = "|".join(SKELETON[code] for code in there)
    assert hashlib.sha256(said.encode()).hexdigest()[:12] == digest


def test_a_twin_is_no_ascii_and_is_read_as_ascii() -> None:
    assert len(LATIN) == 522
    assert all(code > 0x7F and latin.isascii() and latin.isalnum() for code, latin in LATIN.items())
