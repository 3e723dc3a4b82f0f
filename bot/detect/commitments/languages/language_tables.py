"""What the reader of commitments has to know of a language: tables, and no code.

A language is added as one module in `languages/` that fills this form; `lexicon` compiles it, and
the rest of the package never asks which language it reads. Words are in lower case; a phrase is
words with spaces between (`at least`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bot.model import Comparator

Words = frozenset[str]
NONE: Words = frozenset()


def word_table(listed: str) -> Words:
    """A table of single words, written with spaces between."""
    return frozenset(listed.split())


def table_in_order(listed: str) -> tuple[str, ...]:
    """The same, where the order matters."""
    return tuple(listed.split())


def period_table(unit: str, *forms: str, factor: str = "1") -> dict[str, tuple[str, str]]:
    """The forms of a word for so many of a unit: `fortnight` is two weeks."""
    return dict.fromkeys(forms, (factor, unit))


def promise_table(verbs: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Verbs by form, from each verb's `base` forms (refund) and `done` ones (refunded)."""
    return {
        form: (verb, kind)
        for verb, forms in verbs.items()
        for kind, listed in zip(("done", "base"), reversed(forms), strict=True)
        for form in listed.split()
    }


@dataclass(frozen=True, slots=True, eq=False)  # one of each: compared, and cached by, as itself
class CommitmentLanguage:
    """The tables of one language. What is empty is simply not seen in that language."""

    code: str  # ISO 639-1; names of months, weekdays and currencies come from CLDR by it
    decimal: str = "."

    # numbers
    numbers: Mapping[str, int] = field(default_factory=dict)  # `twenty`: 20
    multipliers: Mapping[str, Decimal] = field(default_factory=dict)  # `million`
    fractions: Mapping[str, Decimal] = field(default_factory=dict)  # `half`
    joiners: Words = NONE  # `and`, inside a number
    articles: Words = NONE  # `a`: one, before a unit
    paired: Mapping[str, int] = field(default_factory=dict)  # `couple`: 2, before “of” or a unit
    ranges: Words = NONE  # `to`, between two figures
    between: Words = NONE  # `between`, after which `and` makes a range
    minus: Words = NONE
    ordinals: Words = NONE  # endings of digits: `1st`

    # what is counted
    periods: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # `fortnight`: 2, week
    business: Words = NONE  # `working`, before `days`
    fillers: Words = NONE  # words that may stand between comparator, figure and unit
    wholes: Words = NONE  # `another`, `per`: a unit behind it counts as one
    vague: Words = NONE  # `several`, `a few`: a unit behind it has no figure
    percents: Words = NONE
    percents_of: Words = NONE  # `percent of`: the figure comes behind
    halves: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # `half price`: 50, off
    free: Mapping[str, str | None] = field(
        default_factory=dict
    )  # phrase → direction; None: it isn't free
    money: Mapping[str, str] = field(default_factory=dict)  # everyday names CLDR lacks → code
    cents: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # `pence`: 0.01, GBP
    not_money: Words = NONE  # names and codes of currencies that are everyday words
    modifiers: Words = NONE  # between a count and its noun: `free`, `extra`
    not_counted: Words = NONE  # words that no count stands before
    clock: Words = NONE  # `pm`: the figure before is a time of day
    labels: Words = NONE  # `no`, `order`: the figure behind names something

    # how, which way, for what, on what condition
    before: Mapping[str, Comparator] = field(default_factory=dict)  # `up to`
    after: Mapping[str, Comparator] = field(default_factory=dict)  # `or more`
    directions: Mapping[str, str] = field(default_factory=dict)
    subjects: Mapping[str, str] = field(default_factory=dict)  # what is free: `shipping`
    negations: Words = NONE
    givers: Words = NONE  # `give`: a `not` before it reaches to what is given
    undoing: Words = NONE  # of the negations, those that stand behind their verb: `nicht`
    restricting: Words = NONE  # behind a negation, they take it back: `not only`
    conditions: Mapping[str, str] = field(default_factory=dict)  # marker → its plain name
    anchors: Words = NONE  # `of`, `after`: what a period runs from

    # dates
    days: Mapping[str, int] = field(default_factory=dict)  # `tomorrow`: 1
    casual_days: Words = NONE  # said in passing; a date only beside a promise
    weekday_before: Mapping[str, int] = field(default_factory=dict)  # `next`: weeks to add
    of_month: Words = NONE  # between a day and its month

    # promises
    promises: Mapping[str, tuple[str, str] | None] = field(
        default_factory=dict
    )  # form → verb, class
    makers: Mapping[str, Words] = field(default_factory=dict)  # form class → words that make it one
    breakers: Words = NONE  # words that, between maker and verb, undo the promise
    infinitives: Words = NONE  # `to`: makes a promise only behind a willing word
    willing: Words = NONE  # `happy`
    reach: int = 4  # tokens between maker and verb
    behind: Words = NONE  # makers that may stand behind the verb

    # light stemming, for topics and conditions
    endings: tuple[str, ...] = ()
    common: Words = NONE  # words that say nothing of a topic
