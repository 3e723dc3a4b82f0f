"""What was understood of an ask: an intent with a score, or unclear with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unclear(StrEnum):
    """Why it is not known what a customer wants. Each has its own handoff words."""

    OUT_OF_SCOPE = "out-of-scope"
    AMBIGUOUS = "ambiguous"
    SEVERAL_ASKS = "several-asks"
    GIBBERISH = "gibberish"
    IMPLICIT = "implicit"
    SARCASM = "sarcasm"
    QUOTE = "quote"
    NO_FACTS = "no-facts"
    LANGUAGE = "language"
    NO_MODEL = "no-model"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters, and what was found there."""

    start: int
    end: int
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An intent that it may be; `score` is a calibrated probability."""

    intent: str
    score: float


@dataclass(frozen=True, slots=True)
class Ask:
    """One part of a message that asks for one thing.

    `clear`: it would be accepted on its own, and the message holds nothing but such parts.
    """

    text: str
    start: int
    end: int
    intent: str | None
    score: float
    clear: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of a message. Exactly one of `intent` and `unclear` is set.

    `signals` are raised flags (`wants-person`, `legal`, `safety`, `anger`, `injection`, …):
    they can send a message to a person, and nothing else. `model` names what read it. `margin` is
    how far it stands above what is accepted (`bot.understanding.model.Estimate.margin`): what a
    guarantee sets its threshold on. It has no unit, and is comparable within one model only.
    """

    intent: str | None
    score: float
    unclear: Unclear | None
    language: str
    addressed: bool
    explicit: bool
    candidates: tuple[Candidate, ...] = ()
    asks: tuple[Ask, ...] = ()
    signals: tuple[Span, ...] = ()
    model: str = ""
    margin: float = 0.0
