"""Is it language at all? Keys struck at random, and real words in no order.

Random keys: none of the words is known, and their letters don't look like words. What is not
caught here is still far from every intent, and goes to a person as out of scope; this only finds
the better reason.
"""

from __future__ import annotations

from collections.abc import Collection

from bot.understanding.sentences import normalize_text, split_words
from bot.understanding.words.cue_languages import LANGUAGES

_VOWELS = frozenset("aeiouyäöüáàâãåæéèêëíìîïóòôõøúùûýœ")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm")
_LATIN_END = 0x24F
_RUN = 4


def is_gibberish(text: str, vocabulary: Collection[str]) -> bool:
    """No word in it, as far as one can tell. `vocabulary` are the brand's own words."""
    words = [word for word in split_words(normalize_text(text)) if any(c.isalpha() for c in word)]
    if not words:
        return True
    if any(ord(c) > _LATIN_END for word in words for c in word):
        return False
    known = sum(
        word in vocabulary or any(word in own.function_words for own in LANGUAGES.values())
        for word in words
        if len(word) > 1
    )
    odd = sum(_is_odd_word(word) for word in words)
    return known == 0 and 2 * odd >= len(words)


def _is_odd_word(word: str) -> bool:
    """Letters that don't make a word: no vowel, four consonants of one row, keys in a row."""
    letters = [c for c in word if c.isalpha()]
    vowels = sum(c in _VOWELS for c in letters)
    if len(letters) >= 3 and (vowels == 0 or vowels == len(letters)):
        return True
    if len(set(letters)) == 1 and len(letters) >= 3:
        return True
    if any(_is_keyboard_run(word[i : i + _RUN]) for i in range(len(word) - _RUN + 1)):
        return True
    return len(letters) >= 5 and _longest_without_vowel(word) >= 5


def _is_keyboard_run(part: str) -> bool:
    return any(part in row or part[::-1] in row for row in _ROWS)


def _longest_without_vowel(word: str) -> int:
    longest = run = 0
    for c in word:
        run = 0 if c in _VOWELS else run + 1
        longest = max(longest, run)
    return longest
