"""Facts about a reply as a text: its words, its parts, where it is said, what it answers.

The parts of a reply stand in the judged text in a fixed order, so what is found at a place can say
which part it stands in: `label`, `greeting`, `body`, `source`, `speaker` or `link`.
"""

from __future__ import annotations

from bisect import bisect_right

from bot.detect.folding import safe
from bot.model import Audience, Origin
from bot.policy.facts.fact_cache import Seen
from bot.policy.subject import MessageSubject, ReplySubject
from bot.understanding.signals import asks_whether_software, is_question
from bot.understanding.signals import find as find_signals

ReplySeen = Seen[ReplySubject]
AnySeen = Seen[ReplySubject] | Seen[MessageSubject]
Part = tuple[str, int, int]


def text(see: ReplySeen) -> str:
    return safe(see.subject.reply.text)


def body(see: ReplySeen) -> str:
    return safe(see.subject.reply.body)


def length(see: ReplySeen) -> int:
    return len(see.subject.reply.body)


def locale(see: ReplySeen) -> str:
    return see.subject.reply.locale


def origin(see: ReplySeen) -> str:
    return see.subject.reply.origin.value


def corrects(see: ReplySeen) -> bool:
    return bool(see.subject.reply.corrects)


def by_software(see: ReplySeen) -> bool:
    return see.subject.reply.origin in (Origin.SOFTWARE, Origin.NOTICE)


def intent(see: ReplySeen) -> str:
    return see.subject.reply.intent


def purpose(see: ReplySeen) -> str:
    return see.subject.purpose


def facts_cited(see: ReplySeen) -> tuple[str, ...]:
    return see.subject.reply.facts


def parts(see: ReplySeen) -> tuple[Part, ...]:
    """(part, start, end) of all of `reply.text`, in order."""
    placed: list[Part] = []
    at = 0
    for part, words in see.subject.reply.parts:
        placed.append((part, at, at + len(words)))
        at += len(words) + 2
    return tuple(placed)


def part_at(see: ReplySeen, place: int) -> str:
    placed = see.once(parts)
    return placed[max(0, bisect_right([start for _, start, _ in placed], place) - 1)][0]


def body_at(see: ReplySeen) -> int:
    """Where the body begins in `reply.text`."""
    return next((start for part, start, _ in see.once(parts) if part == "body"), 0)


def own_words(see: ReplySeen) -> str:
    """`reply.text` with the addresses that code made for its entry blanked out, places kept.

    They hold a random id, which looks like many things. Anything else in an address is read.
    """
    reply = see.subject.reply
    entry = reply.envelope.entry_url
    whole = see.once(text)
    if not (reply.entry and entry.endswith("/" + reply.entry)):
        return whole
    made_by_code = (entry, f"{entry}/wrong", f"{entry}/person")
    for part, start, end in see.once(parts):
        url = next((url for url in made_by_code if whole[start:end].endswith(url)), "")
        if part == "link" and url:
            whole = whole[: end - len(url)] + " " * len(url) + whole[end:]
    return whole


def asked_text(see: ReplySeen) -> str:
    return safe(see.subject.asked)


def asked_language(see: ReplySeen) -> str:
    reading = see.subject.reading
    return reading.language if reading else ""


def messages_sent(see: ReplySeen) -> int:
    return see.subject.sent_lately


def budget_left(see: ReplySeen) -> int:
    return max(0, see.subject.budget - see.subject.sent_lately)


def in_their_language(see: ReplySeen) -> bool:
    """Whether this is the language they wrote in, or the one that config.yaml answers it in."""
    language, here = see.once(asked_language), see.subject.reply.locale
    if not language:
        return True
    fallback = see.subject.brand.fallback
    wanted = {language, fallback.get(language, language)}
    return here in wanted or here.partition("-")[0] in {each.partition("-")[0] for each in wanted}


def asked_question(see: ReplySeen) -> bool:
    return is_question(see.once(asked_text))


def asked_whether_software(see: ReplySeen) -> bool:
    return asks_whether_software(see.once(asked_text))


def asked_buying(see: ReplySeen) -> bool:
    reading = see.subject.reading
    signals = reading.signals if reading else find_signals(see.once(asked_text))
    return any(signal.kind == "buying" for signal in signals)


def channel_name(see: AnySeen) -> str:
    return see.subject.channel


def channel_mode(see: AnySeen) -> str:
    return see.subject.mode


def channel_audience(see: AnySeen) -> str:
    return see.subject.audience.value


def channel_private(see: AnySeen) -> bool:
    return see.subject.audience is Audience.PRIVATE


def addressed(see: AnySeen) -> bool:
    return see.subject.addressed


def chosen(see: ReplySeen) -> bool:
    return see.subject.chosen


def first_contact(see: ReplySeen) -> bool:
    return see.subject.first_contact
