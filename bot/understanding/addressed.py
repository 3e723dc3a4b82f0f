"""Was the brand spoken to, or spoken about?

In this order, and the first that applies decides:

1. The platform knows: a direct line, an answer to the brand's own message, or a mention.
2. What is quoted or passed on was said by somebody else: it is left out of what follows.
3. Asked of others (“has anyone tried …?”, “what do you all think of …”): overheard.
4. The brand's handle: addressed.
5. The brand's name, as a name (“the trailhead was muddy” isn't one), spoken to: called by a
   greeting or at an end of a sentence; or with a second person, a question or a request beside it
   in the same sentence, as long as the name isn't whom somebody else is told about.
6. Anything else is overheard. Named, but not spoken to, is overheard.

Overheard messages are never answered unless a person chooses to: in doubt, overheard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import re2

from bot.understanding.quotations import blank_quotations
from bot.understanding.sentences import split_sentences, straighten_quotes
from bot.understanding.words.cue_languages import LANGUAGES
from bot.understanding.words.cue_shape import LanguageCues

_TEAM = r"(?:[\s-]+(?:team|support|folks|people|crew|kundenservice|service|shop))?"


@dataclass(frozen=True)
class BrandWords:
    """How people call the brand: its name, other names of it, and its handles (“@trailhead”)."""

    name: str
    handles: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @cached_property
    def _handle(self) -> Any:
        return _compile_literals(self.handles, r"(?i)(?:^|[^\pL\pN_@])({})(?:$|[^\pL\pN_])")

    @cached_property
    def _name(self) -> Any:
        pattern = r"(?i)(?:^|(\pL+)?[^\pL\pN_@])(({})" + _TEAM + r")(?:$|[^\pL\pN_])"
        return _compile_literals((self.name, *self.also), pattern)

    def has_handle(self, text: str) -> bool:
        return self._handle is not None and self._handle.search(text) is not None

    def iterate_names(self, text: str, articles: frozenset[str]) -> Iterator[tuple[int, int]]:
        """Where the brand is named; not where the word is a common noun, behind an article."""
        start = 0
        while self._name is not None:
            match = self._name.search(text, start)
            if match is None:
                return
            alone = match.group(2) == match.group(3)
            if not (alone and (match.group(1) or "").lower() in articles):
                yield match.start(2), match.end(2)
            start = match.end(2)


def _compile_literals(literals: Iterable[str], pattern: str) -> Any:
    escaped = [re2.escape(word) for word in literals if word]
    return re2.compile(pattern.replace("{}", "|".join(escaped))) if escaped else None


def is_addressed(text: str, brand: BrandWords, *, direct: bool, mention: bool, reply: bool) -> bool:
    """Whether the brand was spoken to. Total."""
    if direct or reply or mention:
        return True
    own = straighten_quotes(blank_quotations(text))
    if any(words.asks_others.occurs_in(own) for words in LANGUAGES.values()):
        return False
    return brand.has_handle(own) or any(
        _is_spoken_to(sentence.text, brand, words)
        for sentence in split_sentences(own)
        for words in LANGUAGES.values()
    )


def _is_spoken_to(sentence: str, brand: BrandWords, words: LanguageCues) -> bool:
    return any(
        _is_called(sentence, start, end, words)
        or _is_asked_of_brand(sentence, sentence[end:], words)
        for start, end in brand.iterate_names(sentence, _ARTICLES)
    )


_ARTICLES = frozenset().union(*(words.articles for words in LANGUAGES.values()))


def _is_called(sentence: str, start: int, end: int, words: LanguageCues) -> bool:
    """By a greeting before it, or set apart by a comma or colon at either end."""
    before, after = sentence[:start].rstrip(), sentence[end:].lstrip()
    greeted = any(stop == len(before) for _, stop in words.greetings.find_places(before))
    opens = not before and after.startswith((",", ":", "!"))
    closes = before.endswith(",") and not after.strip(" .!?…")
    return greeted or opens or closes


def _is_asked_of_brand(sentence: str, behind: str, words: LanguageCues) -> bool:
    """A question, a request, or a second person. The name stands in the same sentence."""
    behind = behind.lstrip(" ,:!")
    return (
        sentence.endswith("?")
        or words.questions.begins_text(sentence)
        or words.open_questions.begins_text(behind)
        or words.requests.occurs_in(sentence)
        or words.orders.begins_text(sentence)
        or words.orders.begins_text(behind)
        or words.second_person.occurs_in(sentence)
    )
