"""What was understood of an ask: an intent with a score, or unclear with a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.model.timeline import Reason
from bot.model.verdict import Verdict


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

    `signals` are raised flags (`wants-person`, `legal`, `safety`, `anger`, `injection`, …): they
    can send a message to a person, and nothing else. `model` names what read it. `margin` is how
    far it stands above what is accepted
    (`bot.understanding.classifier.intent_model.IntentEstimate.margin`): what a guarantee sets its
    threshold on. It has no unit, and is comparable within one model only."""

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


@dataclass(frozen=True, slots=True)
class Promised:
    """Something that the brand has committed itself to towards this customer before.

    `words` are the brand's own; `fact` is the published fact behind them, if there is one.
    """

    words: str
    at: datetime
    entry: str
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beyond the words.

    Of the customer's past, here and on the channels that they joined
    (bot/handoff/customer_history.py): `unanswered`: their messages in a row that nobody answered,
    this one included; `unanswered_on` says how many on which channel. `returning`: the first words
    after long silence, or the first ever in a space of members. `last_spoke`: when they spoke to us
    before. `repeated`: how often they asked for the same before and were answered, the last time at
    `repeated_at` on `repeated_on`. `echoes`: messages that came within seconds of something we
    sent. `same_on`: the channel where the same words still wait.

    `turns`: the keys of what was said in the conversation, oldest first. `promised`: what was
    promised to this customer before. Both are None when nobody looked, or looking failed. `load`:
    open cards by person. `stopped`: why nothing goes on by itself in this conversation; None if
    it does. `sent_lately`: how many texts of ours went to this customer within the period of
    `limits:`.
    `lost`: something here could not be looked up, so the ask is not known whole.
    """

    unanswered: int = 1
    unanswered_on: tuple[tuple[str, int], ...] = ()
    returning: bool = False
    last_spoke: datetime | None = None
    repeated: int = 0
    repeated_at: datetime | None = None
    repeated_on: str = ""
    echoes: int = 0
    same_on: str = ""
    turns: tuple[str, ...] | None = None
    promised: tuple[Promised, ...] | None = None
    load: tuple[tuple[str, int], ...] = ()
    stopped: Reason | None = None
    sent_lately: int = 0
    lost: bool = False


NO_CONTEXT = Context()  # nothing else is known


@dataclass(frozen=True, slots=True)
class Understanding:
    """What is known of an ask: the reading, and what was so around it when it was read.

    `verdict` is what the rules on messages say. `intents`: of several asks that one reply answers.
    `first_reading`: what the software had read, once a person said otherwise; `meant`: the intent
    that a person says it was, `events.NOTHING` for none of the brand's. `audit`: drawn at random,
    so drafted in any case, to be read closely; `least`: the margin below which nothing was drafted
    when it was read, audits aside.
    """

    reading: Reading | None = None
    context: Context = NO_CONTEXT
    verdict: Verdict | None = None
    intents: tuple[str, ...] = ()
    first_reading: Reading | None = None
    meant: str = ""
    audit: bool = False
    least: float = 0.0

    def read(self, reading: Reading, context: Context, least: float) -> Understanding:
        """Read afresh; what was known before no longer counts."""
        return Understanding(reading=reading, context=context, least=least)

    def judge(self, verdict: Verdict) -> Understanding:
        """With what the rules on messages say."""
        return replace(self, verdict=verdict)

    def correct(self, intent: str) -> Understanding:
        """A person says what was asked; the software's own reading is kept, to learn from."""
        first = self.first_reading or self.reading
        return replace(self, meant=intent, first_reading=first)

    def mark_answered(self) -> Understanding:
        """With an answer: no message of theirs is without one."""
        return replace(self, context=replace(self.context, unanswered=0, unanswered_on=()))

    @property
    def addressed(self) -> bool:
        return self.reading is None or self.reading.addressed


NOT_READ = Understanding()
