"""An entry of the record as a line of plain words.

What was said in private is not on the record; there the line says what was promised, by the
published facts if they still read as they did then, else by the bare commitments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import re2

from bot.model import CommitmentKind, Comparator, Origin
from bot.model.reply import Commitment
from bot.published import Published
from bot.record.entry import Entry, Kind

_SLOT = re2.compile(r"\{\{[^}]*\}\}")
LONGEST = 200  # characters of what was said, in a line

TITLES: Mapping[Kind, str] = {
    Kind.SENT: "Said",
    Kind.NOTICE: "Notices",
    Kind.INTENDED: "About to be sent",
    Kind.NOT_SENT: "Not sent",
    Kind.UNCERTAIN: "Uncertain",
    Kind.REFUSED: "Refused",
    Kind.HANDED_OVER: "Handed to a person",
    Kind.CLOSED: "Closed without a reply",
    Kind.CORRECTION: "Corrections",
    Kind.EXCEPTION: "Exceptions",
    Kind.RULES_CHANGED: "Changes of rules",
    Kind.FACTS_CHANGED: "Changes of facts",
    Kind.ERASED: "Erased",
}

SHAPES: Mapping[Kind, str] = {
    Kind.SENT: "✓",
    Kind.NOTICE: "✓",
    Kind.NOT_SENT: "⏸",
    Kind.UNCERTAIN: "?",
    Kind.REFUSED: "⛔",
    Kind.HANDED_OVER: "⇢",
}

_BY: Mapping[str, str] = {
    Origin.SOFTWARE: "Drafted by software, approved by {approved}.",
    Origin.EDITED: "Drafted by software, changed and approved by {approved}.",
    Origin.PERSON: "Written by {approved}.",
    Origin.NOTICE: "An automated notice.",
}


def line(entry: Entry, said: str, why: str, published: Published) -> str:
    """One line: what happened, what was promised, on what grounds, by whom, under which rules."""
    return _LINES[entry.kind](entry, said, why, published)


def _told(opening: str) -> Callable[[Entry, str, str, Published], str]:
    def tell(entry: Entry, said: str, why: str, published: Published) -> str:
        parts = [f"{opening}: {_clipped(said or substance(entry, published))}"]
        if entry.sources:
            parts.append(f"Source: {', '.join(source.title for source in entry.sources)}.")
        return " ".join([*parts, *_grounds(entry)])

    return tell


def _happened(words: str) -> Callable[[Entry, str, str, Published], str]:
    def tell(entry: Entry, said: str, why: str, published: Published) -> str:
        reason = f" {_sentence(why)}" if why else ""
        return " ".join([f"{words}{reason}", *_grounds(entry)])

    return tell


_LINES: Mapping[Kind, Callable[[Entry, str, str, Published], str]] = {
    Kind.SENT: _told("Told a customer"),
    Kind.NOTICE: _told("Told a customer, automatically"),
    Kind.INTENDED: _told("About to tell a customer"),
    Kind.NOT_SENT: _happened("A reply was not sent."),
    Kind.UNCERTAIN: _happened("Nobody can say whether a reply arrived; a person looks."),
    Kind.REFUSED: _happened("A text was refused."),
    Kind.HANDED_OVER: _happened("Handed to a person."),
    Kind.CLOSED: _happened("Closed without a reply."),
    Kind.CORRECTION: _happened("Somebody said that this is wrong; a person looks into it."),
    Kind.EXCEPTION: _happened("A blocked text was let through by two people."),
    Kind.RULES_CHANGED: _happened("The rules changed."),
    Kind.FACTS_CHANGED: _happened("The published facts changed."),
    Kind.ERASED: _happened("Words of an earlier entry were erased; every proof still holds."),
}


def substance(entry: Entry, published: Published) -> str:
    """What was promised, in words."""
    if entry.published == published.hash:
        facts = [published.get(id) for id in entry.facts]
        texts = [_in(fact.text, entry.locale) for fact in facts if fact is not None]
        if texts:
            return " ".join(map(_sentence, texts))
    if entry.commitments:
        return _sentence("; ".join(commitment_words(it) for it in entry.commitments))
    return "nothing that binds."


def commitment_words(it: Commitment) -> str:
    """“at most 60 days”, “5.00 EUR back, if unworn”, “return free, with our label”."""
    condition = f", {it.condition}" if it.condition else ""
    if it.kind is CommitmentKind.MONEY and it.value == "0" and not it.until:
        free = "not free" if it.negated else "free"
        return f"{it.direction} {free}".strip() + condition
    value = f"{it.value} to {it.until}" if it.until else it.value
    kind = "" if it.comparator is Comparator.EXACTLY else f"{it.comparator.value} "
    many = it.kind is CommitmentKind.PERIOD and (it.until or it.value) != "1"
    unit = "%" if it.unit == "percent" else f" {it.unit}{'s' * many}" if it.unit else ""
    words = f"{'not ' if it.negated else ''}{kind}{value}{unit}"
    words += f" {it.direction}" if it.direction else ""
    return words + condition


def _grounds(entry: Entry) -> Iterable[str]:
    if entry.by:
        yield _BY[entry.by].format(approved=entry.approved or "a person")
    if entry.rules:
        yield f"Rules {entry.rules[:4]}."


def because(reason: str) -> str:
    """A rule's reason as the public reads it: where it names what it found, there is a gap."""
    return "…".join(_SLOT.split(reason))


def _clipped(said: str) -> str:
    first = " ".join(said.split("\n\n")[0].split())
    return first if len(first) <= LONGEST else f"{first[: LONGEST - 1].rstrip()}…"


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def _in(texts: Mapping[str, str], locale: str) -> str:
    return texts.get(locale) or next(iter(texts.values()), "")
