"""Whether a sentence claims anything of the brand's: a term, a price, a right, a promise.
Courtesies, requests, and what was done or found for this customer claim nothing.

A linear model over the sentence's words, pairs, triples and beginnings of words, hashed; English
and German. Trained on sentences written by hand and on real agents' (bench/claim_words.py; figures
in docs/figures.md); the weights are `bot/detect/words/claim_weights.py`. A guess: it may switch a
rule on figures off, and nothing else.
"""

from __future__ import annotations

from base64 import b85decode
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from math import exp, sqrt
from zlib import crc32

from bot.detect.words.claim_weights import BIAS, SCALE, WEIGHTS

BUCKETS = 1 << 14
LONGEST = 64  # tokens of a sentence that are looked at
SURE = 0.5  # from here on a sentence is taken to claim nothing
_MARKS = "?!:€$£%"
_BEGINNING = 4  # letters


@lru_cache(maxsize=64)
def claims_nothing(sentence: str) -> bool:
    """Whether a sentence, in any language that the weights know, claims nothing. Any `str`."""
    return chance_of_no_claim(sentence) >= SURE


def chance_of_no_claim(sentence: str) -> float:
    """The probability, in [0, 1], that it claims nothing."""
    places = hash_features(sentence)
    weights = _read_weights()
    total = SCALE * sum(weights[place] for place in places) / sqrt(len(places)) + BIAS
    return 1 / (1 + exp(-total)) if total > -700 else 0.0


def hash_features(sentence: str) -> frozenset[int]:
    """The buckets of a sentence's features; never empty."""
    return frozenset(crc32(it.encode()) % BUCKETS for it in _iterate_features(sentence))


def _iterate_features(sentence: str) -> Iterator[str]:
    tokens = ["^", *_split_tokens(sentence)[:LONGEST], "$"]
    yield from tokens
    yield from map(" ".join, pairwise(tokens))
    yield from map(" ".join, zip(tokens, tokens[1:], tokens[2:], strict=False))
    yield from (f"<{token[:_BEGINNING]}" for token in tokens if len(token) > _BEGINNING)


def _split_tokens(sentence: str) -> list[str]:
    """Words in small letters, and marks; a number is `0`, and what looks like a reference `#`."""
    spaced = "".join(
        c if c.isalnum() else f" {c} " if c in _MARKS else " "
        for c in sentence.encode("utf-8", "replace").decode()
    )
    return [_name_token(word) for word in spaced.split()]


def _name_token(word: str) -> str:
    if word.isdigit():
        return "0" if len(word) < 5 else "#"
    return "#" if any(c.isdigit() for c in word) else word.lower()


@cache
def _read_weights() -> tuple[int, ...]:
    """The weights, −127 … 127 each, of the buckets."""
    return tuple(byte - 256 if byte > 127 else byte for byte in b85decode("".join(WEIGHTS.split())))
