"""Findings mark the very words, and the text stays what it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.cards.card import Mark
from handlers.desk.marked_text import marked

WORDS = ("blocked", "held", "note", "to a person")


def mark(start: int, end: int, word: str = "held") -> Mark:
    return Mark("⏸", word, "because", "instead", "words", start, end, "pack/rule")


texts = st.text(alphabet="ab \n", max_size=40)
marks = st.lists(
    st.builds(mark, st.integers(-3, 45), st.integers(-3, 45), st.sampled_from(WORDS)), max_size=6
).map(tuple)


@given(texts, texts, marks)
def test_nothing_is_added_and_nothing_is_lost(
    text: str, body: str, found: tuple[Mark, ...]
) -> None:
    shown = marked(text, body, found)
    paragraphs = ("".join(piece.text for piece in p.pieces) for p in shown.paragraphs)
    assert "\n\n".join(paragraphs) == text


@given(texts, marks)
def test_every_finding_is_shown_exactly_once(text: str, found: tuple[Mark, ...]) -> None:
    shown = marked(text, "", found)
    numbers = [n.number for p in shown.paragraphs for n in p.findings]
    numbers += [n.number for n in shown.whole]
    assert sorted(numbers) == list(range(1, len(found) + 1))


@given(texts, marks)
def test_exactly_the_words_of_findings_are_marked(text: str, found: tuple[Mark, ...]) -> None:
    expected = {
        at for m in found if 0 <= m.start < m.end <= len(text) for at in range(m.start, m.end)
    }
    at, coloured = 0, set()
    for paragraph in marked(text, "", found).paragraphs:
        for piece in paragraph.pieces:
            if piece.tone:
                coloured |= set(range(at, at + len(piece.text)))
            at += len(piece.text)
        at += 2
    gaps = {n for n in range(len(text)) if text[n] == "\n"}
    assert coloured - gaps == expected - gaps


def test_where_findings_overlap_the_worst_colours_the_words() -> None:
    shown = marked("abcdef", "", (mark(0, 4, "note"), mark(2, 6, "blocked")))
    pieces = [(piece.text, piece.tone, piece.numbers) for piece in shown.paragraphs[0].pieces]
    assert pieces == [("ab", "note", ()), ("cd", "stop", (1,)), ("ef", "stop", (2,))]


def test_the_body_is_told_from_what_is_put_around_it() -> None:
    shown = marked("Hello,\n\nOne.\n\nTwo.\n\nTrailhead", "One.\n\nTwo.", ())
    assert [p.body for p in shown.paragraphs] == [False, True, True, False]
