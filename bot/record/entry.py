"""What the record says: one entry for each thing that was said, refused, promised or changed.

An entry holds what may be known for good: kinds, times, commitments, sources, rules. Free text,
which may have to be forgotten one day, is never in it: such fields travel beside it, by name
(`said`, `why`), and the leaf holds their salted hashes only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model import Audience, Commitment, Source
from bot.record.rule_change import RuleChange


class EntryKind(StrEnum):
    """What happened. Several entries may share an address: `intended`, then how it ended."""

    INTENDED = "intended"  # about to be sent; written in the transaction that sets `sending`
    SENT = "sent"
    NOT_SENT = "not-sent"
    UNCERTAIN = "uncertain"  # nobody can say whether it arrived
    REFUSED = "refused"  # a rule or a person said: not this text
    HANDED_OVER = "handed-over"  # given to a person
    CLOSED = "closed"  # ended without a reply
    NOTICE = "notice"  # a fixed text was sent, without a click
    RULES_CHANGED = "rules-changed"
    FACTS_CHANGED = "facts-changed"
    EXCEPTION = "exception"  # a blocked text was let through, by two people, for a reason
    CORRECTION = "correction"  # somebody says that an entry is wrong
    CORRECTED = "corrected"  # it was: those who were told it get another answer
    STANDS = "stands"  # somebody looked, and it stands, for the reason given
    PAUSED = "paused"  # somebody stopped all sending, or a channel's, for a reason
    RESUMED = "resumed"
    ERASED = "erased"  # words of an earlier entry were forgotten


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `address` is the random id under which the public finds it.

    `by` says who drafted (`software`, `edited`, `person`, `notice`), `approved` the role of who
    approved; nobody's name. `rules` and `published` are the content hashes of the rules and of
    the published facts then in force. `refers` is the number of the entry that this one is about,
    or the id of what changed. `runbook` is what people went by, `measure` what they did by it.
    `changes`: of an entry on rules or facts, what came, went or changed. `mode` is how the channel
    was used then, `mode_version` names what that meant (bot/brand/settings.py, `Mode.version`).
    """

    kind: EntryKind
    at: datetime
    address: str
    channel: str = ""
    audience: Audience | None = None
    intent: str = ""
    locale: str = ""
    by: str = ""
    approved: str = ""
    commitments: tuple[Commitment, ...] = ()
    facts: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    rules: str = ""
    published: str = ""
    refers: str = ""
    runbook: str = ""
    measure: str = ""
    mode: str = ""
    mode_version: str = ""
    changes: tuple[RuleChange, ...] = ()


def may_hold_words(audience: Audience | None) -> bool:
    """Whether the words that were said to this audience may be on the record at all.

    Of a private conversation the record holds the commitments only: details are private, deals
    are not.
    """
    return audience is not Audience.PRIVATE
