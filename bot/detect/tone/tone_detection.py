"""How a text treats the people who read it. Hints: they inform, rules decide.

Kinds: `pressure` (urgency, scarcity, what everybody else does, guilt), `blame`, `disparagement`,
`feigned-feeling`, `selling`, `superlative`, and `empty-courtesy` for a text that is polite and
nothing else. English and German; a language is added as a module of shapes and a line here. In a
language it doesn't know, `find_tone` looks with all it has: fewer hints, no wrong language.

All shapes of a language are one RE2 set: a text without any costs one pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from types import ModuleType

from bot.detect.folding import Pattern, compile_any_of, compile_caseless, replace_surrogates
from bot.detect.phrase_library import PhraseLibrary
from bot.detect.tone import english_pressure, german_pressure
from bot.model import Span

KINDS = (
    "pressure", "blame", "disparagement", "feigned-feeling", "selling", "superlative",
    "empty-courtesy",
)  # fmt: skip
MOST_TONES = 64

_PLAIN_QUOTES = str.maketrans("’‘´`“”„", "''''\"\"\"")
_SENTENCE = compile_caseless(r"[^.!?;\n]+[.!?;]*")


@dataclass(frozen=True, slots=True)
class _ToneShapes:
    """A language's shapes; what excuses a hint of pressure; what courtesy sounds like.

    `letters`: one character for one, for its letters that RE2 doesn't take for letters of a word.
    """

    letters: Mapping[int, str | int]
    hints: PhraseLibrary
    harmless: Pattern
    courtesy: Pattern


def _compile_shapes(module: ModuleType) -> _ToneShapes:
    by_kind: dict[str, tuple[str, ...]] = {
        "pressure": module.PRESSURE,
        "blame": module.BLAME,
        "disparagement": module.DISPARAGEMENT,
        "feigned-feeling": module.FEELING,
        "selling": module.SELLING,
        "superlative": module.SUPERLATIVE,
    }
    letters = module.LETTERS
    pairs = [(kind, s.translate(letters)) for kind, sources in by_kind.items() for s in sources]
    harmless, courtesy = (
        compile_any_of(*(source.translate(letters) for source in sources))
        for sources in (module.HARMLESS, module.COURTESY)
    )
    return _ToneShapes(letters, PhraseLibrary(pairs, MOST_TONES), harmless, courtesy)


_LANGUAGES = {"en": _compile_shapes(english_pressure), "de": _compile_shapes(german_pressure)}


def find_tone(text: str, locale: str) -> tuple[Span, ...]:
    """Hints at how the text treats people, in order; one a place and kind. Total and linear."""
    text = replace_surrogates(text)
    language = locale.replace("_", "-").partition("-")[0].lower()
    wanted = (language,) if language in _LANGUAGES else tuple(_LANGUAGES)
    found = [span for name in wanted for span in _find_in_language(text, _LANGUAGES[name])]
    kept: list[Span] = []
    reached: dict[str, int] = {}
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if span.start >= reached.get(span.kind, 0) and len(kept) < MOST_TONES:
            kept.append(span)
            reached[span.kind] = span.end
    return tuple(kept)


def _find_in_language(text: str, shapes: _ToneShapes) -> list[Span]:
    plain = text.translate(_PLAIN_QUOTES).translate(shapes.letters)
    spans = [
        Span(start, end, kind, text[start:end])
        for start, end, kind in shapes.hints.find_phrases(plain)
    ]
    if any(span.kind == "pressure" for span in spans):
        excused = [match.span() for match in islice(shapes.harmless.finditer(plain), MOST_TONES)]
        spans = [s for s in spans if s.kind != "pressure" or not _overlaps_any(s, excused)]
    if _is_only_courtesy(plain, shapes):
        spans.append(Span(0, len(text), "empty-courtesy", text))
    return spans


def _overlaps_any(span: Span, ranges: list[tuple[int, int]]) -> bool:
    return any(start < span.end and span.start < end for start, end in ranges)


def _is_only_courtesy(text: str, shapes: _ToneShapes) -> bool:
    """Whether every sentence is a courtesy and none says anything: a figure, a link, an answer."""
    if len(text) > 600 or any(character.isdigit() for character in text):
        return False
    sentences = [m.group() for m in _SENTENCE.finditer(text) if len(m.group().split()) > 1]
    return bool(sentences) and all(shapes.courtesy.search(sentence) for sentence in sentences)
