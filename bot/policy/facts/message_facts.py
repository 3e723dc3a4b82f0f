"""Facts about a customer's message, and what was understood of it."""

from __future__ import annotations

from bot.detect.folding import replace_surrogates
from bot.detect.injection.injection_detection import find_injections
from bot.policy.facts.fact_cache import FactCache, Item
from bot.policy.subject import MessageSubject
from bot.understanding.signals import asks_whether_software, find_signals, is_question

MessageFactCache = FactCache[MessageSubject]


def message_text(cache: MessageFactCache) -> str:
    return replace_surrogates(cache.subject.text)


def message_length(cache: MessageFactCache) -> int:
    return len(cache.subject.text)


def message_asks_question(cache: MessageFactCache) -> bool:
    return is_question(cache.compute_once(message_text))


def message_asks_whether_software(cache: MessageFactCache) -> bool:
    return asks_whether_software(cache.compute_once(message_text))


def message_language(cache: MessageFactCache) -> str:
    reading = cache.subject.reading
    return reading.language if reading else cache.subject.locale


def message_intent(cache: MessageFactCache) -> str:
    reading = cache.subject.reading
    return (reading.intent or "") if reading else ""


def message_intent_score(cache: MessageFactCache) -> float:
    reading = cache.subject.reading
    return float(reading.score) if reading else 0.0


def message_unclear_reason(cache: MessageFactCache) -> str:
    reading = cache.subject.reading
    return reading.unclear.value if reading and reading.unclear else ""


def is_message_explicit(cache: MessageFactCache) -> bool:
    reading = cache.subject.reading
    return reading is not None and reading.explicit


def count_unanswered_messages(cache: MessageFactCache) -> int:
    return cache.subject.unanswered


def count_repeated_messages(cache: MessageFactCache) -> int:
    return cache.subject.repeated


def count_echoes(cache: MessageFactCache) -> int:
    return cache.subject.echoes


def is_returning_customer(cache: MessageFactCache) -> bool:
    return cache.subject.returning


def find_message_signals(cache: MessageFactCache) -> tuple[Item, ...]:
    """The flags that the words raise, as understanding saw them, or as they are seen here."""
    reading = cache.subject.reading
    found = reading.signals if reading else find_signals(cache.compute_once(message_text))
    raised = [Item(s.words, s.start, s.end, {"kind": s.kind}) for s in found]
    to_software = find_injections(cache.compute_once(message_text))
    raised += (Item(s.words, s.start, s.end, {"kind": "injection"}) for s in to_software)
    return tuple(raised)
