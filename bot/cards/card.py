"""An engagement as an approver sees it: every word of it, for every surface.

Each channel and the desk draw the same card, so what it says is decided here, once, from
stored state; a surface only lays it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.cards.decisions import Action
from bot.model import Source, State


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding as a person reads it. `start`/`end` point into `Card.as_sent`; equal: all of it."""

    shape: str  # ⛔ ⏸ ·
    word: str  # blocked, held, note
    because: str
    instead: str
    words: str
    start: int
    end: int
    rule: str
    entry: str = ""  # of the record: where we said otherwise before


@dataclass(frozen=True, slots=True)
class Handed:
    """What the person got with the hand-over, in words."""

    rules: tuple[Mark, ...]  # what fired on the ask, with the way out
    facts: tuple[tuple[str, str, str], ...]  # (the published text, its source and day, address)
    promised: tuple[str, ...]
    tried: tuple[str, ...]
    told: tuple[str, ...]  # what the customer was told by itself, in words
    language: str
    turns: int  # of the timeline, the ask among them
    missing: tuple[str, ...]  # what must be there, and isn't


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the timeline, in words: who did what."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a surface shows. Texts are plain: each surface escapes them in its own way."""

    engagement: str
    state: State
    shape: str  # ✓ ⏸ ⛔ ⇢ ? ●
    status: str  # “waiting for a decision”, “sent 2 min ago”, …
    headline: str  # what is asked, in one line
    customer: str
    where: str  # “web chat · private”
    readers: str  # “only Jonas” / “every member of #help”
    asked: str  # the customer's words, whole
    at: str  # when, ISO 8601
    due: str  # “due in 4 min”, “4 min late”; empty when nothing is due
    due_at: str  # ISO 8601
    late: bool
    understood: str  # “return an item · 0.97”, “unclear: out of scope”
    candidates: tuple[tuple[str, str, str], ...]  # (intent id, title, score)
    why: str  # why a person has it, or why it ended
    body: str  # the words under decision: what the editor opens with
    origin: str  # “Draft · returns (en)”, “Written by Ada”
    as_sent: str  # the whole text as it will be sent, envelope and all
    sources: tuple[Source, ...]
    marks: tuple[Mark, ...]
    summary: str  # “none blocking (2 notes)”
    digest: str
    owner: str
    stale: bool
    undo_left: float | None  # seconds until it is sent; None when nothing is planned
    actions: tuple[Action, ...]
    timeline: tuple[Line, ...]
    entry_url: str
    version: int
    manners: str = ""  # how the brand speaks there, in words
    sample: bool = False
    parts: tuple[tuple[str, str], ...] = ()  # of several asks: (words, what each asks)
    severity: str = ""  # how grave it is, if a runbook says so: critical, high, …
    runbook: str = ""  # what people go by: its title
    steps: tuple[str, ...] = ()
    runbook_owner: str = ""  # the role that answers for it
    measures: tuple[tuple[str, str], ...] = ()  # (id, title) of what may be done about it
    appeal_url: str = ""  # where whoever is concerned can object, without an account
    intents: tuple[tuple[str, str], ...] = ()  # (id, title): what it may have been, likely first
    refused: str = ""  # why this viewer may not decide, in words
    team: str = ""  # whose it is; empty: everybody's
    owner_id: str = ""
    urgency: str = ""  # why it stands where it stands in the queue: “first: safety”
    escalated: str = ""  # why the leads have to look
    before: str = ""  # the ask that this customer had here before, and how it ended
    rules: tuple[Mark, ...] = ()  # what the rules on messages say of the ask
    handed: Handed | None = None
    pass_on: tuple[tuple[str, str], ...] = ()  # (team id, title): whom it can be passed to
    past: tuple[str, ...] = ()  # what of the past matters now, a line each
    follows: str = ""  # the card before it in this conversation
    conversation: str = ""  # whose earlier turns can be read beside it
    audit: str = ""  # that it is to be read closely, and why; empty if it wasn't drawn
    grounds: tuple[tuple[str, str], ...] = ()  # (title, the published text that the draft used)
    peers: tuple[tuple[str, str], ...] = ()  # (who, words): what others wrote beside it
    plain: tuple[tuple[Action, str], ...] = ()  # (action, label): buttons without a form
    held: str = ""  # what keeps it from going out, or from going on by itself, in words
