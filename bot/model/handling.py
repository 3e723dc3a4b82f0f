"""The handling: who has an engagement, of which team, and why; and the packet they were given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.model.reading import Candidate, Promised
from bot.model.timeline import Reason
from bot.model.verdict import Finding


@dataclass(frozen=True, slots=True)
class Packet:
    """Everything a person needs to go on, as it was at the hand-over; messages, replies and facts
    by reference.

    `cause`: the id of why it was handed over. `asks`: the messages that ask, each at its revision.
    `turns`: the messages and replies of the timeline, oldest first, on every channel that the
    customer has linked. `facts`: ids of published facts, nearest first. `missing`: what must be
    there and isn't; empty when complete.
    """

    at: datetime
    cause: str
    why: Reason | None
    asks: tuple[str, ...]
    turns: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    rules: tuple[Finding, ...]
    facts: tuple[str, ...]
    promised: tuple[Promised, ...]
    tried: tuple[Reason, ...]
    due: datetime
    language: str
    locale: str
    missing: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Handling:
    """Whose it is. `owner` is a person's id, `team` a team's; empty: nobody's, everybody's.

    `why` says why a person has it, or why it ended; `cause` is the id that routing and notices go
    by: a rule, a reason for not understanding. `placed`: a person chose the team, routing leaves
    it. `escalated`: why a lead has to look. `runbook`: what people do about it. `hushed`: nothing
    may answer it by itself. `talking`: a person writes with the customer in the channel itself.
    `follow_up`: a person has more to do once the reply is sent.
    """

    owner: str = ""
    team: str = ""
    placed: bool = False
    why: Reason | None = None
    cause: str = ""
    packet: Packet | None = None
    runbook: str = ""
    hushed: bool = False
    talking: bool = False
    escalated: Reason | None = None
    follow_up: bool = False

    def explain(self, why: Reason | None) -> Handling:
        """With another reason for where it stands; the rest stays."""
        return replace(self, why=why)

    def hand_over(self, why: Reason, cause: str) -> Handling:
        """To a person, for this reason."""
        return replace(self, why=why, cause=cause)

    def claim(self, person: str) -> Handling:
        """In this person's hands: the leads needn't look any more."""
        return replace(self, owner=person, escalated=None)

    def release(self) -> Handling:
        """Back with its team."""
        return replace(self, owner="", talking=False)

    def pass_to_team(self, team: str, why: Reason) -> Handling:
        """Another team's, because a person chose it."""
        return replace(self.release(), placed=True, team=team, why=why, escalated=None)

    def pass_to_leads(self, why: Reason) -> Handling:
        """The same team's, before its leads."""
        return replace(self.release(), placed=True, why=why, escalated=why)

    def escalate(self, why: Reason) -> Handling:
        """Before the leads, wherever it is."""
        return replace(self, escalated=why)

    def talk(self, person: str, why: Reason) -> Handling:
        """That person writes with the customer in the channel itself."""
        return replace(self.claim(person), talking=True, why=why)

    def follow_runbook(self, runbook: str, hushed: bool) -> Handling:
        """Under this runbook; `hushed`: no notice may answer."""
        return replace(self, runbook=runbook, hushed=hushed)


UNHANDLED = Handling()
