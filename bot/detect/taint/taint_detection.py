"""Taint: what one customer told us must not surface in a text that others can read.

`find_tainted` looks for private values in a text, however they are written: spaced out, joined, in
other case, with other punctuation, in look-alike letters. `find_private_values` says which values a
customer's messages hold. The public vocabulary (`public_vocabulary` of published facts, templates,
the brand) and common words are nobody's secret.

The text is joined once (letters and digits, look-alikes folded together) and each key is a search
for a substring; only a hit is looked at again, with its surroundings. It doesn't see paraphrase:
“the lady in Bonn”, a number in words, a name in initials.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.detect.folding import compile_caseless, is_invisible, replace_surrogates
from bot.detect.taint import taint_keys
from bot.detect.taint.taint_keys import PARTED, PLAIN, TaintKey, fold_look_alikes
from bot.detect.words import common_german
from bot.detect.words.common_words import is_common
from bot.model import Span

MOST_TAINTS = 64  # spans reported of one text
TRIED = 64  # places looked at for one key

_ADDRESSING = compile_caseless(
    r"(?:\b(?:hi|hello|hey|dear|mr|mrs|ms|miss|sir|herr|herrn|frau|hallo|liebe[rs]?|dr|moin|servus"
    r"|thanks|thank you|danke|sorry)\.?,? )$"
)
_SENTENCE_START = compile_caseless(r"(?:^|[.!?:…\n] *[\"'“„»(]*|^[-*•] *)$")


def public_vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words and numbers of public texts, in the form in which `find_tainted` subtracts them."""
    return frozenset(
        word for text in texts for word in replace_surrogates(text).translate(PARTED).split()
    )


def find_tainted(text: str, private: tuple[str, ...], public: frozenset[str]) -> tuple[Span, ...]:
    """Where private values surface in the text; kind `taint`, in order. Total and linear.

    `public` comes from `public_vocabulary`. Overlapping hits are one span.
    """
    text = replace_surrogates(text)
    plain = text.translate(PLAIN)
    joined = fold_look_alikes(plain)
    wanted: dict[str, TaintKey] = {}
    for value in private:
        words, found = taint_keys.keys_of_value(value)
        if words and all(word in public for word in words):
            continue
        for key in found:
            if key.joined in joined and key.plain not in public:
                wanted.setdefault(key.joined, key)
    if not wanted:
        return ()
    view = _JoinedText.from_text(text, plain, joined)
    hits = sorted(hit for key in wanted.values() for hit in view.find_key(key, public))
    return _merge_hits(text, hits)


def _merge_hits(text: str, hits: list[tuple[int, int]]) -> tuple[Span, ...]:
    merged: list[tuple[int, int]] = []
    for start, end in hits:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(Span(start, end, "taint", text[start:end]) for start, end in merged[:MOST_TAINTS])


@dataclass(frozen=True, slots=True)
class _JoinedText:
    """A text with its joined form, and where each joined character stood."""

    text: str
    plain: str
    joined: str
    places: list[int]

    @staticmethod
    def from_text(text: str, plain: str, joined: str) -> _JoinedText:
        places = [place for place, character in enumerate(text) for _ in PLAIN[ord(character)]]
        return _JoinedText(text, plain, joined, places)

    def find_key(self, key: TaintKey, public: frozenset[str]) -> list[tuple[int, int]]:
        """Where the key stands for its value, as ranges of the text."""
        found = []
        start = self.joined.find(key.joined)
        for _ in range(TRIED):
            if start < 0:
                break
            end = start + len(key.joined)
            if self._stands_for_value(key, start, end, public):
                found.append((self.places[start], self.places[end - 1] + 1))
            start = self.joined.find(key.joined, start + 1)
        return found

    def _is_word_break(self, at: int) -> bool:
        """Whether a word ends before the joined character `at`."""
        if at <= 0 or at >= len(self.places):
            return True
        before, after = self.places[at - 1], self.places[at]
        if any(not is_invisible(c) for c in self.text[before + 1 : after][:8]):
            return True
        return self.text[before].islower() and self.text[after].isupper()

    def _is_edge(self, at: int, beside: int, digit: bool) -> bool:
        """Whether nothing of the same kind goes on there: a longer word, a longer number."""
        if self._is_word_break(at):
            return True
        return digit != self.plain[beside].isdigit()

    def _stands_for_value(
        self, key: TaintKey, start: int, end: int, public: frozenset[str]
    ) -> bool:
        number = key.plain.isdigit()
        opens = self._is_edge(start, start - 1, self.plain[start].isdigit())
        closes = (
            self._is_edge(end, end, self.plain[end - 1].isdigit())
            if end < len(self.plain)
            else True
        )
        if number or not key.loose:
            longer = self.plain[start : end + 1]  # “Mias”, but not the “this” of somebody's “Thi”
            possessive = not number and longer == f"{key.plain}s" and self._is_word_break(end + 1)
            possessive = possessive and not (is_common(longer) or longer in public)
            if not opens or not (closes or possessive):
                return False
        pieces = self._words_in_range(start, end)
        exact = self.plain[start:end] == key.plain
        if len(pieces) == 1 and not exact:
            odd = len(key.joined) >= 5 or any(c.isdigit() for c in pieces[0])
            return odd and not is_common(pieces[0]) and pieces[0] not in public
        if key.careful:
            return self._is_used_as_name(start, end, pieces)
        if len(pieces) > 1 and not number and not key.loose:
            return not all(len(p) > 1 and (is_common(p) or p in public) for p in pieces)
        return True

    def _words_in_range(self, start: int, end: int) -> list[str]:
        """The words that a range of the joined text is made of."""
        pieces, begun = [], start
        for at in range(start + 1, end):
            if self._is_word_break(at):
                pieces.append(self.plain[begun:at])
                begun = at
        return [*pieces, self.plain[begun:end]]

    def _is_used_as_name(self, start: int, end: int, pieces: list[str]) -> bool:
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
        return pieces[0] not in common_german.COMMON
