"""How the product says what is so to the people who decide: states, times, names."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.model import Commitment, CommitmentKind, Comparator, Objection, Outcome, State, Unclear

SHAPES = {
    State.ARRIVED: "●",
    State.UNDERSTOOD: "●",
    State.WAITING: "●",
    State.PERSON: "⇢",
    State.APPROVED: "✓",
    State.SENDING: "✓",
    State.UNCERTAIN: "?",
    State.PEERS: "○",
    State.OVERHEARD: "○",
    State.SENT: "✓",
    State.CLOSED: "–",
}

STATUS = {
    State.ARRIVED: "being read",
    State.UNDERSTOOD: "being drafted",
    State.WAITING: "waiting for a decision",
    State.PERSON: "handed over to a person",
    State.APPROVED: "approved",
    State.SENDING: "being sent",
    State.UNCERTAIN: "uncertain whether it arrived",
    State.PEERS: "peers first: drafted if nobody answers",
    State.OVERHEARD: "overheard: nobody asked us",
    State.SENT: "sent",
    State.CLOSED: "closed without a reply",
}

OUTCOMES = {
    Outcome.PASS: ("✓", "clear"),
    Outcome.NOTE: ("·", "note"),
    Outcome.HOLD: ("⏸", "held"),
    Outcome.BLOCK: ("⛔", "blocked"),
    Outcome.HANDOFF: ("⇢", "to a person"),
}

UNCLEAR = {
    Unclear.OUT_OF_SCOPE: "none of the intents fits",
    Unclear.AMBIGUOUS: "it may be one of several intents",
    Unclear.SEVERAL_ASKS: "several things are asked at once",
    Unclear.GIBBERISH: "no words that make sense together",
    Unclear.IMPLICIT: "what is wanted has to be guessed",
    Unclear.SARCASM: "it may not be meant as it is written",
    Unclear.QUOTE: "somebody else's words are passed on",
    Unclear.NO_FACTS: "no published fact answers it",
    Unclear.LANGUAGE: "a language that the brand does not answer in",
    Unclear.NO_MODEL: "no examples in this language to understand it by",
}

OBJECTIONS = {
    Objection.NOT_ASKED: "Not what they asked",
    Objection.NOT_OUR_VOICE: "Not how we'd say it",
    Objection.WRONG_FACT: "A fact is wrong",
    Objection.OTHER: "Something else",
}

_UNITS = ((86_400, "day"), (3_600, "h"), (60, "min"))


def count_times(count: int) -> str:
    """“once”, “twice”, “3 times”."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def span(length: timedelta) -> str:
    """A length of time as people say it: “2 h”, “4 min”, “a moment”."""
    seconds = int(abs(length).total_seconds())
    for size, unit in _UNITS:
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}" + ("s" if unit == "day" and count > 1 else "")
    return "a moment"


def ago(then: datetime, now: datetime) -> str:
    return "just now" if now - then < timedelta(seconds=60) else f"{span(now - then)} ago"


def due_again(due: datetime, now: datetime, late: bool) -> str:
    """When it is due; of what was late once already, that too."""
    said = due_in(due, now)
    return f"{said}, late once" if late and due >= now else said


def due_in(due: datetime, now: datetime) -> str:
    return f"due in {span(due - now)}" if due >= now else f"{span(now - due)} late"


def alarm_words(escalated: int, incomplete: int) -> list[str]:
    """Banners on cards that somebody has to look at now, by how many there are."""
    said = []
    if incomplete:
        cards = "hand-over is" if incomplete == 1 else "hand-overs are"
        said.append(f"⛔ {incomplete} {cards} incomplete. The card says what is missing.")
    if escalated:
        cards = "card is" if escalated == 1 else "cards are"
        said.append(f"{escalated} {cards} before the leads: see the reason on the card.")
    return said


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
