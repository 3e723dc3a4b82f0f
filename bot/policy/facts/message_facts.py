"""Facts about a customer's message, and what was understood of it."""

from __future__ import annotations

from bot.detect import injection
from bot.detect.folding import safe
from bot.policy.facts.fact_cache import Item, Seen
from bot.policy.subject import MessageSubject
from bot.understanding.signals import asks_whether_software, is_question
from bot.understanding.signals import find as find_signals

MessageSeen = Seen[MessageSubject]


def text(see: MessageSeen) -> str:
    return safe(see.subject.text)


def length(see: MessageSeen) -> int:
    return len(see.subject.text)


def question(see: MessageSeen) -> bool:
    return is_question(see.once(text))


def whether_software(see: MessageSeen) -> bool:
    return asks_whether_software(see.once(text))


def language(see: MessageSeen) -> str:
    reading = see.subject.reading
    return reading.language if reading else see.subject.locale


def intent(see: MessageSeen) -> str:
    reading = see.subject.reading
    return (reading.intent or "") if reading else ""


def score(see: MessageSeen) -> float:
    reading = see.subject.reading
    return float(reading.score) if reading else 0.0


def unclear(see: MessageSeen) -> str:
    reading = see.subject.reading
    return reading.unclear.value if reading and reading.unclear else ""


def explicit(see: MessageSeen) -> bool:
    reading = see.subject.reading
    return reading is not None and reading.explicit


def unanswered(see: MessageSeen) -> int:
    return see.subject.unanswered


def repeated(see: MessageSeen) -> int:
    return see.subject.repeated


def echoes(see: MessageSeen) -> int:
    return see.subject.echoes


def returning(see: MessageSeen) -> bool:
    return see.subject.returning


def signals(see: MessageSeen) -> tuple[Item, ...]:
    """The flags that the words raise, as understanding saw them, or as they are seen here."""
    reading = see.subject.reading
    found = reading.signals if reading else find_signals(see.once(text))
    raised = [Item(s.words, s.start, s.end, {"kind": s.kind}) for s in found]
    to_software = injection.find(see.once(text))
    raised += (Item(s.words, s.start, s.end, {"kind": "injection"}) for s in to_software)
    return tuple(raised)
