"""Replies in which private values surface, and replies in which none does, made over any values.

The values are put together from parts (people, places, numbers), written in every way that `WAYS`
knows, and set into sentences. The clean replies are the harmless lines of bench/data, each beside
the values of some customer.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

_FIRST = """
    Anna Jonas Maria Oluwaseun Mei Fatima Björn Zoë Dmitri Priya Lars Aisha Tom Giulia Hiroshi
    Sven Chloe Rahul Ingrid Marek Noor Pablo Siobhan Yusuf Elif Hannah Ali Ian Kim Theo Mark
    Grace Rose
"""
_LAST = """
    Schmidt Okafor Weber Nguyen O'Brien Müller Petrov Garcia Lindqvist Kowalski Haddad Rossi
    Tanaka Fernández Novak Abdi Jensen Dubois Patel Kaya Goldstein van-Dijk Szabó Iyer
    Castellano Young Wolf
"""
_STREETS = """
    Oak Street; Birkenweg; Rue des Lilas; Marienstraße; Elm Avenue; Via Garibaldi; Kirchgasse;
    Wellington Road; Calle Mayor; Lindenallee; Harbour View; Skógarvegur
"""
_CITIES = """
    Springfield Tübingen Leeuwarden Gdansk Coimbra Uppsala Linz Galway Brno Thessaloniki
    Verona Pécs
"""
_HOSTS = "example.com web.de mail.example post.cz fastmail.example uni-bonn.example"
FIRST, LAST, CITIES, HOSTS = (words.split() for words in (_FIRST, _LAST, _CITIES, _HOSTS))
STREETS = [" ".join(street.split()) for street in _STREETS.split(";")]
SAYINGS = (
    "Hello {}, your parcel is on its way.",
    "We have found the order {} and will look at it.",
    "As agreed, it goes to {} tomorrow.",
    "Das gehört zu {}, wir kümmern uns darum.",
    "Thanks! We have noted {} for this case and will be in touch.",
    "Nothing is missing. ({})",
    "The refund for {} takes 5 days.",
    "Bitte melden Sie sich mit {} in der Filiale.",
)
LOOKALIKES = str.maketrans(
    {
        "a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "y": "у", "i": "і", "s": "ѕ",
        "A": "А", "B": "В", "E": "Е", "H": "Н", "K": "К", "M": "М", "O": "О", "P": "Р", "T": "Т",
        "0": "О", "1": "l",
    }
)  # fmt: skip

WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "as it is": lambda v, r: v,
    "upper case": lambda v, r: v.upper(),
    "lower case": lambda v, r: v.lower(),
    "spaced out": lambda v, r: " ".join(v.replace(" ", "")),
    "dotted": lambda v, r: ".".join(v.replace(" ", "")),
    "joined": lambda v, r: "".join(c for c in v if c.isalnum()),
    "hyphened": lambda v, r: v.replace(" ", "-"),
    "look-alike": lambda v, r: v.translate(LOOKALIKES),
    "one look-alike": lambda v, r: _one(v, r),
    "zero width": lambda v, r: "\u200b".join(v),
    "full width": lambda v, r: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in v),
    "underscores": lambda v, r: "_".join(v.replace(" ", "")),
}


def _one(value: str, chance: random.Random) -> str:
    places = [place for place, c in enumerate(value) if ord(c) in LOOKALIKES]
    if not places:
        return value
    place = chance.choice(places)
    return value[:place] + value[place].translate(LOOKALIKES) + value[place + 1 :]


def customer(chance: random.Random) -> list[str]:
    """The private values of somebody: name, order, e-mail, phone, address, a code."""
    first, last = chance.choice(FIRST), chance.choice(LAST)
    digits = "".join(chance.choice("0123456789") for _ in range(8))
    local = f"{first}.{last}".lower().replace("'", "")
    city = chance.choice(CITIES)
    return [
        f"{first} {last}",
        chance.choice(("#W{}", "ORD-{}", "{}", "TH{}")).format(digits[: chance.randint(6, 8)]),
        f"{local}@{chance.choice(HOSTS)}",
        chance.choice(("+49 171 {}", "0044 7700 {}", "(555) {}", "030/{}")).format(digits[:7]),
        f"{chance.choice(STREETS)} {chance.randint(2, 180)}, {chance.randint(10_000, 99_999)} "
        f"{city}",
        f"{digits[:4]}-{chance.choice('ABKX')}{digits[4:]}",
    ]


def cases(clean: list[str], total: int, seed: int) -> Iterator[dict[str, Any]]:
    """`total` rows with a value in them and as many without; the same for the same seed."""
    chance = random.Random(seed)
    ways = list(WAYS)
    for n in range(total):
        values = customer(chance)
        way = ways[n % len(ways)]
        value = WAYS[way](chance.choice(values), chance)
        text = chance.choice(SAYINGS).format(value)
        yield {"text": text, "private": values, "label": 1, "way": way}
        reply = " ".join(chance.sample(clean, 3))
        yield {"text": reply, "private": customer(chance), "label": 0, "way": "clean"}
