"""Facts about a reply as a text: its words, its parts, where it is said, what it answers.

The parts of a reply stand in the judged text in a fixed order, so what is found at a place can say
which part it stands in: `label`, `greeting`, `body`, `source`, `speaker` or `link`.
"""

from __future__ import annotations

from bisect import bisect_right

from bot.detect.folding import replace_surrogates
from bot.model import Audience, Origin
from bot.policy.facts.fact_cache import FactCache
from bot.policy.subject import MessageSubject, ReplySubject
from bot.understanding.signals import asks_whether_software, find_signals, is_question

ReplyFactCache = FactCache[ReplySubject]
AnyFactCache = FactCache[ReplySubject] | FactCache[MessageSubject]
PartSpan = tuple[str, int, int]


def reply_text(see: ReplyFactCache) -> str:
    return replace_surrogates(see.subject.reply.text)


def reply_body(see: ReplyFactCache) -> str:
    return replace_surrogates(see.subject.reply.body)


def reply_length(see: ReplyFactCache) -> int:
    return len(see.subject.reply.body)


def reply_locale(see: ReplyFactCache) -> str:
    return see.subject.reply.locale


def reply_origin(see: ReplyFactCache) -> str:
    return see.subject.reply.origin.value


def is_correction(see: ReplyFactCache) -> bool:
    return bool(see.subject.reply.corrects)


def is_drafted_by_software(see: ReplyFactCache) -> bool:
    return see.subject.reply.origin in (Origin.SOFTWARE, Origin.NOTICE)


def reply_intent(see: ReplyFactCache) -> str:
    return see.subject.reply.intent


def reply_purpose(see: ReplyFactCache) -> str:
    return see.subject.purpose


def list_cited_fact_ids(see: ReplyFactCache) -> tuple[str, ...]:
    return see.subject.reply.facts


def reply_parts(see: ReplyFactCache) -> tuple[PartSpan, ...]:
    """(part, start, end) of all of `reply.text`, in order."""
    placed: list[PartSpan] = []
    at = 0
    for part, words in see.subject.reply.parts:
        placed.append((part, at, at + len(words)))
        at += len(words) + 2
    return tuple(placed)


def find_part_at(see: ReplyFactCache, place: int) -> str:
    placed = see.compute_once(reply_parts)
    return placed[max(0, bisect_right([start for _, start, _ in placed], place) - 1)][0]


def find_body_start(see: ReplyFactCache) -> int:
    """Where the body begins in `reply.text`."""
    return next((start for part, start, _ in see.compute_once(reply_parts) if part == "body"), 0)


def blank_entry_links(see: ReplyFactCache) -> str:
    """`reply.text` with the addresses that code made for its entry blanked out, places kept.

    They hold a random id, which looks like many things. Anything else in an address is read.
    """
    reply = see.subject.reply
    entry = reply.envelope.entry_url
    whole = see.compute_once(reply_text)
    if not (reply.entry and entry.endswith("/" + reply.entry)):
        return whole
    made_by_code = (entry, f"{entry}/wrong", f"{entry}/person")
    for part, start, end in see.compute_once(reply_parts):
        url = next((url for url in made_by_code if whole[start:end].endswith(url)), "")
        if part == "link" and url:
            whole = whole[: end - len(url)] + " " * len(url) + whole[end:]
    return whole


def question_text(see: ReplyFactCache) -> str:
    return replace_surrogates(see.subject.asked)


def question_language(see: ReplyFactCache) -> str:
    reading = see.subject.reading
    return reading.language if reading else ""


def count_messages_sent(see: ReplyFactCache) -> int:
    return see.subject.sent_lately


def messages_left_in_budget(see: ReplyFactCache) -> int:
    return max(0, see.subject.budget - see.subject.sent_lately)


def is_in_customer_language(see: ReplyFactCache) -> bool:
    """Whether this is the language they wrote in, or the one that config.yaml answers it in."""
    language, here = see.compute_once(question_language), see.subject.reply.locale
    if not language:
        return True
    fallback = see.subject.brand.fallback
    wanted = {language, fallback.get(language, language)}
    return here in wanted or here.partition("-")[0] in {each.partition("-")[0] for each in wanted}


def customer_asks_question(see: ReplyFactCache) -> bool:
    return is_question(see.compute_once(question_text))


def customer_asks_whether_software(see: ReplyFactCache) -> bool:
    return asks_whether_software(see.compute_once(question_text))


def customer_asks_to_buy(see: ReplyFactCache) -> bool:
    reading = see.subject.reading
    signals = reading.signals if reading else find_signals(see.compute_once(question_text))
    return any(signal.kind == "buying" for signal in signals)


def channel_name(see: AnyFactCache) -> str:
    return see.subject.channel


def channel_mode(see: AnyFactCache) -> str:
    return see.subject.mode


def channel_audience(see: AnyFactCache) -> str:
    return see.subject.audience.value


def is_channel_private(see: AnyFactCache) -> bool:
    return see.subject.audience is Audience.PRIVATE


def is_brand_addressed(see: AnyFactCache) -> bool:
    return see.subject.addressed


def is_chosen_by_person(see: ReplyFactCache) -> bool:
    return see.subject.chosen


def is_first_contact(see: ReplyFactCache) -> bool:
    return see.subject.first_contact
