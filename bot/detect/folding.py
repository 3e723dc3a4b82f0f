"""How strangers' text is made comparable, with the way back to the words they wrote.

`safe` makes any `str` fit for RE2 without moving a character. `fold` and `skeleton` return the text
as it is searched, and, for every character of it, where it stood: a detector searches the folded
text and points at the original. `fold` is NFKC, lower case, nothing invisible. `skeleton` also
takes off accents and writes look-alike letters of any script as the Latin letter that they imitate
(Unicode's confusables, in `words/latin_twins.py`; UTS 39, section 4).

Folding is by character. A sequence that only means something as a whole keeps its parts; what is
compared was folded the same way on both sides, so nothing is lost by it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import re2

from bot.detect.words.latin_twins import LATIN
from bot.model import Span

ROOM = 1 << 20  # bytes for a pattern and its automaton; with more it grows, and is no faster
_REMEMBERED = 1 << 16  # characters a table keeps; the rest is worked out again
_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"  # look empty, but count as letters


class Pattern:
    """An RE2 pattern, compiled when it is first used: whoever only imports it pays nothing.

    It doesn't write to stderr, and has `room` bytes for its automaton. Its methods are those of the
    standard library's patterns; each raises re2.error if `source` is no pattern.
    """

    def __init__(self, source: str, sensitive: bool, room: int) -> None:
        self.source, self.sensitive, self.room = source, sensitive, room

    @cached_property
    def compiled(self) -> Any:
        options = re2.Options()
        options.log_errors = False
        options.case_sensitive = self.sensitive
        options.max_mem = self.room
        return re2.compile(self.source, options)

    def search(self, text: str, start: int = 0) -> Any:
        return self.compiled.search(text, start)

    def match(self, text: str) -> Any:
        return self.compiled.match(text)

    def fullmatch(self, text: str) -> Any:
        return self.compiled.fullmatch(text)

    def finditer(self, text: str) -> Iterator[Any]:
        found: Iterator[Any] = self.compiled.finditer(text)
        return found

    def findall(self, text: str) -> list[Any]:
        return list(self.compiled.findall(text))

    def split(self, text: str) -> list[str]:
        return list(self.compiled.split(text))

    def sub(self, instead: Callable[[Any], str], text: str) -> str:
        return str(self.compiled.sub(instead, text))


@lru_cache(maxsize=256)
def compile_pattern(source: str, sensitive: bool = True, room: int = ROOM) -> Pattern:
    """A pattern that minds case, or doesn't."""
    return Pattern(source, sensitive, room)


def compile_caseless(source: str) -> Pattern:
    """A pattern that ignores case."""
    return compile_pattern(source, False)


def compile_any_of(*sources: str) -> Pattern:
    """One pattern for “any of these”."""
    return compile_caseless("|".join(f"(?:{source})" for source in sources))


def replace_surrogates(text: str) -> str:
    """The text with lone surrogates as U+FFFD, so that it can be encoded. Offsets stay."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text


def is_invisible(character: str) -> bool:
    """Whether it takes no space on screen: zero-width, bidi control, variation selector, filler."""
    return (
        unicodedata.category(character) == "Cf"
        or character in _BLANK_LETTERS
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
        or character == "\u034f"
    )


def _fold_character(character: str) -> str:
    if is_invisible(character):
        return ""
    return unicodedata.normalize("NFKC", character).casefold()


def _bare_character(character: str) -> str:
    """Without look-alikes, accents, case; nothing if invisible."""
    if is_invisible(character):
        return ""
    twin = LATIN.get(ord(character))
    parts = unicodedata.normalize("NFKD", twin or character).casefold()
    letters = (part for part in parts if not unicodedata.combining(part))
    return "".join(LATIN.get(ord(letter), letter) for letter in letters).lower()


class CharacterTable(dict[int, str]):
    """A `str.translate` table that works a character out the first time it meets it."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, code: int) -> str:
        character = self._rule(chr(code))
        if len(self) < _REMEMBERED:
            self[code] = character
        return character


FOLD = CharacterTable(_fold_character)
SKELETON = CharacterTable(_bare_character)


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text as it is searched. `places[i]` is where character i stood; None: where it stands."""

    text: str
    original: str
    places: list[int] | None

    def original_range(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the original that the range start < end of this text came from."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1

    def original_span(self, start: int, end: int, kind: str) -> Span:
        """What was found at start < end, as a span of the original."""
        first, last = self.original_range(start, end)
        return Span(first, last, kind, self.original[first:last])


def translate_text(text: str, table: CharacterTable) -> FoldedText:
    """The text through the table, with the way back."""
    if text.isascii() or all(len(table[ord(character)]) == 1 for character in set(text)):
        return FoldedText(text.translate(table), text, None)
    out: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in table[ord(character)]:
            out.append(letter)
            places.append(place)
    moved = places != list(range(len(text)))
    return FoldedText("".join(out), text, places if moved else None)


def fold_text(text: str) -> FoldedText:
    """NFKC, lower case, nothing invisible. Any `str`; linear."""
    text = replace_surrogates(text)
    return FoldedText(text.lower(), text, None) if text.isascii() else translate_text(text, FOLD)


def fold_to_skeleton(text: str) -> FoldedText:
    """Folded, and without accents and look-alike letters. Any `str`; linear."""
    text = replace_surrogates(text)
    return (
        FoldedText(text.lower(), text, None) if text.isascii() else translate_text(text, SKELETON)
    )
