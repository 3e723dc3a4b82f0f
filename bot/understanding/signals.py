"""Flags: words that a person should see, whatever else the message asks.

A flag sends a message to a person, or tells them more about it, and does nothing else: word lists
alarm on many harmless look-alikes, so they never accept, answer or refuse. Every language of ours
is looked at, whatever language a message seems to be in: a threat is read in any of them.
"""

from __future__ import annotations

from dataclasses import replace

from bot.detect.folding import compile_any_of, replace_surrogates
from bot.detect.injection.injection_detection import find_injections
from bot.model import Span
from bot.understanding.look_alikes import drop_look_alikes
from bot.understanding.sentences import split_sentences, straighten_quotes
from bot.understanding.words.cue_languages import LANGUAGES
from bot.understanding.words.cue_shape import LanguageCues

PERSON = frozenset(
    [
        *("wants-person", "legal", "data-request", "press", "safety", "self-harm"),
        *("anger", "abuse", "tone-complaint", "injection"),
    ]
)
"""The kinds that hand a message to a person. The others are notes: complaint, buying, thanks."""

_ANSWERED = PERSON | {"complaint", "buying"}
"""Whoever says one of these is answered, whatever else they say."""

_NODS = frozenset("👍🙏❤♥💚💙🧡💛💜😊😀😃😄😁🤗👌🎉👏🙌✅")
_MODIFIERS = frozenset("\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")  # how it looks
_SHOUTED_LETTERS, _SHOUTED_WORDS = 12, 3


def find_signals(text: str) -> tuple[Span, ...]:
    """All flags, in the order of the text. Total; offsets point into `text`."""
    level = straighten_quotes(replace_surrogates(text))
    found = {
        Span(start, end, kind, text[start:end])
        for words in LANGUAGES.values()
        for kind, phrases in words.signals.items()
        for start, end in phrases.find_places(level)
    }
    spans = drop_look_alikes(found, level)
    spans |= {replace(span, kind="injection") for span in find_injections(text)}
    if text.strip() and _is_shouting(text):
        spans.add(Span(0, len(text), "anger", text))
    kinds = {span.kind for span in spans}
    if (
        any(expects_no_reply(level, words) for words in LANGUAGES.values())
        and not kinds & _ANSWERED
    ):
        spans.add(Span(0, len(text), "thanks", text))
    return tuple(sorted(spans, key=lambda span: (span.start, span.end, span.kind)))


def expects_no_reply(level: str, words: LanguageCues) -> bool:
    """Whether no reply is expected: thanks or a nod and nothing else, or they say so, and ask
    nothing beside it. `level` is a text as `Phrases` want it."""
    if "?" in level:
        return False
    said = list(words.no_reply.find_places(level))
    return _is_courtesy(level, words) or (
        bool(said) and not _asks_something(_blank_spans(level, said), words)
    )


def _blank_spans(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = text[:start] + "." + text[end:]
    return text


def _asks_something(text: str, words: LanguageCues) -> bool:
    return words.requests.occurs_in(text) or any(
        words.questions.begins_text(sentence.text) or words.orders.begins_text(sentence.text)
        for sentence in split_sentences(text)
    )


def _is_courtesy(level: str, words: LanguageCues) -> bool:
    core, around = words.courtesy
    found = [part for word in level.lower().split() for part in _split_emoji(word)]
    return any(part in core or part in _NODS for part in found) and all(
        part in core or part in around or part in _NODS for part in found
    )


def _split_emoji(word: str) -> list[str]:
    """A word without its punctuation, or the emoji that it is made of, one by one."""
    bare = word.strip(".,!?;:()\"'")
    if any(c.isalnum() for c in bare):
        return [bare]
    return [c for c in bare if c not in _MODIFIERS]


def _is_shouting(text: str) -> bool:
    """Several words in capitals, with hardly a small letter."""
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return (
        capitals >= _SHOUTED_LETTERS
        and capitals >= 0.85 * len(letters)
        and len(text.split()) >= _SHOUTED_WORDS
    )


_WHETHER_SOFTWARE = compile_any_of(
    r"\b(are|r) (you|u|these|this|we|i)\b[^.?!\n]{0,40}\b(bot|robot|chat ?bot|machine|software|"
    r"a\.?i\.?|human|computer|real (person|human)|actual (person|human)|automated)\b",
    r"\b(is|was) (this|that|it|there)\b[^.?!\n]{0,40}\b(bot|robot|chat ?bot|machine|a\.?i\.?|human|"
    r"computer|real person|automated)\b",
    r"\bam i\b[^.?!\n]{0,30}\b(to|with) an? [^.?!\n]{0,12}\b(bot|robot|machine|person|human|"
    r"computer|a\.?i\.?)\b",
    r"\b(bist du|sind sie|seid ihr|ist das|ist hier|schreibt (mir )?hier|spreche ich|rede ich|"
    r"schreibe ich)\b[^.?!\n]{0,40}\b(bot|chat-?bot|roboter|maschine|ki|computer|software|mensch|"
    r"echte person|automat)",
)


_QUESTION = compile_any_of(
    r"\?",
    r"^\s*(can|could|do|does|did|is|are|will|would|what|when|where|which|who|why|how|may|should)\b",
    r"^\s*(kann|könnt|können|habt|haben|ist|sind|wird|werdet|was|wann|wo|welche[rsn]?|wer|warum|"
    r"wieso|wie|darf|soll|gibt)\b",
)


def is_question(words: str) -> bool:
    """Whether the words ask something, by a question mark or how they begin."""
    return _QUESTION.search(words) is not None


def asks_whether_software(words: str) -> bool:
    """Whether the words ask if a machine is answering."""
    return _WHETHER_SOFTWARE.search(words) is not None
