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


def reply_text(cache: ReplyFactCache) -> str:
    return replace_surrogates(cache.subject.reply.text)


def reply_body(cache: ReplyFactCache) -> str:
    return replace_surrogates(cache.subject.reply.body)


def reply_length(cache: ReplyFactCache) -> int:
    return len(cache.subject.reply.body)


def reply_locale(cache: ReplyFactCache) -> str:
    return cache.subject.reply.locale


def reply_origin(cache: ReplyFactCache) -> str:
    return cache.subject.reply.origin.value


def is_correction(cache: ReplyFactCache) -> bool:
    return bool(cache.subject.reply.corrects)


def is_drafted_by_software(cache: ReplyFactCache) -> bool:
    return cache.subject.reply.origin in (Origin.SOFTWARE, Origin.NOTICE)


def reply_intent(cache: ReplyFactCache) -> str:
    return cache.subject.reply.intent


def reply_purpose(cache: ReplyFactCache) -> str:
    return cache.subject.purpose


def list_cited_fact_ids(cache: ReplyFactCache) -> tuple[str, ...]:
    return cache.subject.reply.facts


def reply_parts(cache: ReplyFactCache) -> tuple[PartSpan, ...]:
    """(part, start, end) of all of `reply.text`, in order."""
    placed: list[PartSpan] = []
    at = 0
    for part, words in cache.subject.reply.parts:
        placed.append((part, at, at + len(words)))
        at += len(words) + 2
    return tuple(placed)


def find_part_at(cache: ReplyFactCache, place: int) -> str:
    placed = cache.compute_once(reply_parts)
    return placed[max(0, bisect_right([start for _, start, _ in placed], place) - 1)][0]


def find_body_start(cache: ReplyFactCache) -> int:
    """Where the body begins in `reply.text`."""
    return next((start for part, start, _ in cache.compute_once(reply_parts) if part == "body"), 0)


def blank_entry_links(cache: ReplyFactCache) -> str:
    """`reply.text` with the addresses that code made for its entry blanked out, places kept.

    They hold a random id, which looks like many things. Anything else in an address is read.
    """
    reply = cache.subject.reply
    entry = reply.envelope.entry_url
    whole = cache.compute_once(reply_text)
    if not (reply.entry and entry.endswith("/" + reply.entry)):
        return whole
    made_by_code = (entry, f"{entry}/wrong", f"{entry}/person")
    for part, start, end in cache.compute_once(reply_parts):
        url = next((url for url in made_by_code if whole[start:end].endswith(url)), "")
        if part == "link" and url:
            whole = whole[: end - len(url)] + " " * len(url) + whole[end:]
    return whole


def question_text(cache: ReplyFactCache) -> str:
    return replace_surrogates(cache.subject.asked)


def question_language(cache: ReplyFactCache) -> str:
    reading = cache.subject.reading
    return reading.language if reading else ""


def count_messages_sent(cache: ReplyFactCache) -> int:
    return cache.subject.sent_lately


def messages_left_in_budget(cache: ReplyFactCache) -> int:
    return max(0, cache.subject.budget - cache.subject.sent_lately)


def is_in_customer_language(cache: ReplyFactCache) -> bool:
    """Whether this is the language they wrote in, or the one that config.yaml answers it in."""
    language, here = cache.compute_once(question_language), cache.subject.reply.locale
    if not language:
        return True
    fallback = cache.subject.brand.fallback
    wanted = {language, fallback.get(language, language)}
    return here in wanted or here.partition("-")[0] in {each.partition("-")[0] for each in wanted}


def customer_asks_question(cache: ReplyFactCache) -> bool:
    return is_question(cache.compute_once(question_text))


def customer_asks_whether_software(cache: ReplyFactCache) -> bool:
    return asks_whether_software(cache.compute_once(question_text))


def customer_asks_to_buy(cache: ReplyFactCache) -> bool:
    reading = cache.subject.reading
    signals = reading.signals if reading else find_signals(cache.compute_once(question_text))
    return any(signal.kind == "buying" for signal in signals)


def channel_name(cache: AnyFactCache) -> str:
    return cache.subject.channel


def channel_mode(cache: AnyFactCache) -> str:
    return cache.subject.mode


def channel_audience(cache: AnyFactCache) -> str:
    return cache.subject.audience.value


def is_channel_private(cache: AnyFactCache) -> bool:
    return cache.subject.audience is Audience.PRIVATE


def is_brand_addressed(cache: AnyFactCache) -> bool:
    return cache.subject.addressed


def is_chosen_by_person(cache: ReplyFactCache) -> bool:
    return cache.subject.chosen


def is_first_contact(cache: ReplyFactCache) -> bool:
    return cache.subject.first_contact
