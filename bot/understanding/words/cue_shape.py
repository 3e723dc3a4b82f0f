"""The shape of a language's data, and how its phrases are found in a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.detect.folding import compile_caseless

_BEFORE = r"(?:^|[^\pL\pN_])"
_LETTER = r"[\pL\pN_]"  # RE2's own \w knows no umlauts
_AFTER = r"(?:$|[^\pL\pN_])"


class CuePhrases:
    """Some phrases, as one pattern. The text must have straight quotes; offsets point into it."""

    def __init__(self, *phrases: str) -> None:
        joined = "|".join(
            phrase.replace(" ?", r"\s*").replace(" ", r"\s+").replace(r"\w", _LETTER)
            for phrase in phrases
        )
        self._pattern = compile_caseless(f"{_BEFORE}({joined}){_AFTER}") if phrases else None

    def find_places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where they stand, left to right, without overlap."""
        start = 0
        while self._pattern is not None and start <= len(text):
            match = self._pattern.search(text, start)
            if match is None or match.end(1) == match.start(1):
                return
            yield match.start(1), match.end(1)
            start = match.end(1)

    def occurs_in(self, text: str) -> bool:
        return next(self.find_places(text), None) is not None

    def begins_text(self, text: str) -> bool:
        """Whether the text begins with one of them."""
        return next(self.find_places(text), (1, 1))[0] == 0


@dataclass(frozen=True, slots=True)
class LanguageCues:
    """One language.

    `signals`: phrases by kind. `courtesy`: words that a message of thanks alone is made of, the
    first set holding those without which it isn't one. `no_reply`: the customer says that they
    expect none. `introductions`: who they are, or that they are here. `open_questions`: those of `questions` that ask for more than yes or no. `orders`: a request when it opens a sentence, a noun or a tale elsewhere. `joins`:
    what stands between two asks. `remarks`: what a remark about the world opens with. `articles`: a
    brand's name behind one of them is a common noun.
    """

    language: str
    signals: Mapping[str, CuePhrases]
    courtesy: tuple[frozenset[str], frozenset[str]]
    no_reply: CuePhrases
    greetings: CuePhrases
    introductions: CuePhrases
    second_person: CuePhrases
    first_person: CuePhrases
    questions: CuePhrases
    open_questions: CuePhrases
    requests: CuePhrases
    orders: CuePhrases
    asks_others: CuePhrases
    sarcasm: CuePhrases
    remarks: CuePhrases
    joins: CuePhrases
    articles: frozenset[str]
    function_words: frozenset[str]
