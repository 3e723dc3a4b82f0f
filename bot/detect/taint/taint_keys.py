"""What to look for, for one private value: the value whole, and the parts that give it away.

Keys are joined: letters and digits only, look-alikes folded together, so that spaces, punctuation,
case and borrowed alphabets make no difference. A part is a key only if it says something by itself:
a rare word, five digits. Words of the public vocabulary say nothing. A common word that is also a
name (“Mark”, “Grace”, „Wolf“) is a `careful` key, which counts only where it is used as a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bot.detect.folding import SKELETON, Table, safe
from bot.detect.words import is_common

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
class Key:
    """A joined string to look for. `plain` is it before look-alikes are folded together.

    `loose`: long or odd enough to count inside other characters. `careful`: a common word.
    """

    joined: str
    plain: str
    loose: bool = False
    careful: bool = False


def _joined(character: str) -> str:
    return "".join(c for c in SKELETON[ord(character)] if c.isalnum())


def _parted(character: str) -> str:
    skeleton = SKELETON[ord(character)]
    return "".join(c if c.isalnum() else " " for c in skeleton)


PLAIN = Table(_joined)
"""Joins a text: what is neither letter nor digit goes, the rest is its skeleton."""
PARTED = Table(_parted)
"""The words of a text, with spaces for everything between them."""


def same(joined: str) -> str:
    """Joined text with the characters folded together that look the same in one font or another."""
    return joined.translate(_SAME)


@lru_cache(maxsize=4096)
def of(value: str) -> tuple[tuple[str, ...], tuple[Key, ...]]:
    """The words of a value, folded, and its keys. The public vocabulary is not yet taken away."""
    value = safe(value)[:500]
    words = tuple(value.translate(PARTED).split())
    keys: dict[str, Key] = {}
    for key in _keys(value, words):
        keys.setdefault(key.joined, key)
    return words, tuple(keys.values())


def _keys(value: str, words: tuple[str, ...]) -> list[Key]:
    whole = "".join(words)
    digits = "".join(c for c in whole if c.isdigit())
    keys: list[Key] = []
    if not whole:
        return keys
    if "@" in value:
        local = value.partition("@")[0].translate(PLAIN)
        keys.append(_key(whole, loose=True))
        if len(local) >= _TOLD_APART and not is_common(local):
            keys.append(_key(local))
        return keys
    mostly_digits = 2 * len(digits) >= len(whole)
    if len(whole) >= _TOLD_APART or (len(words) == 1 and _says_something(whole, True)):
        ordinary = not digits and all(is_common(word) for word in words)
        if not _round(whole):
            keys.append(_key(whole, loose=len(whole) >= 8, careful=ordinary and len(words) < 3))
    if "," in value:
        for part in value.split(","):
            joined = part.translate(PLAIN)
            if len(joined) >= 8 and " " in part.strip() and joined != whole:
                keys.append(_key(joined, loose=True))
    if mostly_digits and len(digits) >= _TOLD_APART and not _round(digits):
        keys.append(_key(digits))
        if len(digits) >= 9:
            keys.append(_key(digits[-8:]))  # a phone number without country and trunk prefix
    if len(words) <= _SENTENCE:
        name = not digits
        keys += (
            _key(word, careful=is_common(word))
            for word in words
            if word != whole and _says_something(word, name)
        )
    else:
        keys += (_key(w) for w in words if len(w) >= _TOLD_APART and any(map(str.isdigit, w)))
    return keys


def _key(plain: str, loose: bool = False, careful: bool = False) -> Key:
    return Key(same(plain), plain, loose, careful)


def _says_something(word: str, name: bool) -> bool:
    """Whether a word of a value gives it away: a part of a name, a long number, a rare word."""
    if word.isdigit():
        alone = len(word) == 4 and name and not word.startswith(("19", "20"))
        return (len(word) >= _TOLD_APART or alone) and not _round(word)
    if any(c.isdigit() for c in word):
        return len(word) >= _TOLD_APART
    if word in _PARTICLES or word in _PLACE_WORDS:
        return False
    return len(word) >= 3 if name else len(word) >= _TOLD_APART and not is_common(word)


def _round(digits: str) -> bool:
    return digits.isdigit() and (digits.endswith("00") and len(digits.rstrip("0")) <= 2)
