"""The proposal: a reply on its way to a decision, under the verdict on its exact text.

A proposal is replaced as a whole, by its verbs: what an approval was given to can't change under
it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.model.reply import Draft, Reply, digest
from bot.model.verdict import Verdict


class Objection(StrEnum):
    """What is wrong with a draft, as the person who rejects it says."""

    NOT_ASKED = "not-asked"  # not what the customer asked
    NOT_OUR_VOICE = "not-our-voice"  # not how we would say it
    WRONG_FACT = "wrong-fact"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Approval:
    """A person's decision on an exact reply, named by its digest."""

    person: str
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is before a person. `draft` is what the software wrote, kept while a person edits;
    `candidate` the reply as it would be sent; `digest` names it and is empty while nobody may
    decide on it; `editor` whose words it holds when they aren't the software's; `delivery` the way
    it goes out on, once it is approved; `stale`: the customer wrote after it was made; `ready`:
    since when the software's draft is before people.
    """

    draft: Draft | None = None
    candidate: Reply | None = None
    digest: str = ""
    verdict: Verdict | None = None
    approvals: tuple[Approval, ...] = ()
    editor: str = ""
    delivery: str = ""
    stale: bool = False
    ready: datetime | None = None

    def begin(self, draft: Draft, at: datetime) -> Proposal:
        """Another draft of the software's, with nothing decided on it yet."""
        return Proposal(draft=draft, ready=at)

    def put(self, reply: Reply, verdict: Verdict) -> Proposal:
        """With this reply as its candidate, under this verdict."""
        return replace(self, candidate=reply, digest=digest(reply), verdict=verdict)

    def edit(self, person: str) -> Proposal:
        """In the hands of a person whose own words it will hold."""
        return replace(self, editor=person, approvals=(), stale=False)

    def approve(self, person: str, at: datetime) -> Proposal:
        """With one person's approval more."""
        return replace(self, approvals=(*self.approvals, Approval(person, self.digest, at)))

    def plan(self, delivery: str) -> Proposal:
        """On its way under this delivery id."""
        return replace(self, delivery=delivery)

    def withdraw(self) -> Proposal:
        """No longer approved, and on no way. The text stays, to be decided on again."""
        return replace(self, approvals=(), delivery="")

    def outdate(self) -> Proposal:
        """Withdrawn, because the customer wrote after it: nobody may decide on it unread."""
        stale = self.candidate is not None
        return replace(self.withdraw(), stale=stale, digest="" if stale else self.digest)

    def close(self) -> Proposal:
        """Withdrawn for good: nobody may decide on it any more."""
        return replace(self.withdraw(), digest="")


NO_PROPOSAL = Proposal()
