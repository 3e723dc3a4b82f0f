"""An entry of the record as a line of plain words.

A line speaks from the entry alone, so it reads the same for good, whatever facts are published
later. What was said in private is not on the record; there it says what was promised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import re2

from bot.brand.settings import Maturity
from bot.cards.wording import commitment_words
from bot.model import CommitmentKind, Origin
from bot.record.entry import Entry, EntryKind
from handlers.public import change_words

_SLOT = re2.compile(r"\{\{[^}]*\}\}")
LONGEST = 200  # characters of what was said, in a line
MOST_CHANGES = 3  # of rules or facts, in a line; the entry shows all

TITLES: Mapping[EntryKind, str] = {
    EntryKind.SENT: "Said",
    EntryKind.NOTICE: "Notices",
    EntryKind.INTENDED: "Meant to be sent",
    EntryKind.NOT_SENT: "Not sent",
    EntryKind.UNCERTAIN: "Uncertain",
    EntryKind.REFUSED: "Refused",
    EntryKind.HANDED_OVER: "Handed to a person",
    EntryKind.CLOSED: "Closed without a reply",
    EntryKind.CORRECTION: "Called wrong",
    EntryKind.CORRECTED: "Corrected",
    EntryKind.STANDS: "Looked at, and stands",
    EntryKind.EXCEPTION: "Exceptions",
    EntryKind.RULES_CHANGED: "Changes of rules",
    EntryKind.FACTS_CHANGED: "Changes of facts",
    EntryKind.PAUSED: "Sending paused",
    EntryKind.RESUMED: "Sending resumed",
    EntryKind.ERASED: "Erased",
}

SHAPES: Mapping[EntryKind, str] = {
    EntryKind.SENT: "✓",
    EntryKind.NOTICE: "✓",
    EntryKind.NOT_SENT: "⏸",
    EntryKind.UNCERTAIN: "?",
    EntryKind.REFUSED: "⛔",
    EntryKind.HANDED_OVER: "⇢",
    EntryKind.PAUSED: "⏸",
}

_BY: Mapping[str, str] = {
    Origin.SOFTWARE: "Drafted by software, approved by {approved}.",
    Origin.EDITED: "Drafted by software, changed and approved by {approved}.",
    Origin.PERSON: "Written by {approved}.",
    Origin.NOTICE: "An automated notice.",
}


MATURITY: Mapping[Maturity, str] = {
    "starting": "We are starting with all this.",
    "practised": "We have some practice in all this.",
    "seasoned": "We have long practice in all this.",
}


def line(entry: Entry, said: str, why: str) -> str:
    """One line: what happened, what was promised, on what grounds, by whom, under which rules."""
    return _LINES[entry.kind](entry, said, why)


def _told(entry: Entry, said: str, why: str) -> str:
    automatic = entry.kind is EntryKind.NOTICE or entry.by == Origin.NOTICE
    if said:
        opening = "Told a customer, automatically" if automatic else "Told a customer"
        parts = [f"{opening}: {_clipped(said)}"]
    else:
        parts = [_noticed(entry) if automatic else _promised(entry)]
    if entry.sources:
        parts.append(f"Source: {', '.join(source.title for source in entry.sources)}.")
    return " ".join([*parts, *_grounds(entry)])


def _promised(entry: Entry) -> str:
    """An answer whose words are not on the record, by what binds in it."""
    if not entry.commitments:
        return "Answered a customer; nothing in it binds."
    return _sentence(f"Promised a customer: {'; '.join(map(commitment_words, entry.commitments))}")


def _noticed(entry: Entry) -> str:
    """A notice whose words are not on the record: a date in it is when a person answers."""
    for it in entry.commitments:
        if it.kind is CommitmentKind.DATE and not it.negated:
            return f"Told a customer that a person answers by {it.value}."
    return "Told a customer, automatically, what happens next."


def _happened(words: str) -> Callable[[Entry, str, str], str]:
    def tell(entry: Entry, said: str, why: str) -> str:
        reason = f" {_sentence(why)}" if why else ""
        return " ".join([f"{words}{reason}", *_grounds(entry)])

    return tell


def _files(words: str) -> Callable[[Entry, str, str], str]:
    def tell(entry: Entry, said: str, why: str) -> str:
        told = [change_words.words(change) for change in entry.changes[:MOST_CHANGES]] or [words]
        if (more := len(entry.changes) - MOST_CHANGES) > 0:
            told.append(f"And {more} more.")
        if why or entry.changes:
            told.append(f"Why: {_sentence(why)}" if why else "No reason was given.")
        return " ".join([*told, *_grounds(entry)])

    return tell


def _corrected(entry: Entry, said: str, why: str) -> str:
    if entry.refers:
        right = "This was wrong, and has been put right where it was said."
        return " ".join([right, *_grounds(entry)])
    return _happened("A person found this wrong; whoever was told it gets another answer.")(
        entry, said, why
    )


_LINES: Mapping[EntryKind, Callable[[Entry, str, str], str]] = {
    EntryKind.SENT: _told,
    EntryKind.NOTICE: _told,
    EntryKind.INTENDED: _happened("Meant to be sent, written down before the send."),
    EntryKind.NOT_SENT: _happened("A reply was not sent."),
    EntryKind.UNCERTAIN: _happened("Nobody can say whether a reply arrived; a person looks."),
    EntryKind.REFUSED: _happened("A text was refused."),
    EntryKind.HANDED_OVER: _happened("Handed to a person."),
    EntryKind.CLOSED: _happened("Closed without a reply."),
    EntryKind.CORRECTION: _happened("Somebody said that this is wrong; a person looks into it."),
    EntryKind.CORRECTED: _corrected,
    EntryKind.STANDS: _happened(
        "Somebody said that this is wrong; a person looked, and it stands."
    ),
    EntryKind.EXCEPTION: _happened("A blocked text was let through by two people."),
    EntryKind.RULES_CHANGED: _files("The rules changed."),
    EntryKind.FACTS_CHANGED: _files("The published facts changed."),
    EntryKind.PAUSED: _happened("Sending was paused: nothing goes out, messages are still taken."),
    EntryKind.RESUMED: _happened("Sending goes on; what waited is judged again first."),
    EntryKind.ERASED: _happened("Words of an earlier entry were erased; every proof still holds."),
}


def _grounds(entry: Entry) -> Iterable[str]:
    if entry.by:
        yield _BY[entry.by].format(approved=entry.approved or "a person")
    if entry.runbook:
        done = f", measure “{entry.measure}”" if entry.measure else ""
        yield f"By the runbook “{entry.runbook}”{done}."
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
