"""Facts about a customer's message, and what was understood of it."""

from __future__ import annotations

from bot.detect.folding import replace_surrogates
from bot.detect.injection.injection_detection import find_injections
from bot.policy.facts.fact_cache import FactCache, Item
from bot.policy.subject import MessageSubject
from bot.understanding.signals import asks_whether_software, find_signals, is_question

MessageFactCache = FactCache[MessageSubject]


def message_text(see: MessageFactCache) -> str:
    return replace_surrogates(see.subject.text)


def message_length(see: MessageFactCache) -> int:
    return len(see.subject.text)


def message_asks_question(see: MessageFactCache) -> bool:
    return is_question(see.compute_once(message_text))


def message_asks_whether_software(see: MessageFactCache) -> bool:
    return asks_whether_software(see.compute_once(message_text))


def message_language(see: MessageFactCache) -> str:
    reading = see.subject.reading
    return reading.language if reading else see.subject.locale


def message_intent(see: MessageFactCache) -> str:
    reading = see.subject.reading
    return (reading.intent or "") if reading else ""


def message_intent_score(see: MessageFactCache) -> float:
    reading = see.subject.reading
    return float(reading.score) if reading else 0.0


def message_unclear_reason(see: MessageFactCache) -> str:
    reading = see.subject.reading
    return reading.unclear.value if reading and reading.unclear else ""


def is_message_explicit(see: MessageFactCache) -> bool:
    reading = see.subject.reading
    return reading is not None and reading.explicit


def count_unanswered_messages(see: MessageFactCache) -> int:
    return see.subject.unanswered


def count_repeated_messages(see: MessageFactCache) -> int:
    return see.subject.repeated


def count_echoes(see: MessageFactCache) -> int:
    return see.subject.echoes


def is_returning_customer(see: MessageFactCache) -> bool:
    return see.subject.returning


def find_message_signals(see: MessageFactCache) -> tuple[Item, ...]:
    """The flags that the words raise, as understanding saw them, or as they are seen here."""
    reading = see.subject.reading
    found = reading.signals if reading else find_signals(see.compute_once(message_text))
    raised = [Item(s.words, s.start, s.end, {"kind": s.kind}) for s in found]
    to_software = find_injections(see.compute_once(message_text))
    raised += (Item(s.words, s.start, s.end, {"kind": "injection"}) for s in to_software)
    return tuple(raised)
