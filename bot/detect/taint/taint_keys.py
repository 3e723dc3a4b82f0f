"""What to look for, for one private value: the value whole, and the parts that give it away.

Keys are joined: letters and digits only, look-alikes folded together, so that spaces, punctuation,
case and borrowed alphabets make no difference. A part is a key only if it says something by itself:
a rare word, five digits. Words of the public vocabulary say nothing. A common word that is also a
name (“Mark”, “Grace”, „Wolf“) is a `careful` key, which counts only where it is used as a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bot.detect.folding import SKELETON, CharacterTable, replace_surrogates
from bot.detect.words.common_words import is_common

_SAME = str.maketrans({"0": "o", "1": "l", "i": "l"})
_PARTICLES = frozenset(
    (
        "del",
        "dos",
        "das",
        "della",
        "ibn",
        "los",
        "las",
        "san",
        "santa",
        "saint",
        "mac",
        "abu",
        "fon",
    )
)
_PLACE_WORDS = frozenset(
    ("street", "avenue", "road", "lane", "drive", "court", "boulevard", "strasse", "gasse", "platz")
)
_SENTENCE = 7  # words; a longer value is something that was said, and is looked for whole
_TOLD_APART = 5  # letters or digits that say something by themselves


@dataclass(frozen=True, slots=True)
class TaintKey:
    """A joined string to look for. `plain` is it before look-alikes are folded together.

    `loose`: long or odd enough to count inside other characters. `careful`: a common word.
    """

    joined: str
    plain: str
    loose: bool = False
    careful: bool = False


def _join_character(character: str) -> str:
    return "".join(c for c in SKELETON[ord(character)] if c.isalnum())


def _part_character(character: str) -> str:
    skeleton = SKELETON[ord(character)]
    return "".join(c if c.isalnum() else " " for c in skeleton)


PLAIN = CharacterTable(_join_character)
"""Joins a text: what is neither letter nor digit goes, the rest is its skeleton."""
PARTED = CharacterTable(_part_character)
"""The words of a text, with spaces for everything between them."""


def fold_look_alikes(joined: str) -> str:
    """Joined text with the characters folded together that look the same in one font or another."""
    return joined.translate(_SAME)


@lru_cache(maxsize=4096)
def keys_of_value(value: str) -> tuple[tuple[str, ...], tuple[TaintKey, ...]]:
    """The words of a value, folded, and its keys. The public vocabulary is not yet taken away."""
    value = replace_surrogates(value)[:500]
    words = tuple(value.translate(PARTED).split())
    keys: dict[str, TaintKey] = {}
    for key in _make_keys(value, words):
        keys.setdefault(key.joined, key)
    return words, tuple(keys.values())


def _make_keys(value: str, words: tuple[str, ...]) -> list[TaintKey]:
    whole = "".join(words)
    digits = "".join(c for c in whole if c.isdigit())
    keys: list[TaintKey] = []
    if not whole:
        return keys
    if "@" in value:
        local = value.partition("@")[0].translate(PLAIN)
        keys.append(_make_key(whole, loose=True))
        if len(local) >= _TOLD_APART and not is_common(local):
            keys.append(_make_key(local))
        return keys
    mostly_digits = 2 * len(digits) >= len(whole)
    if len(whole) >= _TOLD_APART or (len(words) == 1 and _identifies_person(whole, True)):
        ordinary = not digits and all(is_common(word) for word in words)
        if not _is_round_number(whole):
            keys.append(
                _make_key(whole, loose=len(whole) >= 8, careful=ordinary and len(words) < 3)
            )
    if "," in value:
        for part in value.split(","):
            joined = part.translate(PLAIN)
            if len(joined) >= 8 and " " in part.strip() and joined != whole:
                keys.append(_make_key(joined, loose=True))
    if mostly_digits and len(digits) >= _TOLD_APART and not _is_round_number(digits):
        keys.append(_make_key(digits))
        if len(digits) >= 9:
            keys.append(_make_key(digits[-8:]))  # a phone number without country and trunk prefix
    if len(words) <= _SENTENCE:
        name = not digits
        keys += (
            _make_key(word, careful=is_common(word))
            for word in words
            if word != whole and _identifies_person(word, name)
        )
    else:
        keys += (_make_key(w) for w in words if len(w) >= _TOLD_APART and any(map(str.isdigit, w)))
    return keys


def _make_key(plain: str, loose: bool = False, careful: bool = False) -> TaintKey:
    return TaintKey(fold_look_alikes(plain), plain, loose, careful)


def _identifies_person(word: str, name: bool) -> bool:
    """Whether a word of a value gives it away: a part of a name, a long number, a rare word."""
    if word.isdigit():
        alone = len(word) == 4 and name and not word.startswith(("19", "20"))
        return (len(word) >= _TOLD_APART or alone) and not _is_round_number(word)
    if any(c.isdigit() for c in word):
        return len(word) >= _TOLD_APART
    if word in _PARTICLES or word in _PLACE_WORDS:
        return False
    return len(word) >= 3 if name else len(word) >= _TOLD_APART and not is_common(word)


def _is_round_number(digits: str) -> bool:
    return digits.isdigit() and (digits.endswith("00") and len(digits.rstrip("0")) <= 2)
