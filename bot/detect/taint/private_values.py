"""Which private values a customer's messages hold.

E-mail addresses, numbers and street addresses by their form; order numbers and codes as tokens that
mix letters and digits; names by the words that announce them (“my name is …”), by their capitals
where a sentence doesn't need any (English; a German sentence capitalises every noun, so there only
announced names count), and the name that the customer goes by. Better one value too many than one
too few: `find_personal_data` takes the public vocabulary away again.
"""

from __future__ import annotations

from bot.detect.folding import compile_caseless, compile_pattern, replace_surrogates
from bot.detect.personal.personal_data import find_personal_data
from bot.detect.taint.taint_keys import PLAIN
from bot.detect.words import common_german
from bot.detect.words.common_words import COMMON, is_common

MOST = 64  # values kept
READ = 20_000  # characters of a conversation, the latest

_CODE = compile_caseless(
    r"#?\b(?:[\p{L}]+[-_]?\d[\p{L}\d]*|\d+[-_]?[\p{L}][\p{L}\d]*)(?:[-_/][\p{L}\d]+)*\b"
    r"|#\d{3,}\b|\b\d{5,}\b|\b\d{2,}(?:[-./ ]\d{2,}){1,5}\b"
)
_ANNOUNCED = compile_caseless(
    r"\b(?:my name is|my name's|this is|i am|i'm|name ?:|call me|regards,?|cheers,?|thanks,?"
    r"|sincerely,?|mein name ist|ich hei(?:ß|ss)e|ich bin|name ist|gr(?:ü|ue)(?:ß|ss)en?,?"
    r"|(?:lg|vg|mfg),?|hier (?:ist|spricht|schreibt)"
    r"|gru(?:ß|ss),?|frau|herrn?|mr\.?|mrs\.?|ms\.?|dr\.?|for|an|für|from|lives? in|live in"
    r"|wohne in|aus|delivered to|shipped to)[\s:]+"
    r"((?:[\p{L}][\p{L}'’.-]+)(?: +[\p{L}][\p{L}'’.-]+){0,3})"
)
_ALWAYS_NAMES = compile_caseless(r"(?:my name|name|mein name|ich hei|call me|name's)")
_CASED_CAPITALISED = compile_pattern(r"\p{Lu}[\p{L}'’]*(?:-\p{Lu}[\p{L}'’]*)*")
_WORDS = compile_caseless(r"\p{L}+")


def find_private_values(
    messages: tuple[str, ...], name: str = "", public: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The private values in what a customer wrote, and the name they go by; each once.

    `public` is a `vocabulary`: values all of whose words are public are left out. Total; of a very
    long conversation the end is read.
    """
    text = replace_surrogates("\n".join(messages))[-READ:]
    found = [name, *(span.words for span in find_personal_data(text))]
    found += (match.group() for match in _CODE.finditer(text))
    found += _find_announced_names(text)
    if not _is_german(text):
        found += _find_capitalised_words(text)
    values: dict[str, None] = {}
    for value in found:
        value = value.strip(" .,-#'’\n")
        if len(value) > 2 and not _is_public(value, public):
            values.setdefault(value)
    return tuple(values)[:MOST]


def _is_public(value: str, public: frozenset[str]) -> bool:
    words = [word.translate(PLAIN) for word in value.split()]
    return all(word in public for word in words)


def _is_german(text: str) -> bool:
    """Whether more of its words are common in German than in any language that spares capitals."""
    words = [match.group().translate(PLAIN) for match in _WORDS.finditer(text[:2000])]
    ours = sum(word in common_german.COMMON for word in words)
    return 2 * ours > sum(is_common(word) for word in words) and 4 * ours > len(words)


def _find_announced_names(text: str) -> list[str]:
    """Names after the words that announce one: capitalised, or whatever follows “my name is”."""
    found = []
    for match in _ANNOUNCED.finditer(text):
        sure = _ALWAYS_NAMES.match(match.group())
        words = []
        for word in match.group(1).split():
            folded = word.translate(PLAIN)
            if not word[0].isupper() and (not sure or folded in COMMON):
                break
            words.append(word)
        if words and (sure or not all(is_common(word.translate(PLAIN)) for word in words)):
            found.append(" ".join(words))
    return found


def _find_capitalised_words(text: str) -> list[str]:
    """Rare words with a capital; neighbours together, as a name has several."""
    found: list[str] = []
    reached = -2
    for match in _CASED_CAPITALISED.finditer(text):
        word = match.group()
        folded = word.translate(PLAIN)
        if len(folded) < 3 or is_common(folded):
            continue
        if found and reached == match.start() - 1 and text[reached] == " ":
            found[-1] = f"{found[-1]} {word}"
        else:
            found.append(word)
        reached = match.end()
    return found
