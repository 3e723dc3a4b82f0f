"""Whether a text still says whose it is: an example stands in a file that many read.

What has a form (addresses, numbers), what the customer told of themselves in the ask it comes from,
and names: capitalised where the language spares capitals, and in any letters where somebody says
hello or goodbye with them. Words of published facts and of other examples are nobody's. A name in
the middle of a German sentence, or in small letters that nothing announces, is not seen: that is
why an author reads every example before it is one, and `find_unfamiliar_words` says which words to
look at.
"""

from __future__ import annotations

from bot.detect.folding import compile_caseless, replace_surrogates
from bot.detect.personal.personal_data import find_personal_data
from bot.detect.taint.private_values import find_private_values
from bot.detect.taint.taint_detection import find_tainted, public_vocabulary
from bot.detect.words.common_words import is_common
from bot.model import Span

_NAMED = r"((?:[\p{L}][\p{L}'’.-]*)(?: [\p{L}][\p{L}'’.-]+){0,2})"
_INTRODUCED = compile_caseless(
    r"\b(?:this is|hier ist|hier spricht|hier schreibt|hier is)[ :]+" + _NAMED
)
_OPENING = compile_caseless(r"^(?:hi|hello|hey|hallo|moin)?[,! ]*" + _NAMED + r" (?:here|hier)\b")
_CLOSING = compile_caseless(
    r"\b(?:regards|cheers|best|sincerely|yours|thanks|thx|thank you|danke|lg|vg|mfg"
    r"|gr(?:ü|ue)(?:ß|ss)en?|gru(?:ß|ss))[,.! -]+" + _NAMED + r"[.! ]*$"
)
_WORDS = compile_caseless(r"\p{L}[\p{L}'’-]{2,}")


def find_giveaways(
    text: str, asked: str, name: str, public: frozenset[str], contacts: frozenset[str]
) -> tuple[Span, ...]:
    """What has to be taken out of a text before it may be an example, in order.

    `asked` are all words of the ask that it was made from, `name` what its author goes by.
    `public` is a `public_vocabulary`, `contacts` the published ones, as `normalize_contacts` has
    them.
    """
    values = find_private_values((asked, text), name, public)
    parts = (part for value in (name, *values) for part in value.split())
    private = (*values, *(part for part in parts if len(part) > 2))
    spans = [
        *_find_names_in_greetings(text, public),
        *find_personal_data(text, contacts),
        *find_tainted(text, private, public),
    ]
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return tuple(found)


def find_unfamiliar_words(text: str, public: frozenset[str]) -> tuple[str, ...]:
    """Words that are neither common nor the brand's own, each once: one may be a name."""
    words = (match.group() for match in _WORDS.finditer(replace_surrogates(text)))
    return tuple(dict.fromkeys(word for word in words if not _is_ordinary_word(word, public)))


def _find_names_in_greetings(text: str, public: frozenset[str]) -> list[Span]:
    """Names that somebody says hello or goodbye with: up to the first word that is none."""
    text, found = replace_surrogates(text), []
    for form in (_INTRODUCED, _OPENING, _CLOSING):
        for match in form.finditer(text):
            start, end = match.span(1)
            words = text[start:end].split(" ")
            while words and _is_ordinary_word(words[-1], public):
                words.pop()
            if words and not _is_ordinary_word(words[0], public):
                end = start + len(" ".join(words))
                found.append(Span(start, end, "name", text[start:end]))
    return found


def _is_ordinary_word(word: str, public: frozenset[str]) -> bool:
    folded = word.strip("'’.-").casefold()
    return is_common(folded) or folded in public or public_vocabulary([word]) <= public
