"""From what an author writes in a case to the subject that is judged.

`CASE_KEYS` lists every key. All but `text` have defaults, so the shortest case is a text. The
envelope is made as it would be for a real reply; `speaker` is there for the rules that look at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.brand.advocates import Advocate
from bot.brand.culture import Culture
from bot.brand.published import PublishedFacts
from bot.brand.settings import Internals
from bot.detect.commitments.extraction import extract_commitments
from bot.detect.folding import replace_surrogates
from bot.drafting.envelope import list_sources
from bot.drafting.envelope_words import envelope_words_for, has_envelope_words
from bot.model import Audience, Origin, PublishedFact, Reading, Span, Unclear
from bot.policy.subject import (
    BrandFacts,
    MessageSubject,
    PastStatement,
    ReplySubject,
    build_case_reply,
)
from bot.understanding.signals import find_signals

#: key -> what it is
CASE_KEYS: Mapping[str, str] = {
    "text": "What is judged: of a reply its body, of a message the customer's words.",
    "channel": "The channel, by name.",
    "mode": "The channel's mode.",
    "audience": "`public` (unless said), `members` or `private`.",
    "locale": "The language of the text, `en` unless said.",
    "asked": "Of a reply: what the customer wrote.",
    "language": "The language the customer wrote in.",
    "signals": "The flags that the customer's message raises, where its words alone don't.",
    "intent": "What was understood.",
    "unclear": "Why it was not understood.",
    "private": "Values from the customer's private context: a list.",
    "addressed": "Whether the brand was spoken to; true unless said.",
    "chosen": "Whether a person chose to enter; false unless said.",
    "corrects": "Whether the reply puts right what we told them before; false unless said.",
    "first_contact": "Whether nothing was said to the customer before; false unless said.",
    "sent_lately": "Of a reply: how many texts of ours the customer got lately; 0 unless said.",
    "budget": "How many these may be; 20 unless said.",
    "unanswered": "How many messages wait for an answer.",
    "repeated": "How often the same was asked and answered before; 0 unless said.",
    "echoes": "How many messages came within seconds of something we sent; 0 unless said.",
    "returning": "Whether the customer is back after long silence; false unless said.",
    "origin": "`software` (unless said), `edited`, `person` or `notice`.",
    "facts": "The ids of the published facts that the reply cites: a list.",
    "published": "Published facts: id -> text, or id -> {text, url, as_of, review_by, …}.",
    "earlier": "What we said before, on record: a list of {text, said_on, topic}.",
    "today": "The day, like `2026-11-01`.",
    "culture": "The channel's profile: {longest, emoji, address, review_by}.",
    "brand": "The brand's name.",
    "hosts": "The brand's own hosts: a list.",
    "advocates": "The shown names of the brand's advocates: a list.",
    "internal": "As `internal:` in config.yaml.",
    "sources": "Whether the envelope shows the cited sources; true unless said.",
    "fallback": "As `fallback:` in config.yaml.",
    "greeting": "The envelope's greeting.",
    "purpose": "What the intent is for: `service` (unless said) or `marketing`.",
    "labelled": "Whether the envelope says that it is advertising; false unless said.",
    "speaker": "Who the envelope says speaks, instead of what code would say.",
}

SOME_DAY = date(2026, 11, 2)


class CaseInputError(ValueError):
    """A case that describes nothing that can be judged."""


def read_reply_case(case_input: Mapping[str, Any]) -> ReplySubject:
    """The reply that a case describes. Raises GivenError."""
    try:
        return _build_reply_subject(case_input)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CaseInputError(f"this case describes no reply: {error}") from error


def read_message_case(case_input: Mapping[str, Any]) -> MessageSubject:
    """The message that a case describes. Raises GivenError."""
    try:
        return _build_message_subject(case_input)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CaseInputError(f"this case describes no message: {error}") from error


def _build_reply_subject(case_input: Mapping[str, Any]) -> ReplySubject:
    locale = str(case_input.get("locale", "en"))
    if not has_envelope_words(locale):
        raise ValueError(f"no envelope is written in “{locale}”")
    today = _read_day(case_input.get("today", SOME_DAY))
    published = read_published_facts(case_input.get("published") or {}, today)
    facts = tuple(case_input.get("facts") or ())
    reply = build_case_reply(
        str(case_input["text"]),
        brand=str(case_input.get("brand", "")),
        locale=locale,
        origin=Origin(case_input.get("origin", "software")),
        channel=str(case_input.get("channel", "")),
        intent=str(case_input.get("intent", "")),
        facts=facts,
    )
    envelope = replace(
        reply.envelope,
        greeting=str(case_input.get("greeting", "")),
        sources=list_sources(facts, published, locale) if case_input.get("sources", True) else (),
        speaker=str(case_input.get("speaker", reply.envelope.speaker)),
        label=_speaker_label(case_input, locale) if case_input.get("labelled") else "",
    )
    return ReplySubject(
        reply=replace(
            reply, envelope=envelope, corrects="before" if case_input.get("corrects") else ""
        ),
        channel=str(case_input.get("channel", "")),
        mode=str(case_input.get("mode", "")),
        audience=Audience(case_input.get("audience", "public")),
        asked=str(case_input.get("asked", "")),
        private=tuple(str(value) for value in case_input.get("private") or ()),
        addressed=bool(case_input.get("addressed", True)),
        chosen=bool(case_input.get("chosen", False)),
        first_contact=bool(case_input.get("first_contact", False)),
        today=today,
        published=published,
        reading=_read_reading(case_input, str(case_input.get("asked", ""))),
        brand=_read_brand(case_input),
        earlier=tuple(_read_past_commitments(case_input.get("earlier") or (), locale, today)),
        culture=_read_culture(case_input.get("culture"), today),
        purpose=str(case_input.get("purpose", "service")),
        sent_lately=int(case_input.get("sent_lately", 0)),
        budget=int(case_input.get("budget", 20)),
    )


def _build_message_subject(case_input: Mapping[str, Any]) -> MessageSubject:
    text = str(case_input["text"])
    return MessageSubject(
        text=text,
        channel=str(case_input.get("channel", "")),
        mode=str(case_input.get("mode", "")),
        audience=Audience(case_input.get("audience", "public")),
        locale=str(case_input.get("locale", "en")),
        addressed=bool(case_input.get("addressed", True)),
        reading=_read_reading(case_input, text),
        unanswered=int(case_input.get("unanswered", 1)),
        repeated=int(case_input.get("repeated", 0)),
        echoes=int(case_input.get("echoes", 0)),
        returning=bool(case_input.get("returning", False)),
        brand=_read_brand(case_input),
    )


def read_published_facts(case_input: Mapping[str, Any], today: date) -> PublishedFacts:
    """Published facts as cases write them. A fact that says no more than its text is current."""
    return PublishedFacts(_read_fact(id, written, today) for id, written in case_input.items())


def _read_fact(id: str, written: Any, today: date) -> PublishedFact:
    more = written if isinstance(written, Mapping) else {"text": written}
    texts = more["text"]
    by_locale = dict(texts) if isinstance(texts, Mapping) else {"en": str(texts)}
    topic = id.partition(".")[0]
    as_of = _read_day(more.get("as_of", today))
    return PublishedFact(
        id=id,
        text=by_locale,
        titles=dict.fromkeys(by_locale, topic),
        url=str(more.get("url", f"https://brand.example/{topic}")),
        as_of=as_of,
        review_by=_read_day(more.get("review_by", today + timedelta(days=365))),
        expires=_read_day(more["expires"]) if "expires" in more else None,
        offer=bool(more.get("offer", False)),
        commitments={
            locale: tuple(
                replace(said, topic=topic, source=id)
                for said in extract_commitments(text, locale, as_of)
            )
            for locale, text in by_locale.items()
        },
    )


def _read_past_commitments(
    case_input: Iterable[Mapping[str, Any]], locale: str, today: date
) -> Iterator[PastStatement]:
    """Each commitment of each earlier statement."""
    for told in case_input:
        text, said_on = str(told["text"]), _read_day(told.get("said_on", today))
        for said in extract_commitments(text, locale, said_on):
            about = replace(said, topic=str(told.get("topic", "")))
            yield PastStatement(about, text, said_on, locale=locale)


def _read_reading(case_input: Mapping[str, Any], text: str) -> Reading:
    kinds = case_input.get("signals")
    signals = (
        find_signals(replace_surrogates(text))
        if kinds is None
        else tuple(Span(0, len(text), str(kind), text) for kind in kinds)
    )
    return Reading(
        intent=case_input.get("intent"),
        score=1.0 if case_input.get("intent") else 0.0,
        unclear=Unclear(case_input["unclear"]) if case_input.get("unclear") else None,
        language=str(case_input.get("language", case_input.get("locale", "en"))),
        addressed=bool(case_input.get("addressed", True)),
        explicit=True,
        signals=signals,
    )


def _speaker_label(case_input: Mapping[str, Any], locale: str) -> str:
    return envelope_words_for(locale).marketing.format(brand=case_input.get("brand") or "us")


def _read_culture(case_input: Mapping[str, Any] | None, today: date) -> Culture | None:
    if case_input is None:
        return None
    known = {"channel": "", "by": "", "tone": "", **case_input}
    return Culture(**{**known, "review_by": _read_day(case_input.get("review_by", today))})


def _read_brand(case_input: Mapping[str, Any]) -> BrandFacts:
    internal = case_input.get("internal") or {}
    return BrandFacts(
        name=str(case_input.get("brand", "")),
        hosts=frozenset(str(host) for host in case_input.get("hosts") or ("brand.example",)),
        fallback=dict(case_input.get("fallback") or {}),
        advocates=tuple(
            Advocate(str(name), "", "", date.min) for name in case_input.get("advocates") or ()
        ),
        internal=Internals(**{key: tuple(values) for key, values in internal.items()}),
    )


def _read_day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
