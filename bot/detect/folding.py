"""How strangers' text is made comparable, with the way back to the words they wrote.

`replace_surrogates` makes any `str` fit for RE2 without moving a character. `fold_text` and
`fold_to_skeleton` return the text as it is searched, and, for every character of it, where it
stood: a detector searches the folded text and points at the original. `fold_text` is NFKC, lower
case, nothing invisible. `fold_to_skeleton` also takes off accents and writes look-alike letters of
any script as the Latin letter that they imitate (Unicode's confusables, by way of
confusable-homoglyphs; UTS 39, section 4).

Folding is by character. A sequence that only means something as a whole keeps its parts; what is
compared was folded the same way on both sides, so nothing is lost by it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import re2
from confusable_homoglyphs.confusables import confusables_data

from bot.model import Span

_REMEMBERED = 1 << 16  # characters a table keeps; the rest is worked out again
_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"  # look empty, but count as letters


@lru_cache(maxsize=256)
def compile_pattern(source: str, sensitive: bool = True, room: int = 8 << 20) -> re2._Regexp:
    """An RE2 pattern that doesn't write to stderr, with `room` bytes for its automaton."""
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = sensitive
    options.max_mem = room
    return re2.compile(source, options)


def compile_caseless(source: str) -> re2._Regexp:
    """An RE2 pattern that ignores case."""
    return compile_pattern(source, False)


def compile_any_of(*sources: str) -> re2._Regexp:
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


_LATIN = {
    ord(character): str(twins[0]["c"])
    for character, entries in confusables_data.items()
    if len(character) == 1
    and not character.isascii()
    and (twins := [twin for twin in entries if twin["c"].isascii() and twin["c"].isalnum()])
}


def _bare_character(character: str) -> str:
    """Without look-alikes, accents, case; nothing if invisible."""
    if is_invisible(character):
        return ""
    twin = _LATIN.get(ord(character))
    parts = unicodedata.normalize("NFKD", twin or character).casefold()
    letters = (part for part in parts if not unicodedata.combining(part))
    return "".join(_LATIN.get(ord(letter), letter) for letter in letters).lower()


class CharacterTable(dict[int, str]):
    """A `str.translate` table that works a character out the first time it meets it."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__({code: rule(chr(code)) for code in range(0x250)})
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
