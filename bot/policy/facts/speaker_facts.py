"""Facts about who speaks, and whether it is said truthfully.

The speaker's line is the envelope's, by code. Here it is read like anything else that is sent: the
label must be the one for the reply's origin, in its language, and no word of the body may claim
that software is a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

import re2

from bot.detect.folding import compile_any_of, compile_caseless, fold_text
from bot.drafting.envelope_words import LANGUAGES
from bot.model import Origin
from bot.policy.facts.fact_cache import Item
from bot.policy.facts.text_facts import (
    ReplyFactCache,
    find_body_start,
    is_drafted_by_software,
    reply_body,
)

# “I am a real person”, said by software. The same words with a “not” before them are the truth.
_CLAIMS = compile_any_of(
    r"\b(i am|i['’]m|we are|we['’]re|you(['’]re| are) (talking|chatting|speaking|writing) "
    r"(to|with))"
    r" (an? |actual |actually |indeed |really )*(real |living |actual )?"
    r"(human|person|people|member of (the|our) team)\b",
    r"\b(i am|i['’]m|this is) (not|no) (an? )?(bot|robot|chat ?bot|machine|a\.?i\.?|software)\b",
    r"\b(ich bin|wir sind|(du|sie|ihr) (schreib|sprech|sprich|red)(s?t|en|est) mit) "
    r"(ja |wirklich |tatsächlich )*(ein(e|em|er)? )?(echte[rnm]? |richtige[rnm]? )?"
    r"(mensch(en)?|person)\b",
    r"\b(ich bin|das ist|hier ist) kein(e)? (bot|chat-?bot|roboter|maschine|ki|software)\b",
)
_SOFTWARE = compile_caseless(r"\b(software|automat(ed|ic|isch\w*)|bot|ki|a\.?i\.?)\b")
MOST = 64  # places reported
_OPENING = 160  # characters: “first” means in the body's first sentence or two


def has_speaker_line(cache: ReplyFactCache) -> bool:
    """Whether a line says who speaks."""
    return bool(cache.subject.reply.envelope.speaker.strip())


def is_speaker_line_true(cache: ReplyFactCache) -> bool:
    """Whether that line is the exact label for the reply's origin, in the reply's language."""
    reply = cache.subject.reply
    words = LANGUAGES.get(reply.locale) or LANGUAGES.get(reply.locale.partition("-")[0])
    if words is None:
        return False
    return _matches_label(reply.envelope.speaker.casefold(), words.speaker[reply.origin].casefold())


def is_labelled_advertising(cache: ReplyFactCache) -> bool:
    """Whether it begins by saying, in the exact words of its language, that it is advertising."""
    reply = cache.subject.reply
    words = LANGUAGES.get(reply.locale) or LANGUAGES.get(reply.locale.partition("-")[0])
    return words is not None and _matches_label(
        reply.envelope.label.casefold(), words.marketing.casefold()
    )


def names_brand(cache: ReplyFactCache) -> bool:
    name = cache.subject.brand.name
    return fold_text(name).text in fold_text(cache.subject.reply.envelope.speaker).text


def says_software(cache: ReplyFactCache) -> bool:
    """Whether the line that says who speaks says that software had a part in it."""
    return _SOFTWARE.search(cache.subject.reply.envelope.speaker) is not None


def opens_with_software(cache: ReplyFactCache) -> bool:
    """Whether the body begins by saying that software speaks."""
    return _SOFTWARE.search(cache.compute_once(reply_body)[:_OPENING]) is not None


def find_human_claims(cache: ReplyFactCache) -> tuple[Item, ...]:
    """Places where words drafted by software say that a person is speaking."""
    if (
        not cache.compute_once(is_drafted_by_software)
        and cache.subject.reply.origin is not Origin.EDITED
    ):
        return ()
    at = cache.compute_once(find_body_start)
    return tuple(
        Item(found[0], at + found.start(), at + found.end(), {})
        for found in islice(_CLAIMS.finditer(cache.compute_once(reply_body)), MOST)
    )


def find_undisclosed_advocates(cache: ReplyFactCache) -> tuple[Item, ...]:
    """Places where an advocate is find_name, in a body that doesn't say that they are one."""
    brand, words = cache.subject.brand, cache.compute_once(reply_body)
    if not brand.advocates or discloses_advocate(words):
        return ()
    at = cache.compute_once(find_body_start)
    found = (
        Item(words[start:end], at + start, at + end, {})
        for advocate in brand.advocates
        if advocate.since <= cache.subject.today
        for start, end in find_name_places(words, advocate.name)
    )
    return tuple(islice(found, MOST))


def _matches_label(line: str, label: str) -> bool:
    """Whether a line is the label with something in each of its slots."""
    pieces = label.replace("{approver}", "\0").replace("{brand}", "\0").split("\0")
    if not line.startswith(pieces[0]) or not line.endswith(pieces[-1]):
        return False
    at = len(pieces[0])
    for piece in pieces[1:-1]:
        found = line.find(piece, at + 1)
        if found < 0:
            return False
        at = found + len(piece)
    return at < len(line) - len(pieces[-1]) if len(pieces) > 1 else line == label


#: the connection in words; with what denies it in the group
_DISCLOSED = compile_any_of(
    r"\b(not |no |never |n['’]t )?(?:(?:an?|one|of|our|the|brand) )*"
    r"(?:advocates?|ambassadors?)\b",
    r"\b(keine?[rsnm]? |nicht )?(?:(?:eine?[rsnm]?|von|unsere?[rsnm]?) )*"
    r"(?:marken)?botschafter(?:in|innen|n|s)?\b",
)


def discloses_advocate(text: str) -> bool:
    """Whether the text says of somebody that they are an advocate of the brand's."""
    return any(not any(found.groups()) for found in _DISCLOSED.finditer(text))


def find_name_places(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where the name stands as words of its own."""
    return (found.span(1) for found in _name_pattern(name).finditer(text))


@lru_cache(maxsize=1024)
def _name_pattern(name: str) -> Any:
    return re2.compile(rf"(?i)(?:^|[^\pL\pN])({re2.escape(name)})(?:[^\pL\pN]|$)")
