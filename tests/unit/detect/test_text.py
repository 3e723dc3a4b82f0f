"""Folding: what is compared is the same however it is written, and the way back is exact."""

from __future__ import annotations

import subprocess
import sys

import pytest
import re2
from hypothesis import given

from bot.detect.folding import fold_text, fold_to_skeleton, replace_surrogates
from tests.unit.detect.hostile import anything, for_any


@for_any
@given(anything)
def test_any_text_can_be_searched_with_re2_and_keeps_its_length(text: str) -> None:
    made_safe = replace_surrogates(text)
    assert len(made_safe) == len(text)
    assert re2.search("x?", made_safe) is not None


@for_any
@given(anything)
def test_every_folded_character_knows_where_it_stood(text: str) -> None:
    for folded in (fold_text(text), fold_to_skeleton(text)):
        places = [folded.original_range(n, n + 1) for n in range(len(folded.text))]
        assert all(0 <= start < end <= len(text) for start, end in places)
        assert places == sorted(places)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Ａｎｎａ", "anna"),
        ("An\u200bna", "anna"),
        ("\u202eanna\u202c", "anna"),
        ("Аnnа", "anna"),  # Cyrillic А and а
        ("MÜLLER", "muller"),
        ("Jose\u0301", "jose"),
        ("𝓐nna", "anna"),
        ("Strauß", "strauss"),
    ],
)
def test_a_skeleton_is_what_the_eye_reads(written: str, meant: str) -> None:
    assert fold_to_skeleton(written).text == meant


def test_a_span_points_at_the_words_as_they_were_written() -> None:
    text = "ﬁrst: Аn\u200bna, last"
    folded = fold_to_skeleton(text)
    start = folded.text.index("anna")
    span = folded.original_span(start, start + 4, "name")
    assert span.words == "Аn\u200bna" == text[span.start : span.end]


def test_other_scripts_stay_what_they_are() -> None:
    assert fold_text("Привет, Λόγοι").text == "привет, λόγοι"


COMPILE_ALL = """
import gc, importlib, pkgutil
import bot.detect, bot.understanding
from bot.detect.folding import Pattern
for package in (bot.detect, bot.understanding):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
patterns = [found for found in gc.get_objects() if isinstance(found, Pattern)]
assert all(pattern.compiled for pattern in patterns)
print(len(patterns))
"""  # in a process of its own: other tests make patterns too, and broken ones


@pytest.mark.slow
def test_every_pattern_of_ours_can_be_compiled() -> None:
    """They are compiled when they are first used: that must not be the day of a customer's."""
    done = subprocess.run([sys.executable, "-c", COMPILE_ALL], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 300
