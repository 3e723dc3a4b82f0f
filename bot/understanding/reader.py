"""Reads a message: to whom, in which language, about what, how sure. Total: any text, an answer.

The order is the order of this list, and the first reason that applies is the one given:

1. addressed or overheard (`addressed`), and flags for a person (`signals`), always;
2. quote: hardly any words of the customer's own, only passed-on ones;
3. gibberish: nothing in it is a word;
4. language: none of the brand's; no model: the brand has no examples in it;
5. several asks: parts of it are accepted on their own, and disagree;
6. out of scope: not near anything the brand wrote; or nearer to a “not this” example;
7. gibberish: the brand's words, but in no order that means anything;
8. ambiguous: near, but it could be one or the other; or a word or two that are not clear;
9. sarcasm: it would be accepted, but may mean the contrary of what it says;
10. implicit: it would be accepted, but nothing was asked.

What is left has an intent. What then happens is not decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.detect.folding import replace_surrogates
from bot.model import Ask, Candidate, Reading, Unclear
from bot.understanding import signals
from bot.understanding.addressed import BrandWords, is_addressed
from bot.understanding.asks import estimate_of_asking_part, find_several_asks
from bot.understanding.classifier.intent_model import Embed, IntentEstimate, IntentModel
from bot.understanding.gibberish import is_gibberish
from bot.understanding.language_choice import Identify, base_language, choose_language
from bot.understanding.quotations import blank_quotations
from bot.understanding.sentences import (
    READ_AT_MOST,
    split_sentences,
    split_words,
    straighten_quotes,
)
from bot.understanding.words.cue_languages import LANGUAGES
from bot.understanding.words.cue_shape import LanguageCues

_CANDIDATES = 3
_OWN_WORDS = 4


@dataclass(frozen=True, slots=True)
class MessageReader:
    """Reads messages for one brand.

    `languages` are the brand's, the first is what it speaks when nothing says otherwise. `models`
    are by language. `embed` is the encoder of the models that were trained with one.
    """

    brand: BrandWords
    languages: tuple[str, ...]
    models: Mapping[str, IntentModel]
    embed: Embed | None = None
    identify: Identify | None = None
    _vocabularies: Mapping[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        vocabularies = {name: _model_vocabulary(model) for name, model in self.models.items()}
        object.__setattr__(self, "_vocabularies", vocabularies)

    def read_message(
        self,
        text: str,
        *,
        direct: bool = False,
        mention: bool = False,
        reply: bool = False,
        earlier: str = "",
    ) -> Reading:
        """What was understood. `earlier` is the language that the conversation had before. Any
        `str`: a lone surrogate is read as U+FFFD."""
        text = replace_surrogates(text)
        addressed = is_addressed(text, self.brand, direct=direct, mention=mention, reply=reply)
        flags = signals.find_signals(text)
        meant = self._read_own_words(blank_quotations(text)[:READ_AT_MOST], text, earlier)
        return Reading(
            intent=meant.intent,
            score=meant.score,
            unclear=meant.unclear,
            language=meant.language,
            addressed=addressed,
            explicit=meant.explicit,
            candidates=meant.candidates,
            asks=meant.asks,
            signals=flags,
            model=meant.model,
            margin=meant.margin,
        )

    def _read_own_words(self, own: str, text: str, earlier: str) -> _Understanding:
        default = earlier if earlier in self.languages else self.languages[0]
        explicit = _is_explicit(own)
        few = len(split_words(own)) < _OWN_WORDS
        if own != text[:READ_AT_MOST] and (few or not explicit):
            return _Understanding(Unclear.QUOTE, default)
        everything = frozenset().union(*self._vocabularies.values())
        if is_gibberish(own, everything):
            return _Understanding(Unclear.GIBBERISH, default)
        language = choose_language(own, self.languages, self.identify, self._vocabularies, earlier)
        if language is None:
            return _Understanding(Unclear.LANGUAGE, default, explicit=explicit)
        model = self.models.get(language)
        if model is None:
            return _Understanding(Unclear.NO_MODEL, language, explicit=explicit)
        return self._read_by_model(own, language, model, explicit)

    def _read_by_model(
        self, own: str, language: str, model: IntentModel, explicit: bool
    ) -> _Understanding:
        words = LANGUAGES.get(base_language(language))
        seen: dict[str, IntentEstimate] = {}

        def read(part: str) -> IntentEstimate:
            if part not in seen:
                seen[part] = model.estimate_text(part, self.embed)
            return seen[part]

        level = _remove_handles(own, self.brand)
        asks = find_several_asks(own, words, read)
        if not explicit or (words is not None and words.sarcasm.occurs_in(straighten_quotes(own))):
            asks = tuple(replace(ask, clear=False) for ask in asks)
        estimate = read(level) if asks else estimate_of_asking_part(level, words, read(level), read)
        unclear = _why_unclear(estimate, asks, own, words, explicit)
        best = _list_candidates(estimate)
        return _Understanding(
            unclear=unclear,
            language=language,
            explicit=explicit,
            intent=None if unclear else best[0].intent,
            score=best[0].score * (_DOUBTED if unclear is Unclear.SARCASM else 1.0),
            candidates=best,
            asks=asks,
            model=model.id[:12],
            margin=estimate.margin,
        )


@dataclass(frozen=True, slots=True)
class _Understanding:
    unclear: Unclear | None
    language: str
    explicit: bool = False
    intent: str | None = None
    score: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    asks: tuple[Ask, ...] = ()
    model: str = ""
    margin: float = 0.0


def _why_unclear(
    estimate: IntentEstimate,
    asks: tuple[Ask, ...],
    own: str,
    words: LanguageCues | None,
    explicit: bool,
) -> Unclear | None:
    level = straighten_quotes(own)
    if asks:
        return Unclear.SEVERAL_ASKS
    if not estimate.in_scope or estimate.near_miss:
        return Unclear.OUT_OF_SCOPE
    if not estimate.ordered:
        return Unclear.GIBBERISH
    if not estimate.is_accepted or (
        len(split_words(level)) <= _KEY_WORDS and estimate.margin < _CLEARLY
    ):
        return Unclear.AMBIGUOUS
    if words is not None and words.sarcasm.occurs_in(level):
        return Unclear.SARCASM
    if not explicit:
        return Unclear.IMPLICIT
    return None


def _list_candidates(estimate: IntentEstimate) -> tuple[Candidate, ...]:
    pairs = zip(estimate.order, estimate.probabilities, strict=True)
    return tuple(Candidate(intent, float(p)) for intent, p in pairs)[:_CANDIDATES]


_DOUBTED = 0.5  # of the score, where it may mean the contrary
_KEY_WORDS = 2  # so few have to be clear by themselves: “lol” is near something too
_CLEARLY = 0.5  # above the threshold of acceptance
_REMARK = 5  # words; fewer are a key word, not a remark


def _is_explicit(own: str) -> bool:
    """Whether something is asked, wanted or told of oneself. A remark about the world isn't.

    A few words are a key word (“store hours”), and count as asked.
    """
    level = straighten_quotes(own)
    return len(split_words(level)) < _REMARK or not all(
        any(_is_remark(sentence.text, words) for words in LANGUAGES.values())
        for sentence in split_sentences(level)
    )


def _is_remark(sentence: str, words: LanguageCues) -> bool:
    return (
        words.remarks.begins_text(sentence)
        and not sentence.endswith("?")
        and not words.first_person.occurs_in(sentence)
        and not words.second_person.occurs_in(sentence)
    )


def _remove_handles(own: str, brand: BrandWords) -> str:
    """The brand's handles say to whom, not what."""
    for handle in brand.handles:
        own = own.replace(handle, " ")
    return own.strip() or own


def _model_vocabulary(model: IntentModel) -> frozenset[str]:
    return frozenset(gram for gram in model.features.blocks[0].vocabulary if " " not in gram)
