"""What happened to an engagement, and why it stands where it stands: as data, never as sentences.

Kinds with a few plain fields. bot/cards/ draws them into words when somebody looks, for that reader
and in that language. No customer's words stand in them: a finding is named by its rule, a message
by its id, so that what is taken back is gone here too. `AS_WRITTEN` holds lines of stores that kept
sentences; nothing makes them any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Why(StrEnum):
    """The kinds of reasons. Behind each, the fields of `about` that it comes with."""

    AS_WRITTEN = "as-written"  # words
    # to a person
    RULE = "rule"  # rule
    LOOP = "loop"  # words: of an earlier store
    SAME_WORDS = "same-words"  # times: the same text within a day
    NOTICES_IN_A_ROW = "notices-in-a-row"  # count
    CONTEXT_LOST = "context-lost"
    UNCLEAR = "unclear"  # kind: of `Unclear`
    NO_DRAFTS_HERE = "no-drafts-here"  # mode
    NO_SUCH_INTENT = "no-such-intent"  # intent
    PERSON_WANTED = "person-wanted"  # intent
    COMPLAINT = "complaint"
    NOT_CERTAIN = "not-certain"  # standing: of the guarantee
    UNREADABLE = "unreadable"  # error
    DRAFT_BLOCKED = "draft-blocked"  # rule
    NO_HONEST_DRAFT = "no-honest-draft"  # detail
    NO_HONEST_DRAFT_NOW = "no-honest-draft-now"  # detail
    NOT_DRAFTED_NOW = "not-drafted-now"
    NO_DRAFTS_HERE_NOW = "no-drafts-here-now"  # mode
    REJECTED = "rejected"  # person, objection, words
    OWN_CASE = "own-case"
    PEER_ANSWERED = "peer-answered"  # names
    TAKEN_OVER = "taken-over"  # person
    GIVEN = "given"  # person, to
    ITS_OWNERS = "its-owners"  # person: whose it was when the customer wrote again
    PASSED_ON = "passed-on"  # person, team (none: the leads), words
    TALKING = "talking"  # person
    FAILED = "failed"  # event, error
    PUTS_RIGHT = "puts-right"
    PUTS_RIGHT_UNWRITTEN = "puts-right-unwritten"
    # waiting
    PEERS_FIRST = "peers-first"  # until: ISO 8601
    OVERHEARD = "overheard"
    # the end
    PEER_THANKED = "peer-thanked"  # names
    NO_REPLY_EXPECTED = "no-reply-expected"
    NO_REPLY_NEEDED = "no-reply-needed"  # intent
    CLOSED_BY_PERSON = "closed-by-person"  # person, words
    MEASURE_TAKEN = "measure-taken"  # person, measure, words
    TAKEN_BACK = "taken-back"
    OVERHEARD_EXPIRED = "overheard-expired"
    # before the leads
    LATE_TWICE = "late-twice"
    OWNER_LATE = "owner-late"  # person
    # not sent
    CARD_GONE = "card-gone"
    ANSWERS_NOBODY = "answers-nobody"
    BYTES_DIFFER = "bytes-differ"
    NOT_JUDGED_AGAIN = "not-judged-again"  # error
    NOTICE_HELD = "notice-held"  # outcome, rule
    APPROVAL_WITHDRAWN = "approval-withdrawn"
    MAY_NOT_APPROVE = "may-not-approve"  # person
    NEEDS_ANOTHER = "needs-another"
    RULES_NOW_SAY = "rules-now-say"  # rule
    CHANNEL_REFUSED = "channel-refused"  # detail: the channel's own words
    CANNOT_LOOK = "cannot-look"  # detail
    CALL_LOST = "call-lost"  # detail
    # of a hand-over
    TRIED_DRAFT = "tried-draft"  # template
    TRIED_BLOCKED = "tried-blocked"  # template, rule
    TRIED_REPLIES = "tried-replies"  # replies
    TRIED_NOTHING = "tried-nothing"
    MISSING = "missing"  # part, error


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is so."""

    why: Why
    about: Mapping[str, str] = field(default_factory=dict)


class Happened(StrEnum):
    """The kinds of things that happen. Behind each, the fields of `about` that it comes with."""

    AS_WRITTEN = "as-written"  # who, what
    WROTE = "wrote"
    WROTE_AGAIN = "wrote-again"
    CHANGED_MESSAGE = "changed-message"
    CHANGED_AFTER_ANSWER = "changed-after-answer"
    TOOK_MESSAGE_BACK = "took-message-back"
    WROTE_BESIDE = "wrote-beside"  # message
    OVERHEARD = "overheard"
    UNDERSTOOD = "understood"  # intent
    UNDERSTOOD_SEVERAL = "understood-several"  # intents, parted by “ + ”
    HANDED_OVER = "handed-over"
    GIVEN_TO = "given-to"  # to: who has the fewest open cards
    INCOMPLETE = "incomplete"  # parts: what the hand-over lacks
    DRAFTED = "drafted"  # template
    DRAFTED_AFRESH = "drafted-afresh"
    JUDGED_AGAIN = "judged-again"
    WAITS_FOR_PEERS = "waits-for-peers"
    NO_PEER_ANSWERED = "no-peer-answered"
    APPROVED = "approved"
    APPROVED_FIRST = "approved-first"  # one more person is needed
    WROTE_OWN = "wrote-own"
    WROTE_AGAINST_RULES = "wrote-against-rules"  # outcome
    ASKED_FOR_DRAFT = "asked-for-draft"  # intent; none: the same again
    SAID_WHAT_WAS_ASKED = "said-what-was-asked"  # intent; none: none of ours
    DECIDED = "decided"  # action: one without a word of its own here
    CLOSED = "closed"
    UNDID = "undid"
    NOT_SENT = "not-sent"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    LOOKED_ARRIVED = "looked-arrived"
    LOOKED_ABSENT = "looked-absent"
    ANSWERED_IN_CHANNEL = "answered-in-channel"
    LATE = "late"
    BEFORE_LEADS = "before-leads"
    TOOK_OVER = "took-over"
    CHOSE_TO_ENTER = "chose-to-enter"
    ASSIGNED = "assigned"  # to
    GAVE_BACK = "gave-back"  # team; none: everybody
    PASSED_ON = "passed-on"  # team (none: the leads), words
    FOUND_WRONG = "found-wrong"
    FOUND_WRONG_AND_WROTE = "found-wrong-and-wrote"
    FAILED = "failed"


class Actor(StrEnum):
    CUSTOMER = "customer"
    SOFTWARE = "software"
    PEER = "peer"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened. `person`: the id of whoever of the brand's did it."""

    at: datetime
    actor: Actor
    what: Happened
    person: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    reason: Reason | None = None
