"""Which of the brand's languages a text is in, if any.

A library says how likely each language is; it is asked about the brand's languages and those that
a customer might write instead. Short texts say little: then the words decide that only one of the
languages has (in the brand's own examples, or its commonest words), then the conversation's
earlier language, then the brand's first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from bot.understanding.sentences import normalize_text, split_words
from bot.understanding.words.cue_languages import LANGUAGES

Identify = Callable[[str], Sequence[tuple[str, float]]]
"""Text -> (ISO 639-1 language, probability), likeliest first, over the world's languages."""

# fmt: off
WRITTEN = frozenset([
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he",
    "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "nl", "no", "nb", "pl", "pt",
    "ro", "ru", "sk", "sl", "sr", "sv", "ta", "th", "tr", "uk", "ur", "vi", "zh",
])
# fmt: on
"""Languages that a customer may well write. Rarer ones only draw short texts away."""

_SURE = 0.5
_HARDLY = 0.1  # a lead that says nothing
_SURE_FOREIGN = 0.6
_CHARACTERS = 12  # a shorter text is never called foreign in a script of the brand's


def choose_language(
    text: str,
    ours: Sequence[str],
    identify: Identify | None,
    vocabularies: Mapping[str, Collection[str]],
    earlier: str = "",
) -> str | None:
    """One of `ours`, or None for a text in another language. `ours` is never empty.

    `vocabularies` are words of each language that the brand uses itself.
    """
    found = split_words(normalize_text(text))
    known = {
        language: _vocabulary_share(found, vocabularies.get(language, ()), language)
        for language in ours
    }
    bases = {base_language(name) for name in ours}
    ranked = [] if identify is None else _probabilities_among(identify(text), bases | WRITTEN)
    if (
        ranked
        and ranked[0][0] not in bases
        and _is_foreign(text, ranked[0][1], max(known.values()))
    ):
        return None
    likely = dict(ranked)
    scores = {name: likely.get(base_language(name), 0.0) + known[name] for name in ours}
    best = max(scores.values())
    first = [name for name in ours if scores[name] >= best - _HARDLY]
    return earlier if earlier in first else first[0]


def base_language(locale: str) -> str:
    """The language of a locale: `de` of `de-AT`."""
    return locale.partition("-")[0]


def _is_foreign(text: str, probability: float, known: float) -> bool:
    letters = [c for c in text if c.isalpha()]
    other_script = sum(ord(c) > 0x24F for c in letters) > len(letters) / 2
    if other_script:
        return True
    return probability >= _SURE_FOREIGN and len(letters) >= _CHARACTERS and known < _SURE


def _probabilities_among(
    ranked: Sequence[tuple[str, float]], wanted: set[str]
) -> list[tuple[str, float]]:
    """Those wanted, as probabilities among themselves."""
    kept = [(language, p) for language, p in ranked if language in wanted]
    total = sum(p for _, p in kept) or 1.0
    return [(language, p / total) for language, p in kept]


def _vocabulary_share(found: Sequence[str], vocabulary: Collection[str], language: str) -> float:
    """The share of a text's words that a language has."""
    common = LANGUAGES[language].function_words if language in LANGUAGES else frozenset()
    return sum(word in vocabulary or word in common for word in found) / max(len(found), 1)
