"""Whether a text still says whose it is: an example stands in a file that many read.

What has a form (addresses, numbers), what the customer told of themselves in the ask it comes from,
and names: capitalised where the language spares capitals, and in any letters where somebody says
hello or goodbye with them. Words of published facts and of other examples are nobody's. A name in
the middle of a German sentence, or in small letters that nothing announces, is not seen: that is
why an author reads every example before it is one, and `unfamiliar` says which words to look at.
"""

from __future__ import annotations

from bot.detect import personal, taint
from bot.detect.folding import pattern, safe
from bot.detect.words import is_common
from bot.model import Span

_NAMED = r"((?:[\p{L}][\p{L}'’.-]*)(?: [\p{L}][\p{L}'’.-]+){0,2})"
_INTRODUCED = pattern(r"\b(?:this is|hier ist|hier spricht|hier schreibt|hier is)[ :]+" + _NAMED)
_OPENING = pattern(r"^(?:hi|hello|hey|hallo|moin)?[,! ]*" + _NAMED + r" (?:here|hier)\b")
_CLOSING = pattern(
    r"\b(?:regards|cheers|best|sincerely|yours|thanks|thx|thank you|danke|lg|vg|mfg"
    r"|gr(?:ü|ue)(?:ß|ss)en?|gru(?:ß|ss))[,.! -]+" + _NAMED + r"[.! ]*$"
)
_WORDS = pattern(r"\p{L}[\p{L}'’-]{2,}")


def giveaways(
    text: str, asked: str, name: str, public: frozenset[str], contacts: frozenset[str]
) -> tuple[Span, ...]:
    """What has to be taken out of a text before it may be an example, in order.

    `asked` are all words of the ask that it was made from, `name` what its author goes by.
    `public` is a `taint.vocabulary`, `contacts` the published ones, as `personal.contacts` has
    them.
    """
    values = taint.values_of((asked, text), name, public)
    parts = (part for value in (name, *values) for part in value.split())
    private = (*values, *(part for part in parts if len(part) > 2))
    spans = [
        *_hellos(text, public),
        *personal.find(text, contacts),
        *taint.find(text, private, public),
    ]
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return tuple(found)


def unfamiliar(text: str, public: frozenset[str]) -> tuple[str, ...]:
    """Words that are neither common nor the brand's own, each once: one may be a name."""
    words = (match.group() for match in _WORDS.finditer(safe(text)))
    return tuple(dict.fromkeys(word for word in words if not _ordinary(word, public)))


def _hellos(text: str, public: frozenset[str]) -> list[Span]:
    """Names that somebody says hello or goodbye with: up to the first word that is none."""
    text, found = safe(text), []
    for form in (_INTRODUCED, _OPENING, _CLOSING):
        for match in form.finditer(text):
            start, end = match.span(1)
            words = text[start:end].split(" ")
            while words and _ordinary(words[-1], public):
                words.pop()
            if words and not _ordinary(words[0], public):
                end = start + len(" ".join(words))
                found.append(Span(start, end, "name", text[start:end]))
    return found


def _ordinary(word: str, public: frozenset[str]) -> bool:
    folded = word.strip("'’.-").casefold()
    return is_common(folded) or folded in public or taint.vocabulary([word]) <= public
