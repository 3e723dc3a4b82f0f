"""Taint: what one customer told us must not surface in a text that others can read.

`find` looks for private values in a text, however they are written: spaced out, joined, in other
case, with other punctuation, in look-alike letters. `values_of` says which values a customer's
messages hold. The public vocabulary (`vocabulary` of published facts, templates, the brand) and
common words are nobody's secret.

The text is joined once (letters and digits, look-alikes folded together) and each key is a search
for a substring; only a hit is looked at again, with its surroundings. It doesn't see paraphrase:
“the lady in Bonn”, a number in words, a name in initials.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.detect.folding import invisible, pattern, safe
from bot.detect.taint import taint_keys as keys
from bot.detect.taint.private_values import values_of
from bot.detect.taint.taint_keys import PARTED, PLAIN, Key, same
from bot.detect.words import common_german as de
from bot.detect.words import is_common
from bot.model import Span

__all__ = ["find", "values_of", "vocabulary"]

MOST = 64  # spans reported of one text
TRIED = 64  # places looked at for one key

_ADDRESSING = pattern(
    r"(?:\b(?:hi|hello|hey|dear|mr|mrs|ms|miss|sir|herr|herrn|frau|hallo|liebe[rs]?|dr|moin|servus"
    r"|thanks|thank you|danke|sorry)\.?,? )$"
)
_SENTENCE_START = pattern(r"(?:^|[.!?:…\n] *[\"'“„»(]*|^[-*•] *)$")


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words and numbers of public texts, in the form in which `find` subtracts them."""
    return frozenset(word for text in texts for word in safe(text).translate(PARTED).split())


def find(text: str, private: tuple[str, ...], public: frozenset[str]) -> tuple[Span, ...]:
    """Where private values surface in the text; kind `taint`, in order. Total and linear.

    `public` comes from `vocabulary`. Overlapping hits are one span.
    """
    text = safe(text)
    plain = text.translate(PLAIN)
    joined = same(plain)
    wanted: dict[str, Key] = {}
    for value in private:
        words, found = keys.of(value)
        if words and all(word in public for word in words):
            continue
        for key in found:
            if key.joined in joined and key.plain not in public:
                wanted.setdefault(key.joined, key)
    if not wanted:
        return ()
    view = _View.of(text, plain, joined)
    hits = sorted(hit for key in wanted.values() for hit in view.hits(key, public))
    return _merged(text, hits)


def _merged(text: str, hits: list[tuple[int, int]]) -> tuple[Span, ...]:
    merged: list[tuple[int, int]] = []
    for start, end in hits:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(Span(start, end, "taint", text[start:end]) for start, end in merged[:MOST])


@dataclass(frozen=True, slots=True)
class _View:
    """A text with its joined form, and where each joined character stood."""

    text: str
    plain: str
    joined: str
    places: list[int]

    @staticmethod
    def of(text: str, plain: str, joined: str) -> _View:
        places = [place for place, character in enumerate(text) for _ in PLAIN[ord(character)]]
        return _View(text, plain, joined, places)

    def hits(self, key: Key, public: frozenset[str]) -> list[tuple[int, int]]:
        """Where the key stands for its value, as ranges of the text."""
        found = []
        start = self.joined.find(key.joined)
        for _ in range(TRIED):
            if start < 0:
                break
            end = start + len(key.joined)
            if self._stands(key, start, end, public):
                found.append((self.places[start], self.places[end - 1] + 1))
            start = self.joined.find(key.joined, start + 1)
        return found

    def _broken(self, at: int) -> bool:
        """Whether a word ends before the joined character `at`."""
        if at <= 0 or at >= len(self.places):
            return True
        before, after = self.places[at - 1], self.places[at]
        if any(not invisible(c) for c in self.text[before + 1 : after][:8]):
            return True
        return self.text[before].islower() and self.text[after].isupper()

    def _edge(self, at: int, beside: int, digit: bool) -> bool:
        """Whether nothing of the same kind goes on there: a longer word, a longer number."""
        if self._broken(at):
            return True
        return digit != self.plain[beside].isdigit()

    def _stands(self, key: Key, start: int, end: int, public: frozenset[str]) -> bool:
        number = key.plain.isdigit()
        opens = self._edge(start, start - 1, self.plain[start].isdigit())
        closes = (
            self._edge(end, end, self.plain[end - 1].isdigit()) if end < len(self.plain) else True
        )
        if number or not key.loose:
            longer = self.plain[start : end + 1]  # “Mias”, but not the “this” of somebody's “Thi”
            possessive = not number and longer == f"{key.plain}s" and self._broken(end + 1)
            possessive = possessive and not (is_common(longer) or longer in public)
            if not opens or not (closes or possessive):
                return False
        pieces = self._pieces(start, end)
        exact = self.plain[start:end] == key.plain
        if len(pieces) == 1 and not exact:
            odd = len(key.joined) >= 5 or any(c.isdigit() for c in pieces[0])
            return odd and not is_common(pieces[0]) and pieces[0] not in public
        if key.careful:
            return self._as_name(start, end, pieces)
        if len(pieces) > 1 and not number and not key.loose:
            return not all(len(p) > 1 and (is_common(p) or p in public) for p in pieces)
        return True

    def _pieces(self, start: int, end: int) -> list[str]:
        """The words that a range of the joined text is made of."""
        pieces, begun = [], start
        for at in range(start + 1, end):
            if self._broken(at):
                pieces.append(self.plain[begun:at])
                begun = at
        return [*pieces, self.plain[begun:end]]

    def _as_name(self, start: int, end: int, pieces: list[str]) -> bool:
        """Whether common words are used as a name: capitals that nothing else asks for."""
        first, last = self.places[start], self.places[end - 1] + 1
        if all(len(piece) == 1 for piece in pieces) and len(pieces) > 2:
            return True  # spaced out: nobody writes a common word so
        if not self.text[first].isupper():
            return False
        before = self.text[max(0, first - 16) : first]
        if _ADDRESSING.search(before):
            return True
        opening = bool(_SENTENCE_START.search(before))
        if len(pieces) > 1:
            return all(
                self.text[self.places[start + sum(map(len, pieces[:i]))]].isupper()
                for i in range(1, len(pieces))
            )
        if opening:
            return self.text[last : last + 1] == ","
        return pieces[0] not in de.COMMON
